"""Every variant against the package as planned, in the same futures: what moves, and whose timing tells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from stepdown.assumptions import Planned, documented_programmes, sample_futures, steps_of
from stepdown.contracts.assumptions import Assumptions
from stepdown.contracts.effects import ALL_LENSES, PairedEffect
from stepdown.contracts.ensemble import BASELINE, Ensemble, OutcomeKey
from stepdown.contracts.facts.facts import Facts
from stepdown.contracts.facts.uses import MeasureUse
from stepdown.contracts.program import Program
from stepdown.contracts.world import World
from stepdown.discovery.effects import changes, median_interval, paired_effects
from stepdown.experiments import run_packages
from stepdown.study.failed import FailedFuturesError, too_many
from stepdown.study.plan import Horizon
from stepdown.study.progress import Progress, RunCounter
from stepdown.study.sequence.design import SequenceDesign
from stepdown.vocabulary.ids import TRACKS, Track

PLANNED = "planned"
FEWEST = 6
"""Of fewer futures the median has no interval of 95 %."""


@dataclass(frozen=True)
class Shift:
    """One outcome under one variant, against the package as planned in the same future.

    `effect`: pooled over lenses; `by_lens`: lens by lens. Its `backfires` is the share of futures that fare
    worse than as planned. `low` to `high`: interval of 95 % of the pooled median. `telling`: it lies wholly
    beyond a little change. `of_effect`: size of the median move as a share of the size of the package's own
    median effect, both against the baseline; None where the package itself changes little.
    """

    variant: str
    track: Track
    effect: PairedEffect
    by_lens: tuple[PairedEffect, ...]
    low: float
    high: float
    telling: bool
    of_effect: float | None

    @property
    def outcome(self) -> str:
        return self.effect.outcome

    @property
    def size(self) -> tuple[float, float]:
        """Least and largest size of the median move within its interval; of a telling one."""
        least, most = sorted((abs(self.low), abs(self.high)))
        return least, most


@dataclass(frozen=True)
class Lead:
    """The telling move with the largest median, None where order hardly matters.

    `close`: other tracks with a telling move that may be as large, for the intervals overlap.
    """

    outcome: str
    shift: Shift | None
    close: tuple[Track, ...] = ()


@dataclass(frozen=True)
class Found:
    """`own`: effects of the package as planned against the baseline, pooled."""

    own: tuple[PairedEffect, ...]
    shifts: tuple[Shift, ...]
    leads: tuple[Lead, ...]
    failed: int
    inputs: int

    def of(self, outcome: str) -> tuple[Shift, ...]:
        """All variants on one outcome, in the order of the design."""
        return tuple(s for s in self.shifts if s.outcome == outcome)


def run_sequence(
    facts: Facts,
    world: World,
    uses: Sequence[MeasureUse],
    design: SequenceDesign,
    keys: Sequence[OutcomeKey],
    horizon: Horizon,
    futures: int,
    seed: int,
    lenses: Sequence[str],
    progress: Progress = lambda step, done, total: None,
    threads: int | None = None,
) -> Found:
    """Baseline, package and variants over the same futures: common random numbers.

    Raises FailedFuturesError where more than 1 % of futures failed, or fewer than six are left.
    """
    first, last = horizon.start, horizon.end
    drivers, of_drivers = documented_programmes(facts, world, first, futures, seed)
    drawn = sample_futures(facts, world, futures, seed, lenses)
    inputs = {c.name for c in (*drawn.coordinates, *of_drivers)}

    def program(starts: Sequence[int]) -> Program:
        moved = [use.model_copy(update={"start": y}) for use, y in zip(uses, starts, strict=True)]
        steps, of_steps = steps_of(facts, world, [Planned.of(u) for u in moved], first, futures, seed)
        inputs.update(c.name for c in of_steps)
        return Program.build(world, steps, drivers)

    programs = {BASELINE: Program.build(world, (), drivers), PLANNED: program([u.start for u in uses])}
    programs |= {v.id: program(v.starts) for v in design.variants}
    steps = RunCounter(progress, len(programs))
    ran = run_packages(world, drawn, programs, first, last, progress=steps.done, threads=threads)
    failed = int(np.sum(~ran.ok))
    if too_many(failed, futures) or futures - failed < FEWEST:
        message = "at most 1 % may be left out, and six must be left; stepdown run, on this study, shows why"
        raise FailedFuturesError(f"{failed} of {futures} futures failed; {message}")
    own = {
        e.outcome: e
        for e in paired_effects(ran, keys, drawn.lenses, drawn.lens, [PLANNED])
        if e.lens == ALL_LENSES
    }
    shifts = tuple(_shifts(ran, drawn, design, keys, own))
    leads = tuple(_lead(key.id, [s for s in shifts if s.outcome == key.id]) for key in keys)
    return Found(tuple(own.values()), shifts, leads, failed, len(inputs))


def _shifts(
    ran: Ensemble,
    drawn: Assumptions,
    design: SequenceDesign,
    keys: Sequence[OutcomeKey],
    own: Mapping[str, PairedEffect],
) -> Iterator[Shift]:
    for key in keys:
        for variant in design.variants:
            pooled, *single = paired_effects(
                ran, [key], drawn.lenses, drawn.lens, [variant.id], against=PLANNED
            )
            values, planned, base = (ran.outcomes[p][key.id][ran.ok] for p in (variant.id, PLANNED, BASELINE))
            low, high = median_interval(changes(key, values, planned))
            beyond = low > key.little_change or high < -key.little_change
            effect = abs(own[key.id].median)
            moved = abs(float(np.median(changes(key, values, base) - changes(key, planned, base))))
            share = moved / effect if effect >= key.little_change else None
            yield Shift(variant.id, variant.track, pooled, tuple(single), low, high, beyond, share)


def _lead(outcome: str, shifts: Sequence[Shift]) -> Lead:
    telling = [s for s in shifts if s.telling]
    if not telling:
        return Lead(outcome, None)
    first = max(telling, key=lambda s: abs(s.effect.median))
    least, _ = first.size
    as_large = {s.track for s in telling if s.size[1] >= least} - {first.track}
    return Lead(outcome, first, tuple(t for t in TRACKS if t in as_large))
