"""The wires: one derivative of the whole state, from levels to levers to targets. No equation of its own.

Every state relaxes, dy/dt = speed (target - y), but the proliferation hazard H, whose target is its rate.
`respond` gives targets and speeds, which the integrator uses; `evaluate` the derivative made of them.
"""

from collections.abc import Callable
from functools import reduce
from typing import NamedTuple

from jax import Array
from jaxtyping import Float

from stepdown.simulation import arrays as xp
from stepdown.simulation import assurance, domestic, hazards, levels, norm, status, timing
from stepdown.simulation.budget import Use, budget_use
from stepdown.simulation.capability import MISSILE_DEFENCE, capability_speed, capability_target
from stepdown.simulation.credibility import LIMITED
from stepdown.simulation.crises import crisis_log_odds, crisis_rate
from stepdown.simulation.doctrine import adequacy_by_role, belief_target, doctrine_gate, role_target
from stepdown.simulation.drivers import Drivers, drivers
from stepdown.simulation.feasibility import calm_enough, saturated
from stepdown.simulation.forces import strategic_target, theatre_target
from stepdown.simulation.levels import First, Levels, Start, mean_attack
from stepdown.simulation.measures import (
    Levers,
    Package,
    levers,
    peak_speed,
    rivals_conduct,
    triggers,
)
from stepdown.simulation.perception import perceived_speed, perceived_target, posture_implied
from stepdown.simulation.proliferation import proliferation_rate
from stepdown.simulation.prompt_launch import prompt_launch_target
from stepdown.simulation.regime import regime_target
from stepdown.simulation.role_demand import role_demand
from stepdown.simulation.scaling import Scaled
from stepdown.simulation.shapes import add, gate, mix, once, ramp
from stepdown.simulation.state import Draws, State, verified
from stepdown.simulation.structure import Structure
from stepdown.simulation.tension import tension_target
from stepdown.simulation.timing import Timing
from stepdown.simulation.trust import reassures, trust_target
from stepdown.simulation.vulnerability import pledged_away, vulnerability_target
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

    start: Start
    first: First

    @property
    def state(self) -> State:
        """State at the start."""
        return self.start.state

    @property
    def scaled(self) -> Scaled:
        """Hazards at the start."""
        return self.start.scaled


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


class Present(NamedTuple):
    """A state at its time, before any lever: drivers, forces, levels."""

    path: Drivers
    log_FS: Float[Array, "B N"]
    log_FT: Float[Array, "B N"]
    levels: Levels


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
    fear: Float[Array, "E N"]
    damage_limitation: Float[Array, "B N"]


class _Here(NamedTuple):
    """Levers and surroundings of the armed actors."""

    doctrine: Float[Array, "B I N"]
    lever: dict[str, Float[Array, "B N"]]
    tau: Float[Array, "B N"]
    P: Float[Array, "B N"]
    reciprocates: Float[Array, "B N"]
    exploits: Float[Array, "B N"]


def present(
    s: Structure,
    p: Draws,
    package: Package,
    start: Start,
    y: State,
    came: Timing,
    years: Float[Array, ""],
    documented: Float[Array, ""],
) -> Present:
    """What a state implies at time `years`; `came`: how far measures and programmes have come."""
    path = once(drivers(p, package, came.programmes, years, documented))
    log_FS, log_FT = once((path.log_S + xp.log(y.phi_S), path.log_T + xp.log(y.phi_T)))
    return Present(path, log_FS, log_FT, levels.levels(s, p, start, y, log_FS, log_FT))


def reference(s: Structure, p: Draws) -> Reference:
    """The start: state, levels, scaled hazards."""
    start = levels.start(s, p)
    still = xp.zeros_like(start.state.L)
    at_start = levels.levels(s, p, start, start.state, still, still)
    return Reference(start, levels.first(s, p, at_start))


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
    came = timing.moment(package, years)
    now = present(s, p, package, ref.start, y, came, years, documented)
    target, speed, moment = respond(s, p, package, ref, y, now, came, years, hold)
    rates = {n: getattr(speed, n) * (getattr(target, n) - getattr(y, n)) for n in State._fields}
    return State(**{n: hold(n, rate) for n, rate in {**rates, "H": target.H}.items()}), moment


