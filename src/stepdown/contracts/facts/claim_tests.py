"""How a claim of the paper is put to the test: a small language, as data.

An *arm* is one course of events: measures, changed assumptions, or neither. A *check* compares a quantity of
the model in one arm with another arm, another quantity or a number, in every future. A *reading* takes a
number from the record. Nothing here is specific to a claim.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import ConfigDict, Field, model_validator

from stepdown.contracts.facts.base import ClaimId, Closed, NonEmpty, PartialDate, Record, Ref, Text
from stepdown.contracts.facts.uses import MeasureUse
from stepdown.contracts.parameters import PARAMETERS
from stepdown.contracts.trajectories import SERIES

ArmId = Annotated[str, Ref("claim_arm")]
AnyRecordId = NonEmpty
Hedge = Literal["firm", "likely", "possible"]
"""How strongly the paper says it: firm; likely or tends to; may or can."""
Relation = Literal["higher", "lower", "about_the_same", "not_higher", "not_lower"]
Scalar = str | bool | int | float


class _Worded(Closed):
    """Fields with the words an author writes (`in`, `is`), which Python keeps for itself."""

    model_config = ConfigDict(extra="forbid", frozen=True, validate_by_name=True, validate_by_alias=True)


class Shift(Closed):
    """A changed assumption: one symbol of the model, everywhere or at the named places along its axes."""

    symbol: NonEmpty
    of: dict[NonEmpty, tuple[NonEmpty, ...]] = Field(default_factory=dict)
    set: float | None = None
    add: float | None = None
    times: float | None = None

    @model_validator(mode="after")
    def _known_and_one_change(self) -> Shift:
        if self.symbol not in PARAMETERS:
            raise ValueError(f"{self.symbol} is not a symbol of the model")
        if unknown := sorted(set(self.of) - set(PARAMETERS[self.symbol].axes)):
            raise ValueError(f"{self.symbol} has no axis {unknown}; it has {PARAMETERS[self.symbol].axes}")
        if [self.set, self.add, self.times].count(None) != 2:
            raise ValueError("give exactly one of `set`, `add` and `times`")
        return self


class ClaimArm(Record):
    """One course of events to test claims on. Without measures and shifts: the documented baseline."""

    label: Text
    measures: tuple[MeasureUse, ...] = ()
    assume: tuple[Shift, ...] = ()
    why: Text | None = None


class Quantity(Closed):
    """A number per future from a yearly series: joined over places (`over`), then over years (`at`).

    `of` names places along an axis of the series; an axis not named is taken whole. rise: end - start.
    """

    series: NonEmpty
    of: dict[NonEmpty, tuple[NonEmpty, ...]] = Field(default_factory=dict)
    over: Literal["mean", "sum", "lowest", "highest"] = "mean"
    at: Literal["end", "start", "mean", "lowest", "highest", "rise"] = "end"

    @model_validator(mode="after")
    def _known(self) -> Quantity:
        if self.series not in SERIES:
            raise ValueError(f"{self.series} is no series of the model; allowed: {', '.join(SERIES)}")
        if unknown := sorted(set(self.of) - set(SERIES[self.series])):
            raise ValueError(f"{self.series} has no axis {unknown}; it has {SERIES[self.series]}")
        return self

    @property
    def key(self) -> str:
        """The same for equal quantities: they are computed once."""
        return self.model_dump_json()


class Side(_Worded):
    """The right-hand side of a check; what is left out is as on the left. `less`: effect relative to it."""

    of: Quantity | None = None
    arm: Annotated[ArmId | None, Field(alias="in")] = None
    less: ArmId | None = None


class Check(_Worded):
    """`of` in arm `in` (as an effect relative to arm `less`) `is` higher, lower ... `than` by more than `by`.

    scale ratio: sides are divided, and `by` is a share; difference: subtracted, `by` in the unit of the
    quantity. With `less` the side itself is a ratio or a difference of the two arms.
    """

    of: Quantity
    arm: Annotated[ArmId, Field(alias="in")]
    less: ArmId | None = None
    relation: Annotated[Relation, Field(alias="is")]
    than: Side | float
    by: Annotated[float, Field(ge=0)] = 0.0
    scale: Literal["difference", "ratio"] = "difference"

    @property
    def right(self) -> tuple[Quantity, ArmId, ArmId | None] | float:
        """The right-hand side with what it leaves out filled in from the left."""
        if isinstance(self.than, float):
            return self.than
        less = self.than.less if self.than.less or self.than.arm else self.less
        return self.than.of or self.of, self.than.arm or self.arm, less


class Condition(_Worded):
    """Which futures a check speaks of: a third of an input, an option of a switch, a level of a quantity."""

    input: NonEmpty | None = None
    third: Literal["low", "middle", "high"] | None = None
    switch: Annotated[str, Ref("switch")] | None = None
    option: NonEmpty | None = None
    of: Quantity | None = None
    arm: Annotated[ArmId | None, Field(alias="in")] = None
    above: float | None = None
    below: float | None = None

    @model_validator(mode="after")
    def _one_kind(self) -> Condition:
        by_input = self.input is not None and self.third is not None
        by_switch = self.switch is not None and self.option is not None
        bounded = (self.above is None) != (self.below is None)
        by_level = self.of is not None and self.arm is not None and bounded
        if [by_input, by_switch, by_level].count(True) != 1:
            raise ValueError(
                "give `input` and `third`, `switch` and `option`, or `of`, `in` and one of `above`, `below`"
            )
        return self


class Simulated(Closed):
    """All checks must hold in the same future.

    Was the conclusion built in? `couplings`: the symbols through which an equation could produce the claim by
    itself; the test is repeated with their signs drawn at random. `by_construction`: what in the model or its
    priors produces it whatever the couplings, so that a part that holds is assumed. `no_coupling`: why
    neither applies. `flip`: admissible assumptions under which the verdict turns, for a part on which
    futures agree.
    """

    by: Literal["simulation"]
    id: NonEmpty = "a"
    label: Text
    hedge: Hedge
    checks: Annotated[tuple[Check, ...], Field(min_length=1)]
    where: tuple[Condition, ...] = ()
    couplings: tuple[NonEmpty, ...] = ()
    by_construction: Text | None = None
    no_coupling: Text | None = None
    flip: tuple[Shift, ...] = ()

    @model_validator(mode="after")
    def _says_what_could_produce_it(self) -> Simulated:
        if unknown := [c for c in self.couplings if c not in PARAMETERS]:
            raise ValueError(f"couplings {unknown} are not symbols of the model")
        given = [bool(self.couplings), self.by_construction is not None, self.no_coupling is not None]
        if given.count(True) != 1:
            raise ValueError("give exactly one of `couplings`, `by_construction` and `no_coupling`")
        return self


class Analysed(Closed):
    """A relation of the literature's closed forms, over a range of its parameters (registered in `games`)."""

    by: Literal["analysis"]
    id: NonEmpty = "a"
    label: Text
    hedge: Hedge
    relation: NonEmpty


