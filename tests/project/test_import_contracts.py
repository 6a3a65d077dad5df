"""The import contracts let a lawful tree pass and catch each kind of trespass, planted in an outline."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LINT = Path(sys.executable).with_name("lint-imports")
ROOMS = (
    *("vocabulary", "contracts", "charts", "record", "assumptions", "games", "simulation", "experiments"),
    *("discovery", "brief", "study", "cli", "web"),
)
LAWFUL = {
    "cli/record.py": "from stepdown.study import run",
    "study/run.py": "from stepdown import brief, record, simulation",
    "brief/page.py": "from stepdown.charts import fan",
    "charts/fan.py": "from stepdown.contracts import findings",
    "experiments/local.py": "import jax\nfrom stepdown.simulation import kernel",
    "simulation/kernel.py": "import jax.numpy\nimport numpy",
    "contracts/findings.py": "from stepdown.vocabulary import ids",
}
TRESPASSES = [
    ("record/plan.py", "from stepdown.brief import page", "Data flow one way"),
    ("vocabulary/ids.py", "from stepdown.contracts import findings", "Data flow one way"),
    ("extra/__init__.py", "", "Data flow one way"),
    ("record/draw.py", "import stepdown.charts", "Charts are drawn"),
    ("record/draw.py", "from stepdown.charts import fan", "Charts are drawn"),
    ("record/fast.py", "import jax", "JAX stays"),
    ("cli/record.py", "import numpy", "Doors, front pages of rooms and the brief"),
    ("brief/page.py", "from scipy import stats", "Doors, front pages of rooms and the brief"),
]


def plant(home: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = home / "stepdown" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{text}\n", encoding="utf-8")


@pytest.fixture
def outline(tmp_path: Path) -> Path:
    plant(
        tmp_path,
        {
            "__init__.py": "",
            **{f"{room}/__init__.py": "" for room in ROOMS},
            **LAWFUL,
            "vocabulary/ids.py": "",
        },
    )
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def lint(home: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(home), "COLUMNS": "200"}
    return subprocess.run(
        [LINT, "--no-cache"], cwd=home, env=environment, capture_output=True, text=True, check=False
    )


def broken(report: str) -> list[str]:
    return [line for line in report.splitlines() if "BROKEN" in line]


def test_lawful_imports_pass(outline: Path) -> None:
    done = lint(outline)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(("name", "line", "contract"), TRESPASSES, ids=[f"{n}:{t}" for n, t, _ in TRESPASSES])
def test_trespasses_are_caught(outline: Path, name: str, line: str, contract: str) -> None:
    plant(outline, {name: line})
    done = lint(outline)
    assert done.returncode != 0
    assert [report.startswith(contract) for report in broken(done.stdout)] == [True], done.stdout
