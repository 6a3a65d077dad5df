"""What all arms share: the world, the futures, the steps of every arm; and what is read from their runs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from jaxtyping import Bool, Float

from stepdown.assumptions import Planned, build_world, documented_programmes, sample_futures, steps_of
from stepdown.claims import reduction_of, shifted, sides_needed, turned
from stepdown.contracts.assumptions import Assumptions, Coordinate
from stepdown.contracts.facts import ClaimTest
from stepdown.contracts.facts.claim_tests import Quantity, Shift, Simulated
from stepdown.contracts.facts.facts import Facts
from stepdown.contracts.program import CapabilityProgramme, Program, Step, align
from stepdown.contracts.trajectories import ResultCode
from stepdown.contracts.verdicts import Values
from stepdown.contracts.world import World
from stepdown.experiments import placed, run_reduced
from stepdown.study.claims.suite import FIRST_YEAR, LAST_YEAR, ROOM, SLOTS, Suite
from stepdown.study.progress import RunCounter

Needed = Mapping[str, tuple[Quantity, ...]]
"""arm -> the quantities that are looked at in it."""
Table = dict[tuple[str, str], Values]
"""(arm, key of a quantity) -> its value in every future."""


@dataclass(frozen=True)
class Stage:
    """The futures of all arms. `quantities`: what the tests of all claims look at, chosen ones or not, so
    that a claim on its own runs in the same compiled code."""

    world: World
    assumptions: Assumptions
    steps: Mapping[str, tuple[Step, ...]]
    drivers: tuple[CapabilityProgramme, ...]
    quantities: tuple[Quantity, ...]
    turned: tuple[str, ...] = ()
    """Symbols with the opposite sign in every arm."""

    @property
    def futures(self) -> int:
        return self.assumptions.futures

    def program(self, arm: str) -> Program:
        """An arm in the shape of all. Made when it is run: in 10,000 futures the arms would fill 2 GB."""
        return align({arm: Program.build(self.world, self.steps[arm], self.drivers)}, SLOTS, ROOM)[arm]

    def changed(self, assume: Sequence[Shift], turn: Sequence[str]) -> Stage:
        """The same futures with these assumptions, and with these symbols turned round, in every arm."""
        symbols = shifted(self.world, self.assumptions.symbols, assume)
        return replace(self, assumptions=replace(self.assumptions, symbols=symbols), turned=tuple(turn))

    def symbols(
        self, assume: Sequence[Shift], couplings: Sequence[str], futures: int
    ) -> dict[str, Float[np.ndarray, "..."]]:
        """Draws of the first futures under what an arm assumes, with the couplings turned round."""
        first = {symbol: values[..., :futures] for symbol, values in self.assumptions.symbols.items()}
        return turned(turned(shifted(self.world, first, assume), self.turned), couplings)


def staged(
    facts: Facts, suite: Suite, futures: int, seed: int, lenses: tuple[str, ...]
) -> tuple[Stage, tuple[Coordinate, ...]]:
    """Futures and steps of all arms, and every draw by name."""
    world = build_world(facts)
    drivers, of_drivers = documented_programmes(facts, world, FIRST_YEAR, futures, seed)
    steps, named = {}, {c.name: c for c in of_drivers}
    for arm in suite.arms.values():
        planned = [Planned.of(use) for use in arm.measures]
        steps[arm.id], drawn = steps_of(facts, world, planned, FIRST_YEAR, futures, seed)
        named |= {c.name: c for c in drawn}
    assumptions = sample_futures(facts, world, futures, seed, lenses)
    parts = (part for test in facts.all(ClaimTest) for part in test.parts if isinstance(part, Simulated))
    quantities = {q.key: q for of_arm in needed_by(parts).values() for q in of_arm}
    stage = Stage(world, assumptions, steps, drivers, tuple(quantities.values()))
    return stage, (*assumptions.coordinates, *named.values())


def needed_by(parts: Iterable[Simulated]) -> dict[str, tuple[Quantity, ...]]:
    """arm -> the quantities that these parts look at in it, each once."""
    found: dict[str, dict[str, Quantity]] = {}
    for part in parts:
        for arm, quantity in sides_needed(part):
            found.setdefault(arm, {})[quantity.key] = quantity
    return {arm: tuple(quantities.values()) for arm, quantities in found.items()}


def quantities_of(
    stage: Stage,
    suite: Suite,
    needed: Needed,
    counter: RunCounter,
    threads: int | None,
    couplings: tuple[str, ...] = (),
    futures: int | None = None,
) -> tuple[Table, Bool[np.ndarray, " future"]]:
    """Every needed quantity of every arm, and the futures that finished in all of them.

    Arms under the same assumptions share futures that are put in place once. `couplings` are turned round;
    `futures` takes the first of them only.
    """
    count = futures or stage.futures
    wanted = tuple(reduction_of(stage.world, q) for q in stage.quantities)
    row = {q.key: i for i, q in enumerate(stage.quantities)}
    ok = np.ones(count, dtype=bool)
    table: Table = {}
    for assume, arms in _alike(suite, needed):
        drawn = replace(stage.assumptions, symbols=stage.symbols(assume, couplings, count))
        given = placed(stage.world, drawn, {*couplings, *stage.turned})
        for arm in arms:
            program = stage.program(arm).first(count)
            values, code = run_reduced(stage.world, given, program, FIRST_YEAR, LAST_YEAR, wanted, threads)
            ok &= code == ResultCode.OK.value
            for quantity in needed[arm]:
                table[arm, quantity.key] = values[row[quantity.key]].astype(float)
            counter.done(arm)
    return table, ok


def _alike(suite: Suite, arms: Iterable[str]) -> list[tuple[tuple[Shift, ...], list[str]]]:
    """Arms by what they assume."""
    found: list[tuple[tuple[Shift, ...], list[str]]] = []
    for arm in arms:
        assume = suite.arms[arm].assume
        same = next((of for known, of in found if known == assume), None)
        if same is None:
            found.append((assume, [arm]))
        else:
            same.append(arm)
    return found
