"""A study as an analyst writes it: question, horizon, lenses, packages of measures, orders to compare."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from stepdown.contracts.facts.base import Closed, NonEmpty, Text
from stepdown.contracts.facts.uses import MeasureUse
from stepdown.vocabulary.ids import LENSES

STUDY_SCHEMA = "stepdown/study-1"


class PackagePlan(Closed):
    """A set of measures with timing. `include` takes over the measures of other packages of the study."""

    id: NonEmpty
    label: Text
    summary: Text
    include: tuple[NonEmpty, ...] = ()
    measures: tuple[MeasureUse, ...] = ()

    @model_validator(mode="after")
    def _has_measures(self) -> PackagePlan:
        if not self.include and not self.measures:
            raise ValueError("a package needs `measures` or `include`; the baseline is added by itself")
        return self


class OrderPlan(Closed):
    """A controlled permutation: package `of` with nothing changed but the start years named in `start`."""

    id: NonEmpty
    label: Text
    of: NonEmpty
    start: Annotated[dict[str, int], Field(min_length=1)]


class Horizon(Closed):
    start: Annotated[int, Field(ge=2000, le=2100)]
    end: Annotated[int, Field(ge=2001, le=2150)]

    @model_validator(mode="after")
    def _ends_later(self) -> Horizon:
        if not 5 <= self.end - self.start <= 60:
            raise ValueError(f"{self.start} to {self.end} is {self.end - self.start} years; allowed: 5 to 60")
        return self


class Views(Closed):
    """Whose view a brief tells beside the overall one."""

    ally: NonEmpty
    rival: NonEmpty


class StudyPlan(Closed):
    """A study file. `headline`: outcomes shown beside the usual ones; `fans`: outcomes shown over time.

    `evidence_only` and `scope` say what the study rests on without simulating it, and what it leaves out.
    """

    study_schema: Annotated[Literal["stepdown/study-1"], Field(alias="schema")]
    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$")]
    label: Text
    why: Text
    question: Text
    horizon: Horizon
    lenses: Annotated[tuple[NonEmpty, ...], Field(min_length=1)] = LENSES
    packages: Annotated[tuple[PackagePlan, ...], Field(min_length=1, max_length=5)]
    orders: tuple[OrderPlan, ...] = ()
    views: Views
    headline: tuple[NonEmpty, ...] = ()
    fans: Annotated[tuple[NonEmpty, ...], Field(min_length=1)] = ("use_risk", "reliance", "assurance")
    evidence_only: tuple[Text, ...] = ()
    scope: tuple[Text, ...] = ()

    def measures(self, package: str) -> tuple[MeasureUse, ...]:
        """All measures of a package, included ones first. Raises KeyError for an unknown package."""
        plans = {p.id: p for p in self.packages}
        plan = plans[package]
        inherited = (use for name in plan.include for use in self.measures(name))
        return (*inherited, *plan.measures)

    def permuted(self, order: OrderPlan) -> tuple[MeasureUse, ...]:
        """The measures of the package an order permutes, with the order's start years."""
        return tuple(
            use.model_copy(update={"start": order.start.get(use.measure, use.start)})
            for use in self.measures(order.of)
        )
