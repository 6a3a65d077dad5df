"""Draws for millions of futures: what is drawn is found once, every distribution is read from a table.

`Listener` stands in for a design while the record is asked what it draws. `Plan` is what it heard: every
coordinate, every number with its table. Evaluating a plan at the points of a design needs no look at the
record (`stepdown.experiments.designs.lookup`); `PlannedSource` then answers as the design would.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from jaxtyping import Float, Float32, Int

from stepdown.assumptions.quantile import at_key, extremes, key_of
from stepdown.contracts.assumptions import Gamma, Marginal
from stepdown.contracts.tables import END, Tables, edges

Key = tuple[str, ...]


class Listener:
    """A source of two futures, at the ends of everything, that remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: dict[Key, tuple[Marginal, ...]] = {}
        self.names: dict[str, None] = {}
        self.raw: dict[str, None] = {}

    def points(self, names: Sequence[str]) -> Float[np.ndarray, "coordinate 2"]:
        self.names.update(dict.fromkeys(names))
        self.raw.update(dict.fromkeys(names))
        return np.tile((END, 1 - END), (len(names), 1))

    def values(self, asked: Sequence[Marginal]) -> Float[np.ndarray, "asked 2"]:
        self.names.update(dict.fromkeys(m.name for m in asked))
        self.asked[_key(asked)] = tuple(asked)
        return extremes(asked)


@dataclass(frozen=True)
class Plan:
    """Numbers to draw: number i goes through table `table[i]` at coordinate `names[coordinate[i]]`.

    `names`: every coordinate in order of its first use. Numbers of one question stand together (`rows`).
    `raw`: coordinates whose points themselves are asked for.
    """

    names: tuple[str, ...]
    raw: tuple[str, ...]
    coordinate: Int[np.ndarray, " number"]
    table: Int[np.ndarray, " number"]
    tables: Tables
    rows: Mapping[Key, slice]

    @classmethod
    def of(cls, heard: Listener) -> Plan:
        """The plan behind the questions that were asked."""
        asked = [m for question in heard.asked.values() for m in question]
        place = {name: i for i, name in enumerate(heard.names)}
        keys = {key: i for i, key in enumerate(dict.fromkeys(key_of(m.amount) for m in asked))}
        rows, start = {}, 0
        for key, question in heard.asked.items():
            rows[key] = slice(start, start + len(question))
            start += len(question)
        return cls(
            tuple(heard.names),
            tuple(heard.raw),
            np.array([place[m.name] for m in asked], dtype=np.intp),
            np.array([keys[key_of(m.amount)] for m in asked], dtype=np.int32),
            Tables(np.stack([_table(key) for key in keys])),
            rows,
        )


@dataclass(frozen=True)
class PlannedSource:
    """Answers from numbers that are drawn: `cube[i]` is number i of the plan, `raw` its raw points."""

    plan: Plan
    cube: Float[np.ndarray, "number future"]
    raw: Mapping[str, Float[np.ndarray, " future"]]

    def points(self, names: Sequence[str]) -> Float[np.ndarray, "coordinate future"]:
        return np.array([self.raw[name] for name in names]).reshape(len(names), self.cube.shape[1])

    def values(self, asked: Sequence[Marginal]) -> Float[np.ndarray, "asked future"]:
        return self.cube[self.plan.rows[_key(asked)]]


def _key(asked: Sequence[Marginal]) -> Key:
    """What is asked for, by name: a name stands for one distribution, or in one question for several."""
    return tuple(m.name for m in asked)


@lru_cache(maxsize=4096)
def _table(key: Gamma | bytes) -> Float32[np.ndarray, " edge"]:
    return at_key(key, edges()).astype(np.float32)