def respond(
    s: Structure,
    p: Draws,
    package: Package,
    ref: Reference,
    y: State,
    present: Present,
    came: Timing,
    years: Float[Array, ""],
    hold: Hold = as_it_moves,
) -> tuple[State, State, Moment]:
    """Targets and speeds (per year) of the state, and what was known on the way.

    Levers and targets follow `came`; the budgets that are reported are those of time `years` itself.
    """
    path, log_FS, log_FT, now = present
    d = _change(s, ref, y, now)
    adequate = adequacy_by_role(s, now.adequate_without)
    conduct = once(rivals_conduct(s, now.cut, d.tau_actor))
    sure = once(verified(p, now.around))
    trigger = once(triggers(s, p, package, (conduct, y.conduct), (sure, y.verified), _gates(s, p, now)))
    use = once(budget_use(p, package, trigger, came, y.P, ref.state.P))
    shown = budget_use(p, package, trigger, timing.moment(package, years), y.P, ref.state.P)
    u = once(levers(s, package, once(trigger * use.factor), came[:3]))
    here = _here(s, u, y, d, now)
    odds = crisis_log_odds(s, p, ref.start.attack_weights, d.tau, d.log_pi)
    crisis = once(crisis_rate(p["lmax"], ref.start.scaled.l0, odds))
    a_star = p["a_star"] * (1.0 - here.lever["role_review"])
    opening = doctrine_gate(p, here.P, adequate, a_star)
    demand = role_demand(p, ref.state.R, here.tau, d.V_worst, d.imbalance, d.St, d.N)
    held = once((1.0 - p["FT_share"]) * xp.exp(log_FS) + p["FT_share"] * xp.exp(log_FT))
    hazard = _hazard(s, p, ref, y, d, here, crisis, log_FS, held)
    cost = 0.5 * (use.money + use.political) / 2.0
    moment = Moment(now, u, shown, log_FS, log_FT, crisis, opening, demand, hazard)
    target, speed = _relaxation(
        s, p, ref, y, d, here, moment, path, xp.log(held), cost, years, conduct, sure, hold
    )
    return target, speed, moment


def _change(s: Structure, ref: Reference, y: State, now: Levels) -> _Change:
    start, first = ref.state, ref.first
    first_use = ref.start.first_use
    d_R = y.R - start.R
    return _Change(
        R=d_R,
        V=y.V - start.V,
        V_worst=now.V_worst - first.V_worst,
        L=y.L - start.L,
        tau=y.tau - start.tau,
        tau_actor=now.around.tau - ref.start.around.tau,
        chi=y.chi - start.chi,
        St=y.St - start.St,
        N=y.N - start.N,
        imbalance=mix(s.to_armed, now.power.imbalance) - first.imbalance,
        log_pi=now.log_pi - first.log_pi,
        first_use=once(add(first_use * d_R)),
        reliance=once(add(ref.start.reliance * d_R)),
        fear=once(add(first_use * (y.Rh - start.Rh))),
        damage_limitation=d_R[:, DAMAGE_LIMITATION],
    )


def _gates(s: Structure, p: Draws, now: Levels) -> tuple[Float[Array, "A N"], ...]:
    calm = calm_enough(p, now.around.tau)
    full = saturated(p, mix(s.parties_mean, now.gap))
    adequate = gate(mean_attack(now.adequate_without), p["a_star"], p["eps_gate"])
    known = gate(now.around.chi, p["chi_ver"], 0.05)
    return once((calm, full, adequate, known))


_ARMED_LEVERS = (
    *("role_review", "failsafe", "dialogue", "strategic_cap", "theatre_cut"),
    *("budget_shift", "prompt_launch", "status"),
)


