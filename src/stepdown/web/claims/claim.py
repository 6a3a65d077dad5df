"""One claim: its sentence, the verdict by lens, where it fails, what decides it, what it rests on."""

from __future__ import annotations

from dataclasses import dataclass

from stepdown.charts.box_view import box_view
from stepdown.charts.figure import Figure
from stepdown.charts.numbers import between, count, share
from stepdown.charts.shares import share_chart
from stepdown.contracts.claims_page import Ground, PartEntry
from stepdown.contracts.facts import Claim, Measure
from stepdown.contracts.findings import SourceNote
from stepdown.contracts.verdicts import PartVerdict, SimulatedOutcome
from stepdown.study.claims.book import ClaimBook, Judged
from stepdown.study.claims.where import Where
from stepdown.study.claims.words import told
from stepdown.vocabulary.ids import Language
from stepdown.web.claims.index import label_of, section_name
from stepdown.web.claims.marks import Mark, claim_mark, verdict_mark
from stepdown.web.pages import Link
from stepdown.web.words import Say

WIDTH = 310
"""Width of charts, so that their text is legible on the narrowest phone."""


@dataclass(frozen=True)
class GuardRow:
    """One run of the question whether a claim was built in: what was changed, the share in which it holds."""

    run: str
    share: str
    interval: str


@dataclass(frozen=True)
class Decider:
    """An assumption that decides. `width`: its share of the difference, of 100."""

    label: str
    share: str
    width: int
    basis: str


@dataclass(frozen=True)
class Reading:
    """One comparison of the record."""

    label: str
    left: str
    right: str
    mark: Mark
    records: tuple[str, ...]


@dataclass(frozen=True)
class PartView:
    """One tested part in words and charts."""

    id: str
    tested: str
    hedge: str
    marks: tuple[Mark, ...]
    chart: Figure | None
    reasons: tuple[str, ...]
    guard: tuple[GuardRow, ...]
    where: str
    box: Figure | None
    deciders: tuple[Decider, ...]
    readings: tuple[Reading, ...]


@dataclass(frozen=True)
class Evidence:
    """A record the answer rests on, with the numbers of its sources below."""

    id: str
    title: str
    href: str
    notes: tuple[int, ...]


@dataclass(frozen=True)
class ClaimPage:
    """`again` asks for the page again while the claim is judged; `failure` is an error's id."""

    id: str
    statement: str
    other: str
    other_language: str
    anchor: str
    crumbs: tuple[Link, ...]
    neighbours: tuple[Link, ...]
    marks: tuple[Mark, ...]
    verdict: tuple[str, ...]
    behind: str
    facts: tuple[tuple[str, str], ...]
    measures: tuple[Link, ...]
    parts: tuple[PartView, ...]
    remarks: tuple[str, ...]
    grounds: tuple[Evidence, ...]
    sources: tuple[SourceNote, ...]
    again: str
    progress: str
    failure: str


def claim_page(
    book: ClaimBook, claim: Claim, found: Judged | None, language: Language, progress: str, failure: str
) -> ClaimPage:
    """The page; without `found` it holds what the record says of the claim, and waits."""
    say = Say(language)
    home = f"/{language}/claims"
    other: Language = "ja" if language == "en" else "en"
    entry = found.entry if found else None
    return ClaimPage(
        claim.id,
        claim.label.bilingual.text(language),
        claim.label.bilingual.text(other),
        other,
        claim.anchor,
        _crumbs(book, claim, home, language),
        _neighbours(book, claim, home, say),
        _marks(found, language) if found else (),
        _verdict(found, say) if found else (),
        _behind(book, claim, found, say),
        tuple(_facts(book, claim, say)),
        tuple(
            Link(book.facts.get(Measure, m).label.bilingual.text(language), _entry(m, say), False)
            for m in claim.measures
        ),
        tuple(_part(p, v, found.where.get(v.part), say) for p, v in _parts(found)) if found else (),
        tuple(r.text(language) for r in entry.remarks) if entry else (),
        tuple(_evidence(g, claim, say) for g in entry.grounds) if entry else (),
        found.sources if found else (),
        "" if found or failure else f"{home}/{claim.id}",
        progress,
        failure,
    )


def _crumbs(book: ClaimBook, claim: Claim, home: str, language: Language) -> tuple[Link, ...]:
    section = section_name(claim)
    label = f"{section} {label_of(book.facts, claim.section, language)}"
    return (
        Link(Say(language)("claims.title"), home, False),
        Link(label, f"{home}?section={section}", False),
    )


