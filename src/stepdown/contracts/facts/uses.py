"""A measure as an analyst asks for it: who, from when, how far, under which condition."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from stepdown.contracts.facts.base import Closed, NonEmpty
from stepdown.vocabulary.ids import Condition, Theatre

StrengthWord = Literal["slight", "moderate", "substantial", "far_reaching"]
STRENGTHS: dict[StrengthWord, float] = {
    "slight": 0.25,
    "moderate": 0.5,
    "substantial": 0.75,
    "far_reaching": 1.0,
}
"""Share of the effect record's far end that a word stands for (the four steps of the slider)."""


class MeasureTerms(Closed):
    """A measure without its start: who, how far, under which condition.

    `actors` may be groupings; `theatres` limits levers that act on theatres.
    """

    measure: NonEmpty
    actors: Annotated[tuple[NonEmpty, ...], Field(min_length=1)]
    strength: StrengthWord | Annotated[float, Field(gt=0, le=1)] = "substantial"
    condition: Condition = "unilateral"
    theatres: tuple[Theatre, ...] = ()

    @property
    def share(self) -> float:
        """Strength as a share of the effect record's far end."""
        return self.strength if isinstance(self.strength, float) else STRENGTHS[self.strength]

    def starting(self, year: int) -> MeasureUse:
        """The same measure from a year on."""
        return MeasureUse(**{**dict(self), "start": year})


class MeasureUse(MeasureTerms):
    """A measure in a package, from the year `start` on."""

    start: int
