"""What the lab's futures say of packages beside one another: regret, robustness, conditions of backfire.

Importing this costs nothing; the libraries behind it are loaded when something is computed.
"""

from __future__ import annotations

from collections.abc import Mapping

from stepdown.study.board.laboratory import Laboratory, Uses
from stepdown.study.robustness.found import Compared, Conditions, Driver, Metric, Strand, Strands

__all__ = ["Compared", "Conditions", "Driver", "Metric", "Strand", "Strands", "compared", "conditions"]


def compared(laboratory: Laboratory, packages: Mapping[str, Uses], outcome: str) -> Compared:
    """Packages by letter against one another and against doing nothing more; see `Compared`.

    Raises UnknownNameError for an outcome without a gauge.
    """
    # scipy.stats and pandas take seconds to import, and a server starts without them.
    from stepdown.study.robustness.compare import compare

    return compare(laboratory, packages, outcome)


def conditions(laboratory: Laboratory, uses: Uses, letter: str, outcome: str) -> Conditions:
    """When a package backfires on an outcome, in words and as a box; see `Conditions`.

    Raises UnknownNameError for an outcome without a gauge.
    """
    from stepdown.study.robustness.discover import discover

    return discover(laboratory, uses, letter, outcome)
