"""Every symbol the model consumes: axes, unit, admissible range, meaning, mechanism, literature.

Draws travel as a flat mapping symbol -> float array [*axes, future]. The registry is the one list of what
such a mapping must hold; the record's switches say how each of their options changes it.
Axes are those of `World.axis`. `ramp(x) = max(x, 0)^2 / (max(x, 0) + .02)` throughout.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

Kind = Literal["parameter", "initial", "driver"]


@dataclass(frozen=True)
class ParameterSpec:
    """One symbol. `low`, `high` are admissible, not plausible, bounds; `mechanism` is the file using it."""

    symbol: str
    axes: tuple[str, ...]
    unit: str
    low: float
    high: float
    meaning: str
    mechanism: str
    literature: str
    kind: Kind


# [mechanism], then one symbol a line: symbol | axes | unit | low, high | meaning | literature, else judgement
_TABLE = """
[scaling]
H0 | | per_year | 0, 0.05 | total hazard of first nuclear use at the start | FRI/ONN 2024; Hellman 2008
share_theatre | theatre | 1 | 0, 1 | share of that hazard by theatre, sums to 1 | FRI/ONN 2024
share_cause | cause | 1 | 0, 1 | share of that hazard by cause, sums to 1
share_first_user | relation | 1 | 0, 1000 | weight of the challenger as first user, normalised
l0 | theatre | per_year | 0.0001, 0.8 | rate of serious crises at the start | Hellman 2008
lmax | | per_year | 0.5, 10 | highest rate of serious crises in a theatre
warheads | armed_actor | warhead | 1, 100000 | stockpile, for the share of accidents | FAS 2026

[substitutes]
M | capability attack | 1 | 0, 0.98 | how far a capability replaces the nuclear answer to an attack
s_star | | 1 | 0.02, 0.9 | scale at which substitutes start to count
w_enabler | enabler | 1 | 0, 1 | weight of an enabler (exponent)
x_T | | 1 | 0, 0.9 | loss of substitution per unit of transparency | Coe & Vaynman 2020
M_force | capability | 1 | 0, 1 | reach of a capability to nuclear forces and their C2 | Acton 2018

[credibility]
q | attack | 1 | 0, 0.98 | credibility of a nuclear answer by attack type
q_ally | | 1 | 0, 1 | credibility factor for an answer on an ally's behalf | Fuhrmann & Sechser 2014
eta | | 1 | 0, 0.95 | existential part of deterrence of nuclear attack | Zagare & Kilgour 2000
z | | 1 | 0, 0.98 | loss of deterrence per unit of vulnerability
s4 | | elasticity | 0, 3 | price of theatre cuts for limited nuclear attack | Zagare & Kilgour 1995
omega | actor | 1 | 0, 1 | will to answer with conventional forces

[challenge]
G | relation attack | 1 | 0, 3 | gain of a successful attack | Signorino 1999
d_N | | 1 | 0, 20 | cost of a nuclear answer to the attacker | Signorino 1999
d_C | | 1 | 0.01, 10 | cost of a conventional answer to the attacker
lam | | 1 | 0.1, 200 | precision of choice | Signorino 1999
k_superiority | | 1 | 0, 3 | gain from nuclear superiority | Kroenig 2013; Sechser & Fuhrmann 2013
k_paradox | | 1 | -3, 3 | low-level gain from strategic stability | Snyder 1965; Bell & Miller 2015
gamma_c | | 1 | 0, 3 | gain from the role of coercion | Sechser & Fuhrmann 2013
belief0 | armed_actor | 1 | 0, 1 | belief in nuclear coercion at the start | Sechser & Fuhrmann 2013
w_review | | 1 | 0, 1 | how far a rival's utility review lowers one's own belief

[emboldenment]
e_embolden | | elasticity | 0, 6 | exponent of emboldenment by weak defenders
projection | actor | 1 | 0, 1 | share of power that can be projected to an ally
size | actor | 1 | 0.001, 1000 | size of the conventional forces, relative

