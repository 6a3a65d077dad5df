"""Every distribution's inverse against its own definition."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from stepdown.assumptions.quantile import quantile
from stepdown.contracts.facts.amounts import ScalarAmount

ADAPTER: TypeAdapter[ScalarAmount] = TypeAdapter(ScalarAmount)
KNOWN = [
    ({"dist": "point", "value": 3}, 0.2, 3.0),
    ({"dist": "range", "low": 1, "high": 3}, 0.25, 1.5),
    ({"dist": "uniform", "low": 0, "high": 10}, 0.3, 3.0),
    ({"dist": "loguniform", "low": 0.01, "high": 1}, 0.5, 0.1),
    ({"dist": "normal", "mean": 2, "sd": 1}, 0.975, 2 + 1.959963984540054),
    # sigma = ln(2/.5)/(2 z95): the ends sit at the 5 % and 95 % quantiles of a symmetric range.
    ({"dist": "lognormal", "median": 1, "low": 0.5, "high": 2}, 0.95, 2.0),
    ({"dist": "lognormal", "median": 1, "low": 0.5, "high": 2}, 0.05, 0.5),
    ({"dist": "beta", "alpha": 1, "beta": 1, "support": [2, 4]}, 0.5, 3.0),
    ({"dist": "triangular", "low": 0, "mode": 0, "high": 1}, 0.75, 0.5),
    ({"dist": "quantiles", "q": {0.05: 0, 0.5: 1, 0.95: 4}}, 0.725, 2.5),
    ({"dist": "quantiles", "q": {0.25: 1, 0.5: 2, 0.75: 3}, "support": [0, 9]}, 0.125, 0.5),
]
ANY = [
    {"dist": "range", "low": 1, "best": 1.5, "high": 3},
    {"dist": "normal", "mean": 0, "sd": 1, "support": [-0.5, 2]},
    {"dist": "lognormal", "median": 0.5, "low": 0.05, "high": 3, "support": [0, 5]},
    {"dist": "beta", "alpha": 2, "beta": 5},
    {"dist": "triangular", "low": 0, "mode": 0.4, "high": 0.5},
    {"dist": "pert", "low": 0, "mode": 0.5, "high": 3},
    {"dist": "quantiles", "q": {0.05: 0, 0.5: 0, 0.95: 1}},
    *(raw for raw, _, _ in KNOWN),
]


@pytest.mark.parametrize(("raw", "u", "expected"), KNOWN, ids=lambda v: str(v)[:40])
def test_known_quantiles(raw: dict[str, Any], u: float, expected: float) -> None:
    assert quantile(ADAPTER.validate_python(raw), np.array([u]))[0] == pytest.approx(expected, rel=1e-9)


def test_pert_mean() -> None:
    u = (np.arange(20_000) + 0.5) / 20_000
    mean = quantile(ADAPTER.validate_python({"dist": "pert", "low": 0, "mode": 2, "high": 10}), u).mean()
    assert mean == pytest.approx((0 + 4 * 2 + 10) / 6, rel=1e-4)


@given(raw=st.sampled_from(ANY), u=st.lists(st.floats(1e-9, 1 - 1e-9), min_size=2, max_size=20))
def test_quantiles_rise_and_stay_inside(raw: dict[str, Any], u: list[float]) -> None:
    amount = ADAPTER.validate_python(raw)
    values = quantile(amount, np.sort(u))
    assert np.all(np.isfinite(values))
    assert np.all(np.diff(values) >= -1e-12)
    support = raw.get("support") or (raw.get("low"), raw.get("high"))
    if raw["dist"] not in ("lognormal", "normal", "quantiles") and support[0] is not None:
        assert values.min() >= support[0] - 1e-9
        assert values.max() <= support[1] + 1e-9
