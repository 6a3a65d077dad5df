"""All switches and lenses work: an option changes what its record says at the start, and something later."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from stepdown.assumptions.switches import apply_option
from stepdown.contracts.facts import Lens, Switch
from stepdown.contracts.program import Program
from stepdown.contracts.start_terms import START_TERMS
from stepdown.contracts.trajectories import SERIES
from stepdown.simulation.kernel import evaluate, reference
from stepdown.simulation.package import device_package
from stepdown.simulation.simulate import simulate
from stepdown.simulation.structure import structure
from stepdown.vocabulary.ids import LENSES, SWITCH_OPTIONS

from . import packages, priors, worlds

WORLD = worlds.small()
FEW = 4
CASES = [(switch, option) for switch, options in SWITCH_OPTIONS.items() for option in options]
LANES = len(CASES) * FEW


@pytest.fixture(scope="module")
def draws(facts):
    """The same few futures once per option, each segment with its option taken and no other touched."""
    one = priors.draw(WORLD, FEW, seed=14)
    symbols = {name: np.tile(x, len(CASES)) for name, x in one.items()}
    for i, (switch, option) in enumerate(CASES):
        chosen = np.arange(LANES) // FEW == i
        apply_option(facts.get(Switch, switch).options[option], chosen, symbols)
    return symbols


@pytest.fixture(scope="module")
def runs(draws):
    """Every lever, and nearly all strategic forces given up: between them every switch has work to do."""
    everything = packages.everything(WORLD).padded(8, 32, 16, 8, 8)
    deep = _deep_cuts().padded(8, 32, 16, 8, 8)
    # Steps below a year: a step of a year feels what starts within it, also in its first moment.
    options = {"horizon_years": 12, "precision": "float64", "chunk": LANES, "dt": 0.5}
    return [simulate(WORLD, draws, program, **options) for program in (everything, deep)]


def _deep_cuts() -> Program:
    from stepdown.contracts.program import Effect, Step

    return Program.build(
        WORLD, [Step("cuts", WORLD.armed, (Effect("strategic_cap", 0.95, ramp=0.5),), start=0.5)]
    )


def _options(x, switch):
    """One array per option of a switch."""
    return [x[..., i * FEW : (i + 1) * FEW] for i, (name, _) in enumerate(CASES) if name == switch]


def _moves(x, switch):
    first, *others = _options(np.asarray(x), switch)
    return any(not np.array_equal(first, other) for other in others)


def _may_change(switch):
    return {name for term in switch.changes_at_t0 for name in START_TERMS[term]}


@pytest.mark.parametrize("switch", SWITCH_OPTIONS)
def test_every_other_series_starts_bit_equal(runs, facts, switch):
    allowed = _may_change(facts.get(Switch, switch))
    moved = {name for run in runs for name in SERIES if _moves(run[name][0], switch)}
    assert moved <= allowed


def test_every_other_quantity_of_the_kernel_starts_bit_equal(draws, facts):
    found = _at_start(draws)
    assert {"pi", "crisis", "opening", "hazard", "gap", "V_worst", "R", "chi", "l0"} <= set(found)
    for switch in facts.all(Switch):
        moved = {name for name, x in found.items() if _moves(x, switch.id)}
        scaled = {"p_deliberate", "p_inadvertent", "false_alarm", "accident", "l0"}
        allowed = _may_change(switch) | (scaled if "H0" in switch.changes_at_t0 else set())
        assert moved <= allowed, switch.id


def _at_start(draws):
    """Every array of the reference and of one evaluation at t0, by the name of its field."""
    package = device_package(packages.everything(WORLD), slice(0, LANES), LANES, np.dtype(float), LANES)
    s, p = structure(WORLD), {k: jnp.asarray(v) for k, v in draws.items()}

    def start(p, package):
        ref = reference(s, p)
        return ref, evaluate(s, p, package, ref, ref.state, jnp.asarray(0.0), jnp.asarray(1.0))

    ref, (_, moment) = jax.jit(start)(p, package)
    leaves = jax.tree_util.tree_flatten_with_path((ref, moment))[0]
    # Inputs that the reference repeats are no terms: `attack_weights` belongs to the crises.
    return {str(path[-1]).strip(".[]'"): x for path, x in leaves if np.size(x)}


@pytest.mark.parametrize("switch", SWITCH_OPTIONS)
def test_every_switch_is_alive(runs, switch):
    assert any(_moves(run[name][-1], switch) for run in runs for name in SERIES)


def test_what_may_change_at_the_start_does(runs, facts):
    """A term that no switch moves would be a hole in the test above."""
    for switch in facts.all(Switch):
        for term in switch.changes_at_t0:
            shown = [name for name in START_TERMS[term] if name in SERIES]
            # l0 is raised only where the prior asks for more than one use in two crises, which is rare.
            if shown and term != "crises":
                assert any(_moves(run[name][0], switch.id) for run in runs for name in shown), (
                    switch.id,
                    term,
                )


def test_terms_are_known(facts):
    for switch in facts.all(Switch):
        assert set(switch.changes_at_t0) <= set(START_TERMS), switch.id


def test_every_lens_draws_from_its_own_weights(facts):
    from stepdown.assumptions.switches import options_taken

    u = (np.arange(1000) + 0.5) / 1000
    for number, lens in enumerate(LENSES):
        for switch in facts.all(Switch):
            taken = options_taken(facts, switch, LENSES, np.full(1000, number), u)
            weights = facts.get(Lens, lens).weights[switch.id]
            shares = [float(np.mean(taken == i)) for i in range(len(switch.options))]
            assert shares == pytest.approx([weights.get(o, 0.0) for o in switch.options], abs=2e-3)


def test_lenses_differ_in_what_a_package_does(facts, draws):
    """Each lens's most likely options, on the same draws: no two lenses give the same use risk."""
    one = priors.draw(WORLD, FEW, seed=14)
    symbols = {name: np.tile(x, len(LENSES)) for name, x in one.items()}
    for i, lens in enumerate(LENSES):
        chosen = np.arange(len(LENSES) * FEW) // FEW == i
        for switch in facts.all(Switch):
            weights = facts.get(Lens, lens).weights[switch.id]
            apply_option(switch.options[max(weights, key=lambda o: weights[o])], chosen, symbols)
    program = packages.everything(WORLD).padded(8, 32, 16, 8, 8)
    run = simulate(WORLD, symbols, program, horizon_years=12, precision="float64", chunk=LANES)
    risk = run.use_risk[-1].reshape(len(LENSES), FEW)
    for i in range(len(LENSES)):
        for j in range(i):
            assert not np.allclose(risk[i], risk[j], rtol=1e-6), (LENSES[i], LENSES[j])
