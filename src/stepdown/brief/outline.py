"""The outline: every section of the brief as data, in order. Templates add nothing but markup."""

from __future__ import annotations

from dataclasses import dataclass

from stepdown.brief.checks import check_findings
from stepdown.brief.sections.backfire import LEAST_SHARE, BackfireRow, backfire_rows
from stepdown.brief.sections.certainty import Certainty, OrderGroup, certainty, orders
from stepdown.brief.sections.effects import OutcomeRows, effect_rows
from stepdown.brief.sections.fans import FanFigure, fan_figures
from stepdown.brief.sections.mechanisms import WhyFigure, why_figures
from stepdown.brief.sections.packages import PackageCard, package_cards
from stepdown.brief.sections.roles import Note, Roles, notes, roles_section
from stepdown.brief.sections.short import in_short
from stepdown.brief.sections.views import View, views
from stepdown.brief.voice import Voice
from stepdown.charts.numbers import count, day, decimal, share
from stepdown.contracts.findings import Findings
from stepdown.vocabulary.ids import Language


@dataclass(frozen=True, slots=True)
class Outline:
    """What the template of the brief may use."""

    language: Language
    title: str
    why: str
    dated: str
    run_id: str
    question: str
    short_intro: str
    short: tuple[str, ...]
    packages: tuple[PackageCard, ...]
    effects_intro: str
    effects: tuple[OutcomeRows, ...]
    failed: str
    fans: tuple[FanFigure, ...]
    mechanisms: tuple[WhyFigure, ...]
    backfire_limit: str
    backfire: tuple[BackfireRow, ...]
    views: tuple[View, ...]
    roles: Roles
    order: tuple[OrderGroup, ...]
    certainty: Certainty
    scope: tuple[str, ...]
    notes: tuple[Note, ...]
    run: tuple[tuple[str, str], ...]


def outline(findings: Findings, language: Language) -> Outline:
    """Tell ``findings`` in ``language``. Raises `FindingsError` when something is missing."""
    check_findings(findings)
    voice = Voice(findings, language)
    return Outline(
        language=language,
        title=voice.text(findings.title),
        why=voice.text(findings.why),
        dated=_dated(voice),
        run_id=findings.run.record_hash[:12],
        question=voice.text(findings.question),
        short_intro=voice.say("short.intro", start=findings.start_year, end=findings.end_year),
        short=in_short(voice),
        packages=package_cards(voice),
        effects_intro=voice.say("effects.intro", end=findings.end_year),
        effects=effect_rows(voice),
        failed=_failed(voice),
        fans=fan_figures(voice),
        mechanisms=why_figures(voice),
        backfire_limit=share(LEAST_SHARE),
        backfire=backfire_rows(voice),
        views=views(voice),
        roles=roles_section(voice),
        order=orders(voice),
        certainty=certainty(voice),
        scope=_scope(voice),
        notes=notes(voice),
        run=_run_card(voice),
    )


def _dated(voice: Voice) -> str:
    run = voice.findings.run
    return voice.say(
        "page.dated",
        date=day(run.date, voice.language),
        version=run.version,
        futures=count(run.futures, voice.language),
        run=run.record_hash[:12],
    )


def _failed(voice: Voice) -> str:
    run = voice.findings.run
    if run.failed == 0:
        return ""
    total = count(run.futures, voice.language)
    return voice.say("effects.failed", failed=count(run.failed, voice.language), total=total)


def _scope(voice: Voice) -> tuple[str, ...]:
    always = ("strategic", "nothing_operational", "conditional", "not_modelled")
    own = (voice.text(sentence) for sentence in voice.findings.scope)
    return (voice.say("page.scope_line"), *(voice.say(f"scope.{key}") for key in always), *own)


def _run_card(voice: Voice) -> tuple[tuple[str, str], ...]:
    run, language = voice.findings.run, voice.language
    names = {lens.id: voice.text(lens.label) for lens in voice.findings.lenses}
    timings = (
        voice.say("run.timing", step=_step(voice, t.step), seconds=decimal(t.seconds, 1)) for t in run.timings
    )
    key = "run.futures_value" if run.failed else "run.futures_complete"
    futures = voice.say(key, futures=count(run.futures, language), failed=count(run.failed, language))
    join = voice.say("page.list_join")
    rows = (
        ("version", run.version),
        ("revision", run.revision),
        ("date", day(run.date, language)),
        ("seed", str(run.seed)),
        ("futures", futures),
        ("record", run.record_hash),
        ("inputs", count(run.inputs, language)),
        ("lenses", join.join(names[lens] for lens in run.lenses)),
        ("timings", join.join(timings)),
    )
    return tuple((voice.say(f"run.{key}"), value) for key, value in rows if value)


def _step(voice: Voice, step: str) -> str:
    """The words for a step of the run; a step without words keeps its id."""
    try:
        return voice.say(f"run_step.{step}")
    except KeyError:
        return step
