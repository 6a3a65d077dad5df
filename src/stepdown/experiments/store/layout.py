"""What a run's folder holds, array by array, and what every number in it is called."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from typing import Any, Literal

import numpy as np

from stepdown.contracts.dataset import NOT_RUN

Array = Literal["outcomes", "series", "inputs", "switches", "lens", "code"]
Arrays = Mapping[Array, np.ndarray]
"""Arrays of some futures, future as the last axis."""

DIMS: Mapping[Array, tuple[str, ...]] = {
    "outcomes": ("package", "outcome", "future"),
    "series": ("package", "series", "year", "future"),
    "inputs": ("input", "future"),
    "switches": ("switch", "future"),
    "lens": ("future",),
    "code": ("package", "future"),
}


@dataclass(frozen=True)
class Variable:
    """A name and its attributes, as `docs/method/exploration.md` lists them."""

    name: str
    attrs: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Layout:
    """Names along every axis but the futures. `precision` is that of outcomes, series and inputs."""

    packages: tuple[str, ...]
    outcomes: tuple[Variable, ...]
    inputs: tuple[Variable, ...] = ()
    switches: tuple[Variable, ...] = ()
    series: tuple[Variable, ...] = ()
    years: tuple[int, ...] = ()
    lens: Mapping[str, Any] = field(default_factory=dict)
    code: Mapping[str, Any] = field(default_factory=dict)
    attrs: Mapping[str, Any] = field(default_factory=dict)
    precision: Literal["float32", "float64"] = "float32"

    @property
    def arrays(self) -> tuple[Array, ...]:
        """The arrays that hold anything."""
        return tuple(name for name in DIMS if 0 not in self.shape(name, 1))

    def shape(self, array: Array, futures: int) -> tuple[int, ...]:
        sizes = {
            "package": len(self.packages),
            "outcome": len(self.outcomes),
            "series": len(self.series),
            "year": len(self.years),
            "input": len(self.inputs),
            "switch": len(self.switches),
            "future": futures,
        }
        return tuple(sizes[dim] for dim in DIMS[array])

    def inner(self, array: Array, futures: int) -> tuple[int, ...]:
        """What is read in one piece: one outcome, series, input or switch of one package."""
        keep = {"year", "future"}
        whole = self.shape(array, futures)
        return tuple(n if dim in keep else 1 for dim, n in zip(DIMS[array], whole, strict=True))

    def dtype(self, array: Array) -> str:
        return self.precision if array in ("outcomes", "series", "inputs") else "int8"

    def fill(self, array: Array) -> float | int:
        """What stands for a future that has not been run."""
        return float("nan") if array in ("outcomes", "series", "inputs") else NOT_RUN

    def as_json(self) -> dict[str, Any]:
        """Plain data, for the manifest."""
        plain: dict[str, Any] = json.loads(json.dumps(asdict(self), ensure_ascii=False))
        return plain

    @classmethod
    def from_json(cls, plain: Mapping[str, Any]) -> Layout:
        """The layout of a manifest."""
        named: dict[str, Any] = {
            name: tuple(Variable(v["name"], v["attrs"]) for v in plain[name])
            for name in ("outcomes", "inputs", "switches", "series")
        }
        rest = {k: v for k, v in plain.items() if k not in named}
        rest |= {"packages": tuple(plain["packages"]), "years": tuple(plain["years"])}
        return cls(**named, **rest)

    @property
    def digest(self) -> str:
        return digest_of(self.as_json())


def digest_of(plain: Any) -> str:
    """SHA-256 of plain data in one canonical form."""
    text = json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()
