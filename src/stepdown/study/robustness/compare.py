"""Packages beside one another: effects lens by lens, regret, and ranks by every robustness metric."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from stepdown.contracts.comparison import METRICS
from stepdown.contracts.effects import ALL_LENSES
from stepdown.contracts.ensemble import BASELINE
from stepdown.discovery.robustness import robustness
from stepdown.study.analysis.words import told
from stepdown.study.board.laboratory import Laboratory, Uses
from stepdown.study.robustness.found import Compared, Metric
from stepdown.study.robustness.inputs import look_at, outcome_of


def compare(laboratory: Laboratory, packages: Mapping[str, Uses], outcome: str) -> Compared:
    """See `stepdown.study.robustness.compared`. Futures that failed in any package are left out of all."""
    key, label = outcome_of(laboratory, outcome)
    looks = {letter: look_at(laboratory, uses) for letter, uses in packages.items()}
    ok = np.all([look.under(ALL_LENSES) for look in looks.values()], axis=0)
    rows = [np.zeros(laboratory.futures), *(look.way(outcome) for look in looks.values())]
    table = robustness(
        outcome,
        (BASELINE, *looks),
        np.where(ok, np.stack(rows), np.nan),
        laboratory.lenses,
        laboratory.lens,
        key.little_change,
        seed=laboratory.seed,
    )
    metrics = tuple(
        Metric(told(f"metric_{row.metric}"), row.ranks, row.kept)
        for row in (table.row(metric, ALL_LENSES) for metric in METRICS)
    )
    return Compared(
        label, tuple(looks), {letter: look.effects for letter, look in looks.items()}, table, metrics
    )