def _here(s: Structure, u: Levers, y: State, d: _Change, now: Levels) -> _Here:
    single = [u.actor[lever] for lever in _ARMED_LEVERS]
    single += [d.tau_actor, y.P, now.reciprocates, now.exploits]
    many = [u.doctrine[i] for i in range(len(u.doctrine))]
    rows = mix(s.to_armed, xp.stack(many + single, axis=1))
    roles, levers = len(many), len(_ARMED_LEVERS)
    rest = [rows[:, roles + levers + i] for i in range(4)]
    by_name = {lever: rows[:, roles + i] for i, lever in enumerate(_ARMED_LEVERS)}
    return _Here(rows[:, :roles], by_name, *rest)


def _hazard(
    s: Structure,
    p: Draws,
    ref: Reference,
    y: State,
    d: _Change,
    here: _Here,
    crisis: Float[Array, "T N"],
    log_FS: Float[Array, "B N"],
    held: Float[Array, "B N"],
) -> Float[Array, "cause T N"]:
    base, start = ref.start.scaled, ref.state
    masked = d.log_pi[:, LIMITED] * xp.constant(s.mask[:, LIMITED, None], y.L)
    alarm = hazards.false_alarm_ratio(s, p, crisis, base.l0, y.L, start.L, y.chi, start.chi)
    accident = hazards.accident_ratio(p, held, y.L, start.L, here.lever["failsafe"])
    return xp.stack(
        [
            hazards.deliberate(s, p, base.p_deliberate, crisis, d.first_use, masked, d.N),
            hazards.inadvertent(s, p, base.p_inadvertent, crisis, d.V, d.L, d.fear, d.chi, log_FS),
            add(base.false_alarm * alarm),
            add(base.accident * accident),
        ]
    )


def _relaxation(
    s: Structure,
    p: Draws,
    ref: Reference,
    y: State,
    d: _Change,
    here: _Here,
    at: Moment,
    path: Drivers,
    log_held: Float[Array, "B N"],
    cost: Float[Array, "A N"],
    years: Float[Array, ""],
    conduct: Float[Array, "A N"],
    sure: Float[Array, "A N"],
    hold: Hold,
) -> tuple[State, State]:
    start, first, now, u = ref.state, ref.first, at.levels, at.levers
    log_l = once(xp.log(at.crisis / ref.start.scaled.l0))
    pledge = u.actor["c2_restraint"]
    calm = calm_enough(p, y.tau)
    W = once(status.welcome(u.world["welcome"], now.cut))
    imbalance = mix(s.to_armed, now.power.imbalance)
    R = once(
        role_target(s, at.demand, here.doctrine, at.opening, here.reciprocates, here.exploits, y.R, imbalance)
    )
    implied = once(posture_implied(p, start.R, at.log_FT, d.L))
    Rh = once(perceived_target(s, p, y.R, implied, now.trust, ref.start.log_unread, here.lever["dialogue"]))
    speed_Rh = once(perceived_speed(s, p, Rh, y.Rh, d.chi))
    restraint = mix(s.onto.T, add(ramp(-hold("Rh", speed_Rh * (Rh - y.Rh)))) / Rh.shape[1])
    reach_pledged = now.sub.reach * pledge
    weights, total = ref.start.threat_weights, ref.start.threat_total
    threat = pledged_away(s, weights, total, now.strike, reach_pledged, now.trust)
    V = once(
        vulnerability_target(
            s,
            p,
            start.V,
            at.log_FS,
            threat - first.strike,
            y.C[:, MISSILE_DEFENCE] - start.C[:, MISSILE_DEFENCE],
            u.actor["survivability"],
            d.damage_limitation,
        )
    )
    theatre = mix(s.of_theatre, xp.stack([y.chi, log_l], axis=1))
    defender = mix(s.of_defender, xp.stack([u.actor["signal"], pledge], axis=1))
    limits = u.theatre["numerical_limits"] * saturated(p, now.gap) * calm
    N, speed_N = norm.norm_goal(
        p, start.N, u.world["norm"], _first_use_rates(s, hold("R", (R - y.R) / p["T_R"]))
    )
    target = State(
        R=R,
        Rh=Rh,
        m=trust_target(
            p,
            start.m,
            restraint,
            reassures(p, defender[:, 0], now.trust),
            theatre[:, 0],
            defender[:, 1],
            mix(s.of_reverse, hold("V", (V - y.V) / p["T_V"])),
            theatre[:, 1],
        ),
        V=V,
        C=capability_target(s, p, start.C, _kept(u), path.undone, limits),
        phi_S=strategic_target(p, d.V_worst, d.reliance, d.St, here.lever["strategic_cap"]),
        phi_T=theatre_target(
            p,
            d.imbalance,
            now.defence - first.defence,
            d.reliance,
            d.St,
            d.damage_limitation,
            here.lever["theatre_cut"],
            here.lever["budget_shift"],
        ),
        L=prompt_launch_target(
            p,
            start.L,
            d.V_worst,
            here.tau,
            d.damage_limitation,
            here.lever["prompt_launch"],
            here.lever["failsafe"],
        ),
        belief=belief_target(s, p, u.actor["utility_review"]),
        A=assurance.assurance_target(
            s,
            p,
            start.A,
            d.R,
            mean_attack(now.sub.total) - first.substitute,
            at.log_FT,
            u.actor["assurance"],
            d.tau_actor,
        ),
        chi=regime_target(start.chi, u.theatre["crisis_communication"], calm),
        chi_tr=regime_target(start.chi_tr, u.theatre["transparency"], calm),
        tau=tension_target(s, p, start.tau, path.tension, log_l, log_held, u.theatre["detente"], restraint),
        N=N,
        P=domestic.support_target(p, start.P, _mood(s, p, ref, y, d, here, at, W, cost)),
        St=status.status_target(p, start.St, here.lever["status"], W, d.R[:, PRESTIGE]),
        H=proliferation_rate(s, p, now.assured - first.assured, d.tau_actor, y.H, years),
        conduct=conduct,
        verified=sure,
    )
    return target, _speeds(p, y, speed_Rh, speed_N, conduct, sure)


