"""Run a design into a folder: start, go on where a killed run stopped, mend what was damaged."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from stepdown.experiments.engines.engine import Engine
from stepdown.experiments.experiment import Experiment
from stepdown.experiments.store.encode import EncodedBlock
from stepdown.experiments.store.files import UNFINISHED, sweep
from stepdown.experiments.store.folder import ZARR, Damage, RunFolder, holds_run
from stepdown.experiments.store.lock import LOCK, alone
from stepdown.experiments.store.manifest import MANIFEST, Manifest, differences
from stepdown.vocabulary.errors import ExplorationError

BEFORE_THE_MANIFEST = {LOCK, ZARR, MANIFEST + UNFINISHED}
"""What a run that was killed before it had a manifest may have left."""
Progress = Callable[[int, int], None]
"""Called with how many futures are done and how many there are."""


@dataclass(frozen=True)
class Explored:
    """What a finished run says of itself. `content`: SHA-256 over the numbers, the same for the same numbers.

    `kept` counts the blocks that an earlier run had left, `mended` the damage that was found and undone.
    """

    folder: Path
    futures: int
    failed: int
    blocks: int
    kept: int
    mended: tuple[Damage, ...]
    content: str


def explore(
    experiment: Experiment,
    folder: Path,
    engine: Engine,
    resume: bool = False,
    progress: Progress = lambda done, total: None,
) -> Explored:
    """Every block of the experiment's design into `folder`, each written as soon as it is computed.

    With `resume`, blocks that are whole stay and all others are run; the folder then holds what an
    undisturbed run would have left. Raises ExplorationError when the folder is taken, holds another design,
    record or version, or cannot be written; finished blocks stay.
    """
    _make(folder)
    with alone(folder):
        run, mended = _open(folder, experiment, resume)
        records = run.records()
        pending = [b for b in range(experiment.design.blocks) if b not in records]
        done = sum(stop - first for first, stop in map(experiment.design.span, records))
        progress(done, experiment.design.futures)

        def take(block: EncodedBlock) -> None:
            nonlocal done
            run.put(block)
            first, stop = experiment.design.span(block.block)
            done += stop - first
            progress(done, experiment.design.futures)

        if pending:
            engine.compute(experiment, pending, take)
        return _report(run, len(records), mended)


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ExplorationError(f"{folder} cannot be made: {error.strerror}") from error


def _open(folder: Path, experiment: Experiment, resume: bool) -> tuple[RunFolder, tuple[Damage, ...]]:
    """The run to go on with: a new one, or the one in the folder, without its damaged blocks."""
    asked = Manifest(experiment.design, experiment.layout, experiment.identity)
    if not holds_run(folder):
        if other := sorted({p.name for p in folder.iterdir()} - BEFORE_THE_MANIFEST):
            raise ExplorationError(f"{folder} holds something else than a run: {', '.join(other[:5])}")
        return RunFolder.start(folder, asked), ()
    run = RunFolder.open(folder)
    sweep(folder)
    if other := list(differences(run.manifest, asked)):
        raise ExplorationError(
            f"{folder} holds another run; choose another folder, or ask for the same:\n  "
            + "\n  ".join(other)
        )
    if not resume:
        count = len(run.records())
        raise ExplorationError(
            f"{folder} already holds this run ({count} of {run.manifest.design.blocks} blocks); "
            "--resume goes on with it"
        )
    return run, mend(run)


def mend(run: RunFolder) -> tuple[Damage, ...]:
    """Set metadata right and forget damaged blocks, so that they are run again. Needs the folder's lock."""
    found = tuple(run.damage())
    if any(d.block is None for d in found):
        run.write_metadata()
    run.forget({d.block for d in found if d.block is not None})
    return found


def _report(run: RunFolder, kept: int, mended: tuple[Damage, ...]) -> Explored:
    records = run.records()
    content = run.content
    if content is None or len(records) != run.manifest.design.blocks:
        raise ExplorationError(f"{run.path} lost blocks while it was written; --resume goes on with it")
    design = run.manifest.design
    failed = sum(r["failed"] for r in records.values())
    return Explored(run.path, design.futures, failed, design.blocks, kept, mended, content)
