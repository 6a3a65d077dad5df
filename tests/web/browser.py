"""Debian's Chromium as a reader uses it, and what every page is held to."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = Path("/usr/bin/chromium")
AXE = Path(__file__).parent / "vendor" / "axe-4.14.1.min.js"
QUIET = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)
WCAG = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")

SIDEWAYS = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
SMALL_TEXT = """() => [...document.querySelectorAll('svg.chart text')].map(t => {
  const svg = t.ownerSVGElement, box = svg.getBoundingClientRect();
  const scale = box.width / svg.viewBox.baseVal.width;
  return [t.textContent, box.width ? parseFloat(getComputedStyle(t).fontSize) * scale : 99];
}).filter(([, size]) => size < 10.95)"""
REACHABLE = """() => {
  const all = 'a[href], button, input, select, textarea, summary, [tabindex="0"]';
  window.stops = [...document.querySelectorAll(all)].filter(e => e.tabIndex >= 0 && !e.disabled
    && e.type !== 'hidden' && e.checkVisibility() && (e.type !== 'radio' || e.checked));
  window.met = new Set(), window.unseen = [];
  document.addEventListener('focusin', ({target}) => {
    window.met.add(target);
    const ring = target.matches('.segments input') ? target.parentElement : target;
    if (getComputedStyle(ring).outlineStyle === 'none') window.unseen.push(target.outerHTML.slice(0, 120));
  });
  return window.stops.length;
}"""
MISSED = """() => [
  window.stops.filter(e => !window.met.has(e)).map(e => e.outerHTML.slice(0, 120)), window.unseen
]"""
FOREIGN = "() => performance.getEntriesByType('resource').map(e => e.name)"


@contextmanager
def chromium() -> Iterator[Browser]:
    """A running browser."""
    with sync_playwright() as play:
        running = play.chromium.launch(executable_path=str(CHROMIUM), args=list(QUIET))
        yield running
        running.close()


def violations(page: Page) -> list[str]:
    """What axe finds on a page, one line each; the page's own policy stays in force."""
    page.evaluate(AXE.read_text(encoding="utf-8") + ";0")
    options = {"runOnly": {"type": "tag", "values": list(WCAG)}, "resultTypes": ["violations"]}
    found: dict[str, Any] = page.evaluate("options => axe.run(document, options)", options)
    return [
        f"{v['id']}: {v['help']}: " + "; ".join(f"{n['target']} {n['html'][:120]}" for n in v["nodes"][:4])
        for v in found["violations"]
    ]
