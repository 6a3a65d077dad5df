"""A pathway's map as one self-contained page per language: the steps as a table, then the drawing."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from stepdown.brief.page import brief_style, environment
from stepdown.brief.voice import phrase
from stepdown.charts import Figure, stylesheet
from stepdown.contracts.effects import Bilingual
from stepdown.vocabulary.ids import Language


def render_map(
    figure: Figure,
    title: Bilingual,
    question: Bilingual,
    dated: Bilingual,
    record: str,
    language: Language,
    file_name: Callable[[Language], str],
) -> str:
    """One HTML page: style inside, no script, nothing fetched. `figure` is drawn in the same language."""
    return (
        environment()
        .get_template("pathway.html.j2")
        .render(
            figure=figure,
            title=title.text(language),
            question=question.text(language),
            dated=dated.text(language),
            language=language,
            stamp=record[:12],
            say=partial(phrase, language),
            style=stylesheet() + brief_style(),
            file_name=file_name,
        )
    )
