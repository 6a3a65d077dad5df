"""The wheel is whole: data, wording and templates travel with it, and it runs without the repository."""

import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

import stepdown

ROOT = Path(__file__).parents[2]
UV = Path(sys.executable).with_name("uv")


def call(*command: str | Path, cwd: Path = ROOT) -> str:
    """Output of a command that must succeed, run without the paths of this process."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "VIRTUAL_ENV"))}
    done = subprocess.run(
        [str(part) for part in command], cwd=cwd, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    call(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder)
    (built,) = folder.glob("*.whl")
    return built


def installed(wheel: Path, home: Path) -> Path:
    """An environment that holds the wheel alone; its folder of programs."""
    call(sys.executable, "-m", "venv", "--without-pip", home)
    call(UV, "pip", "install", "--offline", "--no-deps", "--python", home / "bin" / "python", wheel)
    return home / "bin"


def check_it_runs(programs: Path, empty: Path) -> None:
    """The installed program finds its data from a folder that has nothing to do with the repository."""
    empty.mkdir()
    place = call(programs / "python", "-c", "import stepdown; print(stepdown.__file__)", cwd=empty)
    assert Path(place.strip()).is_relative_to(programs.parent)
    assert stepdown.__version__ in call(programs / "stepdown", "--version", cwd=empty)
    call(programs / "stepdown", "record", "check", cwd=empty)
    assert call(programs / "stepdown", "record", "show", "roles", "--lang", "ja", cwd=empty).strip()
    assert not list(empty.iterdir())


def test_wheel_carries_every_file_of_the_package(wheel: Path) -> None:
    package = ROOT / "src" / "stepdown"
    files = {
        path.relative_to(ROOT / "src").as_posix()
        for path in package.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert {"stepdown/py.typed"} < files
    assert files <= set(zipfile.ZipFile(wheel).namelist())


def test_wheel_carries_nothing_else(wheel: Path) -> None:
    tops = {name.split("/")[0] for name in zipfile.ZipFile(wheel).namelist()}
    assert tops == {"stepdown", f"stepdown-{stepdown.__version__}.dist-info"}


def test_installed_wheel_runs_from_an_empty_folder(wheel: Path, tmp_path: Path) -> None:
    programs = installed(wheel, tmp_path / "environment")
    here, there = (sysconfig.get_path("purelib", vars=v) for v in (None, {"base": str(programs.parent)}))
    # Third-party packages are borrowed; a borrowed folder's .pth files are not read, so this checkout is out.
    Path(there, "borrowed.pth").write_text(f"{here}\n", encoding="utf-8")
    check_it_runs(programs, tmp_path / "empty")


@pytest.mark.slow
def test_installed_wheel_runs_with_the_runtime_lock_alone(wheel: Path, tmp_path: Path) -> None:
    programs = installed(wheel, tmp_path / "environment")
    python = programs / "python"
    call(
        UV,
        "pip",
        "install",
        "--require-hashes",
        "--python",
        python,
        "-r",
        ROOT / "requirements" / "runtime.txt",
    )
    check_it_runs(programs, tmp_path / "empty")
