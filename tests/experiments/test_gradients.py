"""Derivatives by inputs and measures against central differences in 64-bit, over outcomes of every kind."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.simulation import packages, priors, worlds

from stepdown.contracts.assumptions import Assumptions
from stepdown.contracts.program import Program
from stepdown.contracts.world import World
from stepdown.discovery.local import by_measure, elasticities, local_table, of_effect
from stepdown.experiments.gradients import LANES, Gradients, gradients
from stepdown.experiments.outcomes import outcome_values
from stepdown.simulation import keep_compiled, simulate

# Compiling the derivative of every outcome takes minutes of processor time; the quick tier checks the
# kernel's own derivatives in tests/simulation/test_gradients.py.
pytestmark = pytest.mark.slow

OUTCOMES = ("use_risk", "reliance", "assurance", "adequacy", "proliferation", "strategic_forces", "cost")
INPUTS = ("H0", "b_tau", "b_V", "T_R", "a_star", "R0", "tau0", "C0", "M", "mu0", "eta", "lam", "P0", "x_C")
FUTURES, YEARS, STEP = LANES, 6, 1e-5


@pytest.fixture(scope="module", autouse=True)
def compile_cache(pytestconfig: pytest.Config) -> None:
    """Compiling costs far more than running here."""
    keep_compiled(pytestconfig.cache.mkdir("jax"))


@pytest.fixture(scope="module")
def world() -> World:
    return worlds.small()


@pytest.fixture(scope="module")
def assumptions(world: World) -> Assumptions:
    symbols = priors.draw(world, FUTURES, seed=5)
    # Nothing on prompt launch, no capability, no theatre weapons: zero codes are where gradients break.
    for name in ("L0", "C0", "FT_share", "e_embolden", "perception_markup"):
        symbols[name][..., : FUTURES // 4] = 0.0
    symbols["R0"][..., : FUTURES // 4] = 0.02
    return Assumptions(symbols, ("one", "two"), np.arange(FUTURES) % 2, (), np.zeros((0, FUTURES)))


@pytest.fixture(scope="module")
def program(world: World) -> Program:
    return packages.everything(world)


@pytest.fixture(scope="module")
def found(world: World, assumptions: Assumptions, program: Program) -> Gradients:
    return gradients(world, assumptions, program, OUTCOMES, 2026, 2026 + YEARS, precision="float64")


def _more(program: Program, measure: int, factor: float) -> Program:
    """The package with strengths, signal and costs of one measure times a factor."""
    rows = {n: getattr(program, n) for n in ("actor_rows", "theatre_rows", "global_rows")}
    scaled = {
        n: replace(r, strength=r.strength * np.where(r.measure == measure, factor, 1.0)[:, None])
        for n, r in rows.items()
    }
    on = np.where(np.arange(len(program.start)) == measure, factor, 1.0)[:, None]
    return replace(program, money=program.money * on, political=program.political * on, **scaled)


def _moved(
    world: World, assumptions: Assumptions, program: Program, symbol: str, direction: np.ndarray
) -> dict[str, np.ndarray]:
    """Central differences of every outcome along a direction of one symbol."""
    ends = []
    for sign in (1, -1):
        symbols = {**assumptions.symbols}
        symbols[symbol] = symbols[symbol] + sign * STEP * direction
        run = simulate(
            world, symbols, program, horizon_years=YEARS, precision="float64", chunk=FUTURES, threads=1
        )
        ends.append(outcome_values(world, run))
    return {o: (ends[0][o] - ends[1][o]) / (2 * STEP) for o in OUTCOMES}


@pytest.mark.parametrize("symbol", INPUTS)
def test_by_input(
    world: World, assumptions: Assumptions, program: Program, found: Gradients, symbol: str
) -> None:
    values = assumptions.symbols[symbol]
    direction = np.random.default_rng(1).uniform(0.5, 1, values.shape) * np.maximum(np.abs(values), 0.01)
    numeric = _moved(world, assumptions, program, symbol, direction)
    usual = slice(FUTURES // 4, None)  # zero codes are clipped or have one side only
    for outcome in OUTCOMES:
        exact = (found.by_input[outcome][symbol] * direction).reshape(-1, FUTURES).sum(axis=0)
        scale = np.abs(exact).max() + 1e-9
        np.testing.assert_allclose(
            exact[usual] / scale, numeric[outcome][usual] / scale, rtol=1e-3, atol=1e-5, err_msg=outcome
        )


def test_finite_everywhere_zero_codes_included(found: Gradients) -> None:
    for outcome in OUTCOMES:
        assert np.isfinite(found.by_measure[outcome]).all(), outcome
        for symbol, gradient in found.by_input[outcome].items():
            assert np.isfinite(gradient).all(), (outcome, symbol)
        assert any(np.abs(g).max() > 0 for g in found.by_input[outcome].values())


def test_by_measure(world: World, assumptions: Assumptions, program: Program, found: Gradients) -> None:
    """Doing a measure a little more: strengths, signal and costs, by central differences."""
    for index, measure in enumerate(program.measures):
        ends = []
        for sign in (1, -1):
            more = _more(program, index, 1 + sign * STEP)
            run = simulate(
                world,
                assumptions.symbols,
                more,
                horizon_years=YEARS,
                precision="float64",
                chunk=FUTURES,
                threads=1,
            )
            ends.append(outcome_values(world, run))
        for outcome in OUTCOMES:
            numeric = (ends[0][outcome] - ends[1][outcome]) / (2 * STEP)
            exact = found.by_measure[outcome][index]
            np.testing.assert_allclose(exact, numeric, rtol=1e-3, atol=1e-7, err_msg=f"{measure} {outcome}")


def test_values_are_those_of_a_run(
    world: World, assumptions: Assumptions, program: Program, found: Gradients
) -> None:
    run = simulate(
        world,
        assumptions.symbols,
        program,
        horizon_years=YEARS,
        precision="float64",
        chunk=FUTURES,
        threads=1,
    )
    for outcome, value in outcome_values(world, run).items():
        if outcome in OUTCOMES:
            np.testing.assert_allclose(found.values[outcome], value, rtol=1e-9, atol=1e-12)


def test_elasticities_of_a_hazard_by_its_own_scale(assumptions: Assumptions, found: Gradients) -> None:
    """Use risk is nearly proportional to H0, except where the prior is cut off at .05 a year."""
    flexible = elasticities(found.values["use_risk"], found.by_input["use_risk"], assumptions.symbols)
    assert 0.8 < np.median(flexible["H0"]) <= 1.0
    none = of_effect(flexible, flexible)
    assert max(np.abs(v).max() for v in none.values()) == 0
    ok = np.ones(FUTURES, dtype=bool)
    table = local_table(flexible, assumptions.lenses, assumptions.lens, ok)
    assert [row.lens for row in table[:3]] == ["all", "one", "two"]
    assert table[0].name == "H0"
    assert len(table) == 3 * len(flexible)


def test_a_measure_that_stands_twice_is_told_once() -> None:
    value, gradient = np.array([2.0, 4.0]), np.array([[1.0, 1.0], [2.0, 2.0], [3.0, 3.0]])
    told = by_measure(value, gradient, ("M1", "M2", "M1"))
    np.testing.assert_allclose(told["M1"], [2.0, 1.0])


def test_unknown_outcome_is_named(world: World, assumptions: Assumptions, program: Program) -> None:
    with pytest.raises(ValueError, match="unknown outcome use_riks"):
        gradients(world, assumptions, program, ("use_riks",), 2026, 2032)
