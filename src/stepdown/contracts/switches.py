"""What each option of a structural switch does to a draw: the disagreements of the literature as data."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Literal

Change = tuple[Literal["set", "scale"], float]

SWITCH_SYMBOLS: Mapping[str, Mapping[str, Mapping[str, Change]]] = MappingProxyType(
    {
        "s01_punishment": {"existential": {"eta": ("set", 0.5)}, "perfect": {"eta": ("set", 0.0)}},
        "s02_superiority": {
            "matters": {"k_superiority": ("set", 0.3)},
            "does_not": {"k_superiority": ("set", 0.0)},
        },
        "s03_stability_instability": {
            "holds": {"k_paradox": ("set", 0.3)},
            "does_not": {"k_paradox": ("set", 0.0)},
        },
        "s04_low_yield": {"fills_gap": {"s4": ("set", 0.5)}, "useless": {"s4": ("set", 0.0)}},
        "s05_arms_dynamics": {
            "action_reaction": {"self_stimulation": ("set", 0.0)},
            "self_stimulation": {"self_stimulation": ("set", 1.0)},
        },
        "s06_deployed_weapons": {"assure": {"a_T": ("set", 1.0)}, "do_not": {"a_T": ("set", 0.0)}},
        "s07_norm": {"strong": {}, "weak": {"b_N": ("scale", 0.1), "theta_N": ("scale", 0.1)}},
        "s08_entanglement": {"strong": {"x_C": ("scale", 1.5)}, "low": {"x_C": ("scale", 0.25)}},
        "s09_rival_reaction": {
            "reciprocates": {"s9_scale": ("set", 0.5)},
            "ignores": {"s9_scale": ("set", 0.0)},
            "exploits": {"s9_scale": ("set", -0.5)},
        },
        "s10_base_rate": {
            "all": {},
            "historical": {"H0": ("scale", 1.25)},
            "experts": {"H0": ("scale", 0.49)},
            "superforecasters": {"H0": ("scale", 0.096)},
        },
        "s11_proliferation": {
            "security_driven": {},
            "unpredictable": {"b_A": ("scale", 0.0), "b_ptau": ("scale", 0.0), "b_X": ("scale", 0.0)},
        },
        "s12_transparency": {"helps": {"x_T": ("set", 0.0)}, "exposes": {}},
        "s13_emboldenment": {
            "none": {"e_embolden": ("set", 0.0)},
            "moderate": {"e_embolden": ("set", 1.0)},
            "strong": {"e_embolden": ("set", 3.0)},
        },
        "s14_deep_reductions": {"stable": {"k_deep": ("set", 0.0)}, "unstable": {"k_deep": ("set", 1.0)}},
    }
)
"""Switch -> option -> symbol -> what the option does to the draw: set it, or scale it.

The scales of s10 are the option's central value over the pooled median of 0.5 % a year (Jeffreys mean after
80 years without use .625 %; FRI/ONN 2024 experts .244 %, superforecasters .048 %).
"""


def apply_switches(draws: Mapping[str, Any], options: Mapping[str, str]) -> dict[str, Any]:
    """Draws after every chosen option has set or scaled its symbols; works for floats and for arrays."""
    out = dict(draws)
    for switch, option in options.items():
        for symbol, (kind, value) in SWITCH_SYMBOLS[switch][option].items():
            out[symbol] = out[symbol] * value if kind == "scale" else out[symbol] * 0 + value
    return out
