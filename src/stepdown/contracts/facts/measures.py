"""What can be done: measures, and their effect on the levers of the model."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from stepdown.contracts.facts.amounts import ScalarAmount
from stepdown.contracts.facts.base import (
    ActorId,
    Basis,
    ClaimId,
    Closed,
    MeasureId,
    NonEmpty,
    PartialDate,
    PrecedentId,
    Sourced,
    TermId,
    Text,
)
from stepdown.contracts.facts.facts import Facts
from stepdown.vocabulary.ids import LEVER_SCOPES, Capability, Enabler, Lever, Role, Track


class Measure(Sourced):
    """A measure the paper proposes or mentions, or a `complement` to it, always shown apart."""

    track: Track
    label: Text
    section: TermId
    anchor: NonEmpty
    in_paper: Literal["proposed", "mentioned", "complement"]
    status_note: Text | None = None
    preconditions: tuple[Text, ...] = ()
    expected_effects: tuple[Text, ...] = ()
    side_effects: tuple[Text, ...] = ()
    reversibility: Literal["low", "low_medium", "medium", "high"]
    actors: Annotated[tuple[ActorId, ...], Field(min_length=1)]
    actors_text: Text
    precedents: tuple[PrecedentId, ...] = ()
    claims: tuple[ClaimId, ...] = ()
    track_note: Text | None = None
    as_of: PartialDate


class LeverEffect(Closed):
    """What one measure at full strength does to one lever.

    strength: share in [0, 1] at full strength. sign +1 works on the lever; -1 undoes part of what other
    measures do on it: u = [1 - prod(1 - strength+)] prod(1 - strength-). delay and ramp in years:
    activation = 1 - exp(-max(t - start - delay, 0)/ramp).
    """

    lever: Lever
    roles: tuple[Role, ...] = ()
    capabilities: tuple[Capability | Enabler, ...] = ()
    sign: Literal[1, -1] = 1
    strength: ScalarAmount
    delay: ScalarAmount
    ramp: ScalarAmount
    basis: Basis

    @model_validator(mode="after")
    def _index_fits_scope(self) -> LeverEffect:
        scope = LEVER_SCOPES[self.lever]
        for name, wanted in (("roles", scope == "actor_role"), ("capabilities", scope == "actor_capability")):
            if bool(getattr(self, name)) != wanted:
                raise ValueError(f"lever {self.lever} {'needs' if wanted else 'takes no'} `{name}`")
        return self


class Effect(Sourced):
    """How a measure enters the model. All strengths are at the slider's far end; a study scales them.

    signal_cost in [0, 1]: how costly the signal is to one who does not mean it (Kydd 2005). money_cost and
    political_cost: share of an actor's yearly budget of that kind at full strength. reversal: share of the
    effect that stays when the measure is undone. evidence_only: the model has no lever for it, said plainly.
    """

    measure: MeasureId
    levers: tuple[LeverEffect, ...] = ()
    evidence_only: Text | None = None
    signal_cost: ScalarAmount
    money_cost: ScalarAmount
    political_cost: ScalarAmount
    reversal: ScalarAmount
    needs: tuple[MeasureId, ...] = ()
    precondition: Text
    gate: Literal["none", "tension", "saturation", "adequacy", "regime"] = "none"

    @model_validator(mode="after")
    def _acts_or_says_why_not(self) -> Effect:
        if bool(self.levers) == (self.evidence_only is not None):
            raise ValueError("give `levers`, or say in `evidence_only` why the model has none; not both")
        return self


def effects_by_measure(facts: Facts) -> dict[str, Effect]:
    """Measure id -> its effect record; the check sees to it that every measure has exactly one."""
    return {effect.measure: effect for effect in facts.all(Effect)}
