"""Schools of thought and disputes: from plain values to what the template shows."""

from __future__ import annotations

from stepdown.charts.lens_weights import lens_weights
from stepdown.study.assumptions import (
    LensCard,
    SwitchCard,
)
from stepdown.study.assumptions.lenses import Move, OptionCard
from stepdown.web.assumptions.context import (
    Dispute,
    School,
    Side,
)
from stepdown.web.assumptions.words import grounds, quantity
from stepdown.web.words import Say


def disputes(say: Say, switches: tuple[SwitchCard, ...], lenses: tuple[LensCard, ...]) -> tuple[Dispute, ...]:
    """Every switch with its sides and its figure."""
    language = say.language
    return tuple(
        Dispute(
            s.id,
            s.label.heading(language),
            s.question.text(language),
            tuple(_side(say, i, option) for i, option in enumerate(s.options, 1)),
            s.notes.text(language) if s.notes else "",
            lens_weights(
                s.label,
                [lens.label for lens in lenses],
                [(o.label, o.weights) for o in s.options],
                language,
                figure_id=f"weights-{s.id.replace('_', '-')}",
            ),
        )
        for s in switches
    )


def _side(say: Say, number: int, option: OptionCard) -> Side:
    language = say.language
    return Side(
        number,
        option.label.heading(language),
        option.holds.text(language),
        grounds(option.references, language),
        say("board.comma").join(_move(say, m) for m in option.moves) or say("assumptions.no_moves"),
    )


def _move(say: Say, move: Move) -> str:
    label = move.label.heading(say.language)
    return say(f"assumptions.{move.does}", label=label, value=quantity(move.value))


def schools(say: Say, lenses: tuple[LensCard, ...]) -> tuple[School, ...]:
    """Every lens in words."""
    return tuple(
        School(
            lens.label.heading(say.language),
            lens.summary.text(say.language),
            grounds(lens.references, say.language),
        )
        for lens in lenses
    )
