"""The wires: one derivative of the whole state, from levels to levers to rates. No equation of its own."""

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

import jax.numpy as jnp
from jax import Array
from jaxtyping import Float

from stepdown.simulation import assurance, domestic, hazards, norm, status
from stepdown.simulation.budget import Use, budget_use
from stepdown.simulation.capability import MISSILE_DEFENCE, capability_rate, capability_target
from stepdown.simulation.credibility import LIMITED
from stepdown.simulation.crises import attack_weights, crisis_log_odds, crisis_rate
from stepdown.simulation.doctrine import adequacy_by_role, belief_rate, doctrine_gate, role_rate, role_target
from stepdown.simulation.drivers import Drivers, drivers
from stepdown.simulation.feasibility import calm_enough, saturated
from stepdown.simulation.forces import strategic_rate, theatre_rate
from stepdown.simulation.levels import Levels, levels
from stepdown.simulation.measures import Levers, Package, levers, peak_rate, rivals_conduct, triggers
from stepdown.simulation.perception import perceived_rate, perceived_target, posture_implied
from stepdown.simulation.proliferation import proliferation_rate
from stepdown.simulation.prompt_launch import prompt_launch_rate
from stepdown.simulation.regime import regime_rate
from stepdown.simulation.role_demand import role_demand
from stepdown.simulation.scaling import Scaled, scaled
from stepdown.simulation.shapes import add, gate, mix, once, ramp
from stepdown.simulation.state import Draws, State, initial_state, verification
from stepdown.simulation.structure import Structure
from stepdown.simulation.tension import tension_rate
from stepdown.simulation.trust import reassures, trust_rate
from stepdown.simulation.vulnerability import threat_from_strike, vulnerability_rate
from stepdown.vocabulary.ids import ROLES

DAMAGE_LIMITATION = ROLES.index("damage_limitation_termination")
PRESTIGE = ROLES.index("status_prestige")


Hold = Callable[[str, Array], Array]
"""Takes the name of a state variable and its rate, and gives the rate that others are to read."""


def as_it_moves(name: str, rate: Array) -> Array:
    """Every mechanism reads every other as it moves; `simulation.explanation` holds some of them back."""
    return rate


class Reference(NamedTuple):
    """Everything that is measured against: the start of this future."""

    state: State
    levels: Levels
    threat: Float[Array, "R N"]
    scaled: Scaled
    attack_weights: Float[Array, "R K N"]


class Moment(NamedTuple):
    """What one evaluation knows beside the derivative; series are cut from it."""

    levels: Levels
    levers: Levers
    use: Use
    log_FS: Float[Array, "B N"]
    log_FT: Float[Array, "B N"]
    crisis: Float[Array, "T N"]
    opening: Float[Array, "B I N"]
    demand: Float[Array, "B I N"]
    hazard: Float[Array, "cause T N"]


def reference(s: Structure, p: Draws) -> Reference:
    """The start: state, levels, scaled hazards."""
    y = initial_state(s, p)
    zero = jnp.zeros_like(y.L)
    at_start = levels(s, p, y, y, zero, zero)
    no_pledge = jnp.zeros_like(y.P)
    threat = threat_from_strike(s, p, at_start.sub.reach, no_pledge, at_start.trust)
    return Reference(y, at_start, threat, scaled(s, p), attack_weights(s, p))


class _Change(NamedTuple):
    """Differences to the start that several mechanisms read."""

    R: Float[Array, "B I N"]
    V: Float[Array, "R N"]
    V_worst: Float[Array, "B N"]
    L: Float[Array, "B N"]
    tau: Float[Array, "T N"]
    tau_actor: Float[Array, "A N"]
    chi: Float[Array, "T N"]
    St: Float[Array, "B N"]
    N: Float[Array, " N"]
    imbalance: Float[Array, "B N"]
    log_pi: Float[Array, "R K N"]
    first_use: Float[Array, "B N"]
    reliance: Float[Array, "B N"]
    fear: Float[Array, "R N"]
    damage_limitation: Float[Array, "B N"]


