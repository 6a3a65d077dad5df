"""How numbers, shares, counts and dates are written in English and in Japanese.

Both languages use the true minus sign (U+2212) and a no-break space before the per cent sign. A change that
rounds to nothing is written 0 without a sign.
"""

from __future__ import annotations

import math

from stepdown.contracts.effects import EffectKind, PairedEffect
from stepdown.vocabulary.dates import earliest
from stepdown.vocabulary.ids import Language

MINUS = "−"
NBSP = "\u00a0"
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def decimal(value: float, places: int) -> str:
    """``value`` with a fixed number of decimals, grouped by thousands, with a true minus sign."""
    if not math.isfinite(value):
        raise ValueError(f"not a number that can be written: {value}")
    text = f"{value:,.{places}f}"
    if not any(digit in text for digit in "123456789"):
        text = text.lstrip("-")
    return text.replace("-", MINUS)


def signed(value: float, places: int) -> str:
    """Like `decimal`, with a plus sign before a positive value."""
    text = decimal(value, places)
    nothing = not any(digit in text for digit in "123456789")
    return text if text.startswith(MINUS) or nothing else f"+{text}"


def places_for(*values: float) -> int:
    """Decimals that leave about two significant figures of the largest value, at most three."""
    size = max(abs(value) for value in values)
    if size >= 9.95 or size == 0:
        return 0
    return next((p for p, least in enumerate((0.995, 0.0995), 1) if size >= least), 3)


def changes(kind: EffectKind, *values: float) -> tuple[str, ...]:
    """Changes written with the same decimals, so that a median and its range can be compared.

    Signed percentages for a ratio outcome (−18 %), signed numbers for a difference (−0.21). Where all round
    to nothing they are written as a plain 0.
    """
    factor, unit = (100, f"{NBSP}%") if kind == "ratio" else (1, "")
    places = places_for(*values)
    if kind == "ratio":
        places = 0 if max(abs(value) for value in values) >= 0.0195 else 1
    texts = [signed(factor * value, places) for value in values]
    if not any(digit in text for text in texts for digit in "123456789"):
        texts = ["0"] * len(texts)
    return tuple(text + unit for text in texts)


def middle(kind: EffectKind, effect: PairedEffect) -> str:
    """The median of an effect, written with the decimals of its range: the same text wherever it stands."""
    return changes(kind, effect.median, effect.p05, effect.p95)[0]


def deltas(*values: float) -> tuple[str, ...]:
    """Signed numbers with the same decimals."""
    return changes("difference", *values)


def between(low: str, high: str, language: Language) -> str:
    """Two written numbers as a range: "−31 % to −4 %", in Japanese with a wave dash."""
    return f"{low}～{high}" if language == "ja" else f"{low} to {high}"


def hundredths(share: float) -> str:
    """How many of 100 futures: whole, but never 0 or 100 where some futures differ."""
    if not -1e-9 <= share <= 1 + 1e-9:
        raise ValueError(f"a share lies between 0 and 1, not {share}")
    if 1e-9 < share < 0.01:
        return "<1"
    if 0.99 < share < 1 - 1e-9:
        return ">99"
    return str(round(100 * share))


def share(value: float) -> str:
    """A share of futures in per cent: 82 %, <1 %, >99 %."""
    return f"{hundredths(value)}{NBSP}%"


def count(value: int, language: Language) -> str:
    """A count: 10,000 in English; 1万, 1万2500, 2,000 in Japanese."""
    if language == "ja" and value >= 10_000:
        tens, rest = divmod(value, 10_000)
        return f"{tens:,}万{rest or ''}"
    return f"{value:,}"


def level(value: float) -> str:
    """A level on an axis or in a table: about three significant figures."""
    size = abs(value)
    return decimal(value, 0 if size >= 99.5 or size == 0 else 1 if size >= 9.95 else 2)


def day(iso: str, language: Language) -> str:
    """An ISO date, month or year in words: 1 June 2026, 2026年6月1日."""
    earliest(iso)  # a date that does not exist is an error, not a label
    parts = [int(part) for part in iso.split("-")]
    if language == "ja":
        return "".join(f"{part}{unit}" for part, unit in zip(parts, "年月日", strict=False))
    words = [str(parts[0]), *(_MONTHS[month - 1] for month in parts[1:2]), *(str(d) for d in parts[2:3])]
    return " ".join(reversed(words))
