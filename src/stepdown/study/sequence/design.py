"""Controlled permutations of a package: in each variant the start years of one track change, nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from stepdown.vocabulary.ids import TRACKS, Track

Kind = Literal["earlier", "later", "reversed"]
Reason = Literal["absent", "edge", "one_year"]
Starts = tuple[int, ...]


@dataclass(frozen=True)
class Variant:
    """`starts` holds the start year of every measure of the package, in its order.

    The track moves by `years`; where the period ends sooner than the moves `asked` for, by as much as it
    allows. Both are empty of meaning (0, ()) for a reversed order.
    """

    track: Track
    kind: Kind
    starts: Starts
    years: int = 0
    asked: tuple[int, ...] = ()

    @property
    def id(self) -> str:
        return f"{self.track}.{self.kind}" + (f".{self.years}" if self.years else "")


@dataclass(frozen=True)
class Unmoved:
    """A variant that does not exist. absent: the package has no measure of this track; edge: the track stands
    at the end of the period; one_year: all its measures start in one year, so that there is no order."""

    track: Track
    kind: Kind | None
    reason: Reason
    asked: tuple[int, ...] = ()


@dataclass(frozen=True)
class SequenceDesign:
    """Variants in the order of the tracks, and those that cannot be made."""

    variants: tuple[Variant, ...]
    unmoved: tuple[Unmoved, ...]


def sequence_design(
    starts: Sequence[int], tracks: Sequence[Track], years: Sequence[int], first: int, last: int
) -> SequenceDesign:
    """Each track as a whole earlier and later by `years`, within `first` to `last`, and its order reversed.

    `starts` and `tracks`: start year and track of every measure. Moves that the period cuts to the same
    length are one variant.
    """
    made: list[Variant | Unmoved] = []
    for track in TRACKS:
        own = [i for i, of in enumerate(tracks) if of == track]
        made += _of_track(track, own, tuple(starts), years, first, last)
    return SequenceDesign(
        tuple(x for x in made if isinstance(x, Variant)), tuple(x for x in made if isinstance(x, Unmoved))
    )


def _of_track(
    track: Track, own: Sequence[int], starts: Starts, years: Sequence[int], first: int, last: int
) -> Iterator[Variant | Unmoved]:
    if not own:
        yield Unmoved(track, None, "absent")
        return
    mine = sorted({starts[i] for i in own})
    rooms: tuple[tuple[Kind, int, int], ...] = (
        ("earlier", -1, mine[0] - first),
        ("later", 1, last - mine[-1]),
    )
    for kind, way, room in rooms:
        for by in sorted({min(y, room) for y in years}):
            asked = tuple(sorted({y for y in years if min(y, room) == by}))
            if by == 0:
                yield Unmoved(track, kind, "edge", asked)
            else:
                moved = {year: year + way * by for year in mine}
                yield Variant(track, kind, _moved(starts, own, moved), by, asked)
    if len(mine) < 2:
        yield Unmoved(track, "reversed", "one_year")
    else:
        # Years change places, not measures: those that start together stay together.
        yield Variant(track, "reversed", _moved(starts, own, dict(zip(mine, reversed(mine), strict=True))))


def _moved(starts: Starts, own: Sequence[int], to: dict[int, int]) -> Starts:
    return tuple(to[year] if i in own else year for i, year in enumerate(starts))