[crises]
v | attack | 1 | 0, 1 | how much an attack of this kind escalates
b_tau | | 1 | 0, 20 | log odds of a crisis per unit of tension
b_pi | | 1 | 0, 3 | log odds of a crisis per log challenge probability

[hazards]
w_role | role | 1 | 0, 1 | weight of a role in reliance and first use
b_R | | 1 | 0, 20 | deliberate use: log odds per unit of first-use roles held
b_q | | 1 | 0, 3 | deliberate use: log odds per log probability of limited nuclear challenge
b_N | | 1 | 0, 20 | deliberate use: log odds per unit of the norm | Press, Sagan & Valentino 2013
b_V | | 1 | 0, 20 | inadvertent use: log odds per unit of vulnerability | Acton 2018; Schelling 1960
b_L | | 1 | 0, 20 | inadvertent use: log odds per unit of prompt launch
b_g | | 1 | 0, 20 | inadvertent use: log odds per unit of the rival's perceived first-use role
b_chi | | 1 | 0, 20 | inadvertent use: log odds saved per unit of crisis communication | FRI/ONN 2024
k_deep | | 1 | 0, 5 | vulnerability felt below the force floor | Intriligator & Brito 1984; Mayer 1986
f_deep | | ratio | 0.02, 0.95 | force floor relative to the start | Intriligator & Brito 1984
T_cr | | year | 0.01, 2 | duration of a crisis | Barrett, Baum & Hostetler 2013
p0_false | | 1 | 1e-09, 1 | false alarm leads to use, calm (relative) | Barrett, Baum & Hostetler 2013
p1_false | | 1 | 1e-09, 1 | false alarm leads to use, crisis (relative) | Barrett, Baum & Hostetler 2013
psi | | 1 | 0, 0.95 | share of false alarms resolved by crisis communication
a_L | | 1 | 0, 20 | accidents: extra per unit of prompt launch | Sagan 1993

[role_demand]
s_role | role | 1 | 0, 3 | how strongly demand for a role reacts; the core roles take 0
theta_tau | | 1 | 0, 20 | role demand per unit of tension
theta_V | | 1 | 0, 20 | role demand per unit of worst vulnerability
theta_I | | 1 | 0, 20 | role demand per unit of conventional imbalance
theta_St | | 1 | 0, 20 | role demand per unit of status attachment
theta_N | | 1 | 0, 20 | role demand saved per unit of the norm

[doctrine]
T_R | | year | 0.5, 60 | time constant of declared roles
P_min | | 1 | 0, 1 | domestic support needed to change doctrine | Tsebelis 2002; Putnam 1988
eps_P | | 1 | 0.02, 1 | softness of that threshold
a_star | | 1 | 0, 1 | adequacy without the role that decision makers ask for
eps_gate | | 1 | 0.03, 1 | softness of that threshold
s9_scale | | 1 | -1, 1 | rival's answer to lower roles: > 0 reciprocates, < 0 exploits | Osgood 1962

[capability]
T_C | capability | year | 0.5, 60 | time constant of a capability
T_E | enabler | year | 0.5, 60 | time constant of an enabler
x_share | | 1 | 0, 1 | share of a guarantor's build-up that also serves its protégé
programme_scale | | 1 | 0, 1.5 | realised share of documented programmes

[perception]
beta | | 1 | 0, 1 | disbelief in words that posture contradicts | Jervis 1976
kappa_minus | | per_year | 0.01, 2 | speed of taking in good news
kappa_plus | | per_year | 0.01, 2 | speed of taking in bad news | Jervis 1976
gamma_F | | 1 | 0, 20 | role implied by theatre forces
gamma_L | | 1 | 0, 20 | role implied by prompt launch

