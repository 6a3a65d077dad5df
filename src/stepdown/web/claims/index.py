"""The list of claims: where they stand, then every claim in the order of the paper."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from stepdown.charts.numbers import count
from stepdown.contracts.facts import Claim, ClaimTest, Term
from stepdown.contracts.facts.facts import Facts
from stepdown.study.claims.book import ClaimBook, Judged
from stepdown.study.claims.tell import GROUPS
from stepdown.study.claims.words import told
from stepdown.vocabulary.ids import Language
from stepdown.web.claims.marks import Mark, claim_mark, key, lens_marks
from stepdown.web.words import Say

PREFIX = "group_"
AWAITED = "awaited"
STANDINGS = (*(group.removeprefix(PREFIX) for group in GROUPS), AWAITED)
KINDS = ("descriptive", "mechanism", "conditional", "recommendation")


@dataclass(frozen=True)
class Chosen:
    """What the reader wants to see; empty: all."""

    section: str = ""
    verdict: str = ""
    kind: str = ""

    def query(self, **other: str) -> str:
        """The address of this choice with some of it changed."""
        chosen = {"section": self.section, "verdict": self.verdict, "kind": self.kind} | other
        text = urlencode({name: value for name, value in chosen.items() if value})
        return f"?{text}" if text else ""


@dataclass(frozen=True)
class Standing:
    """A group of claims: how many stand there, and the address that lists them."""

    label: str
    number: str
    href: str
    current: bool


@dataclass(frozen=True)
class Option:
    """One choice of a filter."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True)
class Row:
    """One claim. `mark` is None while it is awaited; `trouble`: its computation crashed."""

    id: str
    href: str
    statement: str
    kind: str
    method: str
    mark: Mark | None
    share: str
    lenses: tuple[Mark, ...]
    trouble: bool


@dataclass(frozen=True)
class Section:
    """A section of the paper with the claims that are shown."""

    id: str
    label: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class IndexPage:
    """`again` asks for the page again while claims are judged."""

    sections: tuple[Section, ...]
    standings: tuple[Standing, ...]
    shown: str
    filters: tuple[tuple[str, str, tuple[Option, ...]], ...]
    filtered: bool
    all: str
    key: tuple[Mark, ...]
    lenses: tuple[str, ...]
    behind: str
    progress: str
    again: str


def section_name(claim: Claim) -> str:
    """The paper's own short name of a section: S8c."""
    return claim.section.removeprefix("section.")


def label_of(facts: Facts, term: str, language: Language) -> str:
    """The words of a vocabulary entry."""
    return facts.get(Term, term).label.bilingual.text(language)


def index_page(book: ClaimBook, chosen: Chosen, lenses: tuple[str, ...], language: Language) -> IndexPage:
    """The list as it stands now."""
    found = {claim.id: book.known(claim.id) for claim in book.claims}
    say, home = Say(language), f"/{language}/claims"
    shown = [c for c in book.claims if _is_shown(c, found[c.id], chosen)]
    waiting, asking = len(book.waiting), len(book.asking)
    progress = say("claims.progress", done=asking - waiting, asking=asking) if waiting else ""
    behind: dict[str, str | int] = {
        "futures": count(book.futures, language),
        "asking": asking,
        "rest": len(book.claims) - asking,
    }
    return IndexPage(
        tuple(_sections(book, shown, found, home, language)),
        _standings(found, chosen, home, say),
        say("claims.shown", shown=len(shown), all=len(book.claims)),
        _filters(book, chosen, say),
        chosen != Chosen(),
        home,
        key(language),
        lenses,
        say("claims.behind", **behind),
        progress,
        f"{home}{chosen.query()}" if waiting else "",
    )


def _is_shown(claim: Claim, found: Judged | None, chosen: Chosen) -> bool:
    stands = found.group.removeprefix(PREFIX) if found else AWAITED
    return (
        section_name(claim).startswith(chosen.section)
        and chosen.verdict in ("", stands)
        and chosen.kind in ("", claim.type)
    )


def _standings(found: dict[str, Judged | None], chosen: Chosen, home: str, say: Say) -> tuple[Standing, ...]:
    stands = [f.group.removeprefix(PREFIX) if f else AWAITED for f in found.values()]

    def standing(name: str) -> Standing:
        return Standing(
            _standing_word(name, say),
            str(stands.count(name)),
            f"{home}{chosen.query(verdict='' if chosen.verdict == name else name)}",
            chosen.verdict == name,
        )

    return tuple(standing(name) for name in STANDINGS if name != AWAITED or AWAITED in stands)


def _standing_word(name: str, say: Say) -> str:
    return say("claims.awaited") if name == AWAITED else told(f"{PREFIX}{name}").text(say.language)


def _filters(book: ClaimBook, chosen: Chosen, say: Say) -> tuple[tuple[str, str, tuple[Option, ...]], ...]:
    sections = dict.fromkeys(claim.section for claim in book.claims)
    language = say.language

    def options(current: str, words: Iterable[tuple[str, str]]) -> tuple[Option, ...]:
        everything = Option("", say("claims.everything"), not current)
        return (everything, *(Option(value, label, value == current) for value, label in words))

    by_section = ((s.removeprefix("section."), _section_label(book.facts, s, language)) for s in sections)
    by_kind = ((t, label_of(book.facts, f"claim_type.{t}", language)) for t in KINDS)
    by_verdict = ((name, _standing_word(name, say)) for name in STANDINGS)
    return (
        ("section", say("claims.section"), options(chosen.section, by_section)),
        ("verdict", say("claims.standing"), options(chosen.verdict, by_verdict)),
        ("kind", say("claims.kind"), options(chosen.kind, by_kind)),
    )


def _section_label(facts: Facts, section: str, language: Language) -> str:
    return f"{section.removeprefix('section.')} {label_of(facts, section, language)}"


def _sections(
    book: ClaimBook, shown: list[Claim], found: dict[str, Judged | None], home: str, language: Language
) -> Iterable[Section]:
    for section in dict.fromkeys(claim.section for claim in shown):
        rows = tuple(_row(book, c, found[c.id], home, language) for c in shown if c.section == section)
        yield Section(section.removeprefix("section."), _section_label(book.facts, section, language), rows)


def _row(book: ClaimBook, claim: Claim, found: Judged | None, home: str, language: Language) -> Row:
    test: ClaimTest = book.suite.tests[claim.id]
    return Row(
        claim.id,
        f"{home}/{claim.id}",
        claim.label.bilingual.text(language),
        label_of(book.facts, f"claim_type.{claim.type}", language),
        _method(test.method, language),
        claim_mark(found, language) if found else None,
        found.entry.shares if found else "",
        lens_marks(found.entry, language) if found else (),
        claim.id in book.failed,
    )


def _method(method: str, language: Language) -> str:
    """How it was answered; a recommendation is put to the model too, and of the untestable the mark tells."""
    shown = {"normative": "simulated", "not_testable": ""}.get(method, method)
    return told(shown).text(language) if shown else ""
