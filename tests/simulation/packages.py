"""Packages for tests: one lever family at a time, and all of them with conditions."""

from dataclasses import replace
from typing import Any

import numpy as np

from stepdown.contracts.program import CapabilityProgramme, Effect, Program, Step, align
from stepdown.contracts.trajectories import Trajectories
from stepdown.contracts.world import SECONDARY_ROLES, World
from stepdown.simulation import simulate

ROLES_CUT = (*SECONDARY_ROLES, "coercion", "status_prestige")


def doctrine(world: World, who: tuple[str, ...] | None = None, strength: float = 0.5) -> Program:
    """Secondary and political roles lowered by the actors named (all armed ones), nothing else."""
    step = Step(
        "doctrine", who or world.armed, (Effect("doctrine", strength, ROLES_CUT, ramp=2.0),), start=1.0
    )
    return Program.build(world, [step])


def strike(world: World, who: tuple[str, ...], *, restraint: bool = False) -> Program:
    """Conventional build-up by the actors named, with or without a pledge to spare nuclear C2."""
    effects = [Effect("capability", 0.6, ("long_range_strike", "cyber", "air_missile_defence", "c2_isr"))]
    if restraint:
        effects.append(Effect("c2_restraint", 0.8, ramp=1.0))
    return Program.build(world, [Step("strike", who, tuple(effects), start=1.0)])


def everything(world: World) -> Program:
    """Every lever, every condition and gate, undoing, costs beyond the budget, and documented programmes."""
    armed, actors = world.armed, world.actors
    steps = [
        Step(
            "roles",
            armed,
            (Effect("doctrine", 0.6, ROLES_CUT), Effect("role_review", 0.3)),
            condition="reciprocal",
            political_cost=0.6,
            signal_cost=0.55,
            reversal=0.3,
        ),
        Step(
            "forces",
            armed,
            (
                Effect("strategic_cap", 0.4, ramp=5.0),
                Effect("theatre_cut", 0.7),
                Effect("survivability", 0.5),
            ),
            start=2.0,
            condition="verified",
            gate="regime",
            signal_cost=0.6,
            money_cost=0.3,
        ),
        Step(
            "launch",
            armed,
            (Effect("prompt_launch", 0.5, delay=0.7), Effect("failsafe", 0.5), Effect("c2_restraint", 0.5)),
            gate="tension",
        ),
        Step(
            "build",
            actors,
            (
                Effect("capability", 0.5, ("long_range_strike", "forward_defence", "depth")),
                Effect("budget_shift", 0.4),
            ),
            money_cost=0.9,
            gate="adequacy",
        ),
        Step(
            "talk",
            armed,
            (
                Effect("dialogue", 0.5),
                Effect("detente", 0.4),
                Effect("crisis_communication", 0.6),
                Effect("transparency", 0.6),
                Effect("numerical_limits", 0.5),
                Effect("norm", 0.6),
                Effect("welcome", 0.6),
            ),
            start=1.3,
        ),
        Step(
            "home",
            actors,
            (
                Effect("leadership", 0.5),
                Effect("status", 0.4),
                Effect("assurance", 0.5),
                Effect("utility_review", 0.5),
                Effect("detente", 0.2, lowers=True),
            ),
            gate="saturation",
        ),
    ]
    programmes = [CapabilityProgramme(world.actors[0], "long_range_strike", 0.3, fielded=3.0)]
    return Program.build(world, steps, programmes)


def everything_alike(world: World) -> Program:
    """As `everything`, without the one programme that singles out an actor."""
    program = everything(world)
    return replace(program, programme_strength=program.programme_strength * 0)


def all_of(world: World) -> dict[str, Program]:
    """Named packages in one shape."""
    return align(
        {
            "baseline": Program.build(world),
            "doctrine": doctrine(world),
            "strike": strike(world, world.armed[:1]),
            "everything": everything(world),
        }
    )


FUTURES = 16
YEARS = 20


def run(
    world: World, draws: dict[str, np.ndarray], program: Program, drivers: str = "frozen", **options: Any
) -> Trajectories:
    """Twenty years of 16 futures in 64-bit, every package padded to one shape."""
    padded = program.padded(8, 32, 16, 8, 8)
    options = {"precision": "float64", "horizon_years": YEARS, "chunk": FUTURES} | options
    return simulate(world, draws, padded, drivers=drivers, **options)


def at_strength(program: Program, strength: float) -> Program:
    """The package with every effect at one strength."""
    rows = {n: getattr(program, n) for n in ("actor_rows", "theatre_rows", "global_rows")}
    return replace(program, **{n: replace(r, strength=r.strength * 0 + strength) for n, r in rows.items()})
