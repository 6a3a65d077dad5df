"""What may be in the repository: names that say something, no addresses of one machine, no heavy files."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MACHINE_PATH = re.compile(r"(?:^|[^A-Za-z0-9_.])/(?:work|farm|root|home)/")
REGISTRY = re.compile(r"pypi[.]org|pythonhosted[.]org|npmjs[.]org|deb[.]debian[.]org")
VAGUE = {"utils", "util", "common", "helpers", "helper", "core", "misc"}


def tracked() -> list[Path]:
    """Files under version control that are present."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True)
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    found: dict[str, str] = {}
    for path in tracked():
        content = path.read_bytes()
        if b"\0" not in content:
            found[str(path.relative_to(ROOT))] = content.decode("utf-8")
    assert "README.md" in found
    return found


def test_names_say_what_is_inside() -> None:
    for path in tracked():
        assert not VAGUE & {Path(part).stem for part in path.relative_to(ROOT).parts}, path


def test_no_path_of_one_machine(texts: dict[str, str]) -> None:
    assert [name for name, text in texts.items() if MACHINE_PATH.search(text)] == []


def test_no_package_registry_is_named(texts: dict[str, str]) -> None:
    assert [name for name, text in texts.items() if REGISTRY.search(text)] == []


def test_no_resolver_lock_is_tracked() -> None:
    assert not {"uv.lock", "poetry.lock", "pylock.toml"} & {path.name for path in tracked()}


def test_files_stay_small() -> None:
    assert [path.name for path in tracked() if path.stat().st_size > 2 * 1024 * 1024] == []


def test_python_files_can_be_read_in_one_sitting(texts: dict[str, str]) -> None:
    long = {n: len(t.splitlines()) for n, t in texts.items() if n.endswith(".py") and t.count("\n") > 400}
    assert not long
