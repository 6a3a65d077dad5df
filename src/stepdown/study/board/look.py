"""What a package does, in plain numbers: effects, fans, budgets, over the futures computed so far."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property

import numpy as np
from jaxtyping import Bool, Float

from stepdown.contracts.effects import ALL_LENSES, FanSeries, PairedEffect
from stepdown.contracts.ensemble import BASELINE, BudgetKind, Ensemble, OutcomeKey
from stepdown.contracts.findings import BudgetNote
from stepdown.discovery import changes, fan_series, paired_effects, toward
from stepdown.experiments import outcome_keys
from stepdown.study.board.laboratory import Laboratory, Part
from stepdown.study.board.plan import HORIZON, OUTCOMES
from stepdown.study.words import words

PACKAGE = "package"
BASE_YEARS = {"use_risk": HORIZON.start, "proliferation": HORIZON.end}
"""Hazards are shown against each future's own baseline in this year."""
BUDGETS: tuple[BudgetKind, ...] = ("money", "political")


class Look:
    """A package against the baseline in `futures` of the laboratory's futures; `whole` when in all."""

    def __init__(self, laboratory: Laboratory, parts: Sequence[Part], baseline: Sequence[Part]) -> None:
        self._laboratory, self._parts = laboratory, tuple(parts)
        both = {BASELINE: baseline, PACKAGE: parts}
        self._ensemble = Ensemble(
            {name: _joined([p.outcomes for p in of]) for name, of in both.items()},
            {name: _joined([p.series for p in of]) for name, of in both.items()},
            tuple(range(HORIZON.start, HORIZON.end + 1)),
            {name: np.concatenate([p.codes for p in of]) for name, of in both.items()},
            {},
            0.0,
        )
        self.futures = len(self._ensemble.codes[PACKAGE])
        self.whole = self.futures == laboratory.futures
        self.failed = int(np.sum(~self._ensemble.ok))
        self._lens = laboratory.lens[: self.futures]

    @cached_property
    def effects(self) -> tuple[PairedEffect, ...]:
        """Every gauge: over all lenses first, then lens by lens."""
        keys = {key.id: key for key in outcome_keys(self._laboratory.world)}
        chosen = [keys[name] for name in OUTCOMES]
        return tuple(paired_effects(self._ensemble, chosen, self._laboratory.lenses, self._lens, [PACKAGE]))

    def effect(self, outcome: str, lens: str = ALL_LENSES) -> PairedEffect:
        """One gauge. Raises StopIteration for an outcome without one."""
        return next(e for e in self.effects if (e.outcome, e.lens) == (outcome, lens))

    def by_lens(self, outcome: str) -> tuple[PairedEffect, ...]:
        """The same gauge under every single lens."""
        return tuple(e for e in self.effects if e.outcome == outcome and e.lens != ALL_LENSES)

    def fan(self, outcome: str, lens: str = ALL_LENSES) -> FanSeries:
        """One outcome over time. A hazard is shown against each future's own baseline, never bare."""
        base = BASE_YEARS.get(outcome)
        kind = "index" if base is None else "hazard" if outcome == "use_risk" else "relative"
        note = words("fan_note", kind, year=base or 0)
        return fan_series(self._under(lens), outcome, PACKAGE, note, base)

    @property
    def budget(self) -> tuple[BudgetNote, ...]:
        """For money and for political capital, the actor that uses most, in the median future at its peak."""
        return tuple(self._most_used(kind) for kind in BUDGETS)

    def _most_used(self, kind: BudgetKind) -> BudgetNote:
        peak = np.concatenate([p.peak[kind] for p in self._parts], axis=-1)
        used = np.median(peak, axis=-1)
        most = int(np.argmax(used))
        share = float(used[most])
        return BudgetNote(self._laboratory.world.actors[most], kind, share, 1.0, (1 + share**8) ** (-1 / 8))

    def change(self, outcome: str) -> Float[np.ndarray, " future"]:
        """The change of one outcome in every future, paired with the baseline."""
        of = self._ensemble.outcomes
        return changes(self._key(outcome), of[PACKAGE][outcome], of[BASELINE][outcome])

    def way(self, outcome: str) -> Float[np.ndarray, " future"]:
        """The same, counted in the way intended: below 0 it goes the other way."""
        return toward(self._key(outcome), self.change(outcome))

    def opposite(self, outcome: str, lens: str = ALL_LENSES) -> int:
        """In how many futures the outcome goes the other way, by however little."""
        return int(np.sum((self.way(outcome) < 0) & self.under(lens)))

    def course(self, outcome: str, future: int) -> tuple[tuple[float, ...], tuple[float, ...]]:
        """Baseline and package by year in one future, in the unit of the fan chart."""
        baseline, package = (self._ensemble.series[p][outcome][:, future] for p in (BASELINE, PACKAGE))
        base = BASE_YEARS.get(outcome)
        scale = 1.0 if base is None else 100 / float(baseline[base - HORIZON.start])
        return tuple(float(scale * v) for v in baseline), tuple(float(scale * v) for v in package)

    def lens_of(self, future: int) -> str:
        """The lens under which a future was drawn."""
        return self._laboratory.lenses[int(self._lens[future])]

    def under(self, lens: str) -> Bool[np.ndarray, " future"]:
        """The futures of a lens that were computed."""
        ok = self._ensemble.ok
        return ok if lens == ALL_LENSES else ok & (self._lens == self._laboratory.lenses.index(lens))

    def _key(self, outcome: str) -> OutcomeKey:
        return next(key for key in outcome_keys(self._laboratory.world) if key.id == outcome)

    def _under(self, lens: str) -> Ensemble:
        if lens == ALL_LENSES:
            return self._ensemble
        chosen = self.under(lens)
        e = self._ensemble
        return replace(
            e,
            outcomes={p: {k: v[chosen] for k, v in of.items()} for p, of in e.outcomes.items()},
            series={p: {k: v[:, chosen] for k, v in of.items()} for p, of in e.series.items()},
            codes={p: code[chosen] for p, code in e.codes.items()},
        )


def _joined(parts: Sequence[Mapping[str, Float[np.ndarray, "..."]]]) -> dict[str, Float[np.ndarray, "..."]]:
    return {name: np.concatenate([p[name] for p in parts], axis=-1) for name in parts[0]}
