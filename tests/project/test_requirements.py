"""The locks are complete, hashed and name no registry; the code asks for nothing that they leave out."""

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LOCKS = ["bootstrap", "dev", "runtime"]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def entries(lock: str) -> list[str]:
    """One string per locked requirement: name, version, marker and hashes."""
    text = (ROOT / "requirements" / f"{lock}.txt").read_text(encoding="utf-8")
    return [entry for entry in re.split(r"\n(?=\S)", text.replace("\\\n", " ")) if entry.strip()]


def distribution(requirement: str) -> str:
    """The normalised name at the start of a requirement."""
    name = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert name, requirement
    return re.sub(r"[-_.]+", "-", name[0]).lower()


def pins(lock: str) -> dict[str, set[str]]:
    """Versions locked for each distribution (more than one where a marker divides them)."""
    found: dict[str, set[str]] = {}
    for entry in entries(lock):
        found.setdefault(distribution(entry), set()).add(entry.split()[0])
    return found


@pytest.mark.parametrize("lock", LOCKS)
def test_every_requirement_is_pinned_and_hashed(lock: str) -> None:
    assert entries(lock)
    for entry in entries(lock):
        assert re.match(r"[a-z0-9._-]+(\[[a-z,]+\])?==\S+", entry), entry
        assert re.search(r"--hash=sha256:[0-9a-f]{64}\b", entry), entry


@pytest.mark.parametrize("lock", LOCKS)
def test_no_lock_names_an_address(lock: str) -> None:
    text = (ROOT / "requirements" / f"{lock}.txt").read_text(encoding="utf-8")
    assert "://" not in text
    assert "index-url" not in text


@pytest.mark.parametrize("lock", ["bootstrap", "runtime"])
def test_smaller_locks_agree_with_the_development_lock(lock: str) -> None:
    development = pins("dev")
    for name, versions in pins(lock).items():
        assert versions <= development[name]


def test_every_declared_requirement_is_locked() -> None:
    runtime = [distribution(r) for r in PROJECT["project"]["dependencies"]]
    development = [distribution(r) for r in PROJECT["dependency-groups"]["dev"] if isinstance(r, str)]
    assert set(runtime) <= pins("runtime").keys()
    assert {*runtime, *development} <= pins("dev").keys()


def test_package_imports_only_declared_requirements() -> None:
    declared = {distribution(r) for r in PROJECT["project"]["dependencies"]}
    providers = packages_distributions()
    strangers: list[str] = []
    for path in sorted((ROOT / "src").rglob("*.py")):
        for name in top_level_imports(path):
            if name in sys.stdlib_module_names or name == "stepdown":
                continue
            if not declared & {distribution(d) for d in providers.get(name, [])}:
                strangers.append(f"{path.relative_to(ROOT)}: {name}")
    assert not strangers


def top_level_imports(path: Path) -> set[str]:
    """Top-level names that a module imports absolutely."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            names.add(node.module.split(".")[0])
    return names
