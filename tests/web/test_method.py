"""Method: its numbers are those of the record, the reports and the code; texts in one language say so."""

from __future__ import annotations

import json
import re
from html import unescape
from importlib.resources import files

import httpx
import pytest
from markupsafe import escape
from playwright.sync_api import Page
from tests.web.browser import SIDEWAYS, violations

from stepdown.contracts.facts import Switch
from stepdown.contracts.facts.facts import Facts
from stepdown.study.documents.credibility import credibility, factors
from stepdown.study.method import BackcastReport, known_answers, trust
from stepdown.vocabulary.ids import LANGUAGES, Language
from stepdown.web.method.backcasts import backcasts_page
from stepdown.web.method.markdown import shown
from stepdown.web.services import Services
from stepdown.web.tasks import Task, Tasks

PARTS = (
    *("credibility", "switches", "validation", "calibration"),
    *("backcasts", "description", "changes", "notes", "notes/mechanisms"),
)
TABLE = ("Replay", ["indicator", "records"], [["roles <b>", "doc.USA.2010-04-06 src.npr10"]], ["a note"])


def plain(html: str) -> str:
    """The words of a page, tags and runs of space removed."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]*>", " ", html)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_credibility_is_that_of_the_written_document(
    client: httpx.Client, facts: Facts, language: Language
) -> None:
    text = client.get(f"/{language}/method/credibility").text
    known, written = trust(facts, language), credibility(facts)
    for factor, own in zip(known.factors, factors(facts), strict=True):
        assert (factor.id, factor.level, factor.counted) == (own.id, own.level, own.counted)
        row = text.split(f'id="factor-{factor.id}"')[1].split("</tr>")[0]
        assert f"<b>{factor.level}</b>" in row
        assert str(escape(factor.reason)) in row
        assert row.count('class="on"') == factor.level
    assert f"Of {known.observed} records" in written
    for way in known.checked:
        assert f"| {way.mark} | {way.records} |" in written
        assert re.search(rf">{way.records}</td>", text)
    for _, mean in known.pedigree:
        assert f"{mean:.2f}" in written
        assert f">{mean:.2f}</td>" in text


def test_what_cannot_be_said_is_that_of_the_written_document(facts: Facts) -> None:
    written = " ".join(credibility(facts).split())
    for line in trust(facts, "en").cannot:
        assert f"- {line}" in written


def test_japanese_assessment_is_japanese(facts: Facts) -> None:
    for factor in trust(facts, "ja").factors:
        for words in (factor.name, factor.asks, factor.reason, factor.next):
            assert re.search("[ぁ-んァ-ン一-龥]", words), words


@pytest.mark.parametrize("language", LANGUAGES)
def test_switches_show_both_sides_and_the_start(
    client: httpx.Client, facts: Facts, language: Language
) -> None:
    text = client.get(f"/{language}/method/switches").text
    assert text.count('class="differs"') == sum(len(s.changes_at_t0) for s in facts.all(Switch))
    for switch in facts.all(Switch):
        section = text.split(f'<section class="card" id="{switch.id}"')[1].split("</section>")[0]
        for option in switch.options.values():
            assert str(escape(option.holds[language])) in section
            for ground in option.basis:
                assert getattr(ground, "source", "") in section


def test_known_answers_are_those_of_the_check(client: httpx.Client) -> None:
    answers = known_answers("en")
    text = plain(client.get("/en/method/validation").text)
    assert f"{sum(a.passed for a in answers)} of {len(answers)} known answers" in text
    for answer in answers:
        assert f"{answer.expected} {answer.found} {answer.tolerance:g}" in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_calibration_shows_the_numbers_of_the_report(client: httpx.Client, language: Language) -> None:
    report = json.loads(files("stepdown").joinpath("data", "ensembles", "calibrated-1.json").read_text())
    text = plain(client.get(f"/{language}/method/calibration").text)
    for rate in report["rates"]:
        low, median, high = (f"{100 * rate['prior'][k]:.2g}" for k in ("low", "median", "high"))
        assert f"{median} ({low} – {high})" in text
    for policy in report["policies"]:
        assert f"{policy['fitted']:.0%} ({policy['low']:.0%} – {policy['high']:.0%})" in text
    assert str(report["ensemble"]["rows"]) in text


def test_backcasts_wait_then_show_hits_and_misses(
    client: httpx.Client, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = client.get("/ja/method/backcasts").text
    assert "計算中である" in text
    assert 'hx-trigger="every' in text
    report = BackcastReport({"hits": 7, "misses": 11, "unclear": 2}, {"en": (TABLE,), "ja": (TABLE,)})

    def done(self: Tasks, key: str, reader: str, make: object) -> Task[BackcastReport]:
        return Task(key, reader, lambda told: report, result=report)

    monkeypatch.setattr(Tasks, "get", done)
    page = backcasts_page(services, "en")
    assert (page.hits, page.misses, page.unclear, page.again) == (7, 11, 2, "")
    text = client.get("/en/method/backcasts").text
    assert "7 hits, 11 misses, 2 unclear" in text
    assert "roles &lt;b&gt;" in text
    assert 'href="/en/record/entries/doc.USA.2010-04-06"' in text
    assert 'href="/en/record/sources/src.npr10"' in text


def test_texts_in_one_language_say_so(client: httpx.Client) -> None:
    for part in ("description", "notes/mechanisms", "changes"):
        assert "この文書は英語のみである" in client.get(f"/ja/method/{part}").text
        assert "exists in English only" not in client.get(f"/en/method/{part}").text
    assert '<article class="written" lang="en">' in client.get("/ja/method/description").text


def test_release_is_that_of_the_record(client: httpx.Client, facts: Facts) -> None:
    text = plain(client.get("/en/method/changes").text)
    assert facts.digest in text
    assert f"{len(facts)} records" in text
    assert "Unreleased" in text


@pytest.mark.parametrize("part", PARTS)
def test_parts_fit_a_phone(page: Page, part: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    for language in LANGUAGES:
        page.goto(f"/{language}/method/{part}")
        assert page.evaluate(SIDEWAYS) <= 0
        assert page.locator("h1").count() == 1


@pytest.mark.parametrize(
    "part", [PARTS[0], *(pytest.param(part, marks=pytest.mark.slow) for part in PARTS[1:])]
)
def test_parts_are_accessible(page: Page, part: str) -> None:
    for language in LANGUAGES:
        page.goto(f"/{language}/method/{part}")
        assert violations(page) == []


def test_unknown_note_is_told(client: httpx.Client) -> None:
    answer = client.get("/ja/method/notes/mechanism")
    assert answer.status_code == 404
    assert "「mechanisms」ではないか" in answer.text


def test_markdown_passes_no_html_and_keeps_links_at_home() -> None:
    pages = {"docs/method/inputs.md": "/en/method/notes/inputs"}
    source = (
        "<!-- written -->\n\n# A title\n\n## One `two`\n\n<script>x</script> [in](method/inputs.md#place), "
        "[out](../CITATION.cff), [web](https://example.org/), [bad](javascript:x)\n\n| a |\n|--:|\n| <b> |\n"
    )
    text = shown(source, "docs/odd.md", pages)
    assert text.title == "A title"
    assert [(h.id, h.words, h.level) for h in text.headings] == [("s1", "One two", 2)]
    assert "<script>" not in text.body
    assert "<b>" not in text.body
    assert 'href="/en/method/notes/inputs"' in text.body
    assert 'href="https://example.org/"' in text.body
    assert text.body.count("href=") == 2
    assert "style=" not in text.body
    assert '<td class="num">' in text.body
