"""The worked notebook runs from top to bottom, with few futures."""

from __future__ import annotations

import re
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

pytestmark = pytest.mark.slow  # compiles the kernel for a process of its own

NOTEBOOK = Path(__file__).parents[2] / "docs" / "notebooks" / "exploration.ipynb"
SMALL = Path(__file__).parent / "small.yaml"


@pytest.fixture(scope="module")
def executed(tmp_path_factory: pytest.TempPathFactory) -> nbformat.NotebookNode:
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("STEPDOWN_FUTURES", "128")
        patch.setenv("STEPDOWN_STUDY", str(SMALL))
        patch.setenv("STEPDOWN_RUNS", str(tmp_path_factory.mktemp("runs")))
        patch.setenv("PYTHONWARNINGS", "default")
        NotebookClient(notebook, timeout=300, kernel_name="python3").execute()
    return notebook


def said(notebook: nbformat.NotebookNode) -> str:
    outputs = [o for cell in notebook.cells if cell.cell_type == "code" for o in cell.outputs]
    parts = [o.get("text", "") + str(o.get("data", {}).get("text/plain", "")) for o in outputs]
    return "\n".join(parts)


def test_every_cell_runs_and_known_answers_come_out(executed) -> None:
    text = said(executed)
    assert "['x0', 'x1', 'x2']" in text
    assert re.search(r"'x1': \(0\.3[0-3], 0\.5[4-7]\), 'x2': \(0\.4[3-5], 0\.4[3-5]\)", text)
    assert "largest regret [-4. -3. -3.]" in text


def test_figures_and_tables_are_shown(executed) -> None:
    kinds = {k for c in executed.cells if c.cell_type == "code" for o in c.outputs for k in o.get("data", {})}
    assert {"image/svg+xml", "text/html"} <= kinds


def test_the_notebook_in_the_repository_names_no_place_of_a_machine() -> None:
    text = NOTEBOOK.read_text(encoding="utf-8")
    assert "/tmp/" not in text
    assert str(Path.home()) not in text
