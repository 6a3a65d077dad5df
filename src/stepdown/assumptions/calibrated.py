"""Futures by weight: the calibrated ensemble that ships with the package, and how runs draw from it.

The file is a CSV table (future, weight) below a YAML head between two lines `---`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace
from importlib.resources import files
from pathlib import Path
from zlib import crc32

import numpy as np
import yaml
from jaxtyping import Float, Int

from stepdown.assumptions.digest import inputs_digest
from stepdown.assumptions.futures import sample_futures
from stepdown.contracts.assumptions import Assumptions
from stepdown.contracts.calibrated import CalibratedEnsemble, ChosenFutures
from stepdown.contracts.facts.facts import Facts
from stepdown.contracts.world import World
from stepdown.vocabulary.errors import Problem, StudyError

SCHEMA = "stepdown/ensemble-1"
SHIPPED = "calibrated-1"
_COLUMNS = ("future", "weight")
_HEAD = tuple(f.name for f in fields(CalibratedEnsemble) if f.name not in _COLUMNS)


def calibrated_futures(
    facts: Facts,
    world: World,
    futures: int,
    seed: int,
    lenses: Sequence[str],
    ensemble: CalibratedEnsemble | None = None,
) -> tuple[Assumptions, ChosenFutures]:
    """Futures drawn from the calibrated ensemble by weight, evenly under the given lenses.

    Draw measures and programmes at the same futures: `steps_of(..., chosen.size, chosen.seed,
    only=chosen.index)`, likewise `documented_programmes`. Calibration does not vote on lenses: each gets the
    same number of futures, future i under lens i mod len(lenses). Raises StudyError for a lens without
    futures in the ensemble.
    """
    source = ensemble or shipped_ensemble()
    chosen = chosen_futures(source, futures, seed, lenses)
    drawn = sample_futures(facts, world, source.size, source.seed, source.lenses, only=chosen.index)
    place = np.array([lenses.index(x) if x in lenses else -1 for x in source.lenses])
    return replace(drawn, lenses=tuple(lenses), lens=place[drawn.lens]), chosen


def chosen_futures(
    ensemble: CalibratedEnsemble, futures: int, seed: int, lenses: Sequence[str]
) -> ChosenFutures:
    """The places in the prior sample that `calibrated_futures` draws at."""
    return ChosenFutures(ensemble.size, ensemble.seed, choose(ensemble, futures, seed, lenses))


def choose(
    ensemble: CalibratedEnsemble, futures: int, seed: int, lenses: Sequence[str]
) -> Int[np.ndarray, " future"]:
    """Systematic sampling within each lens: a future of weight w comes floor(n w) or ceil(n w) times.

    So no future comes twice unless its weight asks for it (n the futures of its lens).
    """
    unknown = [lens for lens in lenses if lens not in ensemble.lenses]
    if unknown:
        message = (
            f"{ensemble.id} has no futures under this lens; run `stepdown model calibrate`, or the prior"
        )
        raise StudyError(
            [Problem(ensemble.id, 0, "lens", message, ", ".join(unknown), ", ".join(ensemble.lenses))]
        )
    index = np.empty(futures, dtype=np.int64)
    for place, lens in enumerate(lenses):
        rows = np.flatnonzero(ensemble.future % len(ensemble.lenses) == ensemble.lenses.index(lens))
        target = index[place :: len(lenses)]
        rng = np.random.default_rng([seed, crc32(lens.encode())])
        target[:] = ensemble.future[rows[systematic(ensemble.weight[rows], len(target), rng)]]
    return index


def systematic(
    weight: Float[np.ndarray, " row"], count: int, rng: np.random.Generator
) -> Int[np.ndarray, " count"]:
    """`count` rows by weight at equal distances along the cumulated weights, rows in random order (Madow
    1949)."""
    order = rng.permutation(len(weight))
    edges = np.cumsum(weight[order]) / weight.sum() * count
    rows = order[
        np.searchsorted(edges, rng.random() + np.arange(count), side="right").clip(0, len(order) - 1)
    ]
    shuffled: Int[np.ndarray, " count"] = rng.permutation(rows)
    return shuffled


def is_stale(ensemble: CalibratedEnsemble, facts: Facts, world: World) -> bool:
    """Whether the inputs on record have changed since: the same places are then other futures."""
    return ensemble.inputs != inputs_digest(facts, world, ensemble.measures)


def shipped_ensemble() -> CalibratedEnsemble:
    """The calibrated ensemble that travels with the package."""
    return read_ensemble(Path(str(files("stepdown"))) / "data" / "ensembles" / f"{SHIPPED}.csv")


def read_ensemble(path: Path) -> CalibratedEnsemble:
    """An ensemble from its file; raises StudyError where there is none, or one of another schema."""
    if not path.exists():
        message = "no calibrated ensemble here; run `stepdown model calibrate`"
        raise StudyError([Problem(str(path), 0, "", message)])
    _, head, table = path.read_text(encoding="utf-8").split("---\n", 2)
    given = yaml.safe_load(head)
    if given.pop("schema", None) != SCHEMA:
        raise StudyError([Problem(path.name, 1, "schema", "wrong schema", allowed=SCHEMA)])
    values = np.loadtxt(table.splitlines()[1:], delimiter=",", ndmin=2)
    listed = {name: tuple(given[name]) for name in ("lenses", "measures", "constraints")}
    return CalibratedEnsemble(
        **{**given, **listed}, future=values[:, 0].astype(np.int64), weight=values[:, 1]
    )


def write_ensemble(ensemble: CalibratedEnsemble, path: Path) -> Path:
    """Write an ensemble; weights to nine digits, so that the same fit gives the same bytes."""
    head = {"schema": SCHEMA, **{name: getattr(ensemble, name) for name in _HEAD}}
    plain = {name: list(value) if isinstance(value, tuple) else value for name, value in head.items()}
    rows = (f"{i},{w:.9g}" for i, w in zip(ensemble.future, ensemble.weight, strict=True))
    text = yaml.safe_dump(plain, sort_keys=False, allow_unicode=True, width=100)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"---\n{text}---\n" + "\n".join((",".join(_COLUMNS), *rows)) + "\n", encoding="utf-8")
    return path
