"""The tests of all claims, checked against the model and the record before anything runs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from stepdown.assumptions import build_world
from stepdown.assumptions.steps import expand
from stepdown.claims import sides_needed
from stepdown.claims.quantities import misplaced
from stepdown.claims.readings import ReadingError, answer
from stepdown.contracts.facts import Actor, Claim, ClaimArm, ClaimTest, Measure, Switch
from stepdown.contracts.facts.claim_tests import FromRecord, Part, Simulated, Untestable
from stepdown.contracts.facts.facts import Facts
from stepdown.contracts.facts.measures import effects_by_measure
from stepdown.contracts.world import World
from stepdown.games import RELATIONS
from stepdown.vocabulary.errors import Problem, StudyError, UnknownNameError, nearest

BASELINE_ARM = "arm.baseline"
FIRST_YEAR, LAST_YEAR = 2026, 2056
"""Claims are tested over the horizon of the shipped studies."""
SLOTS, ROOM = (16, 32, 8, 4, 40), (4, 6, 8)
"""What the arms of all claims need together: a claim on its own runs in the same compiled code."""


@dataclass(frozen=True)
class Suite:
    """Claims in the paper's order with their tests, and the arms that the chosen tests use."""

    claims: tuple[Claim, ...]
    tests: dict[str, ClaimTest]
    arms: dict[str, ClaimArm]

    @property
    def simulated(self) -> tuple[tuple[str, Simulated], ...]:
        """(claim, part) of every simulated part."""
        return tuple(
            (claim, part)
            for claim, test in self.tests.items()
            for part in test.parts
            if isinstance(part, Simulated)
        )


def claim_suite(facts: Facts, section: str | None = None, claim: str | None = None) -> Suite:
    """The tests of all claims, of a section of the paper (S4, or S8 with S8a-c), or of one claim.

    Raises StudyError with every fault of the tests at once: a claim without a test, an unknown place along an
    axis, an input or option that does not exist, a reading the record cannot give; UnknownNameError for a
    section or claim that is not there.
    """
    world = build_world(facts)
    claims = facts.all(Claim)
    tests = {test.claim: test for test in facts.all(ClaimTest)}
    problems = list(_problems(facts, world, tests))
    if problems:
        raise StudyError(problems)
    chosen = [c for c in claims if _chosen(c, section, claim)]
    if not chosen:
        if claim is not None:
            raise UnknownNameError("claim", claim, [c.id for c in claims])
        raise UnknownNameError("section", section or "", sorted({_section(c) for c in claims}))
    kept = {c.id: tests[c.id] for c in chosen}
    suite = Suite(tuple(chosen), kept, {})
    used = {arm for _, part in suite.simulated for arm, _ in sides_needed(part)}
    return Suite(tuple(chosen), kept, {a.id: a for a in facts.all(ClaimArm) if a.id in used})


def _section(claim: Claim) -> str:
    return claim.section.removeprefix("section.")


def _chosen(claim: Claim, section: str | None, only: str | None) -> bool:
    return (only is None or claim.id == only) and (section is None or _section(claim).startswith(section))


def _problems(facts: Facts, world: World, tests: dict[str, ClaimTest]) -> Iterator[Problem]:
    for claim in facts.all(Claim):
        if claim.id not in tests:
            yield Problem("claim tests", 0, claim.id, "this claim has no test record")
    for arm in facts.all(ClaimArm):
        yield from _arm_problems(facts, world, arm)
    ids = {record.id for record in facts}
    for test in tests.values():
        for part in test.parts:
            field = f"{test.id}.{part.id}"
            yield from (Problem("claim tests", 0, field, *fault) for fault in _faults(facts, world, part))
        cited = [*test.evidence, *(test.qualification.records if test.qualification else ())]
        for part in test.parts:
            if isinstance(part, Untestable):
                cited += [*part.supports, *part.contradicts]
        for name in cited:
            if name not in ids:
                hint = nearest(name, ids) or ""
                yield Problem("claim tests", 0, test.id, "no record has this id", name, "", hint)


def _arm_problems(facts: Facts, world: World, arm: ClaimArm) -> Iterator[Problem]:
    measures = {m.id for m in facts.all(Measure)}
    actors = {a.id for a in facts.all(Actor)}
    effects = effects_by_measure(facts)
    used = {use.measure for use in arm.measures}
    for use in arm.measures:
        if use.measure not in measures:
            yield Problem(
                "claim arms",
                0,
                arm.id,
                "unknown measure",
                use.measure,
                "",
                nearest(use.measure, measures) or "",
            )
            continue
        for actor in use.actors:
            if actor not in actors:
                yield Problem(
                    "claim arms", 0, arm.id, "unknown actor", actor, "", nearest(actor, actors) or ""
                )
        if set(use.actors) <= actors and not expand(facts, world, use.actors):
            yield Problem(
                "claim arms", 0, arm.id, "no actor of the model stands behind these", ", ".join(use.actors)
            )
        for needed in sorted(set(effects[use.measure].needs) - used):
            yield Problem("claim arms", 0, arm.id, f"{use.measure} needs {needed} in the same arm")
        if not FIRST_YEAR <= use.start <= LAST_YEAR:
            span = f"{FIRST_YEAR} to {LAST_YEAR}"
            yield Problem("claim arms", 0, arm.id, "start lies outside the horizon", str(use.start), span)
    for shift in arm.assume:
        for axis, place, allowed in misplaced(shift.of, world):
            hint = nearest(place, allowed) or ""
            yield Problem("claim arms", 0, arm.id, f"no such {axis}", place, "", hint)


def _faults(facts: Facts, world: World, part: Part) -> Iterator[tuple[str, ...]]:
    """(message, found, allowed, hint) of everything a part asks for that is not there."""
    if isinstance(part, Simulated):
        arms = {a.id for a in facts.all(ClaimArm)}
        for arm, quantity in sides_needed(part):
            if arm not in arms:
                yield "unknown arm", arm, "", nearest(arm, arms) or ""
            for axis, place, allowed in misplaced(quantity.of, world):
                yield f"no such {axis}", place, "", nearest(place, allowed) or ""
        for condition in part.where:
            if condition.switch is not None:
                options = facts.get(Switch, condition.switch).options
                if condition.option not in options:
                    yield f"{condition.switch} has no such option", str(condition.option), ", ".join(options)
    elif isinstance(part, FromRecord):
        try:
            answer(facts, part)
        except ReadingError as error:
            yield (str(error),)
    elif not isinstance(part, Untestable) and part.relation not in RELATIONS:
        hint = nearest(part.relation, RELATIONS) or ""
        yield "unknown relation of the closed forms", part.relation, ", ".join(RELATIONS), hint
