"""Structural switches: which option a future takes under its lens, and what the option does to its draws."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from jaxtyping import Bool, Float, Int

from stepdown.contracts.facts import Lens, Switch
from stepdown.contracts.facts.facts import Facts
from stepdown.contracts.facts.inputs import SwitchOption
from stepdown.contracts.parameters import PARAMETERS

Array = Float[np.ndarray, "..."]


def options_taken(
    facts: Facts, switch: Switch, lenses: Sequence[str], lens: Int[np.ndarray, " n"], u: Array
) -> Int[np.ndarray, " n"]:
    """Index of the option each future takes: its lens's weights, inverted at its own uniform number."""
    ids = list(switch.options)
    weights = np.array([[facts.get(Lens, x).weights[switch.id].get(o, 0.0) for o in ids] for x in lenses])
    edges = np.cumsum(weights, axis=1)[lens]
    option: Int[np.ndarray, " n"] = np.minimum((u[:, None] > edges).sum(axis=1), len(ids) - 1)
    return option


def apply_option(option: SwitchOption, chosen: Bool[np.ndarray, " n"], symbols: dict[str, Array]) -> None:
    """Set or scale the option's symbols in the futures that chose it; scaled values stay admissible."""
    for symbol, value in option.sets.items():
        symbols[symbol] = np.where(chosen, value, symbols[symbol])
    for symbol, factor in option.scales.items():
        spec = PARAMETERS[symbol]
        scaled = np.clip(symbols[symbol] * factor, spec.low, spec.high)
        symbols[symbol] = np.where(chosen, scaled, symbols[symbol])