def evaluate(
    s: Structure,
    p: Draws,
    package: Package,
    ref: Reference,
    y: State,
    years: Float[Array, ""],
    documented: Float[Array, ""],
    hold: Hold = as_it_moves,
) -> tuple[State, Moment]:
    """Derivative of the state (per year) at time `years`, and what was known on the way.

    Every rate passes through `hold` before it is handed out or read by another equation.
    """
    to_armed = partial(mix, s.to_armed)
    path = once(drivers(p, package, years, documented))
    log_FS, log_FT = once((path.log_S + jnp.log(y.phi_S), path.log_T + jnp.log(y.phi_T)))
    now = levels(s, p, y, ref.state, log_FS, log_FT)
    d = once(_change(s, p, ref, y, now))
    adequate = adequacy_by_role(s, now.adequate_without)
    conduct = rivals_conduct(s, now.cut, d.tau_actor)
    sure = verification(s, p, y.chi_tr)
    trigger = once(triggers(s, p, package, (conduct, y.conduct), (sure, y.verified), _gates(s, p, y, now)))
    use = budget_use(p, package, trigger, y.P, ref.state.P, years)
    u = once(levers(s, package, once(trigger * use.factor), years))
    odds = crisis_log_odds(s, p, ref.attack_weights, d.tau, d.log_pi)
    crisis = crisis_rate(p["lmax"], ref.scaled.l0, odds)
    a_star = p["a_star"] * (1.0 - to_armed(u.actor["role_review"]))
    opening = doctrine_gate(p, to_armed(y.P), adequate, a_star)
    demand = role_demand(p, ref.state.R, to_armed(d.tau_actor), d.V_worst, d.imbalance, d.St, d.N)
    moment = Moment(
        now,
        u,
        use,
        log_FS,
        log_FT,
        crisis,
        opening,
        demand,
        _hazard(s, p, ref, y, d, u, crisis, log_FS, log_FT),
    )
    rates = _rates(s, p, ref, y, d, moment, path, years, conduct, sure, hold)
    return State(**{name: hold(name, rate) for name, rate in rates._asdict().items()}), moment


def _weighted(weight: Float[Array, "I N"], R: Float[Array, "x I N"]) -> Float[Array, "x N"]:
    total = jnp.sum(weight, axis=0)
    return add(weight * R) / jnp.where(total > 0, total, 1.0)


def _mean(x: Float[Array, "x term N"]) -> Float[Array, "x N"]:
    return add(x) / x.shape[1]


def _change(s: Structure, p: Draws, ref: Reference, y: State, now: Levels) -> _Change:
    start, first = ref.state, ref.levels
    first_use = p["w_role"] * jnp.asarray(s.first_use, y.R.dtype)[:, None]
    d_R, d_tau = y.R - start.R, y.tau - start.tau
    return _Change(
        R=d_R,
        V=y.V - start.V,
        V_worst=now.V_worst - first.V_worst,
        L=y.L - start.L,
        tau=d_tau,
        tau_actor=mix(s.parties_mean, d_tau),
        chi=y.chi - start.chi,
        St=y.St - start.St,
        N=y.N - start.N,
        imbalance=mix(s.to_armed, now.power.imbalance - first.power.imbalance),
        log_pi=now.log_pi - first.log_pi,
        first_use=_weighted(first_use, d_R),
        reliance=_weighted(p["w_role"], d_R),
        fear=_weighted(first_use, y.Rh - start.Rh),
        damage_limitation=d_R[:, DAMAGE_LIMITATION],
    )


def _gates(s: Structure, p: Draws, y: State, now: Levels) -> Float[Array, "5 A N"]:
    calm = calm_enough(p, mix(s.parties_mean, y.tau))
    full = saturated(p, mix(s.parties_mean, now.gap))
    adequate = gate(_mean(now.adequate_without), p["a_star"], p["eps_gate"])
    known = gate(mix(s.parties_mean, y.chi), p["chi_ver"], 0.05)
    return jnp.stack([jnp.ones_like(calm), calm, full, adequate, known])


def _hazard(
    s: Structure,
    p: Draws,
    ref: Reference,
    y: State,
    d: _Change,
    u: Levers,
    crisis: Float[Array, "T N"],
    log_FS: Float[Array, "B N"],
    log_FT: Float[Array, "B N"],
) -> Float[Array, "cause T N"]:
    base, start = ref.scaled, ref.state
    masked = d.log_pi[:, LIMITED] * jnp.asarray(s.mask[:, LIMITED], y.L.dtype)[:, None]
    alarm = hazards.false_alarm_ratio(s, p, crisis, base.l0, y.L, start.L, y.chi, start.chi)
    accident = hazards.accident_ratio(p, log_FS, log_FT, y.L, start.L, mix(s.to_armed, u.actor["failsafe"]))
    return jnp.stack(
        [
            hazards.deliberate(s, p, base.p_deliberate, crisis, d.first_use, masked, d.N),
            hazards.inadvertent(s, p, base.p_inadvertent, crisis, d.V, d.L, d.fear, d.chi, log_FS),
            add(base.false_alarm * alarm),
            add(base.accident * accident),
        ]
    )


