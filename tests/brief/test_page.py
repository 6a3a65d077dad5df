"""The pages: self-contained, complete, the same in both languages, the same every time."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from stepdown.brief import render_brief
from stepdown.brief.sections.short import headline_effects
from stepdown.charts.numbers import changes, share
from stepdown.contracts.effects import Bilingual
from stepdown.contracts.findings import Findings
from stepdown.vocabulary.ids import LANGUAGES, Language

Pages = Mapping[Language, str]
VOID = {"meta", "link", "br", "col", "path", "rect", "line", "circle"}


class Reader(HTMLParser):
    """Collects tags with attributes; fails where elements are not nested properly."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open.pop() == tag


@pytest.fixture(params=LANGUAGES)
def page(request: pytest.FixtureRequest, pages: Pages) -> str:
    return pages[request.param]


def test_nothing_is_fetched_and_nothing_runs(page: str) -> None:
    tags = Reader(page).tags
    names = {name for name, _ in tags}
    assert not names & {"script", "iframe", "img", "object", "embed", "form"}
    assert [a["href"] for name, a in tags if name == "link"] == ["data:,"]
    for _, attributes in tags:
        assert not [a for a in attributes if a.startswith("on") or a in ("src", "srcset", "style")]
    style = re.search("<style>(.*?)</style>", page, re.DOTALL)
    assert style is not None
    assert not re.search(r"@import|url\(|https?:", style.group(1))


def test_identifiers_are_unique_and_every_inner_link_arrives(page: str) -> None:
    tags = Reader(page).tags
    ids = [a["id"] for _, a in tags if "id" in a]
    assert len(ids) == len(set(ids))
    inner = {str(a["href"])[1:] for name, a in tags if name == "a" and str(a["href"]).startswith("#")}
    assert inner
    assert inner <= set(ids)


def test_every_picture_says_what_it_shows(page: str) -> None:
    for picture in re.findall("<svg.*?</svg>", page, re.DOTALL):
        assert 'aria-hidden="true"' in picture or ("<title" in picture and "<desc" in picture)


def test_sections_and_headings_are_in_order(page: str) -> None:
    tags = [name for name, _ in Reader(page).tags]
    levels = [int(name[1]) for name in tags if re.fullmatch("h[1-6]", name)]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(b - a <= 1 for a, b in pairwise(levels))
    assert tags.count("section") == 13


def test_both_languages_have_the_same_structure(pages: Pages) -> None:
    english, japanese = (Reader(pages[language]).tags for language in LANGUAGES)

    def outside_pictures(tags: list[tuple[str, dict[str, str | None]]]) -> list[str]:
        return [name for name, _ in tags if name not in ("text", "tspan")]

    assert outside_pictures(english) == outside_pictures(japanese)


def test_every_headline_effect_stands_beside_its_backfire(findings: Findings, page: str) -> None:
    for effect in headline_effects(findings):
        row = re.search(f'<tr id="row-{effect.package}-{effect.outcome}">(.*?)</tr>', page, re.DOTALL)
        assert row is not None
        kind = findings.outcome(effect.outcome).kind
        median = changes(kind, effect.median, effect.p05, effect.p95)[0]
        strong = re.findall("<strong>(.*?)</strong>", row.group(1))
        assert strong == [median, share(effect.backfires).replace("<", "&lt;").replace(">", "&gt;")]


def test_no_english_is_left_in_japanese_and_the_reverse(findings: Findings, pages: Pages) -> None:
    for outcome in findings.outcomes:
        assert outcome.label.en not in pages["ja"]
        assert outcome.label.ja not in pages["en"]


def test_absolute_levels_stand_beside_their_sources(findings: Findings, pages: Pages) -> None:
    line = re.search("<li>Total use hazard in 2026.*?</li>", pages["en"], re.DOTALL)
    assert line is not None
    assert line.group(0).count('class="note-link"') == len(findings.prior.sources)
    assert "robability" not in re.sub("<style>.*?</style>", "", pages["en"], flags=re.DOTALL)


def test_failed_futures_are_named(pages: Pages) -> None:
    assert "12 of 10,000 futures failed and are left out." in pages["en"]
    assert "1万通りのうち12通りは計算に失敗し、除外した。" in pages["ja"]


def test_text_from_outside_is_escaped(findings: Findings) -> None:
    hostile = Bilingual('<script>alert("x")</script>', "<script>警告</script>")
    sources = (
        replace(findings.sources[0], document=Bilingual("<img src=x>", "<img src=y>")),
        *findings.sources[1:],
    )
    packages = (replace(findings.packages[0], label=hostile), *findings.packages[1:])
    outcomes = (replace(findings.outcomes[0], label=hostile), *findings.outcomes[1:])
    poisoned = replace(findings, title=hostile, sources=sources, packages=packages, outcomes=outcomes)
    for language in LANGUAGES:
        text = render_brief(poisoned, language)
        assert "<script" not in text
        assert "<img" not in text


def test_a_run_identifier_cannot_leave_the_style_sheet(findings: Findings) -> None:
    run = replace(findings.run, record_hash='"}</style><script>')
    text = render_brief(replace(findings, run=run), "en")
    assert "<script" not in text
    assert text.count("</style>") == 1


def test_same_findings_same_bytes(findings: Findings, pages: Pages) -> None:
    for language in LANGUAGES:
        assert render_brief(findings, language) == pages[language]


def test_a_brief_without_the_optional_parts_still_reads(findings: Findings) -> None:
    roles = replace(findings.roles, thresholds=())
    bare = replace(findings, fans=(), deciding=(), order=(), mappings=(), views=(), scope=(), roles=roles)
    text = render_brief(bare, "en")
    assert "No other order was run." in text
    assert "No other mapping was run." in text
    assert "no deciding input identified" in text
    Reader(text)


@pytest.mark.parametrize("address", ["javascript:alert(1)", "example.org 2025; a copy (AP)"])
def test_only_web_addresses_become_links(findings: Findings, address: str) -> None:
    sources = (replace(findings.sources[0], url=address), *findings.sources[1:])
    text = render_brief(replace(findings, sources=sources), "en")
    links = [str(a["href"]) for name, a in Reader(text).tags if name == "a"]
    assert address not in links
    assert address in text


def test_no_lens_is_called_the_worst_when_nothing_backfires(findings: Findings) -> None:
    harmless = tuple(replace(e, improves=1.0, little_change=0.0, backfires=0.0) for e in findings.effects)
    row = re.search(
        '<tr id="row-restraint-use_risk">(.*?)</tr>',
        render_brief(replace(findings, effects=harmless), "en"),
        re.DOTALL,
    )
    assert row is not None
    assert not [lens.label.en for lens in findings.lenses if lens.label.en in row.group(1)]
