"""A study explored into a folder: the same numbers as the kernel gives directly, names in both languages."""

from __future__ import annotations

import json
import re
from pathlib import Path
from shutil import copytree

import numpy as np
import pytest
from typer.testing import CliRunner

from stepdown.cli import app
from stepdown.contracts.dataset import labels, usable, variables
from stepdown.contracts.design import Design
from stepdown.contracts.facts import Lens
from stepdown.contracts.facts.facts import Facts
from stepdown.contracts.world import World
from stepdown.experiments import run_packages
from stepdown.experiments.engines import LocalEngine
from stepdown.experiments.explore import Explored
from stepdown.experiments.store import open_run
from stepdown.experiments.store.lock import alone
from stepdown.study.exploration import Keep, StudyExperiment, explore_study, remove_run, repair_run
from stepdown.study.plan import StudyPlan
from stepdown.vocabulary.errors import ExplorationError, StepdownError, UnknownNameError

SMALL = Path(__file__).parent / "small.yaml"
FUTURES = 300


@pytest.fixture(scope="module")
def explored(tmp_path_factory: pytest.TempPathFactory) -> Explored:
    folder = tmp_path_factory.mktemp("explored")
    return explore_study(str(SMALL), FUTURES, 7, keep=Keep(series=("use_risk",)), out=folder)


def test_a_future_has_the_numbers_the_kernel_gives_it(
    explored: Explored, small_plan: StudyPlan, world: World
) -> None:
    """Blocks, parts and the store change no bit of what one call of the kernel computes."""
    experiment = StudyExperiment(small_plan, Design(FUTURES, 7, small_plan.lenses))
    drawn = experiment.draw(0, FUTURES)
    whole = run_packages(world, drawn.assumptions, drawn.programs, 2026, 2032)
    ds = open_run(explored.folder)
    assert list(ds["package"].values) == ["baseline", "talks", "both", "talks_later"]
    for package in ds["package"].values:
        there = ds.sel(package=package)
        for name in ("use_risk", "reliance", "adequacy.JPN"):
            assert (there[name].values == whole.outcomes[package][name].astype(np.float32)).all()
        assert (there["series.use_risk"].values == whole.series[package]["use_risk"].astype(np.float32)).all()
    assert usable(ds).all()
    values = {c.name: c.values for c in drawn.coordinates}
    for name in (*variables(ds, "input"), *variables(ds, "switch")):
        assert (ds[name].values == values[name].astype(ds[name].dtype)).all(), name


def test_every_variable_has_words_and_units(explored: Explored) -> None:
    ds = open_run(explored.folder)
    assert len(variables(ds, "input")) > 700
    assert len(variables(ds, "switch")) == 14
    for name in (
        *variables(ds, "input"),
        *variables(ds, "switch"),
        *variables(ds, "outcome"),
        "code",
        "lens",
    ):
        attrs = ds[name].attrs
        assert attrs["long_name"], name
        assert re.search(r"[ぁ-んァ-ン一-龯]", attrs["long_name_ja"]), name
        assert attrs["units"], name
    assert ds["H0"].attrs["units"] == "year-1"
    delays = [n for n in variables(ds, "input") if n.startswith("eff.") and n.endswith(".delay")]
    assert {ds[n].attrs["units"] for n in delays} == {"year"}
    assert ds.attrs["title_ja"] == "小さな分析"


def test_every_input_that_differs_is_kept_and_no_other(explored: Explored) -> None:
    ds = open_run(explored.folder)
    assert [n for n in variables(ds, "input") if np.ptp(ds[n].values) == 0] == []


def test_options_follow_the_weights_of_the_lens(explored: Explored, facts: Facts) -> None:
    ds = open_run(explored.folder)
    lens = labels(ds["lens"])
    assert (lens[:2] == ["deterrence_model", "spiral_model"]).all()
    for name in ("deterrence_model", "spiral_model"):
        for switch, weights in facts.get(Lens, name).weights.items():
            taken = labels(ds[switch])[lens == name]
            for option, weight in weights.items():
                assert abs((taken == option).mean() - weight) <= 1 / len(taken) + 1e-9


def test_a_factorial_crosses_the_switches_it_is_given(small_plan: StudyPlan) -> None:
    design = Design(24, 7, small_plan.lenses, "factorial", {"s07_norm": 2, "s09_rival_reaction": 3})
    drawn = StudyExperiment(small_plan, design).draw(0, 24)
    values = {c.name: c.values.astype(int) for c in drawn.coordinates}
    for lens in (0, 1):
        mine = drawn.assumptions.lens == lens
        pairs = list(zip(values["s07_norm"][mine], values["s09_rival_reaction"][mine], strict=True))
        assert len(set(pairs)) == 6
        assert all(pairs.count(p) == 2 for p in pairs)


