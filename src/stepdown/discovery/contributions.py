"""Take an effect apart by mechanism: what is lost when a mechanism is held at the baseline's path.

In every future, effect = sum over mechanisms of [effect - effect with it held] + direct + remainder, where
direct is the effect with all mechanisms held. Ratios are taken apart as logarithms, where effects in a row
add, and told in per cent of the baseline by one factor per future, (exp(e) - 1)/e, so that they still add up.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations

import numpy as np
from jaxtyping import Bool, Float

from stepdown.contracts.ensemble import OutcomeKey
from stepdown.contracts.explanation import DIRECT, REMAINDER, Pair, Share
from stepdown.discovery.effects import toward

Values = Float[np.ndarray, " future"]
TOTAL = "total"
PART_OF_LITTLE = 0.1
"""A part counts as helping or harming beyond a tenth of the change that counts as little for the whole."""


def comparable(key: OutcomeKey, *values: Values) -> Bool[np.ndarray, " future"]:
    """Futures in which every value is finite and, for a ratio, positive: others have no logarithm."""
    stacked = np.array(values)
    fine = np.isfinite(stacked)
    return np.asarray(np.all(fine & (stacked > 0) if key.kind == "ratio" else fine, axis=0))


def contributions(
    key: OutcomeKey, baseline: Values, full: Values, held: Mapping[str, Values], none: Values
) -> dict[str, Values]:
    """Parts by mechanism, then `DIRECT` and `REMAINDER`, in the unit of the change; they add up per future.

    `held[m]`: the outcome with mechanism m held; `none`: with all of them held. All values comparable.
    """
    effect = _change(key, full, baseline)
    parts = {name: effect - _change(key, value, baseline) for name, value in held.items()}
    parts[DIRECT] = _change(key, none, baseline)
    parts[REMAINDER] = effect - sum(parts.values())
    factor = _told(key, effect)
    return {name: part * factor for name, part in parts.items()}


def second_order(
    key: OutcomeKey, baseline: Values, full: Values, held: Mapping[frozenset[str], Values]
) -> tuple[Pair, ...]:
    """What each pair of mechanisms does only together, largest first; `held` has every single and pair."""
    effect = _change(key, full, baseline)
    factor = _told(key, effect)
    found = []
    for pair in (chosen for chosen in held if len(chosen) == 2):
        first, second = sorted(pair)
        alone = [_change(key, held[frozenset((name,))], baseline) for name in (first, second)]
        both = _change(key, held[pair], baseline)
        found.append(Pair(first, second, float(np.mean((effect - sum(alone) + both) * factor))))
    return tuple(sorted(found, key=lambda p: -abs(p.mean)))


def pairs_among(parts: Mapping[str, Values], most: int) -> tuple[frozenset[str], ...]:
    """Every pair among the `most` mechanisms with the largest mean parts."""
    names = [name for name in parts if name not in (DIRECT, REMAINDER)]
    largest = sorted(names, key=lambda name: -abs(float(np.mean(parts[name]))))[:most]
    return tuple(frozenset(pair) for pair in combinations(largest, 2))


def shares(key: OutcomeKey, parts: Mapping[str, Values]) -> tuple[Share, tuple[Share, ...]]:
    """The whole and its parts over futures: mechanisms by size of their mean, then direct and remainder."""
    total = _share(key, TOTAL, np.asarray(sum(parts.values())), key.little_change)
    little = PART_OF_LITTLE * key.little_change
    told = {name: _share(key, name, part, little) for name, part in parts.items()}
    return total, tuple(told[name] for name in _order(list(told.values())))


def _order(told: Sequence[Share]) -> list[str]:
    last = [DIRECT, REMAINDER]
    first = sorted((s for s in told if s.mechanism not in last), key=lambda s: -abs(s.mean))
    return [*(s.mechanism for s in first), *last]


def _change(key: OutcomeKey, value: Values, baseline: Values) -> Values:
    return np.asarray(np.log(value / baseline) if key.kind == "ratio" else value - baseline)


def _told(key: OutcomeKey, effect: Values) -> Values:
    """From logarithms to per cent of the baseline; 1 where the effect vanishes or is a difference."""
    if key.kind == "difference":
        return np.ones_like(effect)
    safe = np.where(np.abs(effect) > 1e-12, effect, 1.0)
    return np.where(np.abs(effect) > 1e-12, np.expm1(safe) / safe, 1.0)


def _share(key: OutcomeKey, name: str, part: Values, little: float) -> Share:
    p05, median, p95 = (float(q) for q in np.quantile(part, (0.05, 0.5, 0.95)))
    way = toward(key, part)
    helps, harms = float(np.mean(way > little)), float(np.mean(way < -little))
    return Share(name, float(np.mean(part)), p05, median, p95, helps, harms)
