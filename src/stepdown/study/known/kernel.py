"""Public checks asked of the kernel on the shipped record: from the input of a problem to what is found."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
import yaml
from jaxtyping import Float

from stepdown.assumptions import build_world, sample_futures
from stepdown.contracts.parameters import PARAMETERS
from stepdown.contracts.program import Effect, Program, Step
from stepdown.contracts.trajectories import SERIES
from stepdown.contracts.world import CORE_ROLES, SECONDARY_ROLES, Relation, World
from stepdown.games import Problem
from stepdown.games.check import Answer, agrees
from stepdown.games.solve import Found
from stepdown.record import load_record
from stepdown.simulation.challenge import expected_gain
from stepdown.simulation.oracle import run_in_numpy
from stepdown.vocabulary.ids import ATTACK_TYPES, LENSES, ROLES

SEED, YEARS, STEP = 2026, 12, 0.5
ACCUMULATING = ("cif", "survival", "proliferation")
STRIKE = ("long_range_strike", "cyber", "air_missile_defence", "c2_isr")
Series = Mapping[str, Float[np.ndarray, "year ..."]]
Draws = Mapping[str, Float[np.ndarray, "..."]]


@cache
def kernel_problems() -> tuple[Problem, ...]:
    """The problems, in the order of their file."""
    text = files("stepdown.study.known").joinpath("problems.yaml").read_text(encoding="utf-8")
    return tuple(Problem.model_validate(entry) for entry in yaml.safe_load(text))


def kernel_answers() -> tuple[Answer, ...]:
    """Every problem solved now, on the shipped record."""
    found = ((p, SOLVERS[p.question](**p.input)) for p in kernel_problems())
    return tuple(Answer(p, values, agrees(values, p.expected, p.tolerance)) for p, values in found)


@cache
def _futures() -> tuple[World, Draws]:
    facts = load_record()
    world = build_world(facts)
    return world, sample_futures(facts, world, len(LENSES), SEED, LENSES).symbols


def _run(
    *steps: Step, keep: tuple[str, ...], dt: float = STEP, documented: bool = False, **changed: float
) -> Series:
    """A package on the record's futures, some symbols set to one value throughout."""
    world, drawn = _futures()
    draws = {**drawn, **{symbol: np.full_like(drawn[symbol], value) for symbol, value in changed.items()}}
    program = Program.build(world, steps)
    return run_in_numpy(world, draws, program, keep=keep, horizon_years=YEARS, dt=dt, documented=documented)


def _step(gain: float, cost: float, precision: float) -> Found:
    """Conventional credibility at which a challenger tries in half of the cases."""
    c: Any = np.linspace(0, 1, 4001)[:, None, None]
    nothing: Any = np.zeros_like(c)
    one: Any = np.ones((1, 1, 1))
    gains = expected_gain(nothing, c, nothing, gain * one, one[0, 0], cost * one)
    tries = 0.5 + 0.5 * np.tanh(0.5 * precision * np.asarray(gains))
    return {"value": float(c[int(np.abs(tries - 0.5).argmin()), 0, 0])}


def _incidence() -> Found:
    run = _run(_build_up("USA"), keep=("cif", "survival"), documented=True)
    return {"value": float(np.abs(run["cif"].sum(axis=(1, 2)) + run["survival"] - 1).max())}


def _still() -> Found:
    run = _run(keep=tuple(SERIES))
    states = [np.abs(x - x[:1]).max() for n, x in run.items() if n not in (*ACCUMULATING, "hazard")]
    hazard = run["hazard"]
    return {"states": float(max(states)), "hazard": float(np.abs(hazard - hazard[:1]).max() / hazard.max())}


def _time_step() -> Found:
    coarse, fine = (
        _run(keep=("cif",), dt=dt, documented=True)["cif"][-1].sum(axis=(0, 1)) for dt in (1 / 4, 1 / 16)
    )
    return {"value": float(np.abs(coarse / fine - 1).max())}


def _dialogue() -> Found:
    world, _ = _futures()
    seen = [i for i, r in enumerate(world.relations) if r.defender == "USA"]
    base, talked = (_run(*s, keep=("gap",))["gap"][:, seen] for s in ((), (_talk("USA"),)))
    return {
        "falls": bool((talked[-1] <= base[-1]).all() and (talked[-1] < base[-1]).any()),
        "never_negative": bool(talked.min() > -1e-9),
    }