[trust]
l_c | | 1 | 0, 60 | trust from seen restraint, per unit role and year | Kydd 2005
l_rho | | per_year | 0, 20 | trust from pledges to spare nuclear C2
l_h | | 1 | 0, 100 | trust lost per rise of vulnerability
l_l | | per_year | 0, 20 | trust lost per log crisis rate
delta | | per_year | 0.01, 1 | speed of trust | Kydd 2005
alpha_min | | 1 | 0, 2 | least signal cost that reassures | Kydd 2005
alpha_max | | 1 | 0, 3 | greatest signal cost the trustworthy bear, at even trust | Kydd 2005

[vulnerability]
x_N | | 1 | 0, 20 | log odds of vulnerability per log force ratio
x_C | | 1 | 0, 20 | log odds of vulnerability per unit of rival strike | Acton 2018; Lieber & Press 2017
x_M | | 1 | 0, 20 | log odds of vulnerability per unit of rival missile defence
x_sigma | | 1 | 0, 20 | log odds saved by survivable basing
k_dlV | | 1 | 0, 20 | log odds of a rival's vulnerability per unit of damage limitation
T_V | | year | 0.5, 60 | time constant of vulnerability

[forces]
a_V | | 1 | 0, 3 | strategic forces per unit of vulnerability | Richardson 1960
a_I | | 1 | 0, 3 | theatre forces per unit of imbalance
a_n | | 1 | 0, 3 | theatre forces per unit of the rival's missile defence
self_stimulation | | 1 | 0, 1 | 1: arms follow domestic drivers, 0: the rival | Glaser 2000
a_self | | 1 | 0, 3 | forces per unit of own reliance and status
k_dl | | 1 | 0, 3 | forces and prompt launch per unit of damage limitation
s_shift | | 1 | 0, 0.9 | theatre modernisation forgone when money is moved
T_F | | year | 0.5, 60 | time constant of forces

[prompt_launch]
a_LV | | 1 | 0, 20 | prompt launch per unit of vulnerability
a_Ltau | | 1 | 0, 20 | prompt launch per unit of tension
T_L | | year | 0.5, 60 | time constant of prompt launch

[tension]
a_l | | 1 | 0, 2 | tension per log crisis rate
a_F | | 1 | 0, 5 | tension per mean log growth of forces | Richardson 1960
a_u | | 1 | 0, 20 | tension saved by détente
a_Y | | 1 | 0, 60 | tension saved by seen restraint, per unit role and year | Osgood 1962
T_tau | | year | 0.5, 60 | time constant of tension

[regime]
T_chi | | year | 0.5, 60 | time constant of crisis communication and transparency

[feasibility]
sg_bar | | 1 | 0, 1 | substitution gap up to which ceilings are acceptable
tau_bar | | 1 | 0, 1 | tension up to which regimes are negotiable
eps_feas | | 1 | 0.02, 1 | softness of both thresholds

[assurance]
a_R | | 1 | 0, 20 | assurance per unit of the guarantor's roles for allies | Narang & Mehta 2019
a_S | | 1 | 0, 20 | assurance per unit of the guarantor's substitutes
a_O | | 1 | 0, 20 | assurance per unit of the protégé's own substitutes
a_T | | 1 | 0, 20 | assurance per log of deployed theatre forces | Fuhrmann & Sechser 2014
a_uA | | 1 | 0, 20 | assurance from consultation and presence
a_tauA | | 1 | 0, 20 | assurance lost per rise of tension
T_A | | year | 0.5, 60 | time constant of assurance

[proliferation]
h0 | | per_year | 0, 0.1 | hazard of a nuclear decision per unarmed actor | Singh & Way 2004
b_A | | 1 | 0, 20 | log hazard per unit of assurance lost | Bleek & Lorber 2014
b_ptau | | 1 | 0, 20 | log hazard per unit of tension | Monteiro & Debs 2014
b_X | | 1 | 0, 5 | log hazard when a neighbour has acquired | Bleek & Lorber 2014