def _kept(u: Levers) -> Float[Array, "A asset N"]:
    return 1.0 - xp.stack([u.capability[i] for i in range(len(u.capability))], axis=1)


def _speeds(
    p: Draws,
    y: State,
    Rh: Float[Array, "E I N"],
    N: Float[Array, " N"],
    conduct: Float[Array, "A N"],
    sure: Float[Array, "A N"],
) -> State:
    return State(
        R=1.0 / p["T_R"],
        Rh=Rh,
        m=p["delta"],
        V=1.0 / p["T_V"],
        C=capability_speed(p),
        phi_S=1.0 / p["T_F"],
        phi_T=1.0 / p["T_F"],
        L=1.0 / p["T_L"],
        belief=1.0 / p["T_R"],
        A=1.0 / p["T_A"],
        chi=1.0 / p["T_chi"],
        chi_tr=1.0 / p["T_chi"],
        tau=1.0 / p["T_tau"],
        N=N,
        P=1.0 / p["T_P"],
        St=1.0 / p["T_St"],
        H=xp.ones_like(p["h0"]),
        conduct=peak_speed(y.conduct, conduct),
        verified=peak_speed(y.verified, sure),
    )


def _first_use_rates(s: Structure, dR: Float[Array, "B I N"]) -> Float[Array, "B N"]:
    weight = s.first_use / s.first_use.sum()
    return add(dR * xp.constant(weight[:, None], dR))


def _mood(
    s: Structure,
    p: Draws,
    ref: Reference,
    y: State,
    d: _Change,
    here: _Here,
    at: Moment,
    W: Float[Array, "B N"],
    cost: Float[Array, "A N"],
) -> domestic.Mood:
    lacking = ramp(p["a_star"] - mean_attack(at.levels.adequate_without))
    d_secondary = at.levels.secondary - ref.start.secondary
    strongest = reduce(xp.maximum, [here.doctrine[:, i] for i in range(here.doctrine.shape[1])])
    spread = mix(s.to_armed.T, xp.stack([W, d.St, strongest], axis=1))
    return domestic.Mood(
        leadership=at.levers.actor["leadership"],
        welcome=spread[:, 0],
        defence_gap=lacking - ref.first.lacking,
        unassured=domestic.unassured(s, y.A, ref.state.A),
        unanswered=domestic.unanswered(s, d_secondary, spread[:, 2]),
        cost=cost,
        d_status=spread[:, 1],
    )
