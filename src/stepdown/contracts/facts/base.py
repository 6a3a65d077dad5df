"""What every record shares: closed fields, both languages, and an answer to "says who?"."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    ConfigDict,
    Discriminator,
    Field,
    StringConstraints,
    Tag,
    model_validator,
)

from stepdown.contracts.effects import Bilingual
from stepdown.vocabulary.dates import PARTIAL_DATE
from stepdown.vocabulary.ids import Language


class Closed(BaseModel):
    """A frozen type without room for unknown fields: a misspelt field is an error, not a silent loss."""

    model_config = ConfigDict(extra="forbid", frozen=True)


@dataclass(frozen=True)
class Ref:
    """Marks a field that holds ids of other records; the check refuses ids that nothing carries."""

    kind: str


NonEmpty = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
PartialDate = Annotated[str, StringConstraints(pattern=PARTIAL_DATE)]
SourceId = Annotated[str, Ref("source")]
ActorId = Annotated[str, Ref("actor")]
MeasureId = Annotated[str, Ref("measure")]
ClaimId = Annotated[str, Ref("claim")]
PrecedentId = Annotated[str, Ref("precedent")]
TermId = Annotated[str, Ref("term")]
MappingId = Annotated[str, Ref("mapping")]
SwitchId = Annotated[str, Ref("switch")]
Score = Annotated[int, Field(ge=0, le=4)]


class Text(Closed):
    """The same words in both languages."""

    en: NonEmpty
    ja: NonEmpty

    def __getitem__(self, lang: Language) -> str:
        return self.ja if lang == "ja" else self.en

    @property
    def bilingual(self) -> Bilingual:
        """The same words as findings carry them."""
        return Bilingual(self.en, self.ja)


class Locator(Closed):
    """Where in a source. `passage` describes a place that has no number or heading; `whole` says why no
    narrower place is given and excludes all other fields."""

    page: NonEmpty | None = None
    para: NonEmpty | None = None
    article: NonEmpty | None = None
    section: NonEmpty | None = None
    table: NonEmpty | None = None
    cell: NonEmpty | None = None
    item: NonEmpty | None = None
    path: NonEmpty | None = None
    passage: Text | None = None
    whole: NonEmpty | None = None

    @model_validator(mode="after")
    def _points_somewhere(self) -> Locator:
        given = [name for name, value in self if value is not None]
        if not given:
            raise ValueError(f"a locator needs one of {', '.join(type(self).model_fields)}")
        if self.whole is not None and len(given) > 1:
            raise ValueError(f"`whole` means that no narrower place is known, but {given} are given too")
        return self


class Evidence(Closed):
    """A passage or figure of a source that bears on the value. `anchor`: a few words as they stand there."""

    source: SourceId
    at: Locator
    bearing: Literal["supports", "qualifies", "contradicts"] = "supports"
    anchor: Annotated[str, StringConstraints(min_length=1, max_length=80)] | None = None
    note: Text | None = None


class Judgement(Closed):
    """An honest basis without a document: who judged, and why."""

    judgement: NonEmpty
    why: Text


def _holds(field: str) -> Callable[[Any], str | None]:
    """Tells the members of a union apart by a field only one of them has, so that errors name one type."""

    def holds(value: Any) -> str:
        present = field in value if isinstance(value, Mapping) else hasattr(value, field)
        return field if present else "other"

    return holds


_Ground = Annotated[
    Annotated[Judgement, Tag("judgement")] | Annotated[Evidence, Tag("other")],
    Discriminator(_holds("judgement")),
]
Basis = Annotated[tuple[_Ground, ...], Field(min_length=1)]


class Confidence(Closed):
    """How far the compilers trust the value; `why` when it is not plain."""

    level: Literal["low", "moderate", "high"]
    agreement: Literal["low", "medium", "high"] | None = None
    why: Text | None = None


class DocumentPedigree(Closed):
    """NUSAP-style pedigree of the reading of a document, 0 (weak) to 4 (strong) each."""

    authority: Score
    directness: Score
    currency: Score
    corroboration: Score
    practice: Score


class NumberPedigree(Closed):
    """NUSAP pedigree of a number, 0 (weak) to 4 (strong) each (Funtowicz & Ravetz 1990)."""

    proxy: Score
    empirical: Score
    theory: Score
    method: Score
    validation: Score


Pedigree = Annotated[
    Annotated[DocumentPedigree, Tag("authority")] | Annotated[NumberPedigree, Tag("other")],
    Discriminator(_holds("authority")),
]


class Verification(Closed):
    """How the value was checked against its source, and when.

    original: read in the published original. search: seen in a third-party copy. paper: stated by the paper
    itself. computed: computed from a public dataset. not_checked: general knowledge or judgement.
    """

    how: Literal["original", "search", "paper", "computed", "not_checked"]
    on: PartialDate
    scope: Text | None = None


class Record(Closed):
    """Anything with an id that other records can point to."""

    id: NonEmpty


class Sourced(Record):
    """A record whose values answer "says who?": basis, confidence, pedigree, verification, next review."""

    basis: Basis
    confidence: Confidence
    pedigree: Pedigree
    verified: Verification
    review_by: PartialDate
    notes: Text | None = None
    dispute: Text | None = None
