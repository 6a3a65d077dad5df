"""The table of inputs and the diagram: from cards and weights to what the template shows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal
from urllib.parse import parse_qsl

from stepdown.charts import Figure, evidence_dot
from stepdown.charts.density import Distribution, distribution_mark
from stepdown.charts.numbers import between, count, decimal, share
from stepdown.charts.nusap import Assumption, nusap_diagram
from stepdown.charts.pedigree import pedigree_mark
from stepdown.study.assumptions import InputCard, Spread, Weighed, Weights
from stepdown.vocabulary.ids import Language
from stepdown.web.assumptions.context import Choice, InputsPage, Row, StandOut, Tabs
from stepdown.web.assumptions.session import Priors
from stepdown.web.assumptions.words import quantity
from stepdown.web.pages import Link
from stepdown.web.tasks import Task
from stepdown.web.words import Say

Sort = Literal["influence", "urgency", "pedigree", "part", "name"]
SORTS: tuple[Sort, ...] = ("influence", "urgency", "pedigree", "part", "name")
FEW = 24
"""Rows that are shown before a reader asks for all."""


def inputs_page(
    language: Language,
    tabs: Tabs,
    outcomes: tuple[Link, ...],
    cards: Sequence[InputCard],
    task: Task[Weights] | None,
    priors: Priors,
    query: str,
    outcome: str,
    part: str,
    sort: Sort,
    every: bool,
) -> InputsPage:
    """The page of all inputs; what is not computed yet is left open and asked for again."""
    say = Say(language)
    here = f"/{language}/assumptions?{query}&outcome={outcome}"
    kept = f"&part={part}" if part else ""
    weights = task.result if task else None
    chosen = [card for card in cards if part in ("", card.part)]
    chosen.sort(key=_order(sort, weights, language))
    rows = chosen if every else chosen[:FEW]
    shown, total = count(len(rows), language), count(len(chosen), language)
    return InputsPage(
        tabs,
        outcomes,
        _diagram(weights, language, "nusap", 360) if weights and weights.records else None,
        _diagram(weights, language, "nusap-wide", 720) if weights and weights.records else None,
        _stand_out(language, weights, query, outcome) if weights else (),
        _lead(say, weights) if weights else "",
        "" if task and task.over else f"{here}{kept}&sort={sort}" + ("&every=true" if every else ""),
        task.failure if task else "",
        _parts(say, cards, part),
        tuple(Link(say(f"assumptions.sort_{s}"), f"{here}{kept}&sort={s}", s == sort) for s in SORTS),
        (*parse_qsl(query), ("outcome", outcome), ("sort", sort)),
        tuple(_row(say, card, weights, priors, query, outcome) for card in rows),
        say("assumptions.shown", shown=shown, all=total),
        "" if len(rows) == len(chosen) else f"{here}{kept}&sort={sort}&every=true",
        total,
    )


def _lead(say: Say, weights: Weights) -> str:
    if not weights.records:
        return say("assumptions.nothing")
    return say("assumptions.nusap_lead", futures=count(weights.futures, say.language))


def _diagram(weights: Weights, language: Language, figure_id: str, width: float) -> Figure:
    points = [Assumption(w.label, w.kind, w.pedigree, w.share) for w in weights.records]
    return nusap_diagram(
        points, weights.chance, weights.outcome.label, language, figure_id=figure_id, width=width
    )


def _stand_out(language: Language, weights: Weights, query: str, outcome: str) -> tuple[StandOut, ...]:
    """What chance does not explain, each with the place where it can be read up."""

    def place(found: Weighed) -> str:
        if found.kind == "input":
            symbol = found.id.removeprefix("input.")
            return f"/{language}/assumptions/input/{symbol}?{query}&outcome={outcome}"
        if found.kind == "switch":
            return f"/{language}/assumptions/lenses?{query}#{found.id}"
        return f"/{language}/record/entries/{found.id}"

    return tuple(
        StandOut(w.label.heading(language), place(w), share(w.share), decimal(w.pedigree, 1))
        for w in weights.records
        if w.share > weights.chance
    )


def _parts(say: Say, cards: Sequence[InputCard], part: str) -> tuple[Choice, ...]:
    names = sorted({card.part for card in cards}, key=lambda p: say(f"assumptions.of_part.{p}"))
    every = Choice("", say("assumptions.all_parts"), not part)
    return (every, *(Choice(p, say(f"assumptions.of_part.{p}"), p == part) for p in names))


def _order(
    sort: Sort, weights: Weights | None, language: Language
) -> Callable[[InputCard], tuple[float | str, ...]]:
    def weight(card: InputCard) -> float:
        found = weights.of(card.id) if weights else None
        return found.share if found else 0.0

    orders: dict[Sort, Callable[[InputCard], tuple[float | str, ...]]] = {
        "influence": lambda c: (-weight(c), c.strength),
        "urgency": lambda c: (-weight(c) * (4 - c.strength), c.strength),
        "pedigree": lambda c: (c.strength, -weight(c)),
        "part": lambda c: (Say(language)(f"assumptions.of_part.{c.part}"), -weight(c)),
        "name": lambda c: (c.label.heading(language),),
    }
    return orders[sort]


def _row(say: Say, card: InputCard, weights: Weights | None, priors: Priors, query: str, outcome: str) -> Row:
    language = say.language
    spreads = [cell.spread for cell in card.cells]
    medians = [s.median for s in spreads]
    low, high = (min(medians), max(medians)) if medians else (0.0, 0.0)
    several = low != high
    told, stands_out = _weight(say, card, weights)
    nine = (
        between(quantity(min(s.q05 for s in spreads)), quantity(max(s.q95 for s in spreads)), language)
        if spreads
        else "–"
    )
    single = len(spreads) == 1 and not spreads[0].bins
    return Row(
        card.label.heading(language),
        f"/{language}/assumptions/input/{card.symbol}?{query}&outcome={outcome}",
        card.symbol,
        say(f"assumptions.of_part.{card.part}"),
        distribution_mark([drawn(s) for s in spreads]) if spreads else None,
        (between(quantity(low), quantity(high), language) if several else quantity(low)) if spreads else "–",
        "–" if single else nine,
        "" if card.unit == "1" else say(f"assumptions.unit_of.{card.unit}"),
        say("assumptions.numbers", count=count(card.numbers, language)) if card.numbers > 1 else "",
        evidence_dot(card.evidence, language, visible_word=True),
        decimal(card.strength, 1),
        pedigree_mark([score for _, score in card.pedigree]),
        told,
        stands_out,
        any(symbol == card.symbol for symbol, _ in priors.edits),
    )


def _weight(say: Say, card: InputCard, weights: Weights | None) -> tuple[str, bool]:
    if weights is None:
        return say("assumptions.weight_waiting"), False
    found = weights.of(card.id)
    if found is None:
        return say("assumptions.weight_fixed"), False
    if found.share <= weights.chance:
        return say("assumptions.weight_none"), False
    return share(found.share), True


def drawn(spread: Spread) -> Distribution:
    """A distribution as charts take it."""
    s = spread
    return Distribution(s.q05, s.median, s.q95, s.low, s.high, s.log, s.bins)
