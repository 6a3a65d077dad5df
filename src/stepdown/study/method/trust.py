"""The credibility assessment in both languages: nine factors, what was counted, what cannot be said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from stepdown.contracts.facts import Switch
from stepdown.contracts.facts.base import NumberPedigree
from stepdown.contracts.facts.facts import Facts
from stepdown.contracts.wording import words_of
from stepdown.record import word
from stepdown.study.documents.credibility import (
    CHECKED,
    Factor,
    factors,
    observed,
    only_judgement,
    uncertain,
)
from stepdown.vocabulary.ids import Language


@dataclass(frozen=True)
class Checked:
    """How many observations were checked in one way, and the mark of that way."""

    how: str
    mark: int
    records: int


@dataclass(frozen=True)
class Trust:
    """All factors; the counts they rest on; mean pedigree marks of uncertain numbers; what cannot be said."""

    factors: tuple[Factor, ...]
    checked: tuple[Checked, ...]
    observed: int
    uncertain: int
    judged: int
    pedigree: tuple[tuple[str, float], ...]
    cannot: tuple[str, ...]

    @property
    def lowest(self) -> int:
        """The level on which a decision rests where that factor matters."""
        return min(factor.level for factor in self.factors)


def trust(facts: Facts, lang: Language) -> Trust:
    """The assessment of this version of record and code."""
    numbers, seen = uncertain(facts), observed(facts)
    ways: Counter[str] = Counter(r.verified.how for r in seen)
    marks = [r.pedigree for r in numbers if isinstance(r.pedigree, NumberPedigree)]
    return Trust(
        tuple(_factors(facts, lang)),
        tuple(Checked(word(f"how_{how}", lang), mark, ways[how]) for how, mark in CHECKED.items()),
        len(seen),
        len(numbers),
        sum(only_judgement(r) for r in numbers),
        tuple(
            (word(f"pedigree_{name}", lang), sum(getattr(m, name) for m in marks) / max(len(marks), 1))
            for name in NumberPedigree.model_fields
        ),
        tuple(entry[lang].format(switches=len(facts.all(Switch))) for entry in _words()["cannot"]),
    )


def _factors(facts: Facts, lang: Language) -> list[Factor]:
    """English stands in the written document; Japanese beside it, here."""
    found = []
    for f in factors(facts):
        if lang == "ja":
            own: Mapping[str, str] = _words()["factors"][f.id]
            said = (own["name"], own["asks"]), (own["reason"], own["next"])
        else:
            said = (f.name, f.asks), (f.reason, f.next)
        found.append(Factor(f.id, *said[0], f.level, f.counted, *said[1]))
    return found


def _words() -> Any:
    return words_of("stepdown.study.method", "trust.yaml")
