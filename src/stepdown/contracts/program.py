"""One package of measures as dense arrays, ready for the kernel.

A `Step` is a measure inside a package, in words: who takes part, when, under which condition, and what it
does to which levers. `Program.build` turns steps into arrays. Every amount has a trailing axis of length 1
(the same in all futures) or N (one value per future). `align` pads several programs to one shape, so that
they share one compilation.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np
from jaxtyping import Float, Int

from stepdown.contracts.world import ASSETS, World
from stepdown.vocabulary.ids import CONDITIONS, LEVER_SCOPES, LEVERS, ROLES

Amount = float | Float[np.ndarray, " future"]

GATES = ("none", "tension", "saturation", "adequacy", "regime")
"""What may hold a measure back beside its condition (see `simulation.measures`)."""

SIGNAL = "signal"
"""A lever the builder adds: how costly the signal of what was done is to one who does not mean it."""

_INDEX = {"actor_role": ROLES, "actor_capability": ASSETS}


def _columns(*scopes: str) -> tuple[tuple[str, str], ...]:
    return tuple(
        (lever, sub)
        for lever in LEVERS
        if (scope := LEVER_SCOPES[lever]) in scopes
        for sub in _INDEX.get(scope, ("",))
    )


ACTOR_COLUMNS = (*_columns("actor", "actor_role", "actor_capability"), (SIGNAL, ""))
THEATRE_COLUMNS = _columns("theatre")
GLOBAL_COLUMNS = _columns("global")


@dataclass(frozen=True)
class Effect:
    """What a measure at full strength does to one lever.

    `strength` in [0, .98]; `on` names the roles or assets of a doctrine or capability lever; `lowers` undoes
    part of what other measures do: u = [1 - prod(1 - s+)] prod(1 - s-). `delay`, `ramp` in years, ramp >= .1.
    """

    lever: str
    strength: Amount
    on: tuple[str, ...] = ("",)
    delay: Amount = 0.0
    ramp: Amount = 3.0
    lowers: bool = False


@dataclass(frozen=True)
class Step:
    """A measure inside a package. `start` in years after the first year of the run.

    `theatres` limits theatre levers; empty means every theatre in which a participant is a principal. Costs
    are shares of an actor's yearly budget; `reversal` is the share of the effect that stays when a condition
    fails.
    """

    measure: str
    participants: tuple[str, ...]
    effects: tuple[Effect, ...]
    start: Amount = 0.0
    condition: str = "unilateral"
    gate: str = "none"
    theatres: tuple[str, ...] = ()
    money_cost: Amount = 0.0
    political_cost: Amount = 0.0
    signal_cost: Amount = 0.0
    reversal: Amount = 0.0


@dataclass(frozen=True)
class CapabilityProgramme:
    """A documented programme that will be fielded anyway: a driver, the same in every package."""

    actor: str
    asset: str
    strength: Amount
    fielded: Amount
    ramp: Amount = 4.0


@dataclass(frozen=True)
class Rows:
    """Effects of one scope, one row each. `raises`, `lowers` map rows to lever columns (exponents)."""

    measure: Int[np.ndarray, " row"]
    strength: Float[np.ndarray, "row n"]
    delay: Float[np.ndarray, "row n"]
    ramp: Float[np.ndarray, "row n"]
    raises: Float[np.ndarray, "column row"]
    lowers: Float[np.ndarray, "column row"]


@dataclass(frozen=True)
class Program:
    """A package. Empty slots have strength 0 and cost 0 and change nothing."""

    measures: tuple[str, ...]
    participants: Float[np.ndarray, "measure actor"]
    places: Float[np.ndarray, "measure theatre"]
    start: Float[np.ndarray, "measure n"]
    condition: Float[np.ndarray, "measure 3"]
    gate: Float[np.ndarray, "measure 5"]
    money: Float[np.ndarray, "measure n"]
    political: Float[np.ndarray, "measure n"]
    reversal: Float[np.ndarray, "measure n"]
    actor_rows: Rows
    theatre_rows: Rows
    global_rows: Rows
    programme_target: Float[np.ndarray, "actor asset programme"]
    programme_strength: Float[np.ndarray, "programme n"]
    programme_fielded: Float[np.ndarray, "programme n"]
    programme_ramp: Float[np.ndarray, "programme n"]
    room: tuple[int, int, int] = (0, 0, 0)
    """Least `crowding` that the arrays on the device leave room for."""

    @classmethod
    def build(
        cls, world: World, steps: Sequence[Step] = (), programmes: Sequence[CapabilityProgramme] = ()
    ) -> "Program":
        """Dense arrays from steps; raises `ValueError` with every fault at once.

        No step = the baseline, which holds one empty slot, since every effect names a measure.
        """
        faults = [fault for step in steps for fault in _faults(world, step)]
        faults += [
            f"programme {p}: unknown actor or asset"
            for p in programmes
            if p.actor not in world.actors or p.asset not in ASSETS
        ]
        if faults:
            raise ValueError("package is inconsistent:\n  " + "\n  ".join(faults))
        target = np.zeros((len(world.actors), len(ASSETS), len(programmes)))
        for index, p in enumerate(programmes):
            target[world.actors.index(p.actor), ASSETS.index(p.asset), index] = 1.0
        built = cls(
            measures=tuple(s.measure for s in steps),
            participants=_one_hots(world.actors, [s.participants for s in steps]),
            places=_one_hots(world.theatres, [_places(world, s) for s in steps]),
            start=_stack([s.start for s in steps]),
            condition=_one_hots(CONDITIONS, [(s.condition,) for s in steps]),
            gate=_one_hots(GATES, [(s.gate,) for s in steps]),
            money=_stack([s.money_cost for s in steps]),
            political=_stack([s.political_cost for s in steps]),
            reversal=_stack([s.reversal for s in steps]),
            actor_rows=_rows(ACTOR_COLUMNS, steps),
            theatre_rows=_rows(THEATRE_COLUMNS, steps),
            global_rows=_rows(GLOBAL_COLUMNS, steps),
            programme_target=target,
            programme_strength=_stack([p.strength for p in programmes]),
            programme_fielded=_stack([p.fielded for p in programmes]),
            programme_ramp=_stack([p.ramp for p in programmes]),
        )
        return built if steps else built.padded(1, 0, 0, 0, len(programmes))

    def padded(
        self, measures: int, actor_rows: int, theatre_rows: int, global_rows: int, programmes: int
    ) -> "Program":
        """The same package with empty slots up to the given counts."""
        m = measures - len(self.start)
        q = programmes - len(self.programme_strength)
        level: dict[str, Any] = {
            name: _pad(getattr(self, name), m)
            for name in (
                "participants",
                "places",
                "start",
                "condition",
                "gate",
                "money",
                "political",
                "reversal",
            )
        }
        return replace(
            self,
            **level,
            actor_rows=_pad_rows(self.actor_rows, actor_rows),
            theatre_rows=_pad_rows(self.theatre_rows, theatre_rows),
            global_rows=_pad_rows(self.global_rows, global_rows),
            programme_target=np.pad(self.programme_target, ((0, 0), (0, 0), (0, q))),
            programme_strength=_pad(self.programme_strength, q),
            programme_fielded=_pad(self.programme_fielded, q),
            programme_ramp=_pad(self.programme_ramp, q, 1.0),
        )

    def first(self, futures: int) -> "Program":
        """The same package with the draws of the first futures only."""
        return self.part(slice(futures))

    def part(self, futures: slice) -> "Program":
        """The same package with the draws of some futures only; amounts equal in all futures stay."""
        return self._each_draw(lambda x: x if x.shape[-1] == 1 else x[..., futures])

    def spread(self, futures: int) -> "Program":
        """The same package with every amount given per future."""
        return self._each_draw(lambda x: np.broadcast_to(x, (*x.shape[:-1], futures)))

    @property
    def futures(self) -> int:
        """How many futures the amounts differ over; 1 when they are the same in all."""
        rows = (self.actor_rows, self.theatre_rows, self.global_rows)
        amounts = (self.start, self.money, self.political, self.reversal, self.programme_strength)
        drawn = (*amounts, self.programme_fielded, self.programme_ramp, *(r.strength for r in rows))
        return max(int(x.shape[-1]) for x in (*drawn, *(r.delay for r in rows), *(r.ramp for r in rows)))

    def _each_draw(self, change: Callable[[Any], Any]) -> "Program":
        rows = {
            name: replace(value, **{n: change(getattr(value, n)) for n in ("strength", "delay", "ramp")})
            for name in ("actor_rows", "theatre_rows", "global_rows")
            for value in [getattr(self, name)]
        }
        drawn = ("start", "money", "political", "reversal")
        programmes = ("programme_strength", "programme_fielded", "programme_ramp")
        return replace(self, **rows, **{n: change(getattr(self, n)) for n in (*drawn, *programmes)})

    @property
    def crowding(self) -> tuple[int, int, int]:
        """Levers that more than two effects raise, most effects on one lever, levers that effects lower.

        Rounded up so that one more effect rarely means a new shape. Signals, which every measure can send, do
        not count.
        """
        rows = (self.actor_rows, self.theatre_rows, self.global_rows)
        tables = [_of_levers(r.raises) for r in rows] + [r.lowers for r in rows]
        effects = [table.sum(axis=1) for table in tables] + [self.programme_target.sum(axis=2).ravel()]
        crowded = max(int((n > 2).sum()) for n in effects)
        most = max(int(n.max(initial=0)) for n in effects)
        lowered = max(int(r.lowers.any(axis=1).sum()) for r in rows)
        crowded, most, lowered = (max(pair) for pair in zip((crowded, most, lowered), self.room, strict=True))
        return _up(max(crowded, 4)), 2 + _up(max(most - 2, 4)), _up(max(lowered, 8)) if lowered else 0

    @property
    def counts(self) -> tuple[int, int, int, int, int]:
        """Slots in the order of the arguments of `padded`."""
        rows = (self.actor_rows, self.theatre_rows, self.global_rows)
        a, t, g = (len(r.measure) for r in rows)
        return len(self.start), a, t, g, len(self.programme_strength)


def align(
    programs: Mapping[str, Program],
    counts: tuple[int, int, int, int, int] = (0, 0, 0, 0, 0),
    room: tuple[int, int, int] = (0, 0, 0),
) -> dict[str, Program]:
    """Programs padded to one common shape, rounded up so that one more measure rarely means a new shape.

    `counts` and `room` are the least that is held free, as in `Program`. Amounts that are the same in all
    futures are spread over as many futures as any program has.
    """
    needed = np.max([counts, *(p.counts for p in programs.values())], axis=0)
    step = np.array([8, 16, 8, 4, 8])
    shape = [int(c) for c in np.maximum(-(-needed // step), 1) * step]
    futures = max(p.futures for p in programs.values())
    crowding = np.max([room, *(p.crowding for p in programs.values())], axis=0)
    crowded, most, lowered = (int(n) for n in crowding)
    return {
        name: replace(p.padded(*shape).spread(futures), room=(crowded, most, lowered))
        for name, p in programs.items()
    }


def _up(n: int) -> int:
    """The next power of two."""
    return 1 << (n - 1).bit_length()


def _of_levers(raises: Float[np.ndarray, "column row"]) -> Float[np.ndarray, "column row"]:
    """The columns of levers, without that of signals."""
    return raises[:-1] if len(raises) == len(ACTOR_COLUMNS) else raises


def _faults(world: World, step: Step) -> Iterable[str]:
    where = f"measure {step.measure}"
    if unknown := set(step.participants) - set(world.actors):
        yield f"{where}: unknown participants {sorted(unknown)}"
    if unknown := set(step.theatres) - set(world.theatres):
        yield f"{where}: unknown theatres {sorted(unknown)}"
    if step.condition not in CONDITIONS:
        yield f"{where}: condition {step.condition}; allowed: {', '.join(CONDITIONS)}"
    if step.gate not in GATES:
        yield f"{where}: gate {step.gate}; allowed: {', '.join(GATES)}"
    for effect in step.effects:
        if effect.lever not in LEVERS:
            yield f"{where}: unknown lever {effect.lever}"
            continue
        allowed = _INDEX.get(LEVER_SCOPES[effect.lever], ("",))
        if not effect.on or set(effect.on) - set(allowed):
            yield f"{where}: lever {effect.lever} on {effect.on}; allowed: {', '.join(allowed) or 'nothing'}"
        if np.min(effect.strength) < 0 or np.max(effect.strength) > 0.98:
            yield f"{where}: strength of {effect.lever} outside [0, .98]"
        if np.min(effect.ramp) < 0.1 or np.min(effect.delay) < 0:
            yield f"{where}: {effect.lever} needs ramp >= .1 and delay >= 0 years"


def _places(world: World, step: Step) -> tuple[str, ...]:
    return step.theatres or tuple(
        t for t in world.theatres if set(world.principals(t)) & set(step.participants)
    )


def _rows(columns: tuple[tuple[str, str], ...], steps: Sequence[Step]) -> Rows:
    found = [
        (m, e)
        for m, s in enumerate(steps)
        for e in (*s.effects, *_signal(s))
        if (e.lever, e.on[0]) in columns
    ]
    raises, lowers = np.zeros((2, len(columns), len(found)))
    for row, (_, effect) in enumerate(found):
        table = lowers if effect.lowers else raises
        for sub in effect.on:
            table[columns.index((effect.lever, sub)), row] = 1.0
    return Rows(
        measure=np.array([m for m, _ in found], dtype=np.int32),
        strength=_stack([e.strength for _, e in found]),
        delay=_stack([e.delay for _, e in found]),
        ramp=_stack([e.ramp for _, e in found]),
        raises=raises,
        lowers=lowers,
    )


def _signal(step: Step) -> tuple[Effect, ...]:
    if not step.effects or not np.any(step.signal_cost):
        return ()
    first = step.effects[0]
    return (Effect(SIGNAL, np.minimum(step.signal_cost, 0.98), delay=first.delay, ramp=first.ramp),)


def _stack(values: Sequence[Amount]) -> Float[np.ndarray, "row n"]:
    rows = [np.atleast_1d(np.asarray(v, dtype=float)) for v in values]
    n = max((len(r) for r in rows), default=1)
    return np.stack([np.broadcast_to(r, n) for r in rows]) if rows else np.zeros((0, 1))


def _one_hots(ids: Sequence[str], chosen: Sequence[tuple[str, ...]]) -> Float[np.ndarray, "row id"]:
    return np.array([[float(i in picks) for i in ids] for picks in chosen]).reshape(len(chosen), len(ids))


def _pad(array: Float[np.ndarray, "..."], extra: int, value: float = 0.0) -> Float[np.ndarray, "..."]:
    return np.pad(array, ((0, extra), *((0, 0) for _ in array.shape[1:])), constant_values=value)


def _pad_rows(rows: Rows, total: int) -> Rows:
    extra = total - len(rows.measure)
    padded = {
        f.name: _pad(getattr(rows, f.name), extra)
        for f in fields(rows)
        if f.name not in ("ramp", "raises", "lowers")
    }
    wide = {n: np.pad(getattr(rows, n), ((0, 0), (0, extra))) for n in ("raises", "lowers")}
    return Rows(**padded, **wide, ramp=_pad(rows.ramp, extra, 1.0))
