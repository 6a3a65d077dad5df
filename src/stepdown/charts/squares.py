"""Twenty futures as squares: filled as intended, empty little change, slashed backfires."""

from __future__ import annotations

from stepdown.charts.element import Element, el
from stepdown.charts.figure import Figure, line
from stepdown.charts.interval import effect_table
from stepdown.charts.words import word
from stepdown.contracts.effects import OutcomeLabel, PairedEffect
from stepdown.vocabulary.ids import Language

SQUARES = 20


def futures_squares(
    effect: PairedEffect,
    outcome: OutcomeLabel,
    letter: str,
    language: Language,
    *,
    figure_id: str,
    width: float = 200,
) -> Figure:
    """Draw the shares of ``effect`` as twenty squares in one row."""
    filled, empty, slashed = squares_of(effect)
    pitch = (width - 8) / SQUARES
    side = min(pitch - 2, 11.0)
    shapes: list[Element] = []
    for i in range(SQUARES):
        x = 4 + i * pitch
        if i < filled:
            shapes.append(el("rect", class_=f"c-fill-{letter.lower()}", x=x, y=1, width=side, height=side))
            continue
        backfires = i >= filled + empty
        shapes.append(
            el(
                "rect",
                class_="c-ink" if backfires else "c-axis",
                x=x + 0.5,
                y=1.5,
                width=side - 1,
                height=side - 1,
                fill="none",
            )
        )
        if backfires:
            shapes.append(line(x + 0.5, side + 0.5, x + side - 0.5, 1.5, "c-ink", width=1.8))
    name = outcome.label.heading(language)
    title = word("squares_title", language, outcome=name)
    finding = word("squares_finding", language, improves=filled, little=empty, backfires=slashed)
    table = effect_table(effect, outcome, title, language)
    return Figure(figure_id, title, finding, width, side + 2, tuple(shapes), table)


def squares_of(effect: PairedEffect) -> tuple[int, int, int]:
    """Squares as intended, little changed, backfiring: they add up to 20.

    Largest remainders (Hamilton's method), except that backfire of 1 % or more always shows a square: a harm
    is never rounded away.
    """
    shares = (effect.improves, effect.little_change, effect.backfires)
    whole = [int(SQUARES * share) for share in shares]
    by_remainder = sorted(range(3), key=lambda i: SQUARES * shares[i] - whole[i], reverse=True)
    for i in by_remainder[: SQUARES - sum(whole)]:
        whole[i] += 1
    if effect.backfires >= 0.01 and whole[2] == 0:
        whole[2] = 1
        whole[0 if whole[0] >= whole[1] else 1] -= 1
    return whole[0], whole[1], whole[2]
