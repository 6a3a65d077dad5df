"""Explore a study into a folder, from names a user types to numbers on disk."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from stepdown.contracts.design import DESIGNS, Design, DesignKind
from stepdown.contracts.facts import Lens, Switch
from stepdown.contracts.facts.facts import Facts
from stepdown.experiments.engines import ClusterEngine, Engine, LocalEngine
from stepdown.experiments.explore import Explored, Progress, explore
from stepdown.study.exploration.experiment import Keep, StudyExperiment
from stepdown.study.load import open_study
from stepdown.vocabulary.errors import ExplorationError, UnknownNameError
from stepdown.vocabulary.ids import SWITCH_OPTIONS

HOME = Path("out") / "explorations"
"""Where explorations go unless a folder is named."""


def explore_study(
    name: str,
    futures: int,
    seed: int,
    design: str = "lhs",
    lenses: Sequence[str] = (),
    switches: Sequence[str] = (),
    keep: Keep | None = None,
    out: Path | None = None,
    resume: bool = False,
    engine: Engine | None = None,
    data: Path | None = None,
    progress: Progress = lambda done, total: None,
) -> Explored:
    """Run study `name` (a path or a shipped id) over a design into `out` (default: out/explorations/<id>).

    `switches`: those that a factorial design crosses; all when none is named. Raises ExplorationError,
    StudyError, RecordError or UnknownNameError.
    """
    facts, _, plan = open_study(name, data)
    chosen = Design(
        futures,
        seed,
        _lenses(facts, tuple(lenses) or plan.lenses),
        _kind(design),
        _factors(facts, design, switches),
    )
    experiment = StudyExperiment(plan, chosen, keep or Keep(), data and data.absolute())
    return explore(experiment, out or HOME / plan.id, engine or LocalEngine(), resume, progress)


def engine_of(workers: int | None, cluster: str | None, threads: int | None) -> Engine:
    """The engine that the options ask for.

    Raises ExplorationError when they contradict each other, or when no cluster answers.
    """
    if workers is None and cluster is None:
        return LocalEngine(threads)
    if threads is not None:
        raise ExplorationError("--threads is for runs in one process; a cluster divides the cores itself")
    engine = ClusterEngine(workers, cluster)
    engine.check()
    return engine


def summary(run: Explored) -> dict[str, Any]:
    """Plain data about a finished exploration, without clocks."""
    return {
        "folder": str(run.folder),
        "futures": run.futures,
        "failed": run.failed,
        "blocks": run.blocks,
        "kept_from_before": run.kept,
        "mended": [d.what for d in run.mended],
        "content": run.content,
    }


def _kind(design: str) -> DesignKind:
    for kind in DESIGNS:
        if kind == design:
            return kind
    raise UnknownNameError("design", design, DESIGNS)


def _lenses(facts: Facts, lenses: tuple[str, ...]) -> tuple[str, ...]:
    for lens in lenses:
        facts.get(Lens, lens)
    return lenses


def _factors(facts: Facts, design: str, switches: Sequence[str]) -> dict[str, int]:
    if design != "factorial":
        if switches:
            raise ExplorationError("--switch goes with --design factorial")
        return {}
    for switch in switches:
        if switch not in SWITCH_OPTIONS:
            raise UnknownNameError("switch", switch, SWITCH_OPTIONS)
    return {s.id: len(s.options) for s in facts.all(Switch) if not switches or s.id in switches}
