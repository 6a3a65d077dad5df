"""Local sensitivity on the record: slow, for the backward pass of the whole world compiles for minutes."""

from __future__ import annotations

from pathlib import Path

import pytest

from stepdown.study.sensitivity import local_sensitivity
from stepdown.vocabulary.ids import LANGUAGES

SMALL = str(Path(__file__).parent / "small.yaml")


@pytest.mark.slow
def test_elasticities_of_an_effect_by_input_and_by_measure() -> None:
    report = local_sensitivity(SMALL, "both", futures=16)
    assert report.n == 16
    pooled = {row.name: row for row in report.by_input if row.lens == "all"}
    assert abs(pooled["H0"].median) < 0.1, (
        "the scale of the prior leaves the ratio to the baseline almost alone"
    )
    assert max(abs(row.median) for row in pooled.values()) > 1e-3
    assert {row.name for row in report.by_measure}
    for lang in LANGUAGES:
        for title, heads, rows in report.tables(lang):
            assert title
            assert all(len(row) == len(heads) for row in rows)
