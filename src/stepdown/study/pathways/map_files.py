"""The map as files: a page per language with the table first, the drawing alone, and a manifest."""

from __future__ import annotations

import json
import os
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

from stepdown.charts.element import Element, el
from stepdown.charts.figure import Figure
from stepdown.charts.pathway_map import pathway_map
from stepdown.charts.theme import stylesheet
from stepdown.study.pathways.run import PathwayRun
from stepdown.study.pathways.tell import map_data, summary
from stepdown.study.pathways.words import say
from stepdown.vocabulary.errors import Problem, StudyError
from stepdown.vocabulary.ids import LANGUAGES, Language

_LAYOUT = (
    "main{max-width:1160px;margin:24px auto;padding:0 20px}"
    ".wide{overflow-x:auto}.wide svg{min-width:1000px;width:100%;height:auto}"
    "th,td{padding:6px 10px;text-align:left;vertical-align:top}.num{text-align:right}"
)


def manifest(run: PathwayRun) -> dict[str, Any]:
    """Everything the map shows, as plain data, with what is needed to run it again."""
    data = map_data(run)
    return {"schema": "stepdown/pathway-map-1", "run": summary(run)["run"], "map": asdict(data)}


def write_map(run: PathwayRun, folder: Path) -> tuple[Path, ...]:
    """Pages, drawings and manifest in `folder`; each file is replaced whole. Raises StudyError."""
    data = map_data(run)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        written = []
        for language in LANGUAGES:
            figure = pathway_map(data, language, figure_id="map")
            written.append(_replace(folder / f"map.{language}.html", _page(run, figure, language)))
            written.append(_replace(folder / f"map.{language}.svg", str(figure.svg(resolved=True)) + "\n"))
        content = json.dumps(manifest(run), ensure_ascii=False, indent=2) + "\n"
        written.append(_replace(folder / "map.json", content))
    except OSError as error:
        raise StudyError([Problem(str(folder), 0, "", f"cannot be written: {error.strerror}")]) from None
    return tuple(written)


def _page(run: PathwayRun, figure: Figure, language: Language) -> str:
    pathway = run.setting.pathway
    scope = say("scope", "line").text(language)
    body = el(
        "main",
        el("h1", pathway.label[language]),
        el("p", pathway.question[language]),
        el("p", figure.finding),
        el("div", figure.table.html(), class_="wide", tabindex="0", role="region", aria_label=figure.title),
        el("h2", figure.title),
        el("div", figure.svg(), class_="wide", tabindex="0", role="region", aria_label=figure.finding),
        el("p", scope),
    )
    head = el(
        "head",
        el("meta", charset="utf-8"),
        el("meta", name="viewport", content="width=device-width,initial-scale=1"),
        el("title", figure.title),
    )
    styles = f"<style>{stylesheet()}\n{_LAYOUT}</style>"
    opened = str(head).replace("</head>", f"{styles}</head>")
    page: Element = el("body", body)
    return f'<!doctype html>\n<html lang="{language}">{opened}{page}</html>\n'


def _replace(path: Path, content: str) -> Path:
    """Write beside the target and put it in place: a reader never sees half a file."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    with os.fdopen(handle, "w", encoding="utf-8") as stream:
        stream.write(content)
    fresh = Path(name)
    fresh.chmod(0o644)
    fresh.replace(path)
    return path
