"""Packages run over blocks of futures: the same bits as in one piece, one block of series in memory."""

import numpy as np
import pytest
from tests.simulation import packages, priors, worlds

from stepdown.contracts.assumptions import Assumptions
from stepdown.contracts.program import Program
from stepdown.experiments import run as runs

WORLD = worlds.small()
FUTURES = 20


@pytest.mark.parametrize("on_device", [8, 0])
def test_blocks_change_nothing_and_bound_what_is_held(monkeypatch, on_device):
    draws = priors.draw(WORLD, FUTURES)
    lens, points = np.zeros(FUTURES, dtype=int), np.zeros((1, FUTURES))
    assumptions = Assumptions(draws, ("balanced",), lens, (), points)
    programs = {"baseline": Program.build(WORLD), "doctrine": packages.doctrine(WORLD)}
    widest = []

    def outcome_values(world, run):
        widest.append(run["cif"].shape[-1])
        return plain(world, run)

    plain = runs.outcome_values
    monkeypatch.setattr(runs, "outcome_values", outcome_values)
    monkeypatch.setattr(runs, "PLACED_BLOCKS", on_device)
    whole = runs.run_packages(WORLD, assumptions, programs, 2026, 2029)
    monkeypatch.setattr(runs, "BLOCK", 8)
    cut = runs.run_packages(WORLD, assumptions, programs, 2026, 2029)
    assert max(widest[2:]) == 8
    assert whole.budget == cut.budget
    for package, outcomes in whole.outcomes.items():
        assert np.array_equal(whole.codes[package], cut.codes[package])
        for name, values in outcomes.items():
            np.testing.assert_array_equal(values, cut.outcomes[package][name], err_msg=name)