[norm]
n_u | | per_year | 0, 1 | growth of the norm at full effort | Tannenwald 2007
n_R | | 1 | 0, 10 | loss of the norm per rise of first-use roles | Press, Sagan & Valentino 2013
T_N | | year | 0.5, 60 | time constant of the norm

[status]
s_w | | 1 | 0, 1 | status drawn from the welcome of lower salience
x_St | | 1 | 0, 10 | log odds of status attachment per unit of the prestige role
T_St | | year | 0.5, 60 | time constant of status attachment

[domestic]
p_L | | 1 | 0, 20 | support from leadership | Tsebelis 2002
p_W | | 1 | 0, 20 | support from international welcome
p_D | | 1 | 0, 20 | support lost to a gap in defence
p_A | | 1 | 0, 20 | support lost to unassured allies
p_H | | 1 | 0, 20 | support lost to rivals that do not reciprocate | Putnam 1988
p_C | | 1 | 0, 20 | support lost to cost
p_St | | 1 | 0, 20 | support lost to status attachment
T_P | | year | 0.5, 60 | time constant of domestic support

[measures]
chi_ver | | 1 | 0, 1 | transparency that verification needs | Avenhaus & Canty 1996; Coe & Vaynman 2020

[drivers]
trend_S | armed_actor | per_year | -0.3, 0.3 | growth of strategic forces | FAS 2026
trend_T | armed_actor | per_year | -0.3, 0.3 | growth of theatre forces | FAS 2026
tau_trend | theatre | per_year | -0.3, 0.3 | growth of tension, log odds
T_trend | | year | 1, 60 | time over which a trend runs out

[state]
R0 | armed_actor role | index_0_1 | 0.02, 0.98 | declared role
perception_markup | relation | 1 | 0, 0.98 | what the challenger reads into the defender's roles
mu0 | relation | 1 | 0.02, 0.98 | trust of the challenger in the defender
V0 | relation | 1 | 0.02, 0.98 | vulnerability of the defender's nuclear forces to the challenger
C0 | actor capability | index_0_1 | 0, 1 | capability
E0 | actor enabler | index_0_1 | 0, 1 | enabler
L0 | armed_actor | 1 | 0, 0.98 | forces on prompt launch
A0 | guarantee | 1 | 0.02, 0.98 | assurance
chi0 | theatre | 1 | 0, 0.98 | crisis communication and risk reduction
chi_tr0 | theatre | 1 | 0, 0.98 | transparency
tau0 | theatre | 1 | 0.02, 0.98 | tension
N0 | | 1 | 0.02, 0.98 | norm against use
P0 | actor | 1 | 0.02, 0.98 | domestic support
St0 | armed_actor | 1 | 0.02, 0.98 | attachment to nuclear status
FT_share | armed_actor | 1 | 0, 1 | share of theatre and forward-deployed weapons in the stockpile
budget_money | actor | ratio | 0.05, 20 | money for measures, 1 = the yearly budget of the cost records
budget_political | actor | ratio | 0.05, 20 | political capital for measuresing support
"""

_KINDS: Mapping[str, Kind] = {"state": "initial", "drivers": "driver"}


def _parse(table: str) -> Iterable[ParameterSpec]:
    mechanism = ""
    for line in filter(None, table.splitlines()):
        if line.startswith("["):
            mechanism = line.strip("[]")
            continue
        symbol, axes, unit, bounds, meaning, *literature = (cell.strip() for cell in line.split("|"))
        low, high = (float(bound) for bound in bounds.split(","))
        yield ParameterSpec(
            symbol=symbol,
            axes=tuple(axes.split()),
            unit=unit,
            low=low,
            high=high,
            meaning=meaning,
            mechanism=mechanism,
            literature=literature[0] if literature else "judgement",
            kind=_KINDS.get(mechanism, "parameter"),
        )


PARAMETERS: Mapping[str, ParameterSpec] = MappingProxyType({spec.symbol: spec for spec in _parse(_TABLE)})
"""Every symbol that a mapping of draws must hold."""
