"""The map as files: a page per language with the table first, the drawing alone, and a manifest."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from stepdown.brief.page import write_pages
from stepdown.brief.pathway import render_map
from stepdown.charts.pathway_map import pathway_map
from stepdown.study.pathways.run import PathwayRun
from stepdown.study.pathways.tell import map_data, summary
from stepdown.study.pathways.words import say
from stepdown.vocabulary.errors import Problem, StudyError
from stepdown.vocabulary.ids import LANGUAGES, Language


def manifest(run: PathwayRun) -> dict[str, Any]:
    """Everything the map shows, as plain data, with what is needed to run it again."""
    data = map_data(run)
    return {"schema": "stepdown/pathway-map-1", "run": summary(run)["run"], "map": asdict(data)}


def write_map(run: PathwayRun, folder: Path) -> tuple[Path, ...]:
    """Pages, drawings and manifest in `folder`; each file is replaced whole. Raises StudyError."""
    pathway, data, record = run.setting.pathway, map_data(run), run.setting.facts.digest
    title, question = pathway.label.bilingual, pathway.question.bilingual
    dated = say("map", "dated", n=str(data.futures), seed=str(run.setting.seed), record=record[:12])
    written = {}
    for language in LANGUAGES:
        figure = pathway_map(data, language, figure_id="map")
        written[_page(language)] = render_map(figure, title, question, dated, record, language, _page)
        written[f"map.{language}.svg"] = f"{figure.svg(resolved=True)}\n"
    written["map.json"] = json.dumps(manifest(run), ensure_ascii=False, indent=2) + "\n"
    try:
        return write_pages(folder, written)
    except OSError as error:
        raise StudyError([Problem(str(folder), 0, "", f"cannot be written: {error.strerror}")]) from None


def _page(language: Language) -> str:
    return f"map.{language}.html"
