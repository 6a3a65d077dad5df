"""Local sensitivity: elasticities from derivatives, by input symbol and by measure, per lens.

The elasticity of an outcome O by a symbol x is x/O dO/dx, summed over the cells of x: by how many per cent
O moves when the whole input is one per cent larger. The elasticity of an *effect* O_package/O_baseline is the
difference of the two. It says what a small step does around each future; what decides over the whole range of
the priors is a question for `discovery.deciding`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float, Int

from stepdown.contracts.effects import ALL_LENSES

Values = Float[np.ndarray, " future"]


@dataclass(frozen=True, slots=True)
class Local:
    """One elasticity over futures: quantiles under `lens`, and the share of futures where it is positive."""

    name: str
    lens: str
    p05: float
    median: float
    p95: float
    positive: float


def elasticities(
    value: Values, by_input: Mapping[str, Float[np.ndarray, "..."]], symbols: Mapping[str, np.ndarray]
) -> dict[str, Values]:
    """Symbol -> elasticity of the outcome in every future; 0 where the outcome is 0."""
    safe = np.where(value != 0, value, np.inf)
    n = len(value)
    return {
        symbol: np.sum((gradient * symbols[symbol]).reshape(-1, n), axis=0) / safe
        for symbol, gradient in by_input.items()
    }


def of_effect(package: Mapping[str, Values], baseline: Mapping[str, Values]) -> dict[str, Values]:
    """Elasticities of package over baseline in the same future."""
    return {symbol: package[symbol] - baseline[symbol] for symbol in package}


def by_measure(
    value: Values, gradient: Float[np.ndarray, "measure future"], measures: Sequence[str]
) -> dict[str, Values]:
    """Measure -> relative change of the outcome per unit of doing it more; one measure may stand twice."""
    safe = np.where(value != 0, value, np.inf)
    found: dict[str, Values] = {}
    for measure, row in zip(measures, gradient, strict=True):
        found[measure] = found.get(measure, np.zeros_like(value)) + row / safe
    return found


def local_table(
    found: Mapping[str, Values],
    lenses: Sequence[str],
    lens: Int[np.ndarray, " future"],
    ok: Bool[np.ndarray, " future"],
) -> tuple[Local, ...]:
    """Pooled rows, the strongest first (by mean size), each followed by one row per lens."""
    rows = []
    for name in sorted(found, key=lambda name: -float(np.mean(np.abs(found[name][ok])))):
        rows.append(_row(name, ALL_LENSES, found[name][ok]))
        for i, one in enumerate(lenses):
            inside = ok & (lens == i)
            if inside.any():
                rows.append(_row(name, one, found[name][inside]))
    return tuple(rows)


def _row(name: str, lens: str, values: Values) -> Local:
    p05, median, p95 = (float(q) for q in np.quantile(values, (0.05, 0.5, 0.95)))
    return Local(name, lens, p05, median, p95, float(np.mean(values > 0)))
