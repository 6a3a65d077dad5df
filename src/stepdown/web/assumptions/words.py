"""Quantities and edits in words."""

from __future__ import annotations

from stepdown.charts.numbers import MINUS, between
from stepdown.study.assumptions import Edit, Reference, Spread
from stepdown.vocabulary.ids import Language
from stepdown.web.assumptions.context import Ground
from stepdown.web.words import Say


def quantity(value: float) -> str:
    """A value with three significant digits, a true minus sign, thousands apart; powers of ten where tiny."""
    if value == 0:
        return "0"
    if abs(value) >= 1000:
        return f"{value:,.0f}".replace("-", MINUS)
    if abs(value) < 0.0001:
        mantissa, _, power = f"{value:.1e}".partition("e")
        raised = str(int(power)).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))
        return f"{mantissa}×10{raised}".replace("-", MINUS)
    digits = f"{value:#.3g}"
    return (digits.rstrip("0").rstrip(".") if "." in digits else digits).replace("-", MINUS)


def grounds(found: tuple[Reference, ...], language: Language) -> tuple[Ground, ...]:
    """Grounds in one language, each with the address of its source."""
    return tuple(
        Ground(r.text.text(language), r.source, f"/{language}/record/sources/{r.source}" if r.source else "")
        for r in found
    )


def spread_told(say: Say, spread: Spread) -> str:
    """Median and the range of nine in ten, with the kind of the distribution."""
    kind = say(f"assumptions.dist.{spread.kind}")
    if not spread.bins:
        return quantity(spread.median)
    ends = between(quantity(spread.q05), quantity(spread.q95), say.language)
    return (
        f"{quantity(spread.median)} ({ends}; {kind})"
        if say.language == "en"
        else (f"{quantity(spread.median)}（{ends}、{kind}）")
    )


def edit_told(say: Say, edit: Edit) -> str:
    """The numbers of an edit, then what they mean."""
    values = [quantity(v) for v in (edit.low, edit.middle, edit.high) if v is not None]
    kind = say(f"assumptions.dist.{edit.kind}")
    joined = " – ".join(values)
    return f"{joined} ({kind})" if say.language == "en" else f"{joined}（{kind}）"
