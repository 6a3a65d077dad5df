"""The assumptions behind the futures: every input with its basis, the lenses, and what an edit would change.

Importing this costs nothing; the libraries behind influence are loaded when it is computed.
"""

from __future__ import annotations

from stepdown.study.assumptions.cards import Cell, InputCard, Reference, Says, Spread, input_card, input_cards
from stepdown.study.assumptions.edits import (
    EDIT_KINDS,
    Edit,
    EditKind,
    Fault,
    cells_named,
    editable,
    faults,
    with_edits,
)
from stepdown.study.assumptions.lenses import LensCard, OptionCard, SwitchCard, lens_cards, switch_cards
from stepdown.study.assumptions.shift import Shift, Shifts, shifts
from stepdown.study.assumptions.weight import Weighed, Weights
from stepdown.study.board.laboratory import Laboratory, Uses

__all__ = [
    "EDIT_KINDS",
    "Cell",
    "Edit",
    "EditKind",
    "Fault",
    "InputCard",
    "LensCard",
    "OptionCard",
    "Reference",
    "Says",
    "Shift",
    "Shifts",
    "Spread",
    "SwitchCard",
    "Weighed",
    "Weights",
    "cells_named",
    "editable",
    "faults",
    "input_card",
    "input_cards",
    "lens_cards",
    "shifts",
    "switch_cards",
    "weights",
    "with_edits",
]


def weights(laboratory: Laboratory, uses: Uses, outcome: str) -> Weights:
    """How much every input, switch and effect weighs in what a package does; see `Weights`.

    Raises UnknownNameError for an outcome without a gauge.
    """
    # pandas and scipy.stats take seconds to import, and a server starts without them.
    from stepdown.study.assumptions.weigh import weigh

    return weigh(laboratory, uses, outcome)
