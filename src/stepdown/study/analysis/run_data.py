"""A finished run as an analysis reads it: changes in the way intended, inputs as columns, words for all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, cast

import numpy as np
import xarray as xr
from jaxtyping import Bool, Float, Int

from stepdown.contracts.assumptions import Coordinate
from stepdown.contracts.dataset import usable, variables
from stepdown.contracts.effects import Bilingual, Direction, EffectKind, Named, OutcomeGroup, OutcomeLabel
from stepdown.contracts.ensemble import BASELINE, OutcomeKey
from stepdown.contracts.scenarios import InputWords
from stepdown.discovery.columns import Columns, columns_of
from stepdown.discovery.effects import changes, toward
from stepdown.discovery.sentence import input_words
from stepdown.study.analysis.words import told
from stepdown.study.describe import LETTERS
from stepdown.study.plan import StudyPlan
from stepdown.vocabulary.errors import UnknownNameError

Values = Float[np.ndarray, " future"]
MOST_FUTURES = 100_000
"""Inputs are read for so many usable futures at most: enough for boxes and indices, and they fit in
memory.
"""


@dataclass(frozen=True)
class RunData:
    """The dataset of a run (`docs/method/exploration.md`), with the study it came from where that is at
    hand.
    """

    data: xr.Dataset
    plan: StudyPlan | None = None

    @cached_property
    def ok(self) -> Bool[np.ndarray, " future"]:
        """Futures that every package finished."""
        return usable(self.data)

    @cached_property
    def chosen(self) -> Int[np.ndarray, " chosen"]:
        """The usable futures whose inputs are read: the first `MOST_FUTURES`."""
        found: Int[np.ndarray, " chosen"] = np.flatnonzero(self.ok)[:MOST_FUTURES]
        return found

    @property
    def title(self) -> Bilingual:
        return self._about("title", "study")

    @property
    def question(self) -> Bilingual:
        return self._about("question", "study")

    @property
    def packages(self) -> tuple[Named, ...]:
        """Packages in order, without the baseline and without permuted orders of a package."""
        ids = [str(p) for p in self.data["package"].values if str(p) != BASELINE]
        if self.plan is None:
            return tuple(Named(p, Bilingual(p, p)) for p in ids)
        labels = {p.id: p.label.bilingual for p in self.plan.packages}
        return tuple(Named(p, labels[p]) for p in ids if p in labels)

    @property
    def letters(self) -> dict[str, str]:
        """Letter of every package, for its hue; packages beyond the fifth start again."""
        return {p.id: LETTERS[i % len(LETTERS)] for i, p in enumerate(self.packages)}

    @property
    def lenses(self) -> tuple[Named, ...]:
        if "lens" not in self.data.coords:
            return (Named("all", told("baseline")),)
        attrs = self.data["lens"].attrs
        names = str(attrs["flag_meanings"]).split()
        words = zip(attrs["flag_labels"], attrs["flag_labels_ja"], strict=True)
        return tuple(Named(n, Bilingual(en, ja)) for n, (en, ja) in zip(names, words, strict=True))

    @cached_property
    def lens(self) -> Int[np.ndarray, " future"]:
        if "lens" not in self.data.coords:
            return np.zeros(self.data.sizes["future"], dtype=int)
        return np.asarray(self.data["lens"].values, dtype=int)

    def outcome(self, name: str) -> OutcomeLabel:
        """Words and kind of an outcome. Raises UnknownNameError."""
        known = variables(self.data, "outcome")
        if name not in known:
            raise UnknownNameError("outcome", name, known)
        attrs = self.data[name].attrs
        return OutcomeLabel(
            name,
            Bilingual(attrs["long_name"], attrs["long_name_ja"]),
            Bilingual(attrs.get("units", "1"), attrs.get("units", "1")),
            cast(Direction, attrs["intended"]),
            cast(EffectKind, attrs["kind"]),
            cast(OutcomeGroup, attrs["group"]),
            float(attrs["little_change"]),
            attrs.get("subject"),
            bool(attrs["headline"]),
        )

    def headline(self) -> tuple[str, ...]:
        """Ids of the outcomes a reader sees first."""
        return tuple(n for n in variables(self.data, "outcome") if self.data[n].attrs["headline"])

    def change(self, package: str, outcome: OutcomeLabel) -> Values:
        """Change in the way intended, all futures; NaN where a future failed."""
        if package == BASELINE:
            return np.where(self.ok, 0.0, np.nan)
        key = OutcomeKey(outcome.id, outcome.group, outcome.kind, outcome.intended, outcome.little_change)
        values = self.data[outcome.id]
        of, base = (values.sel(package=p).values.astype(float) for p in (package, BASELINE))
        return np.where(self.ok, toward(key, changes(key, of, base)), np.nan)

    def columns(self, package: str) -> Columns:
        """Inputs that can bear on a package, at the chosen futures: all but effects of measures it lacks."""
        held = None
        if self.plan is not None:
            held = {f"eff.{use.measure}" for use in self.plan.measures(package)}
        return tuple(
            c
            for c in self._all_columns
            if held is None or not c.input_id.startswith("eff.") or c.input_id in held
        )

    @cached_property
    def _all_columns(self) -> Columns:
        return columns_of(self.data.isel(future=self.chosen))

    def words(self, columns: Sequence[Coordinate]) -> dict[str, InputWords]:
        """Words of inputs, with the thirds of their distributions over the chosen futures."""
        return {c.name: self._words(c) for c in columns}

    def _words(self, column: Coordinate) -> InputWords:
        attrs = self.data[column.name].attrs
        label = Bilingual(attrs["long_name"], attrs["long_name_ja"])
        options = [
            Bilingual(en, ja)
            for en, ja in zip(attrs.get("flag_labels", ()), attrs.get("flag_labels_ja", ()), strict=True)
        ]
        return input_words(column, label, options)

    def _about(self, key: str, fallback: str) -> Bilingual:
        attrs: dict[str, Any] = self.data.attrs
        plain = str(attrs.get(fallback, "run"))
        return Bilingual(str(attrs.get(key, plain)), str(attrs.get(f"{key}_ja", plain)))
