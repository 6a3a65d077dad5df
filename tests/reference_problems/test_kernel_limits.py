"""The kernel's limits are the closed forms: lambda to infinity, no nuclear role, saturated substitutes."""

from collections.abc import Iterator, Mapping
from itertools import product

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from tests.simulation import priors, worlds

from stepdown.games import agent_error, competing_risks, false_alarms, reassurance
from stepdown.simulation.challenge import Challenge, challenge, expected_gain
from stepdown.simulation.credibility import Credibility, credibility
from stepdown.simulation.hazards import false_alarm_ratio
from stepdown.simulation.state import State
from stepdown.simulation.structure import structure
from stepdown.simulation.substitutes import substitutes
from stepdown.simulation.survival import survive
from stepdown.simulation.trust import reassures
from stepdown.vocabulary.ids import ATTACK_TYPES, CAPABILITIES, ROLES

WORLD = worlds.small()
S = structure(WORLD)
A, B, R, T, G = (
    len(getattr(WORLD, axis)) for axis in ("actors", "armed", "relations", "theatres", "guarantees")
)
K = len(ATTACK_TYPES)


@pytest.fixture(autouse=True)
def x64() -> Iterator[None]:
    with jax.enable_x64(True):
        yield


def draws(**changed: float) -> dict[str, jax.Array]:
    """Middle of every prior, some symbols set to one value throughout."""
    p = {name: jnp.asarray(value) for name, value in priors.middle(WORLD, 1).items()}
    return {**p, **{name: jnp.full_like(p[name], value) for name, value in changed.items()}}


def attempts(p: Mapping[str, jax.Array], C: float, role: float) -> tuple[Credibility, Challenge]:
    """Credibility and challenge where every capability is C and every perceived role the given one."""
    sub = substitutes(p, jnp.full((A, len(CAPABILITIES) + 3, 1), C), jnp.zeros((A, 1)))
    Rh, V = jnp.full((len(S.onto), len(ROLES), 1), role), jnp.full((R, 1), 0.2)
    cred = credibility(S, p, sub, Rh, V, jnp.full((G, 1), 0.6), jnp.zeros((B, 1)))
    idle = State(**{name: jnp.zeros((1, 1)) for name in State._fields})
    y = idle._replace(R=jnp.zeros((B, len(ROLES), 1)), belief=jnp.zeros((B, 1)))
    quiet = jnp.zeros((R, K, 1))
    return cred, challenge(S, p, y, cred, jnp.ones((R, 1)), jnp.zeros((A, 1)), quiet)


def closed_form(p: Mapping[str, jax.Array], cred: Credibility) -> np.ndarray:
    """Signorino's attacker, no nuclear answer, by relation and attack: ACQ = G (1 - den), WAR = -d_C."""
    G, denial, answered = (np.asarray(x)[..., 0] for x in (p["G"], cred.denial, cred.conventional))
    found = np.zeros((R, K))
    for r, k in product(range(R), range(K)):
        defender = WORLD.actors.index(WORLD.relations[r].defender)
        acq = float(G[r, k] * (1 - denial[defender, k]))
        found[r, k] = agent_error.attack_probability(
            float(answered[defender, k]), 0.0, acq, -float(p["d_C"][0]), float(p["lam"][0])
        )
    return found


def test_without_a_nuclear_role_the_challenge_is_signorinos_attacker() -> None:
    p = draws(eta=0.0)
    cred, tried = attempts(p, C=0.5, role=0.0)
    assert float(jnp.abs(cred.nuclear).max()) == 0
    expected = closed_form(p, cred)
    assert 0.01 < expected.min() < expected.max() < 0.99
    np.testing.assert_allclose(np.exp(tried.log_p)[..., 0], expected, atol=1e-9)
    np.testing.assert_allclose(tried.p_without[..., 0], expected, atol=1e-9)


def test_saturated_substitutes_leave_only_the_cost_of_a_certain_answer() -> None:
    p = draws(eta=0.0, M=1.0, omega=1.0)
    cred, tried = attempts(p, C=1.0, role=0.0)
    np.testing.assert_allclose(cred.conventional, 1, atol=1e-12)
    np.testing.assert_allclose(cred.denial, 1, atol=1e-12)
    certain = agent_error.attack_probability(1.0, 0.0, 0.0, -float(p["d_C"][0]), float(p["lam"][0]))
    np.testing.assert_allclose(np.exp(tried.log_p), certain, atol=1e-9)


