"""Any draw of the priors, any package: every state stays in its range, nothing is NaN; every switch acts."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stepdown.assumptions.switches import apply_option
from stepdown.contracts.facts import Switch
from stepdown.contracts.parameters import PARAMETERS
from stepdown.contracts.trajectories import ResultCode
from stepdown.vocabulary.ids import SWITCH_OPTIONS

from . import packages, priors, worlds

WORLD = worlds.small()
EVERYTHING = packages.everything(WORLD)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(seed=st.integers(0, 10**6), strength=st.floats(0, 0.98), frozen=st.booleans())
def test_every_state_stays_in_range(seed, strength, frozen):
    program = packages.at_strength(EVERYTHING, strength)
    run = packages.run(WORLD, priors.draw(WORLD, 16, seed), program, "frozen" if frozen else "documented")
    assert run.ok.all()
    assert all(np.isfinite(x).all() for x in run.series.values())


@pytest.mark.parametrize("edge", ["low", "high"])
def test_admissible_extremes_stay_finite(edge):
    """Zero codes, recessed forces, no theatre weapons, equal or absent strength, sharp choice."""
    draws = priors.draw(WORLD, 16, seed=1)
    extreme = (
        "R0",
        "C0",
        "E0",
        "L0",
        "chi0",
        "chi_tr0",
        "FT_share",
        "size",
        "projection",
        "M",
        "q",
        "lam",
        "z",
        "G",
    )
    for symbol in extreme:
        draws[symbol] = np.full_like(draws[symbol], getattr(PARAMETERS[symbol], edge))
    run = packages.run(WORLD, draws, EVERYTHING, "documented")
    assert (run.code == ResultCode.OK).all()
    assert all(np.isfinite(x).all() for x in run.series.values())


@pytest.mark.parametrize("switch", SWITCH_OPTIONS)
def test_every_switch_acts(switch, facts):
    first, *others = facts.get(Switch, switch).options.values()
    for other in others:
        one, two = (
            packages.run(WORLD, _under(option), EVERYTHING, "documented") for option in (first, other)
        )
        changed = [
            np.abs(one[n][-1] - two[n][-1]).max() for n in ("hazard", "assurance", "proliferation", "role")
        ]
        assert max(changed) > 1e-5


def _under(option):
    draws = priors.draw(WORLD, 16, seed=6)
    draws["f_deep"] = np.full_like(draws["f_deep"], 0.9)
    apply_option(option, np.ones(16, dtype=bool), draws)
    return draws
