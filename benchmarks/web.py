"""The web app as readers meet it: lever to painted charts, ten people at once, bytes, a look at every screen.

Starts a server of its own on 127.0.0.1, measures with Debian's Chromium, prints JSON, and writes pictures of
all screens to runs/screens/. Run from the repository root: python -m benchmarks.web [--no-screens]
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from statistics import median

import httpx
from playwright.sync_api import Browser, Page
from playwright.sync_api import TimeoutError as StillComputing
from tests.web.browser import chromium

from stepdown.vocabulary.ids import LANGUAGES
from stepdown.web.assets import addresses
from stepdown.web.screens import SCREENS

MOVES, PEOPLE, MOVES_EACH = 40, 10, 6
PICTURES = Path("runs") / "screens"
INSIDE = {
    "workshop": "/workshop",
    "board-measure": "/board/measure?measure=M01",
    "board-add": "/board/add",
    "record-cell": "/record/cells/USA/respond_cbw",
    "record-thresholds": "/record/thresholds",
    "record-ties": "/record/ties",
    "record-arsenals": "/record/arsenals",
    "record-programmes": "/record/programmes",
    "record-events": "/record/events",
    "record-state": "/record/states/USA",
    "record-source": "/record/sources/src.paper",
    "assumptions-input": "/assumptions/input/a_u",
    "assumptions-lenses": "/assumptions/lenses",
    "pathway": "/pathways/euro-atlantic-sole-purpose",
    "claim": "/claims/C01",
    "method-credibility": "/method/credibility",
    "method-backcasts": "/method/backcasts",
    "method-changes": "/method/changes",
}
"""Pages inside the screens that are pictured too."""
WATCH = """() => {
  window.paints = [];
  let start = 0;
  document.addEventListener('input', (event) => { start = event.timeStamp; }, true);
  document.addEventListener('htmx:after:swap', () => {
    const began = start, whole = !document.querySelector('.results .status.busy');
    requestAnimationFrame(() => requestAnimationFrame(() => {
      window.paints.push([performance.now() - began, whole]);
    }));
  });
}"""


def main() -> None:
    """Print all measurements as JSON."""
    with server() as address, chromium() as browser:
        found: dict[str, object] = {
            "machine": {"cores": os.cpu_count(), "load": round(os.getloadavg()[0], 1)},
            "first_page_bytes": first_page(address),
            "lever_to_paint_ms": lever_to_paint(browser, address),
            "ten_people_ms": ten_people(address),
        }
        if "--no-screens" not in sys.argv:
            found["screens"] = pictures(browser, address)
    print(json.dumps(found, indent=2))


@contextmanager
def server() -> Iterator[str]:
    """A server in its own process, its laboratory ready."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "stepdown", "serve", "--port", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        end = time.monotonic() + 600
        while time.monotonic() < end and process.poll() is None:
            if _prepared(address):
                break
            time.sleep(1)
        else:
            raise RuntimeError("the server did not become ready")
        yield address
    finally:
        process.terminate()
        process.wait(timeout=30)


def _prepared(address: str) -> bool:
    try:
        answer = httpx.get(f"{address}/en/board", timeout=60)
    except httpx.HTTPError:
        return False
    return answer.status_code == 200 and 'class="card waiting"' not in answer.text


def first_page(address: str) -> int:
    """Bytes over the wire for a first visit to the board."""
    paths = ["/en/board", *addresses().values()]
    with httpx.Client(base_url=address, timeout=60) as client:
        return sum(_wire(client, path) for path in paths)


def _wire(client: httpx.Client, path: str) -> int:
    with client.stream("GET", path) as answer:
        return sum(len(chunk) for chunk in answer.iter_raw())


def lever_to_paint(browser: Browser, address: str) -> dict[str, object]:
    """Arrow keys on sliders, each state met for the first time: to the preview, and to all futures."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(f"{address}/en/board")
    _settle(page)
    page.evaluate(WATCH)
    previews, wholes = [], []
    sliders = page.locator("input[type=range]")
    for move in range(MOVES):
        page.evaluate("() => { window.paints = []; }")
        sliders.nth(move % sliders.count()).focus()
        page.keyboard.press(
            "ArrowRight" if sliders.nth(move % sliders.count()).input_value() < "4" else "Home"
        )
        page.wait_for_function("() => window.paints.some(([, whole]) => whole)", timeout=120_000)
        paints = page.evaluate("() => window.paints")
        previews.append(paints[0][0])
        wholes.append(next(t for t, whole in paints if whole))
    page.close()
    return {"first_paint": _told(previews), "all_futures": _told(wholes)}


def ten_people(address: str) -> dict[str, object]:
    """Ten readers, each with a session and a package of their own, moving a lever after every answer."""

    def reader(person: int) -> list[float]:
        times = []
        with httpx.Client(base_url=address, timeout=120) as client:
            client.get("/en/board")
            for move in range(MOVES_EACH):
                package = f"M15.{10 + person}.{2030 + move}.u.USA-GBR-FRA~M24.25.2028.u.USA"
                began = time.perf_counter()
                answer = client.get(f"/en/board/picture?a={package}&t=p{person}")
                times.append(1000 * (time.perf_counter() - began))
                assert answer.status_code == 200, answer.status_code
                time.sleep(0.5)
        return times

    with ThreadPoolExecutor(PEOPLE) as pool:
        times = [t for each in pool.map(reader, range(PEOPLE)) for t in each]
    return _told(times)


def pictures(browser: Browser, address: str) -> int:
    """Every screen and the main pages inside them: both languages, on a desk and a phone, light and dark."""
    places = {**{screen.id: screen.path for screen in SCREENS}, **INSIDE}
    PICTURES.mkdir(parents=True, exist_ok=True)
    count = 0
    for width, height, colours in ((1280, 900, "light"), (1280, 900, "dark"), (390, 844, "light")):
        context = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme=colours,  # type: ignore[arg-type]
        )
        for name, path in places.items():
            for language in LANGUAGES:
                page = context.new_page()
                page.goto(f"{address}/{language}{path}", timeout=120_000)
                with suppress(StillComputing):  # claims are judged for minutes: pictured as far as they are
                    _settle(page, 20)
                file = f"{name}-{language}-{width}-{colours}.png"
                page.screenshot(path=PICTURES / file, full_page=True)
                page.close()
                count += 1
        context.close()
    return count


def _settle(page: Page, seconds: int = 240) -> None:
    """Wait until nothing is computed any more; `StillComputing` after so many seconds."""
    still = "() => !document.querySelector('.waiting, .status.busy, .htmx-request')"
    page.wait_for_function(still, timeout=1000 * seconds)


def _told(times: Sequence[float]) -> dict[str, object]:
    ordered = sorted(times)
    return {
        "n": len(ordered),
        "median": round(median(ordered)),
        "p95": round(ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))]),
        "worst": round(ordered[-1]),
    }


if __name__ == "__main__":
    main()
