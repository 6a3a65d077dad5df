"""Terms of the model that a structural switch may change at the start, and where each can be seen."""

from collections.abc import Mapping
from types import MappingProxyType

START_TERMS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "H0": (),
        "credibility": (),
        "challenge": ("challenge", "pi", "log_pi"),
        "adequacy": (
            *("adequacy", "adequacy_without", "lowest_adequacy"),
            *("adequate", "adequate_without", "lacking"),
        ),
        "doctrine": ("gate", "opening"),
        "crises": ("crisis_rate", "crisis"),
        "hazards": ("hazard",),
    }
)
"""Term, as a switch's `changes_at_t0` names it -> series (`contracts.trajectories.SERIES`) and quantities of
the kernel (`simulation.levels.Levels`, `simulation.kernel.Moment`) in which it shows. Two terms show in none
of their own: `H0` is an input, credibility is seen through the challenge it makes."""
