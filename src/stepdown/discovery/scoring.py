"""Feature scoring: how often trees split on an input, and how much that tells (extra trees, scikit-learn)."""

from __future__ import annotations

import numpy as np
from jaxtyping import Float
from sklearn.ensemble import ExtraTreesClassifier, ExtraTreesRegressor

from stepdown.contracts.comparison import Influence, Sensitivity
from stepdown.discovery.columns import Columns, chosen_futures, varying

TREES = 100
DECOYS = 10


def feature_scores(
    outcome: str, columns: Columns, values: Float[np.ndarray, " future"], seed: int = 0
) -> Sensitivity:
    """Mean decrease of impurity over 100 extremely randomised trees (Geurts, Ernst & Wehenkel 2006); sums to
    1.

    A boolean outcome is classified, a number regressed on. Options of a switch with more than two are
    columns of their own, their scores added up. `noise` is the highest score of three shuffled copies of
    inputs, drawn with the seed: what lies below cannot be told from chance. Raises ValueError with fewer
    than 50 usable futures.
    """
    values = np.asarray(values)
    ok = np.isfinite(values)
    used, y = varying(chosen_futures(columns, ok)), values[ok]
    if len(y) < 50 or np.ptp(y.astype(float)) == 0:
        raise ValueError(f"{outcome}: 50 futures and an outcome that varies are needed")
    rng = np.random.default_rng([seed, len(y)])
    decoys = [rng.permutation(used[i].values) for i in rng.integers(0, len(used), DECOYS)]
    table, owner = [], []
    for i, c in enumerate(used):
        several = len(c.options) > 2
        parts = [c.values == k for k in range(len(c.options))] if several else [c.values]
        table += parts
        owner += [i] * len(parts)
    trees = ExtraTreesClassifier if y.dtype == bool else ExtraTreesRegressor
    leaf = max(len(y) // 200, 2)
    model = trees(TREES, max_features=0.6, min_samples_leaf=leaf, random_state=seed, n_jobs=1)
    model.fit(np.stack([*table, *decoys], axis=1).astype(np.float32), y)
    score = model.feature_importances_
    each = np.bincount(owner, weights=score[: len(owner)])
    spread = np.std([t.feature_importances_[: len(owner)] for t in model.estimators_], axis=0)
    error = np.sqrt(np.bincount(owner, weights=spread**2) / TREES) * 1.96
    influences = [
        Influence(c.name, float(v), max(float(v - e), 0.0), float(v + e))
        for c, v, e in zip(used, each, error, strict=True)
    ]
    influences.sort(key=lambda i: -i.value)
    shuffled = score[len(owner) :]
    noise = float(shuffled.mean() + 4 * shuffled.std())
    return Sensitivity("features", outcome, tuple(influences), len(y), int(np.sum(~ok)), noise)
