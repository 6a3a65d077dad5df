"""The ODD description (Grimm et al. 2020): text from a template, tables and submodels from the code."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from importlib import import_module
from itertools import pairwise
from types import ModuleType

from stepdown.assumptions import build_world
from stepdown.contracts.facts import Measure
from stepdown.contracts.facts.facts import Facts
from stepdown.contracts.parameters import PARAMETERS, ParameterSpec
from stepdown.contracts.program import ACTOR_COLUMNS, GLOBAL_COLUMNS, THEATRE_COLUMNS
from stepdown.contracts.trajectories import SERIES
from stepdown.contracts.world import World
from stepdown.experiments import outcome_keys
from stepdown.simulation import state
from stepdown.study.documents.page import page, table
from stepdown.vocabulary.ids import CAUSES, LEVER_SCOPES, LEVERS, ROLES

MECHANISMS = (
    *("substitutes", "credibility", "emboldenment", "challenge", "crises", "hazards", "scaling", "survival"),
    *("role_demand", "doctrine", "capability", "perception", "trust", "vulnerability", "forces"),
    *("prompt_launch", "tension", "regime", "feasibility", "assurance", "proliferation", "norm", "status"),
    *("domestic", "measures", "budget", "drivers"),
)
"""Files of `stepdown.simulation` that hold equations, in the order in which a moment is computed."""

AXES = {
    "A": "actor",
    "B": "nuclear-armed actor",
    "I": "role",
    "R": "relation",
    "E": "relation onto a nuclear-armed defender",
    "T": "theatre",
    "G": "guarantee",
    "asset": "asset",
    "N": "",
}


def odd(facts: Facts) -> str:
    """Markdown of the ODD description."""
    world = build_world(facts)
    return page(
        "odd",
        entities=table(("entity", "number", "what it stands for"), _entities(facts, world)),
        states=table(("variable", "per", "meaning"), _states()),
        series=table(
            ("series", "per"), [(f"`{n}`", ", ".join(axes) or "world") for n, axes in SERIES.items()]
        ),
        outcomes=table(("outcome", "kind", "meant to go"), _outcomes(world)),
        levers=table(("lever", "acts on"), [(f"`{name}`", LEVER_SCOPES[name]) for name in LEVERS]),
        columns=len(ACTOR_COLUMNS) + len(THEATRE_COLUMNS) + len(GLOBAL_COLUMNS),
        symbols=len(PARAMETERS),
        submodels="\n\n".join(_submodel(name) for name in MECHANISMS),
    )


def _entities(facts: Facts, world: World) -> Iterator[tuple[object, ...]]:
    umbrella = sum(g.nuclear for g in world.guarantees)
    attacks = sum(bool(r.attacks) for r in world.relations)
    yield "actor", len(world.actors), f"states, and one group of states: {', '.join(world.actors)}"
    yield "nuclear-armed actor", len(world.armed), ", ".join(world.armed)
    yield (
        "relation",
        len(world.relations),
        f"a directed pair, challenger and defender; {attacks} with an attack",
    )
    yield "theatre", len(world.theatres), ", ".join(world.theatres)
    yield "guarantee", len(world.guarantees), f"guarantor and protégé; {umbrella} carry nuclear weapons"
    yield "role", len(ROLES), ", ".join(ROLES)
    yield "cause of use", len(CAUSES), ", ".join(CAUSES)
    yield "measure", len(facts.all(Measure)), "what a package is made of; each moves one or more levers"


def _states() -> Iterator[tuple[str, str, str]]:
    """Fields of `State` with their axes and the docstring under each, read from its source."""
    tree = ast.parse(inspect.getsource(state))
    body = next(n for n in tree.body if isinstance(n, ast.ClassDef) and n.name == "State").body
    for field, words in pairwise(body):
        if isinstance(field, ast.AnnAssign) and isinstance(words, ast.Expr):
            name, meaning = ast.unparse(field.target), ast.literal_eval(words.value)
            axes = ast.literal_eval(field.annotation.slice.elts[1]).split()  # type: ignore[attr-defined]
            per = " × ".join(AXES[axis] for axis in axes if AXES[axis]) or "world"
            yield f"`{name}`", per, " ".join(str(meaning).split())


def _outcomes(world: World) -> list[tuple[str, str, str]]:
    """Outcomes without their parts by state, theatre and cause."""
    whole = {key.id.partition(".")[0]: key for key in reversed(outcome_keys(world))}
    return [(f"`{name}`", key.kind, key.intended) for name, key in reversed(whole.items())]


def _submodel(name: str) -> str:
    """A file's first line, the docstrings of its public functions, and its symbols."""
    module = import_module(f"stepdown.simulation.{name}")
    lines = [f"### {name}", "", _paragraphs(inspect.getdoc(module) or "")[0]]
    for function, text in _functions(module):
        paragraphs = _paragraphs(text)
        lines += ["", f"`{function}`", "", *("> " + line for line in "\n\n".join(paragraphs).splitlines())]
    symbols = [spec for spec in PARAMETERS.values() if spec.mechanism == name]
    if symbols:
        heads = ("symbol", "per", "unit", "admissible", "meaning", "literature")
        lines += ["", table(heads, [_symbol(spec) for spec in symbols])]
    return "\n".join(lines)


def _symbol(spec: ParameterSpec) -> tuple[str, ...]:
    axes = " × ".join(spec.axes) or "world"
    return (
        f"`{spec.symbol}`",
        axes,
        spec.unit,
        f"{spec.low:g} to {spec.high:g}",
        spec.meaning,
        spec.literature,
    )


def _functions(module: ModuleType) -> Iterator[tuple[str, str]]:
    """Public functions of a module with a docstring, in the order of the file."""
    found = [
        (function.__code__.co_firstlineno, name, inspect.getdoc(function))
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__ == module.__name__ and not name.startswith("_")
    ]
    yield from ((name, text) for _, name, text in sorted(found) if text)


def _paragraphs(text: str) -> list[str]:
    return [" ".join(part.split()) for part in text.split("\n\n")]
