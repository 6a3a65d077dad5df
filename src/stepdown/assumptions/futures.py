"""Sampling: one design point per future, through every input's distribution, under its lens.

The same seed and size give the same futures for every package, so that effects are paired.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

import numpy as np
from jaxtyping import Float, Int
from scipy.special import gammaincinv

from stepdown.assumptions.audit import declared_roles, input_records
from stepdown.assumptions.cells import Cell, cells_of, shares_of
from stepdown.assumptions.design import Method, unit_cube
from stepdown.assumptions.quantile import Quantile, quantile
from stepdown.assumptions.switches import apply_option, options_taken
from stepdown.contracts.assumptions import Assumptions, Coordinate, Points
from stepdown.contracts.facts import Switch
from stepdown.contracts.facts.facts import Facts
from stepdown.contracts.parameters import PARAMETERS
from stepdown.contracts.world import World

Array = Float[np.ndarray, "..."]


@dataclass(frozen=True)
class _Share:
    symbol: str
    input_id: str
    keys: tuple[str, ...]
    alphas: tuple[float, ...]


def sample_futures(
    facts: Facts,
    world: World,
    futures: int,
    seed: int,
    lenses: Sequence[str],
    method: Method = "lhs",
    only: Int[np.ndarray, " chosen"] | None = None,
) -> Assumptions:
    """Futures drawn evenly under the given lenses: future i under lens i mod len(lenses).

    `only` keeps these futures of the design, in this order, repeated where named twice. Raises StudyError
    with every input that is missing or incomplete.
    """
    lens = np.arange(futures) % len(lenses)
    return draw_futures(
        facts,
        world,
        lenses,
        lens if only is None else lens[only],
        lambda names: unit_cube(names, futures, seed, method, only),
    )


def draw_futures(
    facts: Facts,
    world: World,
    lenses: Sequence[str],
    lens: Int[np.ndarray, " future"],
    points: Points,
    options: Mapping[str, Int[np.ndarray, " future"]] = MappingProxyType({}),
    inverse: Quantile = quantile,
) -> Assumptions:
    """The futures at given points of the unit cube; future i under `lenses[lens[i]]`.

    `points(names)` has shape [name, future]. `options`: switch -> index of the option each future takes,
    where a design sets it instead of the lens's weights; `inverse`: how points become values. Raises
    StudyError as `sample_futures`.
    """
    records = input_records(facts, world)
    cells: list[Cell] = []
    shares: list[_Share] = []
    for symbol, record in records.items():
        axes = PARAMETERS[symbol].axes
        alphas = shares_of(record)
        if alphas is None:
            cells += cells_of(facts, record, axes, world)
        else:
            keys = world.axis(axes[0])
            shares.append(_Share(symbol, record.id, keys, tuple(alphas[k] for k in keys)))
    switches = facts.all(Switch)
    draws = list(dict.fromkeys(cell.draw for cell in cells))
    names = [*draws, *(f"{s.symbol}|{k}" for s in shares for k in s.keys), *(s.id for s in switches)]
    u = points(names)
    row = {name: i for i, name in enumerate(names)}
    symbols, coordinates = _values(cells, row, u, world, inverse)
    for share in shares:
        symbols[share.symbol], more = _shares(share, row, u)
        coordinates += more
    for switch in switches:
        option = options.get(switch.id)
        if option is None:
            option = options_taken(facts, switch, lenses, lens, u[row[switch.id]])
        for index, change in enumerate(switch.options.values()):
            apply_option(change, option == index, symbols)
        coordinates.append(Coordinate(switch.id, switch.id, option.astype(float), tuple(switch.options)))
    role_points = u[[row[cell.draw] for cell in cells if cell.symbol == "R0"]]
    return Assumptions(symbols, tuple(lenses), lens, tuple(coordinates), role_points)


def under_role_mapping(facts: Facts, world: World, assumptions: Assumptions, mapping: str) -> Assumptions:
    """The same futures under another reading of the role codes: only R0 changes, drawn at the same points."""
    record = declared_roles(facts, world, mapping)
    cells = list(cells_of(facts, record, PARAMETERS["R0"].axes, world))
    row = {cell.draw: i for i, cell in enumerate(cells)}
    changed, _ = _values(cells, row, assumptions.role_points, world)
    return replace(assumptions, symbols={**assumptions.symbols, **changed})


def _values(
    cells: Sequence[Cell], row: dict[str, int], u: Array, world: World, inverse: Quantile = quantile
) -> tuple[dict[str, Array], list[Coordinate]]:
    """Arrays per symbol; cells with equal distributions go through its quantile function together."""
    by_amount: dict[object, list[int]] = defaultdict(list)
    for i, cell in enumerate(cells):
        by_amount[cell.amount.model_dump_json()].append(i)
    values: Array = np.empty((len(cells), u.shape[1]))
    for members in by_amount.values():
        points = u[[row[cells[i].draw] for i in members]]
        values[members] = inverse(cells[members[0]].amount, points)
    arrays: dict[str, Array] = {}
    start = 0
    coordinates: dict[str, Coordinate] = {}
    while start < len(cells):
        symbol = cells[start].symbol
        shape = world.shape(PARAMETERS[symbol].axes)
        stop = start + int(np.prod(shape, dtype=int))
        spec = PARAMETERS[symbol]
        arrays[symbol] = np.clip(values[start:stop], spec.low, spec.high).reshape(*shape, u.shape[1])
        for i in range(start, stop):
            if np.ptp(values[i]) > 0:
                coordinates.setdefault(cells[i].draw, Coordinate(cells[i].draw, cells[i].input_id, values[i]))
        start = stop
    return arrays, list(coordinates.values())


def _shares(share: _Share, row: dict[str, int], u: Array) -> tuple[Array, list[Coordinate]]:
    """Dirichlet by normalised gammas, each through its own coordinate."""
    names = [f"{share.symbol}|{key}" for key in share.keys]
    gammas = np.stack([gammaincinv(a, u[row[n]]) for n, a in zip(names, share.alphas, strict=True)])
    values = gammas / gammas.sum(axis=0)
    return values, [Coordinate(n, share.input_id, v) for n, v in zip(names, values, strict=True)]
