"""The futures that disagree: where a package does the opposite of what it does in most."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from stepdown.contracts.effects import ALL_LENSES
from stepdown.study.board.look import Look


@dataclass(frozen=True)
class Dissent:
    """One future: its number, its lens, what the package changes in it at the end, both courses by year."""

    future: int
    lens: str
    change: float
    baseline: tuple[float, ...]
    package: tuple[float, ...]


def dissenters(look: Look, outcome: str, lens: str = ALL_LENSES, most: int = 6) -> tuple[Dissent, ...]:
    """Futures in which the package backfires most, the strongest first; each scaled like the fan chart."""
    way, change, inside = look.way(outcome), look.change(outcome), look.under(lens)
    worst = [int(i) for i in np.argsort(way) if inside[i] and way[i] < 0][:most]
    return tuple(Dissent(i, look.lens_of(i), float(change[i]), *look.course(outcome, i)) for i in worst)
