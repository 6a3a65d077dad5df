"""Tipping points: when a step stops meeting the floors, and what would meet them instead."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from jaxtyping import Bool, Float, Int

from stepdown.contracts.pathway_findings import FLOORS, Instead, TippingPoint
from stepdown.contracts.pathways import Floors
from stepdown.pathways.floors import Series, broken, first_broken
from stepdown.pathways.log import years_at


def tipping_point(
    step: str,
    start: int,
    with_step: Series,
    instead: Mapping[str, Series],
    baseline: Series,
    floors: Floors,
    usable: Bool[np.ndarray, " future"],
    first_year: int,
    who: Mapping[str, Sequence[str]],
) -> TippingPoint:
    """A step's tipping point (Haasnoot et al. 2013), per future and then over futures.

    `with_step`: yearly series of the steps up to this one on their schedule, without triggers. A break
    before the year of this step is not its own and does not count. `instead`: series of other ways
    (`stop_before`, `with_compensation`, `with_triggers`), asked in the futures that tip. `who`: whom the rows
    of each floor's series are about.
    """
    year, floor = _own(with_step, baseline, floors, start - first_year)
    tips = (year >= 0) & usable
    years = first_year + year[tips]
    p10, median, p90 = years_at(years)
    if not tips.any():
        return TippingPoint(step, 0.0, None, None, None, None)
    most = int(np.bincount(floor[tips], minlength=len(FLOORS)).argmax())
    others = []
    for way, series in instead.items():
        fails, _ = _own(series, baseline, floors, start - first_year)
        others.append(Instead(way, float(np.mean(fails[tips] < 0))))  # type: ignore[arg-type]
    share = float(tips.sum() / max(usable.sum(), 1))
    name = FLOORS[most]
    first = np.flatnonzero(tips & (floor == most))
    whose = _whose(with_step[name], baseline[name], year[first], first, who.get(name, ()))
    return TippingPoint(step, share, p10, median, p90, name, tuple(others), whose)


def _whose(
    now: Float[np.ndarray, "year who future"],
    before: Float[np.ndarray, "year who future"],
    years: Int[np.ndarray, " tips"],
    futures: Int[np.ndarray, " tips"],
    names: Sequence[str],
) -> str | None:
    """Who falls furthest when the floor breaks, in most of these futures."""
    if not names:
        return None
    was = before[years, :, futures]
    ratio = now[years, :, futures] / np.where(was > 0, was, 1.0)
    furthest = np.where(was > 0, ratio, np.inf).argmin(axis=1)
    return names[int(np.bincount(furthest, minlength=len(names)).argmax())]


def _own(series: Series, baseline: Series, floors: Floors, from_year: int) -> tuple[np.ndarray, np.ndarray]:
    breaks = broken(series, baseline, floors)
    breaks[:, :from_year] = False
    return first_broken(breaks)