def _build_up_frightens(builder: str, rival: str) -> Found:
    world, _ = _futures()
    shown = ("role_demand", "strategic_forces", "prompt_launch")
    keep = (*shown, "vulnerability")
    feared: dict[str, Any] = {
        "x_C": 2.0,
        "self_stimulation": 0.0,
        "a_V": 0.8,
        "theta_V": 3.0,
        "s9_scale": 0.0,
        "x_M": 0.5,
    }
    base, run = (_run(*s, keep=keep, **feared) for s in ((), (_build_up(builder),)))
    state = world.armed.index(rival)
    roles = [ROLES.index(role) for role in SECONDARY_ROLES]
    onto = [f"{r.challenger}>{r.defender}" for r in world.relations].index(f"{builder}>{rival}")
    rises = {n: run[n][-1, state] - base[n][-1, state] for n in shown}
    rises["role_demand"] = rises["role_demand"][roles]
    rises["vulnerability"] = run["vulnerability"][-1, onto] - base["vulnerability"][-1, onto]
    return {name: bool((rise > 0).all()) for name, rise in rises.items()}


def _doctrine_only() -> Found:
    world, _ = _futures()
    keep = ("role", "assurance", "proliferation")
    lower = Effect("doctrine", 0.5, (*SECONDARY_ROLES, "coercion", "status_prestige"), ramp=2.0)
    base, run = (_run(*s, keep=keep) for s in ((), (Step("doctrine", ("USA",), (lower,), start=1.0),)))
    core = [ROLES.index(role) for role in CORE_ROLES]
    given = [i for i, g in enumerate(world.guarantees) if g.guarantor == "USA" and g.nuclear]
    kept = [world.actors.index(world.guarantees[i].protege) for i in given]
    unarmed = [i for i in kept if world.actors[i] not in world.armed]
    assured = run["assurance"][-1, given] - base["assurance"][-1, given]
    return {
        "core": float(np.abs(run["role"][:, :, core] - base["role"][:, :, core]).max()),
        "assurance_falls": bool(np.median(assured) < 0),
        "proliferation_rises": bool(
            np.median(run["proliferation"][-1, unarmed] / base["proliferation"][-1, unarmed]) > 1
        ),
    }


def _deployed() -> Found:
    world, _ = _futures()
    home = Step("home", ("USA",), (Effect("theatre_cut", 0.9),))
    base, run = (_run(*s, keep=("assurance",), a_T=0.0)["assurance"][-1] for s in ((), (home,)))
    hosts = [i for i, g in enumerate(world.guarantees) if g.kind == "sharing_host" and g.guarantor == "USA"]
    return {"value": float(np.abs(run[hosts] - base[hosts]).max())}


def _symmetry() -> Found:
    """Two identical rivals at the middle of every admissible range, both under the same measure."""
    pair = ("ONE", "TWO")
    kinds = frozenset(ATTACK_TYPES)
    world = World(
        actors=pair,
        armed=pair,
        theatres=("only",),
        relations=tuple(Relation(a, b, "only", kinds) for a, b in (pair, pair[::-1])),
        guarantees=(),
    )
    draws = {s: np.full((*world.shape(x.axes), 1), (x.low + x.high) / 2) for s, x in PARAMETERS.items()}
    draws["s_role"][[ROLES.index(role) for role in CORE_ROLES]] = 0.0
    program = Program.build(world, [Step("talks", pair, (Effect("dialogue", 0.5), Effect("failsafe", 0.5)))])
    names = [n for n, axes in SERIES.items() if axes and axes[0] in ("actor", "armed_actor", "relation")]
    run = run_in_numpy(world, draws, program, keep=names, horizon_years=YEARS, dt=STEP)
    return {"value": float(max(np.abs(run[n][:, 0] - run[n][:, 1]).max() for n in names))}


def _talk(who: str) -> Step:
    return Step("talk", (who,), (Effect("dialogue", 0.7),))


def _build_up(who: str) -> Step:
    return Step("build", (who,), (Effect("capability", 0.6, STRIKE),), start=1.0)


SOLVERS: Mapping[str, Callable[..., Found]] = {
    "step": _step,
    "incidence": _incidence,
    "still": _still,
    "time_step": _time_step,
    "dialogue": _dialogue,
    "build_up": _build_up_frightens,
    "doctrine_only": _doctrine_only,
    "deployed": _deployed,
    "symmetry": _symmetry,
}
