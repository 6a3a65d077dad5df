"""Texts that people wrote: method notes, derivations, changelog; and the report that ships."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType

from stepdown.vocabulary.ids import Language

PLACES: Mapping[str, str] = MappingProxyType(
    {
        "inputs": "docs/method/inputs.md",
        "effects": "docs/method/effects.md",
        "calibration-notes": "docs/method/calibration.md",
        "backcast-notes": "docs/method/backcasts.md",
        "checks": "docs/method/checks.md",
        "assessments": "docs/method/assessments.md",
        "exploration": "docs/method/exploration.md",
        "claims": "docs/method/claims.md",
        "mechanisms": "docs/derivations/mechanisms.md",
        "games": "docs/derivations/games.md",
        "sampled-events": "docs/derivations/sampled-events.md",
        "competing-risks": "docs/derivations/competing-risks.md",
    }
)
"""Name -> where the text lies in a source checkout. All are in English."""
CHANGELOG = "CHANGELOG.md"


@dataclass(frozen=True)
class Article:
    """A text in Markdown: its name, its place in the checkout, its words."""

    name: str
    place: str
    text: str


def articles() -> tuple[Article, ...]:
    """All method notes and derivations; none where the package runs without its source checkout."""
    root = _checkout()
    if root is None:
        return ()
    found = ((name, place, root / place) for name, place in PLACES.items())
    return tuple(Article(n, place, p.read_text(encoding="utf-8")) for n, place, p in found if p.is_file())


def changelog() -> str:
    """The changelog in Markdown; empty where the package runs without its source checkout."""
    root = _checkout()
    return (root / CHANGELOG).read_text(encoding="utf-8") if root is not None else ""


def calibration_report(lang: Language) -> str:
    """The report on the calibrated ensemble that ships, in Markdown."""
    folder = files("stepdown").joinpath("data", "ensembles")
    return folder.joinpath(f"calibrated-1.{lang}.md").read_text(encoding="utf-8")


def _checkout() -> Path | None:
    root = Path(__file__).parents[4]
    return root if (root / CHANGELOG).is_file() and (root / "docs").is_dir() else None
