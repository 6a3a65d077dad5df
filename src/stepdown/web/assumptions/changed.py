"""What was changed and what it changes: from plain values to what the template shows."""

from __future__ import annotations

from collections.abc import Mapping

from stepdown.charts import effect_interval, shared_axis
from stepdown.charts.figure import Table
from stepdown.charts.numbers import between, changes, count, decimal, share
from stepdown.contracts.effects import EffectKind
from stepdown.study.assumptions import (
    Edit,
    InputCard,
    Shift,
)
from stepdown.web.assumptions.context import (
    Change,
    Effect,
)
from stepdown.web.assumptions.session import Place
from stepdown.web.assumptions.words import edit_told, spread_told
from stepdown.web.words import Say


def change_rows(
    say: Say, cards: Mapping[str, InputCard], edits: Mapping[Place, Edit], query: str
) -> tuple[Change, ...]:
    """What was changed, from what to what."""
    found = []
    for (symbol, key), edit in edits.items():
        card = cards[symbol]
        before = next((c for c in card.cells if key in c.keys), card.cells[0])
        labels = dict(zip(before.keys, before.labels, strict=False))
        told = spread_told(say, before.spread)
        if key == "*" and len(card.cells) > 1:
            told = say("assumptions.numbers", count=count(card.numbers, say.language))
        found.append(
            Change(
                card.label.heading(say.language),
                f"/{say.language}/assumptions/input/{symbol}?{query}",
                labels[key].heading(say.language) if key in labels else "",
                told,
                edit_told(say, edit),
                symbol,
                key,
            )
        )
    return tuple(found)


def effect_rows(say: Say, shifts: tuple[Shift, ...], letter: str) -> tuple[Effect, ...]:
    """Outcomes before and after, on one axis each."""
    return tuple(_effect(say, shift, letter) for shift in shifts)


def _effect(say: Say, shift: Shift, letter: str) -> Effect:
    outcome, language = shift.outcome, say.language
    axis = shared_axis(outcome, [shift.before, shift.after])
    before, after = (
        effect_interval(
            effect,
            outcome,
            letter,
            language,
            axis=axis,
            figure_id=f"{when}-{outcome.id.replace('_', '-')}",
            width=220,
        )
        for when, effect in (("before", shift.before), ("after", shift.after))
    )
    told = [
        say(
            "assumptions.told",
            median=changes(outcome.kind, effect.median)[0],
            share=share(effect.backfires),
        )
        for effect in (shift.before, shift.after)
    ]
    median, low, high = _points(say, outcome.kind, shift.median, shift.low, shift.high)
    name = say(f"board.outcome.{outcome.id}")
    return Effect(
        name[0].upper() + name[1:],
        before,
        after,
        told[0],
        told[1],
        say("assumptions.shift_told", median=median, range=between(low, high, language)),
        say("assumptions.moved", share=share(shift.moved)),
    )


def effects_table(say: Say, shifts: tuple[Shift, ...]) -> Table:
    """The same numbers: every outcome before and after."""
    rows = []
    for shift in shifts:
        kind = shift.outcome.kind
        name = shift.outcome.label.heading(say.language)
        for when, effect in (("was", shift.before), ("now", shift.after)):
            median, low, high = changes(kind, effect.median, effect.p05, effect.p95)
            nine = between(low, high, say.language)
            shares = (share(effect.improves), share(effect.little_change), share(effect.backfires))
            rows.append((name, say(f"assumptions.{when}"), median, nine, *shares))
    heads = ("outcome", "median", "nine", "intended", "little", "backfires")
    columns = [say(f"board.told.{head}") for head in heads]
    columns.insert(1, say("assumptions.priors"))
    return Table(say("assumptions.effects_title"), tuple(columns), tuple(rows), frozenset(range(2, 7)))


def _points(say: Say, kind: EffectKind, *values: float) -> tuple[str, ...]:
    """Differences of changes: per-cent points for ratios, plain numbers otherwise."""
    if kind == "difference":
        return changes(kind, *values)
    written = [decimal(100 * v, 1) for v in values]
    signed = [w if w.startswith("−") or not any(c in w for c in "123456789") else f"+{w}" for w in written]
    last = say("assumptions.points", value=signed[-1])
    return (say("assumptions.points", value=signed[0]), *signed[1:-1], last)
