"""Inputs, code tables, switches, lenses: complete, in step with the model, as wide as the design says."""

from itertools import product
from math import log
from statistics import median

import numpy as np
import pytest

from stepdown.assumptions.quantile import quantile
from stepdown.contracts.facts import (
    Actor,
    ArsenalSeries,
    CodeMapping,
    Guarantee,
    Lens,
    ModelInput,
    Relation,
    Switch,
)
from stepdown.contracts.facts.amounts import Dirichlet, ScalarAmount
from stepdown.contracts.facts.base import Evidence
from stepdown.contracts.facts.completeness import READ_FROM_RECORDS, incomplete
from stepdown.contracts.facts.facts import Facts
from stepdown.contracts.parameters import PARAMETERS
from stepdown.record import load_record
from stepdown.vocabulary.ids import (
    ATTACK_TYPES,
    CAPABILITIES,
    CAUSES,
    ENABLERS,
    LENSES,
    MODEL_ACTORS,
    ROLE_CODES,
    ROLES,
    SWITCH_OPTIONS,
    THEATRES,
)

# Medians and 90 % ranges that the model's design states; a changed prior has to be changed here as well.
STATED = {
    "l0": (0.02, 0.04, 0.12),
    "T_cr": (0.04, 0.1, 0.5),
    "omega": (0.4, 0.85, 0.95),
    "lam": (2, 4, 10),
    "b_tau": (1, 2, 4),
    "b_pi": (0, 0.5, 1),
    "b_R": (0, 1, 3),
    "b_q": (0, 0.5, 1),
    "b_N": (0, 1, 2),
    "b_V": (0, 1.5, 8),
    "b_L": (0, 1, 3),
    "b_g": (0, 1, 3),
    "s_star": (0.1, 0.3, 0.5),
    "x_T": (0, 0.2, 0.5),
    "beta": (0.2, 0.5, 0.8),
    "x_N": (0.1, 0.5, 1),
    "x_C": (0, 1, 4),
    "x_M": (0, 0.5, 2),
    "x_sigma": (0.3, 1, 2),
    "a_V": (0, 0.5, 1.5),
    "a_LV": (0, 2, 6),
    "theta_V": (0, 2, 6),
    "theta_I": (0, 1, 3),
    "theta_N": (0, 0.8, 2),
    "h0": (0.001, 0.004, 0.01),
    "b_A": (1, 4, 6),
    "a_star": (0.5, 0.7, 0.85),
    "gamma_c": (0, 0.3, 1),
    "T_R": (1, 2, 4),
    "T_N": (7.5, 15, 30),
    "delta": (0.075, 0.15, 0.3),
}


@pytest.fixture(scope="module")
def facts() -> Facts:
    return load_record()


@pytest.fixture(scope="module")
def inputs(facts: Facts) -> dict[str, ModelInput]:
    return {record.symbol: record for record in facts.all(ModelInput)}


def amounts(facts: Facts, record: ModelInput) -> list[ScalarAmount]:
    """Every distribution of an input, shares left out."""
    if record.cells is not None:
        return list(record.cells.values())
    if record.codes is not None and record.mapping is not None:
        values = facts.get(CodeMapping, record.mapping).values
        return [values[code] for code in set(record.codes.values())]
    assert record.amount is not None
    return [] if isinstance(record.amount, Dirichlet) else [record.amount]  # type: ignore[list-item]


def test_every_symbol_has_exactly_one_record(facts: Facts) -> None:
    assert list(incomplete(facts)) == []
    symbols = [record.symbol for record in facts.all(ModelInput)]
    assert sorted([*symbols, *READ_FROM_RECORDS]) == sorted(PARAMETERS)


def test_records_agree_with_the_registry(inputs: dict[str, ModelInput]) -> None:
    for symbol, record in inputs.items():
        spec = PARAMETERS[symbol]
        said = (record.id, record.axes, record.unit, record.mechanism)
        assert said == (f"input.{symbol}", spec.axes, spec.unit, spec.mechanism)
        assert spec.low <= record.limits[0] < record.limits[1] <= spec.high, symbol


def test_draws_stay_inside_the_limits(facts: Facts, inputs: dict[str, ModelInput]) -> None:
    u = np.array([1e-4, 0.05, 0.5, 0.95, 1 - 1e-4])
    for symbol, record in inputs.items():
        for amount in amounts(facts, record):
            values = quantile(amount, u)
            assert record.limits[0] <= values[0], symbol
            assert values[-1] <= record.limits[1], symbol


@pytest.mark.parametrize(("symbol", "stated"), STATED.items())
def test_stated_ranges_are_kept(
    facts: Facts, inputs: dict[str, ModelInput], symbol: str, stated: tuple[float, float, float]
) -> None:
    for amount in amounts(facts, inputs[symbol]):
        assert quantile(amount, np.array([0.05, 0.5, 0.95])) == pytest.approx(stated, rel=0.02, abs=1e-9)


def test_the_hazard_names_every_estimate(inputs: dict[str, ModelInput]) -> None:
    basis = inputs["H0"].basis
    cited = [ground.source for ground in basis if isinstance(ground, Evidence)]
    wanted = {"hellman_2008", "barrett_baum_hostetler_2013", "fri_onn_2024", "xpt_2022", "rodriguez_2019"}
    assert {f"src.{key}" for key in wanted | {"lugar_2005"}} == set(cited)
    assert cited.count("src.fri_onn_2024") == 2  # experts and superforecasters
    assert len(basis) == len(cited) + 2  # eighty years without use, and why the median lies where it lies


def test_tension_and_crises_cannot_run_away(inputs: dict[str, ModelInput]) -> None:
    # d tau/d ln l <= a_l/4 (slope of the logistic) and d ln l/d tau <= b_tau.
    assert inputs["a_l"].limits[1] / 4 * inputs["b_tau"].limits[1] < 1


