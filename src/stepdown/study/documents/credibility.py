"""How far may the model be trusted? Nine factors after NASA-STD-7009; what can be counted is counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import floor

import yaml

from stepdown.contracts.facts import Effect, ModelInput, Sourced, Switch
from stepdown.contracts.facts.base import Judgement, NumberPedigree
from stepdown.contracts.facts.facts import Facts
from stepdown.study.documents.page import page, table

CHECKED = {"original": 4, "computed": 3, "search": 2, "paper": 2, "not_checked": 0}
"""Marks for how a record was checked against its source."""
WORDS = {
    "original": "read in the published original",
    "computed": "computed from a public dataset",
    "search": "seen in a copy",
    "paper": "stated by the paper",
    "not_checked": "not checked",
}


@dataclass(frozen=True, slots=True)
class Factor:
    """One factor: its level from 0 to 4, why, and what would raise it. `counted`: from the record."""

    id: str
    name: str
    asks: str
    level: int
    counted: bool
    reason: str
    next: str


def factors(facts: Facts) -> tuple[Factor, ...]:
    """All factors in order, counted levels filled in."""
    counted = {"data_pedigree": _floor(_checked_marks(facts)), "input_pedigree": _floor(_pedigree(facts))}
    found = []
    for entry in _entries():
        own = entry["level"] == "counted"
        level = counted[str(entry["id"])] if own else int(entry["level"])
        words = (str(entry[key]) for key in ("reason", "next"))
        found.append(Factor(str(entry["id"]), str(entry["name"]), str(entry["asks"]), level, own, *words))
    return tuple(found)


def credibility(facts: Facts) -> str:
    """Markdown of the assessment."""
    inputs, numbers = observed(facts), uncertain(facts)
    judged = sum(only_judgement(r) for r in numbers)
    verified: Counter[str] = Counter(r.verified.how for r in inputs)
    return page(
        "credibility",
        scores=table(
            ("factor", "question", "level", "how"),
            [(f.name, f.asks, f.level, "counted" if f.counted else "judged") for f in factors(facts)],
        ),
        lowest=min(f.level for f in factors(facts)),
        sections="\n\n".join(
            f"**{f.name}: {f.level}.** {f.reason} *To do next:* {f.next}" for f in factors(facts)
        ),
        checked=table(
            ("how it was checked", "mark", "records", "share"),
            [
                (WORDS[how], mark, verified[how], _percent(verified[how], len(inputs)))
                for how, mark in CHECKED.items()
            ],
        ),
        observed=len(inputs),
        marks=f"{_mean(_checked_marks(facts)):.2f}",
        pedigree=table(
            ("mark", *NumberPedigree.model_fields),
            [
                (
                    "mean of 0 to 4",
                    *(f"{_mean(_marks(numbers, name)):.2f}" for name in NumberPedigree.model_fields),
                )
            ],
        ),
        uncertain=len(numbers),
        mean=f"{_mean(_pedigree(facts)):.2f}",
        judged=judged,
        judged_share=_percent(judged, len(numbers)),
        switches=len(facts.all(Switch)),
    )


def observed(facts: Facts) -> tuple[Sourced, ...]:
    """Records that state an observation: everything with a basis that is no uncertain number of the model."""
    return tuple(
        r for r in facts if isinstance(r, Sourced) and not isinstance(r, ModelInput | Effect | Switch)
    )


def uncertain(facts: Facts) -> tuple[Sourced, ...]:
    """Records that state an uncertain number of the model: inputs and effects of measures."""
    return (*facts.all(ModelInput), *facts.all(Effect))


def only_judgement(record: Sourced) -> bool:
    """Whether nothing but somebody's judgement stands behind a record."""
    return all(isinstance(ground, Judgement) for ground in record.basis)


def _checked_marks(facts: Facts) -> list[float]:
    return [float(CHECKED[r.verified.how]) for r in observed(facts)]


def _pedigree(facts: Facts) -> list[float]:
    return [m for name in NumberPedigree.model_fields for m in _marks(uncertain(facts), name)]


def _marks(records: Sequence[Sourced], name: str) -> list[float]:
    return [float(getattr(r.pedigree, name)) for r in records if isinstance(r.pedigree, NumberPedigree)]


def _mean(marks: Sequence[float]) -> float:
    return sum(marks) / len(marks) if marks else 0.0


def _floor(marks: Sequence[float]) -> int:
    return floor(_mean(marks))


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / max(whole, 1):.0f} %"


@cache
def _entries() -> tuple[dict[str, str | int], ...]:
    text = files("stepdown.study.documents").joinpath("credibility.yaml").read_text(encoding="utf-8")
    return tuple(yaml.safe_load(text))