def _rates(
    s: Structure,
    p: Draws,
    ref: Reference,
    y: State,
    d: _Change,
    at: Moment,
    path: Drivers,
    years: Float[Array, ""],
    conduct: Float[Array, "A N"],
    sure: Float[Array, "A N"],
    hold: Hold,
) -> State:
    start, first, now, u, to_armed = ref.state, ref.levels, at.levels, at.levers, partial(mix, s.to_armed)
    log_l = jnp.log(at.crisis / ref.scaled.l0)
    pledge = u.actor["c2_restraint"]
    calm = calm_enough(p, y.tau)
    W = status.welcome(u.world["welcome"], now.cut)
    u_doctrine = to_armed(u.doctrine)
    target = role_target(
        s,
        at.demand,
        u_doctrine,
        at.opening,
        to_armed(now.reciprocates),
        to_armed(now.exploits),
        y.R,
        to_armed(now.power.imbalance),
    )
    dR = once(hold("R", role_rate(p, target, y.R)))
    implied = once(posture_implied(p, start.R, at.log_FT, d.L))
    seen = once(perceived_target(s, p, y.R, implied, now.trust, first.trust, to_armed(u.actor["dialogue"])))
    dRh = once(hold("Rh", perceived_rate(s, p, seen, y.Rh, d.chi)))
    restraint = _mean(ramp(-dRh))
    threat = threat_from_strike(s, p, now.sub.reach, pledge, now.trust)
    rate = vulnerability_rate(
        s,
        p,
        y.V,
        start.V,
        at.log_FS,
        threat - ref.threat,
        y.C[:, MISSILE_DEFENCE] - start.C[:, MISSILE_DEFENCE],
        u.actor["survivability"],
        d.damage_limitation,
    )
    dV = once(hold("V", rate))
    window = reassures(p, mix(s.of_defender, u.actor["signal"]), now.trust)
    total = jnp.log((1.0 - p["FT_share"]) * jnp.exp(at.log_FS) + p["FT_share"] * jnp.exp(at.log_FT))
    limits = u.theatre["numerical_limits"] * saturated(p, now.gap) * calm
    return State(
        R=dR,
        Rh=dRh,
        m=trust_rate(
            p,
            y.m,
            start.m,
            restraint,
            window,
            mix(s.of_theatre, y.chi),
            mix(s.of_defender, pledge),
            mix(s.of_reverse, dV),
            mix(s.of_theatre, log_l),
        ),
        V=dV,
        C=capability_rate(p, capability_target(s, p, start.C, u.capability, path.programmes, limits), y.C),
        phi_S=strategic_rate(p, y.phi_S, d.V_worst, d.reliance, d.St, to_armed(u.actor["strategic_cap"])),
        phi_T=theatre_rate(
            p,
            y.phi_T,
            d.imbalance,
            now.defence - first.defence,
            d.reliance,
            d.St,
            d.damage_limitation,
            to_armed(u.actor["theatre_cut"]),
            to_armed(u.actor["budget_shift"]),
        ),
        L=prompt_launch_rate(
            p,
            y.L,
            start.L,
            d.V_worst,
            to_armed(d.tau_actor),
            d.damage_limitation,
            to_armed(u.actor["prompt_launch"]),
            to_armed(u.actor["failsafe"]),
        ),
        belief=belief_rate(s, p, y.belief, u.actor["utility_review"]),
        A=assurance.assurance_rate(
            s,
            p,
            y.A,
            start.A,
            d.R,
            _mean(now.sub.total - first.sub.total),
            at.log_FT,
            u.actor["assurance"],
            d.tau_actor,
        ),
        chi=regime_rate(p, y.chi, start.chi, u.theatre["crisis_communication"], calm),
        chi_tr=regime_rate(p, y.chi_tr, start.chi_tr, u.theatre["transparency"], calm),
        tau=tension_rate(s, p, y.tau, start.tau, path.tension, log_l, total, u.theatre["detente"], restraint),
        N=norm.norm_rate(p, y.N, start.N, u.world["norm"], _first_use_rates(s, dR)),
        P=domestic.support_rate(p, y.P, start.P, _mood(s, p, ref, y, d, at, W, u_doctrine)),
        St=status.status_rate(p, y.St, start.St, to_armed(u.actor["status"]), W, d.R[:, PRESTIGE]),
        H=proliferation_rate(s, p, now.assured - first.assured, d.tau_actor, y.H, years),
        conduct=peak_rate(y.conduct, conduct),
        verified=peak_rate(y.verified, sure),
    )


def _first_use_rates(s: Structure, dR: Float[Array, "B I N"]) -> Float[Array, "B N"]:
    weight = s.first_use / s.first_use.sum()
    return add(dR * jnp.asarray(weight, dR.dtype)[:, None])


def _mood(
    s: Structure,
    p: Draws,
    ref: Reference,
    y: State,
    d: _Change,
    at: Moment,
    W: Float[Array, "B N"],
    u_doctrine: Float[Array, "B I N"],
) -> domestic.Mood:
    a_star = p["a_star"]
    lacking = ramp(a_star - _mean(at.levels.adequate_without))
    lacking0 = ramp(a_star - _mean(ref.levels.adequate_without))
    d_secondary = at.levels.secondary - ref.levels.secondary
    return domestic.Mood(
        leadership=at.levers.actor["leadership"],
        welcome=mix(s.to_armed.T, W),
        defence_gap=lacking - lacking0,
        unassured=domestic.unassured(s, y.A, ref.state.A),
        unanswered=domestic.unanswered(s, d_secondary, jnp.max(u_doctrine, axis=1)),
        cost=0.5 * (at.use.money + at.use.political) / 2.0,
        d_status=mix(s.to_armed.T, d.St),
    )
