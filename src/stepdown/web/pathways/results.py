"""What a simulated pathway shows: the map, the log, floors, effects with and without triggers, rivals."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from stepdown.charts.figure import Figure
from stepdown.charts.numbers import between, changes, share
from stepdown.charts.pathway_map import FEW, pathway_map
from stepdown.contracts.effects import ALL_LENSES, Bilingual
from stepdown.contracts.pathway_findings import Stop
from stepdown.study.pathways import PathwayRun, log_lines, map_data, verdicts
from stepdown.study.pathways.report import rival_lines, tipping_lines
from stepdown.study.pathways.rivals import WHAT_IF, RivalCase
from stepdown.study.pathways.run import WITH, WITHOUT
from stepdown.study.pathways.words import say as told
from stepdown.study.words import words
from stepdown.vocabulary.ids import Language


@dataclass(frozen=True)
class EffectRow:
    """An outcome: median change and share that backfires, with triggers and on schedule."""

    outcome: str
    with_triggers: str
    with_backfires: str
    on_schedule: str
    schedule_backfires: str


@dataclass(frozen=True)
class RivalRow:
    """Rivals of one conduct: change of each outcome (median and range), backfire, broken floors."""

    rival: str
    changes: tuple[tuple[str, str, str], ...]
    breaks: str


@dataclass(frozen=True)
class Simulated:
    """Everything a run says, in one language."""

    map: Figure
    verdicts: tuple[str, ...]
    log: tuple[tuple[str, str], ...]
    tipping: tuple[str, ...]
    effects: tuple[EffectRow, ...]
    breaks: tuple[tuple[str, str], ...]
    failed: int


def stops_of(run: PathwayRun) -> dict[str, Stop]:
    """Timing and tipping of every step, by id."""
    return {stop.id: stop for stop in map_data(run).stops}


def results(run: PathwayRun, language: Language) -> Simulated:
    """The run in words and charts."""
    variants = ((WITH, "with_triggers"), (WITHOUT, "without_triggers"))
    return Simulated(
        pathway_map(map_data(run), language, figure_id="map"),
        in_words(verdicts(run), language),
        tuple(dated(line) for line in in_words(log_lines(run), language)),
        in_words(tipping_lines(_worth_telling(run)), language),
        tuple(_effects(run, language)),
        tuple((told("variant", word).text(language), share(run.breaks[name])) for name, word in variants),
        run.failed,
    )


def _worth_telling(run: PathwayRun) -> PathwayRun:
    """Of the tipping points those that the map draws; the table of steps has them all."""
    return replace(run, tipping=tuple(t for t in run.tipping if t.tips >= FEW))


def in_words(lines: Iterable[Bilingual], language: Language) -> tuple[str, ...]:
    """Lines in one language."""
    return tuple(line.text(language) for line in lines)


def dated(line: str) -> tuple[str, str]:
    """Year and the rest of a log line: "2031: held, because …", 「2031年：…」."""
    for mark in ("年：", ": "):
        year, found, rest = line.partition(mark)
        if found and year.isdigit():
            return year, rest
    return "", line


def _effects(run: PathwayRun, language: Language) -> Iterable[EffectRow]:
    by = {(e.package, e.outcome): e for e in run.effects if e.lens == ALL_LENSES}
    for key in run.keys:
        if not key.headline:
            continue
        with_, without = by[WITH, key.id], by[WITHOUT, key.id]
        yield EffectRow(
            words("outcome", key.id).text(language),
            changes(key.kind, with_.median)[0],
            share(with_.backfires),
            changes(key.kind, without.median)[0],
            share(without.backfires),
        )


def rival_rows(cases: Sequence[RivalCase], language: Language) -> tuple[RivalRow, ...]:
    """The pathway with its triggers against each conduct."""
    return tuple(
        RivalRow(
            told("rival", case.rival).text(language),
            tuple(_what_if(case, outcome, language) for outcome in WHAT_IF),
            share(case.breaks[WITH]),
        )
        for case in cases
    )


def _what_if(case: RivalCase, outcome: str, language: Language) -> tuple[str, str, str]:
    low, middle, high = changes("ratio", *case.changes[WITH][outcome])
    return middle, between(low, high, language), share(case.backfires[WITH][outcome])


def rival_heads(language: Language) -> tuple[str, ...]:
    """Outcomes that what-ifs are told for."""
    return tuple(words("outcome", outcome).text(language) for outcome in WHAT_IF)


def rival_sentences(run: PathwayRun, cases: Sequence[RivalCase], language: Language) -> tuple[str, ...]:
    """Each rival's answer, regret in hindsight, and what holds an answer back."""
    return in_words(rival_lines(run, cases), language)
