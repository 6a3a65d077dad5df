"""An adaptive pathway as an analyst writes it: steps, what to watch, when to hold, go back or compensate."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from stepdown.contracts.facts.base import Basis, Closed, NonEmpty, Text
from stepdown.contracts.facts.uses import MeasureTerms
from stepdown.vocabulary.ids import LENSES, Track

PATHWAY_SCHEMA = "stepdown/pathway-1"
Slug = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]*$")]
Share = Annotated[float, Field(ge=0, le=1)]
Years = Annotated[float, Field(ge=0, le=30)]


class Span(Closed):
    """First and last year of the run."""

    start: Annotated[int, Field(ge=2000, le=2100)]
    end: Annotated[int, Field(ge=2001, le=2150)]

    @model_validator(mode="after")
    def _long_enough(self) -> Span:
        if not 5 <= self.end - self.start <= 60:
            raise ValueError(f"{self.start} to {self.end} is {self.end - self.start} years; allowed: 5 to 60")
        return self


class Signpost(Closed):
    """What is watched. `indicator` is one of `contracts.triggers.INDICATOR_AXES`, `subject` whom it is about.

    `how`: by which reports or means somebody would know; `every` and `delay` in years; `error` is the
    standard deviation of the observation in the indicator's unit.
    """

    id: Slug
    label: Text
    indicator: NonEmpty
    subject: NonEmpty
    how: Text
    every: Annotated[float, Field(gt=0, le=10)] = 1.0
    delay: Annotated[float, Field(ge=0, le=3)] = 0.5
    error: Annotated[float, Field(ge=0, le=0.5)] = 0.05


class Trigger(Closed):
    """A condition on a signpost: exactly one of four.

    `at_least`, `at_most`: the last observation. `rises_by`, `falls_by`: its change since the first one.
    `band`: how far it must come back before the trigger lets go; `final`: it never does. `why` is a clause
    that can follow "because".
    """

    signpost: NonEmpty
    at_least: float | None = None
    at_most: float | None = None
    rises_by: Annotated[float, Field(gt=0)] | None = None
    falls_by: Annotated[float, Field(gt=0)] | None = None
    band: Annotated[float, Field(ge=0, le=1)] = 0.03
    final: bool = False
    why: Text

    @model_validator(mode="after")
    def _one_condition(self) -> Trigger:
        given = [n for n in ("at_least", "at_most", "rises_by", "falls_by") if getattr(self, n) is not None]
        if len(given) != 1:
            raise ValueError(f"give exactly one of at_least, at_most, rises_by, falls_by; found {given}")
        return self

    @property
    def above(self) -> bool:
        """Whether it fires on high values."""
        return self.at_least is not None or self.rises_by is not None

    @property
    def change(self) -> bool:
        """Whether it is about a change since the first observation."""
        return self.rises_by is not None or self.falls_by is not None

    @property
    def level(self) -> float:
        """The level of the observation, or of its (signed) change, at which it fires."""
        given = (self.at_least, self.at_most, self.rises_by)
        return next((v for v in given if v is not None), -(self.falls_by or 0.0))


class Wait(Closed):
    """An earlier step that must have been in effect for `years`, and not be reverted."""

    step: NonEmpty
    years: Years = 0.0


class PathStep(Closed):
    """A step. `start`: the earliest year of the decision; effects begin `lead` years after it.

    `proceed`: all must hold before the step is decided; any one of `hold`, `revert` acts while it runs; any
    one of `compensate` calls the steps that name this one in `compensates`.
    """

    id: Slug
    label: Text
    short: Text
    """Name on the map: a few words."""
    track: Track
    decides: Text
    start: int
    lead: Years = 0.0
    after: tuple[Wait, ...] = ()
    proceed: tuple[Trigger, ...] = ()
    hold: tuple[Trigger, ...] = ()
    revert: tuple[Trigger, ...] = ()
    compensate: tuple[Trigger, ...] = ()
    compensates: tuple[NonEmpty, ...] = ()
    measures: Annotated[tuple[MeasureTerms, ...], Field(min_length=1)]
    basis: Basis


class Floors(Closed):
    """What a step may cost, relative to the baseline in the same future and year.

    `assurance`, `adequacy`: largest fall for any state under a guarantee, and of adequacy for any state that
    takes part; `use_risk`: largest rise of the hazard of use. `most`: the share of futures in which a floor
    may be broken.
    """

    assurance: Share = 0.05
    adequacy: Share = 0.05
    use_risk: Share = 0.05
    most: Share = 0.1


class Pathway(Closed):
    """A pathway file."""

    pathway_schema: Annotated[Literal["stepdown/pathway-1"], Field(alias="schema")]
    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$")]
    label: Text
    why: Text
    question: Text
    horizon: Span
    lenses: Annotated[tuple[NonEmpty, ...], Field(min_length=1)] = LENSES
    floors: Floors = Floors()
    signposts: Annotated[tuple[Signpost, ...], Field(min_length=1)]
    steps: Annotated[tuple[PathStep, ...], Field(min_length=1, max_length=12)]
    scope: tuple[Text, ...] = ()

    def step(self, name: str) -> PathStep:
        """The step with this id; raises KeyError."""
        return {s.id: s for s in self.steps}[name]

    def signpost(self, name: str) -> Signpost:
        """The signpost with this id; raises KeyError."""
        return {s.id: s for s in self.signposts}[name]

    def called_by(self, name: str) -> tuple[str, ...]:
        """Steps that a compensating step answers."""
        return self.step(name).compensates