def _neighbours(book: ClaimBook, claim: Claim, home: str, say: Say) -> tuple[Link, ...]:
    ids = [c.id for c in book.claims]
    at = ids.index(claim.id)
    before, after = ids[at - 1 : at], ids[at + 1 : at + 2]
    return (
        *(Link(say("claims.previous", id=i), f"{home}/{i}", False) for i in before),
        *(Link(say("claims.next", id=i), f"{home}/{i}", False) for i in after),
    )


def _marks(found: Judged, language: Language) -> tuple[Mark, ...]:
    mark = claim_mark(found, language)
    if mark.shape != "assumed":
        return (mark,)
    return (verdict_mark(found.entry.verdict, language), mark)


def _verdict(found: Judged, say: Say) -> tuple[str, ...]:
    """The verdict in sentences: its group, the numbers of the only part, and whether it was put in."""
    language = say.language
    sentences = []
    if len(found.verdict.parts) > 1:
        sentences.append(say("claims.weakest", parts=len(found.verdict.parts)))
    elif (chart := found.entry.parts[0].chart) is not None:
        sentences.append(chart.finding.text(language))
    kind = "means" if found.futures or found.group == "group_untestable" else "means_record"
    sentences.append(say(f"claims.{kind}.{found.group.removeprefix('group_')}"))
    return tuple(sentences)


def _behind(book: ClaimBook, claim: Claim, found: Judged | None, say: Say) -> str:
    test = book.suite.tests[claim.id]
    method = told(test.method).text(say.language)
    if found is not None and not found.futures:
        return say("claims.behind_record", method=method)
    return say("claims.behind_futures", futures=count(book.futures, say.language), seed=book.seed)


def _facts(book: ClaimBook, claim: Claim, say: Say) -> list[tuple[str, str]]:
    language = say.language
    kind = label_of(book.facts, f"claim_type.{claim.type}", language)
    rows = [
        (say("claims.kind"), kind),
        (say("claims.method"), told(book.suite.tests[claim.id].method).text(language)),
    ]
    if claim.conditions is not None:
        rows.append((say("claims.conditions"), claim.conditions.bilingual.text(language)))
    rows.append((say("claims.would_test"), claim.evidence_to_test.bilingual.text(language)))
    if claim.no_measure is not None:
        rows.append((say("claims.no_measure"), claim.no_measure.bilingual.text(language)))
    return rows


def _evidence(ground: Ground, claim: Claim, say: Say) -> Evidence:
    title = say("claims.itself") if ground.id == claim.id else ground.title.text(say.language)
    return Evidence(ground.id, "" if title == ground.id else title, _entry(ground.id, say), ground.notes)


def _entry(name: str, say: Say) -> str:
    """Where the record shows an entry."""
    return f"/{say.language}/record/entries/{name.partition('#')[0]}"


def _parts(found: Judged) -> list[tuple[PartEntry, PartVerdict]]:
    return list(zip(found.entry.parts, found.verdict.parts, strict=True))


def _part(entry: PartEntry, verdict: PartVerdict, where: Where | None, say: Say) -> PartView:
    language = say.language
    standing = (verdict_mark("assumed", language),) if verdict.standing == "assumed" else ()
    reasons = [s for s in entry.sentences if where is None or s != where.told]
    box = (
        box_view(where.picture, language, figure_id=f"box-{verdict.part}", width=WIDTH)
        if (where and where.picture)
        else None
    )
    return PartView(
        verdict.part,
        entry.tested.text(language),
        entry.hedge.text(language) if entry.hedge else "",
        (verdict_mark(entry.verdict, language), *standing),
        share_chart(entry.chart, language, width=WIDTH) if entry.chart else None,
        tuple(s.text(language) for s in reasons),
        _guard(verdict, say),
        where.told.text(language) if where else "",
        box,
        tuple(
            Decider(d.label.text(language), importance, round(100 * d.importance), basis.text(language))
            for d, (_, importance, basis) in zip(where.deciders, entry.deciders, strict=True)
        )
        if where
        else (),
        tuple(
            Reading(
                r.label.text(language),
                r.left,
                r.right,
                verdict_mark("holds" if r.holds else "fails", language),
                r.records,
            )
            for r in entry.readings
        ),
    )


def _guard(verdict: PartVerdict, say: Say) -> tuple[GuardRow, ...]:
    outcome, guard = verdict.outcome, verdict.guard
    if guard is None or not isinstance(outcome, SimulatedOutcome):
        return ()
    runs = (("as_is", outcome.share), ("free", guard.symmetric), ("turned", guard.turned))
    return tuple(
        GuardRow(
            say(f"claims.guard.{name}"),
            share(found.holds),
            between(share(found.low), share(found.high), say.language),
        )
        for name, found in runs
        if found.n
    )
