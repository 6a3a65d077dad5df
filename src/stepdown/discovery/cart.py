"""Classification trees (Breiman et al. 1984, through scikit-learn), beside PRIM: every leaf is a box."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float
from sklearn.tree import DecisionTreeClassifier

from stepdown.contracts.scenarios import Box, Limit
from stepdown.discovery.boxes import box_of
from stepdown.discovery.columns import Columns, Hits, varying


@dataclass(frozen=True)
class _Split:
    """A column of the tree's table: a number, or one option of a switch as 0 or 1."""

    column: int
    option: str | None


def cart(
    columns: Columns,
    hits: Hits,
    seed: int = 0,
    most_leaves: int = 8,
    least_mass: float = 0.05,
) -> tuple[Box, ...]:
    """Leaves of a tree as boxes, densest first; those with a density at most that of all futures are left
    out.

    Leaves are grown best first, hold at least `least_mass` of the futures, and are at most `most_leaves`.
    Every class weighs the same, so that rare events are split on too. Raises ValueError without both kinds
    of future.
    """
    hits = np.asarray(hits, dtype=bool)
    if hits.all() or not hits.any():
        raise ValueError("a tree needs futures of interest and others")
    columns = varying(columns)
    table, splits = _table(columns)
    least = max(int(np.ceil(least_mass * len(hits))), 1)
    tree = DecisionTreeClassifier(
        max_leaf_nodes=most_leaves, min_samples_leaf=least, class_weight="balanced", random_state=seed
    ).fit(table, hits)
    leaves = (box_of(limits, columns, hits) for limits in _leaves(tree.tree_, 0, {}, splits, columns))
    overall = hits.mean()
    dense = [b for b in leaves if b.count.density > overall]
    return tuple(sorted(dense, key=lambda b: -b.count.density))


def _table(columns: Columns) -> tuple[Float[np.ndarray, "future split"], list[_Split]]:
    values, splits = [], []
    for i, c in enumerate(columns):
        if c.options:
            for code, option in enumerate(c.options):
                values.append(c.values == code)
                splits.append(_Split(i, option))
        else:
            values.append(c.values)
            splits.append(_Split(i, None))
    # Trees compare in float32: limits must be cut where the tree cut.
    return np.stack(values, axis=1).astype(np.float32), splits


def _leaves(
    tree: object, node: int, found: dict[int, Limit], splits: list[_Split], columns: Columns
) -> list[tuple[Limit, ...]]:
    left, right = tree.children_left[node], tree.children_right[node]  # type: ignore[attr-defined]
    if left == right:
        return [tuple(found.values())]
    split = splits[tree.feature[node]]  # type: ignore[attr-defined]
    cut = float(tree.threshold[node])  # type: ignore[attr-defined]
    leaves = []
    for child, below in ((left, True), (right, False)):
        narrowed = _narrowed(found.get(split.column), split, cut, below, columns)
        leaves += _leaves(tree, child, {**found, split.column: narrowed}, splits, columns)
    return leaves


def _narrowed(old: Limit | None, split: _Split, cut: float, below: bool, columns: Columns) -> Limit:
    column = columns[split.column]
    if split.option is not None:
        allowed = old.options if old else column.options
        kept = [o for o in allowed if (o != split.option) == below]
        return Limit(column.name, options=tuple(kept))
    low, high = old.ends if old else (None, None)
    values = column.values
    if below:
        return Limit(column.name, low, float(values[np.float32(values) <= cut].max()))
    return Limit(column.name, float(values[np.float32(values) > cut].min()), high)
