"""Closed lists of ids. The words for them in both languages are terms of the record (`data/vocabulary`).

Roles, attack types and tracks follow the paper; the other sets are the model's own.
"""

from __future__ import annotations

from typing import Literal, get_args

Language = Literal["en", "ja"]
LANGUAGES: tuple[Language, ...] = get_args(Language)

Role = Literal[
    "deter_nuclear_self",
    "deter_nuclear_allies",
    "respond_cbw",
    "deter_conventional_self",
    "extended_vs_nonnuclear_allies",
    "nonnuclear_strategic_attack",
    "damage_limitation_termination",
    "coercion",
    "status_prestige",
    "regime_survival",
]
ROLES: tuple[Role, ...] = get_args(Role)
ROLE_GROUPS: dict[str, tuple[Role, ...]] = {
    "core": ROLES[:2],
    "secondary": ROLES[2:7],
    "political": ROLES[7:],
}

RoleCode = Literal["Y", "I", "N", "A", "U"]
ROLE_CODES: tuple[RoleCode, ...] = get_args(RoleCode)

AttackType = Literal[
    "nuclear_large",
    "nuclear_limited",
    "chemical_limited",
    "biological",
    "cyber_infrastructure",
    "conventional_large",
]
ATTACK_TYPES: tuple[AttackType, ...] = get_args(AttackType)

Capability = Literal[
    "long_range_strike",
    "other_conventional",
    "cyber",
    "space",
    "air_missile_defence",
    "forward_defence",
    "resilience",
]
CAPABILITIES: tuple[Capability, ...] = get_args(Capability)
Enabler = Literal["c2_isr", "operational_doctrine", "depth"]
ENABLERS: tuple[Enabler, ...] = get_args(Enabler)

Theatre = Literal["euro_atlantic", "west_pacific", "korea", "south_asia", "himalaya", "middle_east"]
THEATRES: tuple[Theatre, ...] = get_args(Theatre)

Track = Literal["political", "doctrinal", "military_substitution", "risk_reduction_arms_control"]
TRACKS: tuple[Track, ...] = get_args(Track)

Condition = Literal["unilateral", "reciprocal", "verified"]
CONDITIONS: tuple[Condition, ...] = get_args(Condition)

Cause = Literal["deliberate", "inadvertent", "false_alarm", "accident"]
CAUSES: tuple[Cause, ...] = get_args(Cause)

MODEL_ACTORS = (
    *("USA", "RUS", "GBR", "FRA", "CHN", "IND", "PAK", "ISR", "PRK"),
    *("DEU", "POL", "NLD", "DNK", "JPN", "KOR", "AUS", "TWN", "UKR", "BLR", "IRN", "NATO_other"),
)

Unit = Literal[
    "1",
    "probability",
    "index_0_1",
    "ordinal_0_4",
    "log_odds",
    "ratio",
    "elasticity",
    "per_year",
    "year",
    "calendar_year",
    "minute",
    "warhead",
    "missile",
    "launcher",
    "vehicle",
    "state",
    "dispute",
    "km",
    "USD",
    "AUD",
    "EUR",
]
UNITS: tuple[Unit, ...] = get_args(Unit)

LeverScope = Literal["actor", "actor_role", "actor_capability", "theatre", "global"]
Lever = Literal[
    "doctrine",
    "capability",
    "dialogue",
    "prompt_launch",
    "failsafe",
    "crisis_communication",
    "transparency",
    "numerical_limits",
    "detente",
    "assurance",
    "norm",
    "status",
    "welcome",
    "leadership",
    "c2_restraint",
    "strategic_cap",
    "theatre_cut",
    "survivability",
    "utility_review",
    "role_review",
    "budget_shift",
]
LEVERS: tuple[Lever, ...] = get_args(Lever)
_WIDER: dict[str, LeverScope] = {
    "doctrine": "actor_role",
    "capability": "actor_capability",
    "crisis_communication": "theatre",
    "transparency": "theatre",
    "numerical_limits": "theatre",
    "detente": "theatre",
    "norm": "global",
    "welcome": "global",
}
LEVER_SCOPES: dict[str, LeverScope] = {lever: _WIDER.get(lever, "actor") for lever in LEVERS}

SWITCH_OPTIONS: dict[str, tuple[str, ...]] = {
    "s01_punishment": ("existential", "perfect"),
    "s02_superiority": ("matters", "does_not"),
    "s03_stability_instability": ("holds", "does_not"),
    "s04_low_yield": ("fills_gap", "useless"),
    "s05_arms_dynamics": ("action_reaction", "self_stimulation"),
    "s06_deployed_weapons": ("assure", "do_not"),
    "s07_norm": ("strong", "weak"),
    "s08_entanglement": ("strong", "low"),
    "s09_rival_reaction": ("reciprocates", "ignores", "exploits"),
    "s10_base_rate": ("all", "historical", "experts", "superforecasters"),
    "s11_proliferation": ("security_driven", "unpredictable"),
    "s12_transparency": ("helps", "exposes"),
    "s13_emboldenment": ("none", "moderate", "strong"),
    "s14_deep_reductions": ("stable", "unstable"),
}
LENSES = ("deterrence_model", "spiral_model", "nuclear_optimist", "norm_entrepreneur", "balanced")