def test_with_saturated_substitutes_the_nuclear_role_no_longer_changes_who_tries_by_much() -> None:
    p = draws(eta=0.0, M=1.0, omega=1.0, lam=20.0)
    _, with_role = attempts(p, C=1.0, role=0.9)
    _, without = attempts(p, C=1.0, role=0.0)
    np.testing.assert_allclose(np.exp(with_role.log_p), np.exp(without.log_p), atol=1e-6)
    _, bare_with = attempts(p, C=0.0, role=0.9)
    _, bare_without = attempts(p, C=0.0, role=0.0)
    assert float((bare_without.log_p - bare_with.log_p).max()) > 1


@pytest.mark.parametrize(("gain", "cost"), [(0.15, 0.9), (0.3, 0.9), (0.6, 1.2)])
def test_11_at_great_precision_the_challenge_is_a_step_at_the_point_of_indifference(
    gain: float, cost: float
) -> None:
    c = jnp.linspace(0, 1, 4001)[:, None, None]
    zero = jnp.zeros_like(c)
    dU = expected_gain(zero, c, zero, jnp.full((1, 1, 1), gain), jnp.zeros(1), jnp.full((1, 1, 1), cost))
    pi = np.asarray(jax.nn.sigmoid(5000 * dU))[:, 0, 0]
    at = agent_error.indifference(gain, cost)
    away = np.abs(np.asarray(c[:, 0, 0]) - at) > 0.01
    np.testing.assert_allclose(pi[away], (np.asarray(c[:, 0, 0]) < at)[away], atol=1e-9)


def test_34_the_kernels_survival_is_the_closed_form_of_competing_risks() -> None:
    hazards = np.random.default_rng(1).uniform(0, 0.8, size=(4, 3, 5))
    survival, found = jnp.ones(1), np.zeros((4, 3))
    for step in range(5):
        survival, increment = survive(survival, jnp.asarray(hazards[..., step, None]), 0.5)
        found += np.asarray(increment)[..., 0]
    expected = competing_risks.incidence(hazards.reshape(12, 5).tolist(), [0.5] * 5)
    np.testing.assert_allclose(found.ravel(), expected.by_cause, atol=1e-12)
    np.testing.assert_allclose(survival, expected.survival, atol=1e-12)


def test_19_the_kernels_false_alarms_move_as_the_fault_tree() -> None:
    p = draws(psi=0.0)
    start, now = jnp.full((T, 1), 0.04), jnp.full((T, 1), 0.4)
    L, chi = jnp.full((B, 1), 0.5), jnp.zeros((T, 1))
    ratio = false_alarm_ratio(S, p, now, start, L, L, chi, chi)[:, 0]

    def launches(crisis_rate: float) -> float:
        f = 1 - np.exp(-crisis_rate * float(p["T_cr"][0]))
        return false_alarms.launch_rate(1.0, 1.0, f, float(p["p0_false"][0]), float(p["p1_false"][0]), 1)

    fronts = S.armed_parties.sum(axis=0)
    expected = [launches(0.4 * n) / launches(0.04 * n) for n in fronts]
    np.testing.assert_allclose(ratio, expected, rtol=1e-9)
    assert min(expected) > 1.01


@pytest.mark.parametrize("trust", [0.5])
def test_29_the_kernels_window_is_kydds(trust: float) -> None:
    u = reassurance.Payoffs(1, 0.5, 1), reassurance.Payoffs(1, 1.5, 1)
    low, high = reassurance.window(trust, *u)
    p = {"alpha_min": jnp.asarray(low), "alpha_max": jnp.asarray(high)}
    signal = jnp.linspace(0, 1, 1001)
    opened = np.asarray(reassures(p, signal, jnp.asarray(trust)))
    peak = float(signal[int(opened.argmax())])
    assert peak == pytest.approx((low + high) / 2, abs=1e-3)
    assert opened[(signal < low - 0.2) | (signal > high + 0.2)].max() < 0.05 < 0.5 < opened.max()
