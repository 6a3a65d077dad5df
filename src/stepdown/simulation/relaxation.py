"""Targets and speeds of every state, from what is known at one time. No equation of its own."""

from functools import reduce

from jax import Array
from jaxtyping import Float

from stepdown.simulation import arrays as xp
from stepdown.simulation import assurance, domestic, norm, status
from stepdown.simulation.capability import MISSILE_DEFENCE, capability_speed, capability_target
from stepdown.simulation.doctrine import belief_target, role_target
from stepdown.simulation.drivers import Drivers
from stepdown.simulation.feasibility import calm_enough, saturated
from stepdown.simulation.forces import strategic_target, theatre_target
from stepdown.simulation.levels import mean_attack
from stepdown.simulation.measures import (
    Levers,
    peak_speed,
)
from stepdown.simulation.moment import Change, Here, Hold, Moment, Reference
from stepdown.simulation.perception import perceived_speed, perceived_target, posture_implied
from stepdown.simulation.proliferation import proliferation_rate
from stepdown.simulation.prompt_launch import prompt_launch_target
from stepdown.simulation.regime import regime_target
from stepdown.simulation.shapes import add, mix, once, ramp
from stepdown.simulation.state import Draws, State
from stepdown.simulation.structure import Structure
from stepdown.simulation.tension import tension_target
from stepdown.simulation.trust import reassures, trust_target
from stepdown.simulation.vulnerability import pledged_away, vulnerability_target
from stepdown.vocabulary.ids import ROLES

PRESTIGE = ROLES.index("status_prestige")


def relaxation(
    s: Structure,
    p: Draws,
    ref: Reference,
    y: State,
    d: Change,
    here: Here,
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
    pledge = u.actor("c2_restraint")
    calm = calm_enough(p, y.tau)
    W = once(status.welcome(u.world("welcome"), now.cut))
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
            u.actor("survivability"),
            d.damage_limitation,
        )
    )
    theatre = mix(s.of_theatre, xp.stack([y.chi, log_l], axis=1))
    defender = mix(s.of_defender, xp.stack([u.actor("signal"), pledge], axis=1))
    limits = u.theatre("numerical_limits") * saturated(p, now.gap) * calm
    N, speed_N = norm.norm_goal(
        p, start.N, u.world("norm"), _first_use_rates(s, hold("R", (R - y.R) / p["T_R"]))
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
        belief=belief_target(s, p, u.actor("utility_review")),
        A=assurance.assurance_target(
            s,
            p,
            start.A,
            d.R,
            mean_attack(now.sub.total) - first.substitute,
            at.log_FT,
            u.actor("assurance"),
            d.tau_actor,
        ),
        chi=regime_target(start.chi, u.theatre("crisis_communication"), calm),
        chi_tr=regime_target(start.chi_tr, u.theatre("transparency"), calm),
        tau=tension_target(s, p, start.tau, path.tension, log_l, log_held, u.theatre("detente"), restraint),
        N=N,
        P=domestic.support_target(p, start.P, _mood(s, p, ref, y, d, here, at, W, cost)),
        St=status.status_target(p, start.St, here.lever["status"], W, d.R[:, PRESTIGE]),
        H=proliferation_rate(s, p, now.assured - first.assured, d.tau_actor, y.H, years),
        conduct=conduct,
        verified=sure,
    )
    return target, _speeds(p, y, speed_Rh, speed_N, conduct, sure)


def _kept(u: Levers) -> Float[Array, "A asset N"]:
    return 1.0 - xp.swap(u.capability)


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
    d: Change,
    here: Here,
    at: Moment,
    W: Float[Array, "B N"],
    cost: Float[Array, "A N"],
) -> domestic.Mood:
    lacking = ramp(p["a_star"] - mean_attack(at.levels.adequate_without))
    d_secondary = at.levels.secondary - ref.start.secondary
    strongest = reduce(xp.maximum, [here.doctrine[:, i] for i in range(here.doctrine.shape[1])])
    spread = mix(s.to_armed.T, xp.stack([W, d.St, strongest], axis=1))
    return domestic.Mood(
        leadership=at.levers.actor("leadership"),
        welcome=spread[:, 0],
        defence_gap=lacking - ref.first.lacking,
        unassured=domestic.unassured(s, y.A, ref.state.A),
        unanswered=domestic.unanswered(s, d_secondary, spread[:, 2]),
        cost=cost,
        d_status=spread[:, 1],
    )
