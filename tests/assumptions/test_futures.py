"""Futures from the shipped record: complete, in range, paired across mappings, true to the lenses."""

from __future__ import annotations

import numpy as np
import pytest

from stepdown.assumptions import sample_futures, under_role_mapping
from stepdown.assumptions.audit import declared_roles, default_role_mapping, role_mappings
from stepdown.contracts.assumptions import Assumptions
from stepdown.contracts.facts import Lens, ModelInput, Switch
from stepdown.contracts.facts.amounts import Lognormal
from stepdown.contracts.facts.completeness import incomplete
from stepdown.contracts.facts.facts import Facts
from stepdown.contracts.parameters import PARAMETERS
from stepdown.contracts.world import World
from stepdown.vocabulary.ids import LENSES

FUTURES = 400
SWITCHED = {"H0", "x_C", "b_N", "theta_N", "b_A", "b_ptau", "b_X"}


@pytest.fixture(scope="module")
def drawn(facts: Facts, world: World) -> Assumptions:
    return sample_futures(facts, world, FUTURES, 11, LENSES)


def test_every_symbol_has_one_record_and_every_record_a_symbol(facts: Facts) -> None:
    assert list(incomplete(facts)) == []


def test_all_symbols_in_range(drawn: Assumptions, world: World) -> None:
    assert set(drawn.symbols) == set(PARAMETERS)
    for symbol, spec in PARAMETERS.items():
        values = drawn.symbols[symbol]
        assert values.shape == (*world.shape(spec.axes), FUTURES), symbol
        assert np.all(np.isfinite(values)), symbol
        assert values.min() >= spec.low - 1e-12, symbol
        assert values.max() <= spec.high + 1e-12, symbol


def test_shares_sum_to_one(drawn: Assumptions) -> None:
    for symbol in ("share_theatre", "share_cause"):
        assert np.allclose(drawn.symbols[symbol].sum(axis=0), 1)


def test_prior_medians_are_recovered(drawn: Assumptions, facts: Facts) -> None:
    plain = [r for r in facts.all(ModelInput) if not r.axes and r.symbol not in SWITCHED]
    checked = 0
    for record in plain:
        if isinstance(record.amount, Lognormal) and record.amount.support is None:
            middle = np.median(drawn.symbols[record.symbol])
            assert middle == pytest.approx(record.amount.median, rel=0.02), record.symbol
            checked += 1
    assert checked > 10


def test_same_seed_same_futures(facts: Facts, world: World, drawn: Assumptions) -> None:
    again = sample_futures(facts, world, FUTURES, 11, LENSES)
    for symbol, values in drawn.symbols.items():
        assert np.array_equal(values, again.symbols[symbol]), symbol


def test_options_follow_the_weights_of_the_lens(facts: Facts, world: World) -> None:
    for name in LENSES:
        drawn = sample_futures(facts, world, FUTURES, 3, (name,))
        by_name = {c.name: c for c in drawn.coordinates if c.options}
        weights = facts.get(Lens, name).weights
        for switch in facts.all(Switch):
            found = by_name[switch.id]
            for i, option in enumerate(found.options):
                share = np.mean(found.values == i)
                assert share == pytest.approx(weights[switch.id].get(option, 0.0), abs=2 / FUTURES)


def test_switch_sets_its_symbols(facts: Facts, world: World, drawn: Assumptions) -> None:
    option = next(c for c in drawn.coordinates if c.name == "s01_punishment")
    switch = facts.get(Switch, "s01_punishment")
    for i, name in enumerate(option.options):
        chosen = option.values == i
        assert np.all(drawn.symbols["eta"][chosen] == switch.options[name].sets["eta"])


def test_another_reading_of_the_codes_changes_declared_roles_alone(
    facts: Facts, world: World, drawn: Assumptions
) -> None:
    other = role_mappings(facts)[1]
    assert other != default_role_mapping(facts)
    same = under_role_mapping(facts, world, drawn, default_role_mapping(facts))
    assert np.array_equal(same.symbols["R0"], drawn.symbols["R0"])
    again = under_role_mapping(facts, world, drawn, other)
    changed = [s for s in PARAMETERS if not np.array_equal(drawn.symbols[s], again.symbols[s])]
    assert changed == ["R0"]


def test_declared_roles_come_from_the_newest_documents(facts: Facts, world: World) -> None:
    record = declared_roles(facts, world, default_role_mapping(facts))
    assert record.codes is not None
    assert record.codes["CHN|deter_nuclear_self"] == "Y"
    assert record.codes["CHN|deter_conventional_self"] == "N"
    assert record.codes["RUS|deter_conventional_self"] == "Y"
    assert len(record.codes) == 90


def test_sobol_design_is_paired_under_other_readings_too(facts: Facts, world: World) -> None:
    drawn = sample_futures(facts, world, 64, 3, LENSES, "sobol")
    same = under_role_mapping(facts, world, drawn, default_role_mapping(facts))
    assert np.array_equal(same.symbols["R0"], drawn.symbols["R0"])
    halves = [np.mean(c.values < np.median(c.values)) for c in drawn.coordinates if not c.options]
    assert np.allclose(halves, 0.5, atol=0.02)
