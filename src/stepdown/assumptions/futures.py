"""Sampling: one design point per future, through every input's distribution, under its lens.

The same seed and size give the same futures for every package, so that effects are paired.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

import numpy as np
from jaxtyping import Float, Int

from stepdown.assumptions.audit import declared_roles, input_records
from stepdown.assumptions.cells import Cell, cells_of, shares_of
from stepdown.assumptions.design import Method, unit_cube
from stepdown.assumptions.quantile import ExactSource, extremes
from stepdown.assumptions.switches import apply_option, options_taken
from stepdown.contracts.assumptions import Assumptions, Coordinate, Gamma, Marginal, Source
from stepdown.contracts.facts import Switch
from stepdown.contracts.facts.facts import Facts
from stepdown.contracts.parameters import PARAMETERS
from stepdown.contracts.world import World

Array = Float[np.ndarray, "..."]
NO_OPTIONS: Mapping[str, Int[np.ndarray, " future"]] = MappingProxyType({})


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
    inputs = Inputs(facts, world)
    cube = unit_cube(inputs.names, futures, seed, method, only)
    row = {name: i for i, name in enumerate(inputs.names)}
    lens = np.arange(futures) % len(lenses)
    source = ExactSource(lambda names: cube[[row[name] for name in names]])
    return inputs.draw(source, lenses, lens if only is None else lens[only])


class Inputs:
    """What is drawn for every future, read from the record once; the draws themselves come from a source.

    Raises StudyError with every input that is missing or incomplete.
    """

    def __init__(self, facts: Facts, world: World) -> None:
        self._facts = facts
        cells: list[Cell] = []
        self._shares: list[_Share] = []
        for symbol, record in input_records(facts, world).items():
            axes = PARAMETERS[symbol].axes
            alphas = shares_of(record)
            if alphas is None:
                cells += cells_of(facts, record, axes, world)
            else:
                keys = world.axis(axes[0])
                asked = tuple(Marginal(f"{symbol}|{k}", Gamma(alphas[k])) for k in keys)
                self._shares.append(_Share(symbol, record.id, asked))
        self._blocks = _blocks(cells, world)
        self._cells = tuple(Marginal(cell.draw, cell.amount) for cell in cells)
        self._roles = [cell.draw for cell in cells if cell.symbol == "R0"]
        self._switches = facts.all(Switch)

    @property
    def names(self) -> tuple[str, ...]:
        """Every coordinate, in order."""
        shares = (m.name for share in self._shares for m in share.asked)
        return tuple(
            dict.fromkeys((*(m.name for m in self._cells), *shares, *(s.id for s in self._switches)))
        )

    def draw(
        self,
        source: Source,
        lenses: Sequence[str],
        lens: Int[np.ndarray, " future"],
        options: Mapping[str, Int[np.ndarray, " future"]] = NO_OPTIONS,
    ) -> Assumptions:
        """The futures of a source; future i under `lenses[lens[i]]`.

        `options`: switch -> index of the option each future takes, where a design sets it instead of the
        lens's weights.
        """
        symbols, coordinates = _values(self._blocks, source.values(self._cells))
        for share in self._shares:
            gammas = source.values(share.asked)
            symbols[share.symbol] = values = gammas / gammas.sum(axis=0)
            coordinates += [
                Coordinate(m.name, share.input_id, v) for m, v in zip(share.asked, values, strict=True)
            ]
        points = source.points([s.id for s in self._switches])
        for switch, u in zip(self._switches, points, strict=True):
            option = options.get(switch.id)
            if option is None:
                option = options_taken(self._facts, switch, lenses, lens, u)
            for index, change in enumerate(switch.options.values()):
                apply_option(change, option == index, symbols)
            coordinates.append(Coordinate(switch.id, switch.id, option.astype(float), tuple(switch.options)))
        role_points = source.points(self._roles)
        return Assumptions(symbols, tuple(lenses), lens, tuple(coordinates), role_points)


def under_role_mapping(facts: Facts, world: World, assumptions: Assumptions, mapping: str) -> Assumptions:
    """The same futures under another reading of the role codes: only R0 changes, drawn at the same points."""
    record = declared_roles(facts, world, mapping)
    cells = list(cells_of(facts, record, PARAMETERS["R0"].axes, world))
    row = {cell.draw: i for i, cell in enumerate(cells)}
    source = ExactSource(lambda names: assumptions.role_points[[row[name] for name in names]])
    changed, _ = _values(_blocks(cells, world), source.values([Marginal(c.draw, c.amount) for c in cells]))
    return replace(assumptions, symbols={**assumptions.symbols, **changed})


@dataclass(frozen=True)
class _Share:
    """Dirichlet shares by normalised gammas, each through its own coordinate."""

    symbol: str
    input_id: str
    asked: tuple[Marginal, ...]


@dataclass(frozen=True)
class _Block:
    """Rows of one symbol among all cells. `cut`: some distribution reaches beyond the admissible range.

    `uncertain`: coordinate, record and row of every number in it that varies, each coordinate once.
    """

    symbol: str
    rows: slice
    shape: tuple[int, ...]
    cut: bool
    uncertain: tuple[tuple[str, str, int], ...]


def _blocks(cells: Sequence[Cell], world: World) -> tuple[_Block, ...]:
    ends = extremes([Marginal(cell.draw, cell.amount) for cell in cells])
    blocks, start, seen = [], 0, set[str]()
    while start < len(cells):
        spec = PARAMETERS[cells[start].symbol]
        shape = world.shape(spec.axes)
        stop = start + int(np.prod(shape, dtype=int))
        uncertain = []
        for i in range(start, stop):
            if ends[i, 0] < ends[i, 1] and cells[i].draw not in seen:
                seen.add(cells[i].draw)
                uncertain.append((cells[i].draw, cells[i].input_id, i))
        cut = bool(ends[start:stop].min() < spec.low or ends[start:stop].max() > spec.high)
        blocks.append(_Block(cells[start].symbol, slice(start, stop), shape, cut, tuple(uncertain)))
        start = stop
    return tuple(blocks)


def _values(blocks: Sequence[_Block], values: Array) -> tuple[dict[str, Array], list[Coordinate]]:
    """Arrays per symbol, and the coordinates behind them, from the values of all cells."""
    arrays: dict[str, Array] = {}
    coordinates = []
    for block in blocks:
        spec = PARAMETERS[block.symbol]
        rows = values[block.rows]
        arrays[block.symbol] = (np.clip(rows, spec.low, spec.high) if block.cut else rows).reshape(
            *block.shape, values.shape[1]
        )
        coordinates += [Coordinate(name, record, values[i]) for name, record, i in block.uncertain]
    return arrays, coordinates
