"""A pathway as its file says it: steps, what they wait for, what is watched, and when they stop."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from stepdown.charts.numbers import hundredths, share
from stepdown.contracts.facts import Actor, Measure
from stepdown.contracts.facts.facts import Facts
from stepdown.contracts.facts.uses import MeasureTerms
from stepdown.contracts.pathway_findings import Stop
from stepdown.contracts.pathways import PathStep, Pathway, Signpost, Trigger
from stepdown.study.pathways import words as told
from stepdown.study.pathways.show import grounds_of
from stepdown.vocabulary.ids import TRACKS, Language
from stepdown.web.words import Say

LETTER = dict(zip(TRACKS, "abcd", strict=True))
ACTIONS = ("proceed", "hold", "revert", "compensate")


@dataclass(frozen=True)
class RuleView:
    """One trigger: what it does, the condition on what is watched, and why."""

    action: str
    condition: str
    why: str


@dataclass(frozen=True)
class StepView:
    """One step. `reached`, `decided`, `tips` are empty until the pathway has been simulated."""

    number: int
    letter: str
    label: str
    track: str
    decides: str
    earliest: str
    waits: tuple[str, ...]
    rules: tuple[RuleView, ...]
    measures: tuple[str, ...]
    grounds: tuple[str, ...]
    reached: str = ""
    decided: str = ""
    tips: str = ""


@dataclass(frozen=True)
class SignpostView:
    """What is watched, how and how often, how late and how exactly it is known."""

    label: str
    how: str
    known: str


def step_views(
    pathway: Pathway, facts: Facts, stops: dict[str, Stop], language: Language
) -> tuple[StepView, ...]:
    """The steps in file order; `stops` holds what a run found, and is empty before one."""
    return tuple(
        _step(pathway, facts, step, number, stops.get(step.id), Say(language))
        for number, step in enumerate(pathway.steps, 1)
    )


def _step(
    pathway: Pathway, facts: Facts, step: PathStep, number: int, stop: Stop | None, say: Say
) -> StepView:
    language = say.language
    return StepView(
        number,
        LETTER[step.track],
        step.label.bilingual.text(language),
        say(f"board.track.{step.track}"),
        step.decides.bilingual.text(language),
        say("pathways.lead_time", year=step.start, lead=f"{step.lead:g}") if step.lead else str(step.start),
        tuple(_waits(pathway, step, say)),
        tuple(_rules(pathway, step, say)),
        tuple(_measure(facts, measure, say) for measure in step.measures),
        tuple(ground.text(language) for ground in grounds_of(facts, step)),
        _reached(stop, say) if stop else "",
        _decided(stop, say) if stop else "",
        _tips(stop, say) if stop else "",
    )


def _waits(pathway: Pathway, step: PathStep, say: Say) -> Iterator[str]:
    for wait in step.after:
        name = pathway.step(wait.step).short.bilingual.text(say.language)
        key = "waits" if not wait.years else "waits_year" if wait.years == 1 else "waits_years"
        yield say(f"pathways.{key}", step=name, years=f"{wait.years:g}")
    for called in step.compensates:
        yield say("pathways.called", step=pathway.step(called).short.bilingual.text(say.language))


def _rules(pathway: Pathway, step: PathStep, say: Say) -> Iterator[RuleView]:
    for action in ACTIONS:
        triggers: tuple[Trigger, ...] = getattr(step, action)
        for trigger in triggers:
            signpost = pathway.signpost(trigger.signpost).label.bilingual.text(say.language)
            condition = told.condition(trigger).text(say.language)
            yield RuleView(
                say(f"pathways.action.{action}"),
                say("pathways.watched", signpost=signpost, condition=condition),
                trigger.why.bilingual.text(say.language),
            )


def _measure(facts: Facts, measure: MeasureTerms, say: Say) -> str:
    actors = [facts.get(Actor, a).label.bilingual.text(say.language) for a in measure.actors]
    return say(
        "pathways.measure",
        measure=facts.get(Measure, measure.measure).label.bilingual.text(say.language),
        actors=say("pathways.comma").join(actors),
        strength=_strength(measure.share, say),
        condition=say(f"pathways.condition.{measure.condition}"),
    )


def _strength(value: float, say: Say) -> str:
    step = round(4 * value)
    return say(f"board.strength.{step}") if abs(4 * value - step) < 1e-9 else share(value)


def _reached(stop: Stop, say: Say) -> str:
    return say("pathways.of_100", count=hundredths(stop.timing.reached))


def _decided(stop: Stop, say: Say) -> str:
    timing = stop.timing
    if timing.median is None:
        return say("pathways.never")
    if timing.p10 == timing.p90:
        return str(timing.median)
    return say("pathways.span", median=timing.median, low=str(timing.p10), high=str(timing.p90))


def _tips(stop: Stop, say: Say) -> str:
    tip = stop.tipping
    if tip.median is None or tip.floor is None:
        return say("pathways.no_floor")
    floor = told.say("floor", tip.floor).text(say.language)
    key = "pathways.breaks_once" if tip.p10 == tip.p90 else "pathways.breaks"
    return say(key, count=hundredths(tip.tips), low=str(tip.p10), high=str(tip.p90), floor=floor)


def signpost_views(pathway: Pathway, language: Language) -> tuple[SignpostView, ...]:
    """What the pathway watches."""
    say = Say(language)
    return tuple(_signpost(signpost, say) for signpost in pathway.signposts)


def _signpost(signpost: Signpost, say: Say) -> SignpostView:
    return SignpostView(
        signpost.label.bilingual.text(say.language),
        signpost.how.bilingual.text(say.language),
        say(
            "pathways.known",
            every=f"{signpost.every:g}",
            delay=f"{signpost.delay:g}",
            error=f"{signpost.error:g}",
        ),
    )
