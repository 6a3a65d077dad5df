"""What is kept of a yearly series when a run is reduced where it is computed: one number per future."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Join = Literal["mean", "sum", "lowest", "highest"]
When = Literal["end", "start", "mean", "lowest", "highest", "rise"]


@dataclass(frozen=True, slots=True)
class Reduction:
    """A number per future from a yearly series: joined over places (`over`), then over years (`at`).

    `places`: one entry per axis of the series, the indices taken along it, or None for all of them.
    rise: end - start.
    """

    series: str
    places: tuple[tuple[int, ...] | None, ...]
    over: Join
    at: When

    @property
    def yearly(self) -> tuple[str, tuple[tuple[int, ...] | None, ...], Join]:
        """What is left to do for every year; reductions that share it share the work."""
        return self.series, self.places, self.over