@pytest.mark.parametrize("kind", ["sobol", "monte_carlo", "calibrated"])
def test_stretches_of_every_design_make_the_whole(small_plan: StudyPlan, kind: str) -> None:
    experiment = StudyExperiment(small_plan, Design(64, 7, small_plan.lenses, kind))  # type: ignore[arg-type]
    whole, part = experiment.draw(0, 64), experiment.draw(40, 50)
    for a, b in zip(whole.coordinates, part.coordinates, strict=True):
        assert a.name == b.name
        assert (a.values[40:50] == b.values).all()
    assert np.std(whole.assumptions.symbols["H0"]) > 0


def test_a_damaged_block_is_mended_from_what_the_folder_says(explored: Explored, tmp_path: Path) -> None:
    folder = tmp_path / "copy"
    shipped = explored.folder
    for path in shipped.rglob("*"):
        if path.is_file():
            target = folder / path.relative_to(shipped)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(path.read_bytes())
    shard = folder / "run.zarr" / "outcomes" / "c" / "0" / "0" / "1"
    broken = bytearray(shard.read_bytes())
    broken[1000] ^= 4
    shard.write_bytes(broken)
    found = CliRunner().invoke(app, ["runs", "check", str(folder), "--json"])
    assert found.exit_code == 2
    assert json.loads(found.stdout)["damage"] == [
        {"block": 1, "what": "run.zarr/outcomes/c/0/0/1 does not match its checksum"}
    ]
    mended = repair_run(folder, LocalEngine())
    assert (mended.content, mended.kept) == (explored.content, explored.blocks - 1)
    assert CliRunner().invoke(app, ["runs", "check", str(folder)]).exit_code == 0


def test_runs_are_listed_shown_and_exported(explored: Explored, tmp_path: Path) -> None:
    listed = json.loads(CliRunner().invoke(app, ["runs", "list", str(explored.folder), "--json"]).stdout)
    assert [(r["study"], r["state"], r["futures_done"]) for r in listed["runs"]] == [
        ("small", "finished", 300)
    ]
    shown = json.loads(CliRunner().invoke(app, ["runs", "show", str(explored.folder), "--json"]).stdout)
    assert shown["content"] == explored.content
    assert CliRunner().invoke(app, ["runs", "list", str(explored.folder)]).exit_code == 0
    out = ["runs", "export", str(explored.folder), "--to", "parquet", "--out", str(tmp_path), "--json"]
    files = json.loads(CliRunner().invoke(app, out).stdout)["files"]
    assert [Path(f).name for f in files] == ["futures.parquet", "outcomes.parquet", "series.parquet"]


def test_a_run_is_removed_and_nothing_else(explored: Explored, tmp_path: Path) -> None:
    folder, other = tmp_path / "run", tmp_path / "other"
    copytree(explored.folder, folder)
    other.mkdir()
    (folder / "notes.txt").write_text("mine")
    remove = ["runs", "remove", str(folder)]
    assert CliRunner().invoke(app, remove, input="n\n").exit_code == 1
    assert CliRunner().invoke(app, ["runs", "check", str(folder)]).exit_code == 0
    done = CliRunner().invoke(app, [*remove, "--yes", "--json"])
    assert json.loads(done.stdout) == {"removed": str(folder), "left": ["notes.txt"]}
    assert [p.name for p in folder.iterdir()] == ["notes.txt"]
    with pytest.raises(ExplorationError, match="nothing was removed"):
        remove_run(other)
    assert other.is_dir()


def test_a_run_that_is_being_written_is_not_removed(explored: Explored, tmp_path: Path) -> None:
    copytree(explored.folder, tmp_path / "run")
    with alone(tmp_path / "run"), pytest.raises(ExplorationError, match="is being written by process"):
        remove_run(tmp_path / "run")
    assert remove_run(tmp_path / "run") == ()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("asked", "kind", "said"),
    [
        ({"futures": 0}, ExplorationError, "found 0"),
        ({"design": "sobl"}, UnknownNameError, "sobol"),
        ({"lenses": ("spiral",)}, UnknownNameError, "spiral_model"),
        ({"switches": ("s07_norm",)}, ExplorationError, "--design factorial"),
        ({"design": "factorial", "switches": ("s7",)}, UnknownNameError, "switch"),
        ({"keep": Keep(outcomes=("use_rsk",))}, UnknownNameError, "use_risk"),
        ({"keep": Keep(series=("cost",))}, UnknownNameError, "outcome over time"),
        ({"name": "right-sizin"}, StepdownError, "right-sizing"),
    ],
)
def test_what_cannot_be_explored_is_refused(
    tmp_path: Path, asked: dict[str, object], kind: type[Exception], said: str
) -> None:
    given = {"name": str(SMALL), "futures": 100, "seed": 1, "out": tmp_path / "run", **asked}
    with pytest.raises(kind, match=said):
        explore_study(**given)  # type: ignore[arg-type]
    assert not list(tmp_path.rglob("manifest.json"))
