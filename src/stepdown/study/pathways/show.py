"""The shipped pathways for a screen: read, simulated, tried against shocks of a reader's choice."""

from __future__ import annotations

from dataclasses import dataclass, replace

from stepdown.assumptions import build_world
from stepdown.assumptions.steps import expand
from stepdown.contracts.effects import Bilingual
from stepdown.contracts.facts.facts import Facts
from stepdown.contracts.pathways import PathStep, Pathway
from stepdown.contracts.shocks import SHOCK_AXES
from stepdown.record.cite import ground_words
from stepdown.simulation import keep_compiled
from stepdown.study.installation import cache_folder
from stepdown.study.pathways.load import load_pathway, shipped_pathways
from stepdown.study.pathways.report import default_shocks, explanation
from stepdown.study.pathways.run import WITH, PathwayRun, run_pathway, set_up
from stepdown.study.pathways.stress import stress_shares
from stepdown.study.pathways.tell import future_lines
from stepdown.study.pathways.words import say
from stepdown.study.progress import Progress
from stepdown.study.words import id_label

Lines = tuple[Bilingual, ...]


@dataclass(frozen=True)
class StressTest:
    """What happens to everybody, and how the steps react to it."""

    shock: Bilingual
    reactions: Lines


def shipped_as_read(facts: Facts) -> tuple[Pathway, ...]:
    """Every pathway that travels with the package, checked. Raises StudyError."""
    world = build_world(facts)
    return tuple(load_pathway(path, facts, world) for path in shipped_pathways().values())


def grounds_of(facts: Facts, step: PathStep) -> Lines:
    """What a step rests on: document and place, or judgement."""
    return tuple(
        Bilingual(ground_words(facts, ground, "en"), ground_words(facts, ground, "ja"))
        for ground in step.basis
    )


def simulated(
    pathway: Pathway,
    facts: Facts,
    futures: int,
    seed: int,
    progress: Progress = lambda what, done, total: None,
) -> PathwayRun:
    """Run a pathway; of the series only those with triggers are kept, which stress tests start from."""
    keep_compiled(cache_folder())
    setting = set_up(pathway, facts, max(futures, len(pathway.lenses)), seed)
    run = run_pathway(setting, progress)
    return replace(run, runs={WITH: run.runs[WITH]})


def stress_tests(
    run: PathwayRun, progress: Progress = lambda what, done, total: None
) -> tuple[StressTest, ...]:
    """The pathway's own stress tests, one after the other."""
    shocks = default_shocks(run)
    found = []
    for done, shock in enumerate(shocks, 1):
        first, *reactions = stress_shares(run, shock)
        found.append(StressTest(first, tuple(reactions)))
        progress(shock.kind, done, len(shocks))
    return tuple(found)


def log_of(run: PathwayRun, future: int | None, shock: str) -> Lines:
    """The log of one future, or of all under a shock ("kind:subject:year"). Raises StudyError."""
    if shock:
        return explanation(run, future, [shock], False)
    return tuple(future_lines(run, future or 0))


def shocks_to_choose(pathway: Pathway, facts: Facts) -> tuple[tuple[str, Bilingual], ...]:
    """Shocks that concern a pathway, as ("kind:subject", words): its theatres, the armed, the guaranteed."""
    world = build_world(facts)
    named = sorted({a for s in pathway.steps for m in s.measures for a in m.actors})
    acting = expand(facts, world, named)
    watched = {s.subject for s in pathway.signposts} | {
        t for s in pathway.steps for m in s.measures for t in m.theatres
    }
    places = {
        "crisis": [t for t in world.theatres if t in watched],
        "leader": [a for a in world.armed if a in acting],
        "confidence": [a for a in world.actors if a in acting and world.guarantors(a)],
        "treaty": [t for t in world.theatres if t in watched],
    }
    return tuple(
        (f"{kind}:{subject}", say("shock", kind, subject=id_label(facts, subject)))
        for kind in SHOCK_AXES
        for subject in places[kind]
    )