def test_keys_name_what_exists(facts: Facts, inputs: dict[str, ModelInput]) -> None:
    allowed: dict[str, set[str]] = {
        "actor": set(MODEL_ACTORS),
        "armed_actor": {a.id for a in facts.all(Actor) if a.nuclear_armed},
        "relation": {f"{r.challenger}>{r.defender}" for r in facts.all(Relation)},
        "guarantee": {f"{g.guarantor}>{g.protege}" for g in facts.all(Guarantee)},
        "theatre": set(THEATRES),
        "attack": set(ATTACK_TYPES),
        "capability": set(CAPABILITIES),
        "enabler": set(ENABLERS),
        "role": set(ROLES),
        "cause": set(CAUSES),
    }
    for symbol, record in inputs.items():
        for key in record.cells or record.codes or {}:
            for axis, part in zip(record.axes, key.split("|"), strict=False):
                assert part == "*" or part in allowed[axis], f"{symbol}: {key}"
        if isinstance(record.amount, Dirichlet):
            assert set(record.amount.alpha) == allowed[record.axes[0]]


def test_tables_without_a_rest_are_complete(inputs: dict[str, ModelInput]) -> None:
    for symbol, keys in {"C0": CAPABILITIES, "E0": ENABLERS}.items():
        assert set(inputs[symbol].codes or {}) == {f"{a}|{k}" for a, k in product(MODEL_ACTORS, keys)}
    assert set(inputs["M"].codes or {}) == {f"{c}|{k}" for c, k in product(CAPABILITIES, ATTACK_TYPES)}
    for symbol in ("P0", "projection"):
        assert set(inputs[symbol].codes or {}) == set(MODEL_ACTORS)


def test_assurance_follows_the_strongest_guarantee(facts: Facts, inputs: dict[str, ModelInput]) -> None:
    rank = ("conventional_only", "consultation", "formal_nuclear", "sharing_host")
    strongest: dict[str, int] = {}
    for g in facts.all(Guarantee):
        if g.in_model:
            pair = f"{g.guarantor}>{g.protege}"
            strongest[pair] = max(strongest.get(pair, 0), rank.index(g.kind))
    assert inputs["A0"].codes == {pair: rank[kind] for pair, kind in strongest.items()}


def test_trends_are_those_of_the_series(facts: Facts, inputs: dict[str, ModelInput]) -> None:
    cells = inputs["trend_S"].cells or {}
    series = {s.holder: s.values for s in facts.all(ArsenalSeries)}
    for state in set(cells) - {"PRK"}:  # its early figures are doubtful; the record says so
        held = series[state]
        rates = [log(held[2026] / held[2026 - years]) / years for years in (3, 5, 7, 10)]
        drawn = quantile(cells[state], np.array([0.05, 0.5, 0.95]))
        assert drawn[1] == pytest.approx(median(rates), abs=6e-4), state
        assert drawn[0] < min(rates), state
        assert drawn[2] > max(rates), state


def test_role_codes_have_a_default_and_two_alternatives(facts: Facts) -> None:
    tables = {m.id: m for m in facts.all(CodeMapping) if m.of == "role_code"}
    assert [m.id for m in tables.values() if m.default] == ["map.role_codes"]
    middle = {}
    for name, table in tables.items():
        assert set(table.values) == set(ROLE_CODES)
        for code, amount in table.values.items():
            low, middle[name, code], high = quantile(amount, np.array([1e-6, 0.5, 1 - 1e-6]))
            assert low >= 0.02, f"{name} {code}"
            assert high <= 0.98, f"{name} {code}"
    for code in ("I", "A"):
        declared, default, worst = (
            middle[f"map.role_codes{suffix}", code] for suffix in ("_declared_only", "", "_worst_case")
        )
        assert declared < default < worst


def test_switches_move_symbols_of_the_model(facts: Facts) -> None:
    assert {s.id for s in facts.all(Switch)} == set(SWITCH_OPTIONS)
    for switch in facts.all(Switch):
        moved = [{**option.sets, **option.scales} for option in switch.options.values()]
        assert any(moved), f"{switch.id} moves nothing"
        for option in switch.options.values():
            assert set(option.sets) | set(option.scales) <= set(PARAMETERS)
            assert not set(option.sets) & set(option.scales)
            for symbol, value in option.sets.items():
                assert PARAMETERS[symbol].low <= value <= PARAMETERS[symbol].high, f"{switch.id} {symbol}"


def test_s10_scales_by_the_option_over_the_pooled_median(facts: Facts) -> None:
    """Jeffreys mean after 80 years without use .625 %, experts .244 %, superforecasters .048 %, over .5 %."""
    options = facts.get(Switch, "s10_base_rate").options
    found = {name: option.scales.get("H0", 1.0) for name, option in options.items()}
    assert found["all"] == 1
    assert found["historical"] == pytest.approx(0.625 / 0.5)
    assert found["experts"] == pytest.approx(0.244 / 0.5, abs=0.005)
    assert found["superforecasters"] == pytest.approx(0.048 / 0.5, abs=0.005)


def test_options_come_in_the_order_of_the_vocabulary(facts: Facts) -> None:
    for switch in facts.all(Switch):
        assert tuple(switch.options) == SWITCH_OPTIONS[switch.id]


def test_five_lenses_that_differ_and_leave_no_option_out(facts: Facts) -> None:
    lenses = facts.all(Lens)
    assert tuple(lens.id for lens in lenses) == LENSES
    for switch, options in SWITCH_OPTIONS.items():
        for option in options:
            assert any(lens.weights[switch].get(option, 0) > 0 for lens in lenses)
    for a, b in product(lenses, lenses):
        assert a is b or a.weights != b.weights
