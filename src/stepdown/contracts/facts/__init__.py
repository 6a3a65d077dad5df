"""Frozen types of the documented record, schema `stepdown/record-1`: one file per family of kinds.

`KINDS` maps the word in a data file's `kind:` line to its type.
"""

from stepdown.contracts.facts.actors import Actor, Guarantee, Relation, TheatreRecord
from stepdown.contracts.facts.base import Closed, Record, Sourced
from stepdown.contracts.facts.calibration import (
    EventCount,
    ObservedChange,
    PastInput,
    PastStep,
    PastWorld,
    PolicyEffect,
)
from stepdown.contracts.facts.claim_tests import ClaimArm, ClaimTest
from stepdown.contracts.facts.evidence import Source
from stepdown.contracts.facts.forces import Arsenal, ArsenalSeries, Observation, Programme
from stepdown.contracts.facts.history import Claim, Event, Precedent
from stepdown.contracts.facts.inputs import CodeMapping, Lens, ModelInput, Switch
from stepdown.contracts.facts.measures import Effect, Measure
from stepdown.contracts.facts.outcomes import Outcome
from stepdown.contracts.facts.roles import Doctrine
from stepdown.contracts.facts.words import Term

SCHEMA = "stepdown/record-1"
KINDS: dict[str, type[Record]] = {
    "source": Source,
    "term": Term,
    "actor": Actor,
    "theatre": TheatreRecord,
    "relation": Relation,
    "guarantee": Guarantee,
    "arsenal": Arsenal,
    "arsenal_series": ArsenalSeries,
    "observation": Observation,
    "programme": Programme,
    "doctrine": Doctrine,
    "measure": Measure,
    "effect": Effect,
    "precedent": Precedent,
    "event": Event,
    "outcome": Outcome,
    "claim": Claim,
    "claim_arm": ClaimArm,
    "claim_test": ClaimTest,
    "mapping": CodeMapping,
    "input": ModelInput,
    "switch": Switch,
    "lens": Lens,
    "event_count": EventCount,
    "policy_effect": PolicyEffect,
    "past_world": PastWorld,
    "past_input": PastInput,
    "past_step": PastStep,
    "observed_change": ObservedChange,
}

__all__ = [
    "KINDS",
    "SCHEMA",
    "Actor",
    "Arsenal",
    "ArsenalSeries",
    "Claim",
    "ClaimArm",
    "ClaimTest",
    "Closed",
    "CodeMapping",
    "Doctrine",
    "Effect",
    "Event",
    "EventCount",
    "Guarantee",
    "Lens",
    "Measure",
    "ModelInput",
    "Observation",
    "ObservedChange",
    "Outcome",
    "PastInput",
    "PastStep",
    "PastWorld",
    "PolicyEffect",
    "Precedent",
    "Programme",
    "Record",
    "Relation",
    "Source",
    "Sourced",
    "Switch",
    "Term",
    "TheatreRecord",
]
