"""Where things go on a small chart: scales, round ticks, widths of text, labels that keep apart."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

_NEVER_FIRST = "、。，．・：；）」』】〕々ーぁぃぅぇぉっゃゅょァィゥェォッャュョ％)],.:;"
_NEVER_LAST = "（「『【〔"


@dataclass(frozen=True, slots=True)
class Scale:
    """Linear map from data ``low``-``high`` to painted ``start``-``end``."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        return self.start + (value - self.low) / (self.high - self.low) * (self.end - self.start)

    def clip(self, value: float) -> float:
        """The painted position, held inside the scale."""
        return self(min(max(value, self.low), self.high))


def round_step(span: float, at_most: int) -> float:
    """The smallest of 1, 2, 2.5, 5 x 10^k that divides ``span`` into at most ``at_most`` steps."""
    raw = span / at_most
    magnitude: float = 10.0 ** math.floor(math.log10(raw))
    return next(m * magnitude for m in (1, 2, 2.5, 5, 10) if m * magnitude >= raw * (1 - 1e-9))


def ticks(low: float, high: float, at_most: int = 4) -> tuple[float, ...]:
    """Round values inside ``low``-``high``, at most ``at_most + 1`` of them."""
    step = round_step(high - low, at_most)
    first = math.ceil(low / step - 1e-9)
    last = math.floor(high / step + 1e-9)
    return tuple(round(i * step, 10) for i in range(first, last + 1))


def tick_places(values: Sequence[float]) -> int:
    """Decimals that show all ticks exactly, at most six."""
    exact = (p for p in range(6) if all(abs(v - round(v, p)) < 1e-9 for v in values))
    return next(exact, 6)


def text_width(text: str, size: float) -> float:
    """Painted width in px, estimated on the wide side: a wide character is one em, a narrow one 0.57 em."""
    return size * sum(1.0 if unicodedata.east_asian_width(c) in "WFA" else 0.57 for c in text)


def wrap(text: str, width: float, size: float) -> tuple[str, ...]:
    """Lines no wider than ``width``: broken at spaces, and between Japanese characters by the basic rules."""
    lines: list[str] = []
    line = ""
    for piece in _pieces(text):
        if line and text_width((line + piece).rstrip(), size) > width:
            lines.append(line.rstrip())
            line = piece.lstrip()
        else:
            line += piece
    return (*lines, line.rstrip()) if line.strip() else tuple(lines)


def _pieces(text: str) -> list[str]:
    """The smallest parts that may not be broken."""
    pieces: list[str] = []
    for char in text:
        if pieces and (char == " " or not _may_break(pieces[-1][-1], char)):
            pieces[-1] += char
        else:
            pieces.append(char)
    return pieces


def _may_break(before: str, after: str) -> bool:
    """Always after a space; else beside a wide character, unless a closing or an opening mark forbids it."""
    if before == " ":
        return True
    wide = any(unicodedata.east_asian_width(char) in "WF" for char in (before, after))
    return wide and after not in _NEVER_FIRST and before not in _NEVER_LAST


def spread(wanted: Sequence[float], heights: Sequence[float], low: float, high: float) -> tuple[float, ...]:
    """Centres for stacked labels, as near to ``wanted`` as possible without overlap, inside low-high.

    The order of ``wanted`` is kept. Labels are pushed down from the top, then back up from the bottom edge.
    Raises ValueError when their heights do not fit.
    """
    if sum(heights) > high - low + 1e-9:
        raise ValueError(f"labels of total height {sum(heights)} do not fit into {high - low}")
    order = sorted(range(len(wanted)), key=lambda i: (wanted[i], i))
    centres = [0.0] * len(wanted)
    edge = low
    for i in order:
        centres[i] = max(wanted[i], edge + heights[i] / 2)
        edge = centres[i] + heights[i] / 2
    edge = high
    for i in reversed(order):
        centres[i] = min(centres[i], edge - heights[i] / 2)
        edge = centres[i] - heights[i] / 2
    return tuple(centres)