class Bounds(Closed):
    """A range of a number or a date; dates compare as text (2024-11 <= 2024-11-19)."""

    at_least: Scalar | None = None
    at_most: Scalar | None = None


Filter = dict[NonEmpty, Scalar | tuple[Scalar, ...] | Bounds]
"""Dotted path in a record -> the value, one of several values, or a range."""


class Reading(_Worded):
    """A number from the record: the records of `kind` that pass `where`, and are in force `on` a day.

    count: how many; share: of these, the part that also passes `that`; the others join what `take` points
    to (a number, or a code translated by `codes`): sum, mean, lowest, highest, or by the order of `along`:
    first, last, rise (last - first).
    """

    kind: NonEmpty
    where: Filter = Field(default_factory=dict)
    on: PartialDate | None = None
    join: Annotated[
        Literal["count", "share", "sum", "mean", "lowest", "highest", "first", "last", "rise"],
        Field(alias="as"),
    ] = "count"
    that: Filter = Field(default_factory=dict)
    take: NonEmpty | None = None
    codes: dict[NonEmpty, float] = Field(default_factory=dict)
    along: NonEmpty | None = None

    @model_validator(mode="after")
    def _complete(self) -> Reading:
        if self.join == "share" and not self.that:
            raise ValueError("`as: share` needs `that`")
        if self.join not in ("count", "share") and self.take is None:
            raise ValueError(f"`as: {self.join}` needs `take`")
        if self.join in ("first", "last", "rise") and self.along is None:
            raise ValueError(f"`as: {self.join}` needs `along`, the field that orders the records")
        return self


class RecordCheck(_Worded):
    """One comparison of readings; the claim's verdict is drawn from all of a part's checks."""

    label: Text
    read: Reading
    relation: Annotated[Literal["higher", "lower", "equal", "not_higher", "not_lower"], Field(alias="is")]
    than: Reading | float
    by: Annotated[float, Field(ge=0)] = 0.0


class FromRecord(Closed):
    """Answered by the record: every comparison must hold; some: mixed; none: fails."""

    by: Literal["record"]
    id: NonEmpty = "a"
    label: Text
    hedge: Hedge
    checks: Annotated[tuple[RecordCheck, ...], Field(min_length=1)]


class Untestable(Closed):
    """Nothing here can decide it: why, and the evidence on record for either side."""

    by: Literal["nothing"]
    id: NonEmpty = "a"
    label: Text
    why: Text
    supports: tuple[AnyRecordId, ...] = ()
    contradicts: tuple[AnyRecordId, ...] = ()


Part = Annotated[Simulated | Analysed | FromRecord | Untestable, Field(discriminator="by")]


class Qualification(Closed):
    """Where the record contradicts or qualifies a statement of fact in the paper, and the records that do."""

    text: Text
    records: Annotated[tuple[AnyRecordId, ...], Field(min_length=1)]


class ClaimTest(Record):
    """How one claim is answered. Two claims in one sentence are two parts; the weakest part decides."""

    claim: ClaimId
    method: Literal["simulated", "analytic", "evidence", "event", "normative", "not_testable"]
    parts: Annotated[tuple[Part, ...], Field(min_length=1)]
    qualification: Qualification | None = None
    evidence: tuple[AnyRecordId, ...] = ()

    @model_validator(mode="after")
    def _method_fits(self) -> ClaimTest:
        found = {part.by for part in self.parts}
        wanted = {
            "simulated": "simulation",
            "normative": "simulation",
            "analytic": "analysis",
            "evidence": "record",
            "event": "record",
            "not_testable": "nothing",
        }[self.method]
        if wanted not in found:
            raise ValueError(f"method {self.method} needs a part `by: {wanted}`; found {sorted(found)}")
        if len({part.id for part in self.parts}) < len(self.parts):
            raise ValueError("two parts have one id")
        return self
