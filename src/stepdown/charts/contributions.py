"""Why an outcome changes: one bar per mechanism around zero; the bars add up to the last one."""

from __future__ import annotations

from stepdown.charts import numbers
from stepdown.charts.element import Element, el
from stepdown.charts.figure import Figure, Table, hatching, label, line
from stepdown.charts.layout import Scale
from stepdown.charts.words import word
from stepdown.contracts.effects import OutcomeLabel
from stepdown.contracts.explanation import REMAINDER, Explanation, Share
from stepdown.vocabulary.ids import Language

SHOWN = 0.02
"""Mechanisms below this share of all bars' length are drawn as one bar together."""
_ROW, _TOP, _BAR, _EDGE = 36.0, 4.0, 11.0, 4.0


def contributions_chart(
    explanation: Explanation,
    outcome: OutcomeLabel,
    letter: str,
    language: Language,
    *,
    figure_id: str,
    width: float = 336,
) -> Figure:
    """Bars are means over futures, which add up; the thin line is the range of 9 in 10 futures.

    The remainder is hatched. ``outcome`` and ``letter`` name what is explained and the package's hue.
    """
    rows = drawn(explanation)
    scale = _scale((*rows, explanation.total), width)
    pattern = f"{figure_id}-h"
    shapes: list[Element] = [el("defs", hatching(pattern))]
    y = _TOP
    for share in rows:
        fill = f"url(#{pattern})" if share.mechanism == REMAINDER else None
        shapes.append(label(_name(share, explanation, len(rows), language), _EDGE, y + 12, class_="c-strong"))
        shapes += _bar(share, y, scale, letter, explanation, fill)
        y += _ROW
    shapes.append(line(_EDGE, y + 1, width - _EDGE, y + 1, "c-axis"))
    shapes.append(label(word("why_sum", language), _EDGE, y + 17, class_="c-strong", bold=True))
    shapes += _bar(explanation.total, y + 5, scale, letter, explanation, None)
    bottom = y + 5 + _ROW
    title = word("why_title", language, outcome=outcome.label.text(language), letter=letter)
    finding = _finding(explanation, outcome, letter, language)
    return Figure(
        figure_id, title, finding, width, bottom, tuple(shapes), _table(explanation, title, language)
    )


def drawn(explanation: Explanation) -> tuple[Share, ...]:
    """The shares as drawn: small mechanisms added up into one, nothing that is zero, remainder last."""
    least = SHOWN * sum(abs(s.mean) for s in explanation.shares)
    shown = [s for s in explanation.shares if abs(s.mean) >= least and s.mean != 0]
    small = [s for s in explanation.shares if abs(s.mean) < least and s.mean != 0]
    if len(small) == 1:
        shown, small = [s for s in explanation.shares if s.mean != 0], []
    first = [s for s in shown if s.mechanism != REMAINDER]
    first.sort(key=lambda s: -abs(s.mean))
    others = Share("others", sum(s.mean for s in small), 0.0, 0.0, 0.0, 0.0, 0.0)
    last = [s for s in shown if s.mechanism == REMAINDER]
    return (*first, *((others,) if small else ()), *last)


def mechanism_name(mechanism: str, language: Language) -> str:
    """A mechanism's name as it stands inside a sentence. Raises KeyError for an unknown mechanism."""
    return word(f"mechanism_{mechanism}", language)


def part_text(explanation: Explanation, value: float) -> str:
    """A part as written: the same decimals for all, so that a reader can add them up."""
    if explanation.kind == "ratio":
        return f"{numbers.signed(100 * value, 1)}{numbers.NBSP}%"
    return numbers.signed(value, 3)


def _name(share: Share, explanation: Explanation, rows: int, language: Language) -> str:
    if share.mechanism == "others":
        count = sum(s.mean != 0 for s in explanation.shares) - (rows - 1)
        return word("why_others", language, count=count)
    text = mechanism_name(share.mechanism, language)
    return text[0].upper() + text[1:]


def _scale(shares: tuple[Share, ...], width: float) -> Scale:
    """Room for every bar and for the ranges that are not far longer than the longest bar."""
    longest = max(abs(s.mean) for s in shares) or 1.0
    reach = max(longest, min(max(max(-s.p05, s.p95) for s in shares), 2.5 * longest))
    low = -reach if any(min(s.mean, s.p05) < 0 for s in shares) else -0.1 * reach
    high = reach if any(max(s.mean, s.p95) > 0 for s in shares) else 0.1 * reach
    lowest = max(low, min(min(s.mean, s.p05) for s in shares))
    highest = min(high, max(max(s.mean, s.p95) for s in shares))
    return Scale(min(lowest, -0.05 * reach), max(highest, 0.05 * reach), _EDGE + 2, width - _EDGE - 2)


def _bar(
    share: Share, y: float, scale: Scale, letter: str, explanation: Explanation, fill: str | None
) -> tuple[Element, ...]:
    top = y + 17
    left, right = sorted((scale(0), scale.clip(share.mean)))
    box = {"x": left, "y": top, "width": max(right - left, 1.0), "height": _BAR}
    middle = top + _BAR / 2
    end = scale.end + 2
    hue = letter.lower()
    shapes = [
        el("rect", fill=fill, **box)
        if fill
        else el("rect", class_=f"c-fill-{hue}", fill_opacity="0.55", **box),
        el("rect", class_=f"c-line-{hue}", fill="none", stroke_width="1", **box),
        line(scale(0), top - 3, scale(0), top + _BAR + 3, "c-zero", width=1.5),
        label(part_text(explanation, share.mean), end, y + 12, class_="c-strong", anchor="end"),
    ]
    if share.p95 > share.p05:
        low, high = scale.clip(share.p05), scale.clip(share.p95)
        shapes.append(line(low, middle, high, middle, "c-ink", width=1.2))
        inside = [scale(x) for x in (share.p05, share.p95) if scale.low <= x <= scale.high]
        shapes += [line(x, middle - 3, x, middle + 3, "c-ink", width=1.2) for x in inside]
    return tuple(shapes)


def _finding(explanation: Explanation, outcome: OutcomeLabel, letter: str, language: Language) -> str:
    parts = [s for s in drawn(explanation) if s.mechanism not in (REMAINDER, "others")]
    total = part_text(explanation, explanation.total.mean)
    said = {"letter": letter, "outcome": outcome.label.text(language), "total": total}
    if not parts:
        return word("why_none", language, **said)
    part = part_text(explanation, parts[0].mean)
    name = mechanism_name(parts[0].mechanism, language)
    return word("why_finding", language, part=part, mechanism=name, **said)


def _table(explanation: Explanation, caption: str, language: Language) -> Table:
    """Every mechanism, the small ones too, and the whole: mean, median, range, shares of futures."""
    heads = ("mechanism", "mean", "median", "nine_in_ten", "helps", "harms")
    rows = (*explanation.shares, explanation.total)
    return Table(
        caption,
        tuple(word(head, language) for head in heads),
        tuple(_cells(explanation, share, language) for share in rows),
        frozenset(range(1, len(heads))),
    )


def _cells(explanation: Explanation, share: Share, language: Language) -> tuple[str, ...]:
    mean, median, low, high = (
        part_text(explanation, value) for value in (share.mean, share.median, share.p05, share.p95)
    )
    return (
        mechanism_name(share.mechanism, language),
        mean,
        median,
        numbers.between(low, high, language),
        numbers.share(share.helps),
        numbers.share(share.harms),
    )
