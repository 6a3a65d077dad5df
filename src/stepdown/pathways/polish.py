"""Refine a found set along slopes of a smooth stand-in; what counts is the score of the model itself.

The slopes may come from a relaxation without hard triggers, and so be wrong: a refined point is kept only
when its own evaluation, with every constraint, is better.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from jaxtyping import Float

from stepdown.pathways.archive import Archive
from stepdown.pathways.search import Evaluate, Front, Progress, Space, front_of, hypervolume

Vector = Float[np.ndarray, " variable"]
Scores = Float[np.ndarray, " objective"]
Slopes = Callable[[Vector, Scores], Float[np.ndarray, "objective variable"]]
"""Derivative of every objective at a point with these scores; 0 for what is not to be moved."""
LENGTHS = (0.2, 0.1, 0.05)
"""Steps that are tried, longest first, as shares of the range of the variable that moves most."""
DECIMALS = 2
"""Refined values are rounded: nobody decides on a strength of .5228."""
GAIN = 1e-3
"""Least gain of the logarithm of the box that a point spans with the reference."""


@dataclass(frozen=True)
class Polished:
    """The set with its refinements; `kept` of `tried` refined points were better."""

    front: Front
    tried: int
    kept: int


def polish(
    space: Space,
    front: Front,
    evaluate: Evaluate,
    archive: Archive,
    slopes: Slopes,
    *,
    most: int,
    rounds: int = 3,
    progress: Progress = lambda done, total: None,
) -> Polished:
    """Up to `rounds` steps uphill from each of the `most` points that span the largest boxes.

    A step climbs the logarithm of the volume between a point and the reference, which weighs each objective
    by what is left of it. A point that is found better replaces its parent for the next step, and joins the
    set; the set keeps what no other dominates.
    """
    sizes = np.array([_size(f, front.reference) for f in front.objectives])
    chosen = [int(i) for i in np.argsort(-sizes, kind="stable")[:most] if np.isfinite(sizes[i])]
    points, scores = list(front.points), list(front.objectives)
    tried = 0
    for done, i in enumerate(chosen, 1):
        x, f = front.points[i], front.objectives[i]
        for _ in range(rounds):
            better = None
            for y in _candidates(space, x, f, front.reference, slopes):
                tried += 1
                found, limits = _ask(y, evaluate, archive)
                if np.all(limits <= 0) and _size(found, front.reference) > _size(f, front.reference) + GAIN:
                    better = y, found
                    break
            if better is None:
                break
            x, f = better
            points.append(x)
            scores.append(f)
        progress(done, len(chosen))
    kept = len(points) - len(front.points)
    best = front_of(np.array(scores)) if scores else np.zeros(0, dtype=int)
    volume = hypervolume(np.array(scores)[best], front.reference) if len(best) else front.hypervolume
    grown = replace(
        front,
        points=np.array(points)[best] if len(best) else front.points,
        objectives=np.array(scores)[best] if len(best) else front.objectives,
        evaluations=front.evaluations + tried,
        hypervolume=volume,
        history=(*front.history, volume),
    )
    return Polished(grown, tried, kept)


def _size(f: Scores, reference: Scores) -> float:
    """Logarithm of the box between a point and the reference; minus infinity outside it."""
    left = reference - f
    return float(np.log(left).sum()) if np.all(left > 0) else -np.inf


def _candidates(space: Space, x: Vector, f: Scores, reference: Scores, slopes: Slopes) -> list[Vector]:
    span = space.high - space.low
    climb = -(slopes(x, f) / (reference - f)[:, None]).sum(axis=0) * span
    blocked = ((climb > 0) & (x >= space.high)) | ((climb < 0) & (x <= space.low))
    climb = np.where(blocked, 0.0, climb)
    steepest = float(np.max(np.abs(climb)))
    if not np.isfinite(steepest) or steepest == 0:
        return []
    steps = [np.clip(x + length * climb / steepest * span, space.low, space.high) for length in LENGTHS]
    return [np.where(climb == 0, x, np.round(y, DECIMALS)) for y in steps]


def _ask(x: Vector, evaluate: Evaluate, archive: Archive) -> tuple[Scores, Float[np.ndarray, " constraint"]]:
    known = archive.get(x)
    if known is None:
        known = evaluate(x)
        archive.add(x, *known)
    return known
