"""The wires: one derivative of the whole state, from levels to levers to targets. No equation of its own.

Every state relaxes, dy/dt = speed (target - y), but the proliferation hazard H, whose target is its rate.
`respond` gives targets and speeds, which the integrator uses; `evaluate` the derivative made of them.
"""

from jax import Array
from jaxtyping import Float

from stepdown.simulation import arrays as xp
from stepdown.simulation import hazards, levels, timing
from stepdown.simulation.budget import budget_use
from stepdown.simulation.credibility import LIMITED
from stepdown.simulation.crises import crisis_log_odds, crisis_rate
from stepdown.simulation.doctrine import adequacy_by_role, doctrine_gate
from stepdown.simulation.drivers import drivers
from stepdown.simulation.feasibility import calm_enough, saturated
from stepdown.simulation.levels import Levels, Start, mean_attack
from stepdown.simulation.measures import (
    Levers,
    Package,
    actor_column,
    levers,
    rivals_conduct,
    triggers,
)
from stepdown.simulation.moment import Change, Here, Hold, Moment, Present, Reference, as_it_moves
from stepdown.simulation.relaxation import relaxation
from stepdown.simulation.role_demand import role_demand
from stepdown.simulation.shapes import add, gate, mix, once, second
from stepdown.simulation.state import Draws, State, verified
from stepdown.simulation.structure import Structure
from stepdown.simulation.timing import Timing
from stepdown.vocabulary.ids import ROLES

DAMAGE_LIMITATION = ROLES.index("damage_limitation_termination")


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
    adequate = once(adequacy_by_role(s, now.adequate_without))
    conduct = once(rivals_conduct(s, now.cut, d.tau_actor))
    sure = once(verified(p, now.around))
    trigger = once(triggers(s, p, package, (conduct, y.conduct), (sure, y.verified), _gates(s, p, now)))
    when = came, timing.moment(package, years)
    use, shown = budget_use(p, package, trigger, when, y.P, ref.state.P)
    use = once(use)
    u = levers(s, package, once(trigger * use.factor), came[:3])
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
    target, speed = relaxation(
        s, p, ref, y, d, here, moment, path, xp.log(held), cost, years, conduct, sure, hold
    )
    return target, speed, moment


def _change(s: Structure, ref: Reference, y: State, now: Levels) -> Change:
    start, first = ref.state, ref.first
    first_use = ref.start.first_use
    d_R = y.R - start.R
    return Change(
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


def _here(s: Structure, u: Levers, y: State, d: Change, now: Levels) -> Here:
    table = second(u.by_actor, s.to_armed)
    doctrine = once(xp.swap(table[actor_column("doctrine") :][: len(ROLES)]))
    by_name = {lever: table[actor_column(lever)] for lever in _ARMED_LEVERS}
    around = mix(s.to_armed, xp.stack([d.tau_actor, y.P, now.reciprocates, now.exploits], axis=1))
    return Here(doctrine, by_name, *(around[:, i] for i in range(4)))


def _hazard(
    s: Structure,
    p: Draws,
    ref: Reference,
    y: State,
    d: Change,
    here: Here,
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
