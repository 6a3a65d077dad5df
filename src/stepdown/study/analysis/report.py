"""What an analysis leaves in a folder: a page in each language, every figure as SVG, all numbers as JSON."""

from __future__ import annotations

import json
from dataclasses import asdict
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from stepdown.charts import stylesheet
from stepdown.charts.numbers import count
from stepdown.contracts.scenarios import Box
from stepdown.study.analysis.analyse import Analysis
from stepdown.study.analysis.figures import figures, sections
from stepdown.study.analysis.words import told
from stepdown.vocabulary.errors import ExplorationError
from stepdown.vocabulary.ids import LANGUAGES, Language

DATA = "analysis.json"


def render(found: Analysis, lang: Language) -> str:
    """The analysis as one HTML page: style inside, no script, nothing fetched."""
    line = told("run_line", futures=count(found.futures, lang), failed=count(found.failed, lang))
    return (
        _environment()
        .get_template("report.html.j2")
        .render(
            language=lang,
            title=told("title", title=found.title).text(lang),
            question=found.question.text(lang),
            run_line=line.text(lang),
            sections=sections(found, lang),
            say=lambda key: told(key).text(lang),
            file_name=file_name,
            style=stylesheet() + _page_style(),
        )
    )


def write_analysis(found: Analysis, folder: Path) -> tuple[Path, ...]:
    """Write pages, figures and numbers; everything is rendered before the first file is written.

    Raises ExplorationError when the folder cannot be made or written.
    """
    pages = {file_name(lang): render(found, lang) for lang in LANGUAGES}
    drawn = {
        f"figures/{name}.svg": f"{figure.svg(resolved=True)}\n"
        for lang in LANGUAGES
        for name, figure in figures(found, lang).items()
    }
    numbers = json.dumps(as_data(found), ensure_ascii=False, indent=1) + "\n"
    try:
        (folder / "figures").mkdir(parents=True, exist_ok=True)
        for name, text in {**pages, DATA: numbers, **drawn}.items():
            (folder / name).write_text(text, encoding="utf-8")
    except OSError as error:
        raise ExplorationError(f"{folder}: cannot be written: {error.strerror}") from error
    return tuple(folder / name for name in (*pages, DATA, *drawn))


def as_data(found: Analysis) -> dict[str, Any]:
    """Plain data for JSON; words of inputs only where a finding names them."""
    plain = asdict(found)
    named = {n for s in found.scenarios for n, _ in s.words}
    plain["words"] = {name: asdict(words) for name, words in found.words if name in named}
    return plain


def as_discovery(found: Analysis) -> dict[str, Any]:
    """Plain data of the boxes and trees alone, with the density, coverage and mass of each."""
    plain = as_data(found)
    told = []
    for scenario, data in zip(found.scenarios, plain["scenarios"], strict=True):
        boxes = {"box": [scenario.box] if scenario.box else [], "leaves": list(scenario.leaves)}
        shown = {name: [_box(box) for box in some] for name, some in boxes.items()}
        told.append({**data, "box": next(iter(shown["box"]), None), "leaves": shown["leaves"]})
    kept = ("title", "question", "futures", "failed", "packages", "outcomes", "too_rare", "words")
    return {**{name: plain[name] for name in kept}, "scenarios": told}


def _box(box: Box) -> dict[str, Any]:
    counted = box.count
    shares = {name: round(getattr(counted, name), 4) for name in ("density", "coverage", "mass")}
    return {**asdict(box), **shares}


def file_name(lang: Language) -> str:
    """The page of a language; each links to the other by this name."""
    return f"analysis.{lang}.html"


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("stepdown.study.analysis", "."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def _page_style() -> str:
    return files("stepdown.brief").joinpath("templates", "brief.css").read_text(encoding="utf-8")
