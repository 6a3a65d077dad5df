"""The pages in a real browser: nothing fetched, no sideways scroll, chart text legible and apart, on paper.

Needs Debian's chromium; left out where it is not installed.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from pypdf import PdfReader

from stepdown.brief import write_briefs
from stepdown.brief.voice import Voice
from stepdown.contracts.findings import Findings
from stepdown.vocabulary.ids import LANGUAGES

CHROMIUM = Path("/usr/bin/chromium")
QUIET = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)
WIDTHS = (360, 390, 768, 1024, 1280)
A4_POINTS = (595, 842)

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="chromium is not installed"),
]

SMALL_TEXT = """() => [...document.querySelectorAll('svg.chart text')].map(t => {
  const svg = t.ownerSVGElement, box = svg.getBoundingClientRect();
  const scale = box.width / svg.viewBox.baseVal.width;
  return [t.textContent, box.width ? parseFloat(getComputedStyle(t).fontSize) * scale : 99];
}).filter(([, size]) => size < 10.95)"""

# A line's box is taller than its letters, above all in Japanese fonts: 5 px of it may touch the next.
OVERLAPS = """() => [...document.querySelectorAll('svg.chart')].flatMap(svg => {
  const boxes = [...svg.querySelectorAll('text')].map(t => [t.textContent, t.getBoundingClientRect()]);
  return boxes.flatMap(([a, p], i) => boxes.slice(i + 1).filter(([, q]) =>
    Math.min(p.right, q.right) - Math.max(p.left, q.left) > 1 &&
    Math.min(p.bottom, q.bottom) - Math.max(p.top, q.top) > 5).map(([b]) => [a, b]));
})"""

CUT_OFF = """() => [...document.querySelectorAll('svg.chart text')].filter(t => {
  const box = t.getBoundingClientRect(), frame = t.ownerSVGElement.getBoundingClientRect();
  return frame.width && (box.left < frame.left - 1 || box.right > frame.right + 1);
}).map(t => t.textContent)"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as play:
        running = play.chromium.launch(executable_path=str(CHROMIUM), args=list(QUIET))
        yield running
        running.close()


@pytest.fixture(scope="module")
def files(findings: Findings, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    written = write_briefs(findings, tmp_path_factory.mktemp("briefs"))
    return dict(zip(LANGUAGES, written, strict=True))


@pytest.fixture(params=[(language, width) for language in LANGUAGES for width in WIDTHS], ids=str)
def shown(request: pytest.FixtureRequest, browser: Browser, files: dict[str, Path]) -> Iterator[Page]:
    language, width = request.param
    page = browser.new_page(viewport={"width": width, "height": 900})
    requests: list[str] = []
    page.on("request", lambda sent: requests.append(sent.url))
    page.goto(files[language].as_uri())
    assert len(requests) == 1
    yield page
    page.close()


def test_reads_without_sideways_scroll_and_with_legible_charts(shown: Page) -> None:
    width = shown.evaluate("document.documentElement.scrollWidth")
    viewport = shown.viewport_size
    assert viewport is not None
    assert width <= viewport["width"]
    assert shown.evaluate(SMALL_TEXT) == []
    assert shown.evaluate(OVERLAPS) == []
    assert shown.evaluate(CUT_OFF) == []


def letters(text: str) -> str:
    """Letters alone; PDF text may hold a compatibility form of a character (radical 見 for 見)."""
    return "".join(unicodedata.normalize("NFKC", text).split())


@pytest.mark.parametrize("language", LANGUAGES)
def test_prints_on_a4_with_every_section(
    browser: Browser, files: dict[str, Path], findings: Findings, language: str, tmp_path: Path
) -> None:
    page = browser.new_page()
    page.goto(files[language].as_uri())
    target = tmp_path / "brief.pdf"
    page.pdf(path=str(target), prefer_css_page_size=True, print_background=True)
    page.close()
    paper = PdfReader(target).pages
    assert 5 <= len(paper) <= 20
    for sheet in paper:
        assert (float(sheet.mediabox.width), float(sheet.mediabox.height)) == pytest.approx(A4_POINTS, abs=2)
    text = letters("".join(sheet.extract_text() for sheet in paper))
    say = Voice(findings, language).say  # type: ignore[arg-type]
    for section in ("question", "short", "effects", "backfire", "roles", "sources", "run"):
        assert letters(say(f"sections.{section}")) in text
    assert text.count(letters(say("page.scope_line"))) >= len(paper)
