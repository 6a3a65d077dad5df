"""Paired effects: every number compares a package with the baseline in the same future."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
from jaxtyping import Bool, Float, Int
from scipy.stats import binom

from stepdown.contracts.effects import ALL_LENSES, Band, Bilingual, FanSeries, PairedEffect
from stepdown.contracts.ensemble import BASELINE, Ensemble, OutcomeKey

Values = Float[np.ndarray, " future"]
LEVELS = (0.05, 0.25, 0.5, 0.75, 0.95)


def changes(key: OutcomeKey, package: Values, baseline: Values) -> Values:
    """Ratio minus one, or difference; where a ratio's baseline is zero, zero if the package is too."""
    if key.kind == "difference":
        return np.asarray(package - baseline)
    safe = np.where(baseline > 0, baseline, 1.0)
    grown = np.where(package > 0, np.inf, 0.0)
    return np.where(baseline > 0, package / safe - 1, grown)


def toward(key: OutcomeKey, change: Values) -> Values:
    """The change counted in the way the outcome is meant to go: positive is as intended."""
    return change if key.intended == "up" else -change


def quantiles(values: Float[np.ndarray, "... future"]) -> Float[np.ndarray, "level ..."]:
    """The five levels along the last axis, from one sort; linear between order statistics (type 7)."""
    ordered = np.sort(values, axis=-1)
    position = np.asarray(LEVELS) * (values.shape[-1] - 1)
    below = np.floor(position).astype(int)
    above = np.minimum(below + 1, values.shape[-1] - 1)
    weight = position - below
    mixed = ordered[..., below] * (1 - weight) + ordered[..., above] * weight
    return np.moveaxis(mixed, -1, 0)


def median_interval(values: Values) -> tuple[float, float]:
    """Interval of 95 % for the median, whatever the distribution: the order statistics r and n + 1 - r, with
    P(B < r) < 2.5 % for B ~ Binomial(n, 1/2), r as large as that allows. Raises ValueError below six values.
    """
    rank = int(binom.ppf(0.025, len(values), 0.5))
    if rank < 1:
        raise ValueError(f"{len(values)} values; an interval of the median needs six")
    ordered = np.sort(values)
    return float(ordered[rank - 1]), float(ordered[-rank])


def paired_effect(key: OutcomeKey, package: str, lens: str, change: Values, failed: int = 0) -> PairedEffect:
    """Quantiles of the change and the shares of futures that improve, hardly change, backfire."""
    way = toward(key, change)
    improves = float(np.mean(way > key.little_change))
    backfires = float(np.mean(way < -key.little_change))
    p05, p25, median, p75, p95 = (float(q) for q in quantiles(change))
    return PairedEffect(
        package,
        key.id,
        lens,
        median=median,
        p05=p05,
        p25=p25,
        p75=p75,
        p95=p95,
        improves=improves,
        little_change=max(1 - improves - backfires, 0.0),
        backfires=backfires,
        n=len(change),
        failed=failed,
    )


def paired_effects(
    ensemble: Ensemble,
    keys: Sequence[OutcomeKey],
    lenses: Sequence[str],
    lens: Int[np.ndarray, " future"],
    packages: Sequence[str] | None = None,
    against: str = BASELINE,
) -> Iterator[PairedEffect]:
    """For every package and outcome: pooled over lenses with sign agreement, then lens by lens.

    `packages`: those to compare with `against`; all others of the ensemble when None.
    """
    ok, values = ensemble.ok, ensemble.outcomes
    for package in packages if packages is not None else [p for p in values if p != against]:
        for key in keys:
            change = changes(key, values[package][key.id], values[against][key.id])
            yield from _by_lens(key, package, change, ok, lenses, lens)


def _by_lens(
    key: OutcomeKey,
    package: str,
    change: Values,
    ok: Bool[np.ndarray, " future"],
    lenses: Sequence[str],
    lens: Int[np.ndarray, " future"],
) -> Iterator[PairedEffect]:
    single = []
    for i, name in enumerate(lenses):
        inside = lens == i
        if np.any(inside & ok):
            single.append(paired_effect(key, package, name, change[inside & ok], int(np.sum(inside & ~ok))))
    pooled = paired_effect(key, package, ALL_LENSES, change[ok], int(np.sum(~ok)))
    agree = [_sign(key, e) == _sign(key, pooled) for e in single]
    yield replace(pooled, sign_agreement=float(np.mean(agree)))
    yield from single


def _sign(key: OutcomeKey, effect: PairedEffect) -> int:
    return 0 if abs(effect.median) < key.little_change else int(np.sign(effect.median))


def fan_series(
    ensemble: Ensemble, outcome: str, package: str, note: Bilingual, base_year: int | None = None
) -> FanSeries:
    """Bands of baseline, package and paired difference per year.

    With `base_year` every future is scaled to 100 at its own baseline in that year: the width of a prior that
    is common to baseline and package would otherwise hide what happens over time.
    """
    ok = ensemble.ok
    baseline = ensemble.series[BASELINE][outcome][:, ok]
    changed = ensemble.series[package][outcome][:, ok]
    if base_year is not None:
        scale = 100 / baseline[ensemble.years.index(base_year)]
        baseline, changed = baseline * scale, changed * scale
    return FanSeries(
        outcome, package, note, ensemble.years, _band(baseline), _band(changed), _band(changed - baseline)
    )


def _band(values: Float[np.ndarray, "year future"]) -> Band:
    return Band(*(tuple(float(v) for v in level) for level in quantiles(values)))
