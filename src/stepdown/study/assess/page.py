"""Findings told as a page: sheets from the question's teller, sources from the record, the run card."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from stepdown.charts.numbers import count
from stepdown.contracts.assessments import Finding
from stepdown.contracts.assessments.page import AssessmentPage, Sheet
from stepdown.contracts.assessments.roles import NotOnRecord
from stepdown.contracts.effects import Bilingual
from stepdown.contracts.facts import Lens
from stepdown.contracts.facts.facts import Facts
from stepdown.contracts.findings import RunCard
from stepdown.study.assess.ask import Question, Request
from stepdown.study.assess.tell_alliance import tell_alliance
from stepdown.study.assess.tell_reduction import tell_reduction
from stepdown.study.assess.tell_risk_reduction import tell_risk_reduction
from stepdown.study.assess.tell_roles import tell_roles
from stepdown.study.assess.tell_substitution import tell_substitution
from stepdown.study.assess.tell_utility import tell_utility
from stepdown.study.assess.words import both, said
from stepdown.study.grounds import Cited
from stepdown.study.words import id_label

Told = tuple[tuple[Bilingual, ...], tuple[Sheet, ...]]
"""What a teller gives: the sentences in short, and the sheets."""
TELLERS: Mapping[Question, Callable[[Facts, Request, Sequence[Finding]], Told]] = {
    "roles": tell_roles,
    "substitution": tell_substitution,
    "utility": tell_utility,
    "reduction": tell_reduction,
    "alliance": tell_alliance,
    "risk_reduction": tell_risk_reduction,
}


def tell_page(request: Request, facts: Facts, findings: Sequence[Finding], card: RunCard) -> AssessmentPage:
    """The page about one question. Where something asked for is not on record, that stands first."""
    missing = [f for f in findings if isinstance(f, NotOnRecord)]
    short, sheets = TELLERS[request.question](facts, request, findings)
    cited = Cited(facts)
    grounds = tuple(cited.ground(i) for i in dict.fromkeys(i for s in sheets for i in s.rests_on))
    return AssessmentPage(
        question=request.question,
        title=said(f"title.{request.question}"),
        asked=_asked(facts, request),
        short=(*(m.known for m in missing), *short),
        sheets=sheets,
        scope=(said("scope.conditional"), said("scope.strategic"), said(f"scope.{request.question}")),
        sources=tuple(cited.notes.values()),
        card=card_rows(facts, card),
        record=card.record_hash,
        dated=card.date,
        version=card.version,
        futures=card.futures if card.inputs else 0,
        grounds=tuple(g for g in grounds if g is not None),
    )


def _asked(facts: Facts, request: Request) -> Bilingual:
    asked = said(f"asked.{request.question}")
    about = [id_label(facts, s) for s in (*request.states, *request.theatres)]
    if request.ally:
        about.append(id_label(facts, request.ally))
    if not about:
        return asked
    return both(
        lambda lang: (
            f"{asked.text(lang)} "
            + said(
                "asked.about", names=("、" if lang == "ja" else ", ").join(a.text(lang) for a in about)
            ).text(lang)
        )
    )


def card_rows(facts: Facts, card: RunCard) -> tuple[tuple[Bilingual, str], ...]:
    """What is needed to obtain the same numbers again, as names and values."""
    rows = [
        ("version", card.version),
        ("revision", card.revision),
        ("date", card.date),
        ("record", card.record_hash),
    ]
    if card.inputs:
        rows += [
            ("seed", str(card.seed)),
            ("futures", count(card.futures, "en")),
            ("failed", str(card.failed)),
            ("lenses", ", ".join(facts.get(Lens, x).id for x in card.lenses)),
        ]
    return tuple((said(f"card.{name}"), value) for name, value in rows)
