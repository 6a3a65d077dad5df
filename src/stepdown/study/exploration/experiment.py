"""A study as an experiment: any stretch of its futures, drawn from the record and run under every package."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import numpy as np
from jaxtyping import Int

from stepdown.assumptions import Planned, build_world, documented_programmes, steps_of
from stepdown.assumptions.calibrated import choose, shipped_ensemble
from stepdown.assumptions.design import Cube, unit_cube
from stepdown.assumptions.futures import Inputs
from stepdown.assumptions.tables import Listener, Plan, PlannedSource
from stepdown.contracts.assumptions import Assumptions, Coordinate, Source
from stepdown.contracts.design import Design
from stepdown.contracts.ensemble import BASELINE
from stepdown.contracts.facts.facts import Facts
from stepdown.contracts.program import Program
from stepdown.contracts.world import World
from stepdown.experiments import run_packages
from stepdown.experiments.designs import Draw, Sampler
from stepdown.experiments.designs.lookup import drawn
from stepdown.experiments.store import Arrays, Layout
from stepdown.experiments.store.manifest import code_identity
from stepdown.record import load_record
from stepdown.simulation import keep_compiled
from stepdown.study.exploration.layout import study_layout
from stepdown.study.installation import cache_folder
from stepdown.study.plan import StudyPlan

PART = 2048
"""Futures in memory at a time: whole chunks of the kernel, few enough for their yearly series to fit."""


@dataclass(frozen=True)
class Keep:
    """What a run keeps of a future: these outcomes (None: all), these yearly series, its inputs or not."""

    outcomes: tuple[str, ...] | None = None
    series: tuple[str, ...] = ()
    inputs: bool = True


@dataclass(frozen=True)
class Drawn:
    """Futures ready to be run: what is assumed, and every package as a program."""

    assumptions: Assumptions
    programs: Mapping[str, Program]
    coordinates: tuple[Coordinate, ...]


@dataclass(frozen=True)
class StudyExperiment:
    """The baseline, the packages and the permuted orders of a study, the same futures in each.

    Pickles without the record: every process loads its own and `identity` compares their digests.
    """

    plan: StudyPlan
    design: Design
    keep: Keep = Keep()
    data: Path | None = None

    @property
    def packages(self) -> tuple[str, ...]:
        return (BASELINE, *(p.id for p in self.plan.packages), *(o.id for o in self.plan.orders))

    @property
    def names(self) -> tuple[str, ...]:
        """Every coordinate that the study draws, in order."""
        return self._heard[0].names

    @cached_property
    def layout(self) -> Layout:
        facts, world, _ = _record(self.data)
        _, coordinates = self._heard
        return study_layout(self.plan, facts, world, self.design, self.packages, coordinates, self.keep)

    @property
    def identity(self) -> Mapping[str, Any]:
        facts, _, _ = _record(self.data)
        found = {
            "study": self.plan.model_dump(mode="json", by_alias=True),
            "data": str(self.data) if self.data else None,
            "record": facts.digest,
            **code_identity(),
        }
        if self.design.kind == "calibrated":
            found["ensemble"] = shipped_ensemble().id
        return found

    def run(self, start: int, stop: int, threads: int | None = None) -> Arrays:
        drawn = self.draw(start, stop)
        width = stop - start
        cuts = [slice(a, min(a + PART, width)) for a in range(0, width, PART)]
        parts = [self._part(drawn, cut, threads) for cut in cuts]
        return {name: np.concatenate([p[name] for p in parts], axis=-1) for name in self.layout.arrays}

    def _part(self, drawn: Drawn, cut: slice, threads: int | None) -> Arrays:
        _, world, _ = _record(self.data)
        horizon, layout = self.plan.horizon, self.layout
        assumptions = drawn.assumptions.part(cut)
        programs = {name: program.part(cut) for name, program in drawn.programs.items()}
        run = run_packages(world, assumptions, programs, horizon.start, horizon.end, threads=threads)
        values = {c.name: c.values[cut] for c in drawn.coordinates}
        width = assumptions.futures
        return {
            "outcomes": _stacked([[run.outcomes[p][v.name] for v in layout.outcomes] for p in self.packages]),
            "series": _stacked([[run.series[p][v.name] for v in layout.series] for p in self.packages]),
            "inputs": _rows([values[v.name] for v in layout.inputs], width),
            "switches": _rows([values[v.name] for v in layout.switches], width),
            "lens": assumptions.lens,
            "code": np.stack([run.codes[p] for p in self.packages]),
        }

    def draw(self, start: int, stop: int) -> Drawn:
        """Futures `start` to `stop` of the design."""
        return self.at(self._design.draw(start, stop))

    def at(self, draw: Draw) -> Drawn:
        """Futures at given points: of a design, or of one's own."""
        plan, _ = self._heard
        cube, raw = drawn(
            draw.points, len(draw.lens), plan.names, plan.coordinate, plan.table, plan.tables, plan.raw
        )
        return self._from(PlannedSource(plan, cube, raw), draw.lens, draw.options)

    def _from(
        self, source: Source, lens: Int[np.ndarray, " future"], options: Mapping[str, np.ndarray]
    ) -> Drawn:
        facts, world, inputs = _record(self.data)
        assumptions = inputs.draw(source, self.design.lenses, lens, options)
        programs, more = self._programs(facts, world, source)
        return Drawn(assumptions, programs, (*assumptions.coordinates, *more))

    def _programs(
        self, facts: Facts, world: World, source: Source
    ) -> tuple[dict[str, Program], tuple[Coordinate, ...]]:
        """Programs by package, and the coordinates of drivers and effects."""
        first = self.plan.horizon.start
        drivers, found = documented_programmes(facts, world, first, 0, 0, source=source)
        coordinates = {c.name: c for c in found}
        uses = {p.id: self.plan.measures(p.id) for p in self.plan.packages}
        uses |= {o.id: self.plan.permuted(o) for o in self.plan.orders}
        programs = {BASELINE: Program.build(world, (), drivers)}
        for package, chosen in uses.items():
            planned = [Planned.of(u) for u in chosen]
            steps, more = steps_of(facts, world, planned, first, 0, 0, source=source)
            programs[package] = Program.build(world, steps, drivers)
            coordinates |= {c.name: c for c in more}
        return programs, tuple(coordinates.values())

    @cached_property
    def _design(self) -> Sampler | _Calibrated:
        if self.design.kind == "calibrated":
            return _Calibrated(self.design)
        return Sampler(self.design, self.names)

    @cached_property
    def _heard(self) -> tuple[Plan, tuple[Coordinate, ...]]:
        """Every number that the study draws, found by asking for two futures and listening."""
        heard = Listener()
        found = self._from(heard, np.zeros(2, dtype=int), {})
        return Plan.of(heard), found.coordinates


class _Calibrated:
    """Draws from the shipped calibrated ensemble, by weight within each lens."""

    def __init__(self, design: Design) -> None:
        self._source = shipped_ensemble()
        self._lenses = design.lenses
        self._chosen = choose(self._source, design.futures, design.seed, design.lenses)

    def draw(self, start: int, stop: int) -> Draw:
        source, chosen = self._source, self._chosen[start:stop]

        def points(names: Sequence[str]) -> Cube:
            return unit_cube(names, source.size, source.seed, only=chosen)

        return Draw(np.arange(start, stop) % len(self._lenses), points, {})


@cache
def _record(data: Path | None) -> tuple[Facts, World, Inputs]:
    """Record, world and inputs, loaded once in every process; compiled code is kept between processes."""
    keep_compiled(cache_folder())
    facts = load_record(data)
    world = build_world(facts)
    return facts, world, Inputs(facts, world)


def _stacked(by_package: Sequence[Sequence[np.ndarray]]) -> np.ndarray:
    """[package, name, ..., future]; empty when no name is kept."""
    return np.array(by_package, dtype=np.float32)


def _rows(values: Sequence[np.ndarray], width: int) -> np.ndarray:
    return np.array(values, dtype=np.float32).reshape(len(values), width)
