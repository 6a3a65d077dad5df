"""From hundreds of inputs to the few dozen that a peeling path, a tree or a stack is made of."""

from __future__ import annotations

import numpy as np

from stepdown.discovery.columns import Columns, Hits, varying
from stepdown.discovery.given_data import binned_first, classes

KEPT = 60
CLASSES = 6


def screened(columns: Columns, hits: Hits, most: int = KEPT) -> Columns:
    """At most `most` inputs: those that explain most of the event one by one, in their old order.

    A first-order screen (`given_data.binned_first`): an input that matters only together with another, and
    not at all by itself, can be missed.
    """
    columns = varying(columns)
    if len(columns) <= most:
        return columns
    event = np.asarray(hits, dtype=float)
    strength = [binned_first(classes(c, CLASSES), event) for c in columns]
    first = sorted(np.argsort([-s for s in strength], kind="stable")[:most])
    return tuple(columns[i] for i in first)
