"""One input with its form: from plain values to what the template shows."""

from __future__ import annotations

from stepdown.charts.density import distribution_mark
from stepdown.charts.numbers import between, count, share
from stepdown.charts.pedigree import pedigree_mark
from stepdown.contracts.facts.facts import Facts
from stepdown.contracts.world import World
from stepdown.study.assumptions import (
    EDIT_KINDS,
    Cell,
    Fault,
    InputCard,
    Says,
    Weights,
    cells_named,
    editable,
    input_card,
)
from stepdown.web.assumptions.assemble import drawn
from stepdown.web.assumptions.context import (
    Choice,
    Form,
    InputPage,
    Number,
    Tabs,
)
from stepdown.web.assumptions.session import MOST, Typed
from stepdown.web.assumptions.words import grounds, quantity
from stepdown.web.words import Say

NAMED = 6
"""Numbers with the same distribution that are named before the rest is counted."""


def input_page(
    say: Say,
    facts: Facts,
    world: World,
    symbol: str,
    tabs: Tabs,
    query: str,
    weights: Weights | None,
    typed: Typed | None,
    faults: tuple[Fault, ...],
) -> InputPage:
    """An input with its form. Raises UnknownNameError."""
    card, says = input_card(facts, world, symbol)
    language = say.language
    fixed = "" if editable(facts, symbol) else "shares" if card.shares else "records"
    return InputPage(
        tabs,
        symbol,
        card.label.heading(language),
        f"/{language}/assumptions?{query}",
        tuple(_pairs(say, card, weights)),
        tuple(_number(say, cell) for cell in card.cells),
        tuple((label.text(language), quantity(weight)) for label, weight in card.shares),
        grounds(says.basis, language),
        tuple(text.text(language) for text in says.notes),
        tuple(
            (say(f"assumptions.score_{name}"), str(score), pedigree_mark([score]))
            for name, score in card.pedigree
        ),
        _says(say, says),
        None if fixed else _form(say, facts, world, card, query, typed, faults),
        say(f"assumptions.fixed_{fixed}") if fixed else "",
    )


def _pairs(say: Say, card: InputCard, weights: Weights | None) -> list[tuple[str, str]]:
    low, high = (quantity(x) for x in card.limits)
    how = say("assumptions.drawn_together" if card.shared else "assumptions.drawn_apart")
    number = count(card.numbers, say.language)
    pairs = [
        (say("assumptions.symbol"), card.symbol),
        (say("assumptions.part"), say(f"assumptions.of_part.{card.part}")),
        (say("assumptions.unit"), say(f"assumptions.unit_of.{'plain' if card.unit == '1' else card.unit}")),
        (say("assumptions.limits"), between(low, high, say.language)),
        (
            say("assumptions.holds"),
            say("assumptions.one_number")
            if card.numbers == 1
            else say("assumptions.many_numbers", count=number, how=how),
        ),
    ]
    if weights is not None:
        outcome = weights.outcome.label.text(say.language)
        pairs.append((say("assumptions.weight_of", outcome=outcome), _weight(say, card, weights)))
    return pairs


def _weight(say: Say, card: InputCard, weights: Weights) -> str:
    found = weights.of(card.id)
    if found is None:
        return say("assumptions.weight_fixed")
    if found.share <= weights.chance:
        return say("assumptions.weight_none")
    if card.numbers == 1:
        return say("assumptions.weight_told", share=share(found.share))
    number = found.number.text(say.language)
    return say("assumptions.weight_through", share=share(found.share), number=number)


def _number(say: Say, cell: Cell) -> Number:
    s, labels, language = cell.spread, cell.labels, say.language
    names = [label.heading(language) for label in labels[:NAMED]]
    if len(labels) > NAMED:
        names.append(say("assumptions.more_names", count=len(labels) - NAMED))
    return Number(
        say("assumptions.between").join(names),
        quantity(s.median),
        between(quantity(s.q05), quantity(s.q95), language) if s.bins else "–",
        say(f"assumptions.dist.{s.kind}"),
        distribution_mark([drawn(s)], width=168, height=44),
    )


def _says(say: Say, says: Says) -> tuple[tuple[str, str], ...]:
    language = say.language
    return (
        (say("assumptions.checked"), f"{says.checked.text(language)} ({says.checked_on})"),
        (say("assumptions.confidence"), says.confidence.text(language)),
        (say("assumptions.review"), says.review_by),
    )


def _form(
    say: Say,
    facts: Facts,
    world: World,
    card: InputCard,
    query: str,
    typed: Typed | None,
    faults: tuple[Fault, ...],
) -> Form:
    language = say.language
    names = cells_named(facts, world, card.symbol)
    labels = {k: label for c in card.cells for k, label in zip(c.keys, c.labels, strict=False)}
    filled = typed or _recorded(card)
    cells = (
        Choice("*", say("assumptions.for_all"), filled.cell in ("", "*")),
        *(Choice(k, labels[k].heading(language), filled.cell == k) for k in names),
    )
    low, high = (quantity(x) for x in card.limits)
    return Form(
        f"/{language}/assumptions/change?{query}",
        say("assumptions.edit_allowed", low=low, high=high),
        cells if names else (),
        tuple(Choice(k, say(f"assumptions.kind_{k}"), k == filled.kind) for k in EDIT_KINDS),
        filled.low,
        filled.middle,
        filled.high,
        tuple((f.where, _fault(say, f)) for f in faults),
    )


def _recorded(card: InputCard) -> Typed:
    """The form filled with what is on record: quantiles of the first distribution."""
    s = card.cells[0].spread
    if not s.bins:
        return Typed("*", "point", "", f"{s.median:.4g}", "")
    return Typed("*", "quantiles", f"{s.q05:.4g}", f"{s.median:.4g}", f"{s.q95:.4g}")


def _fault(say: Say, fault: Fault) -> str:
    field = say(f"assumptions.edit_{fault.where}") if fault.where != "symbol" else ""
    values = {k: quantity(v) if isinstance(v, float) else str(v) for k, v in fault.values.items()}
    return say(f"assumptions.fault.{fault.key}", field=field, most=MOST, **values)
