"""An assessment as one self-contained page per language, in the brief's look and voice."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from stepdown.brief.page import brief_style, environment, file_name, write_pages
from stepdown.brief.sections.assessment import sheet_views
from stepdown.brief.sections.roles import note_view
from stepdown.brief.voice import phrase
from stepdown.charts import stylesheet
from stepdown.charts.numbers import count, day
from stepdown.contracts.assessments.page import AssessmentPage
from stepdown.vocabulary.ids import LANGUAGES, Language


def render_assessment(page: AssessmentPage, language: Language) -> str:
    """One HTML page: style inside, no script, nothing fetched. The same page gives the same bytes."""
    say = partial(phrase, language)
    template = environment().get_template("assessment.html.j2")
    return template.render(
        language=language,
        title=page.title.text(language),
        asked=page.asked.text(language),
        short=tuple(s.text(language) for s in page.short),
        sheets=sheet_views(page, language),
        scope=tuple(s.text(language) for s in page.scope),
        notes=tuple(note_view(note, language) for note in page.sources),
        card=tuple((name.text(language), value) for name, value in page.card),
        stamp=page.record[:12],
        dated=_dated(page, language),
        say=say,
        style=stylesheet() + brief_style(),
        file_name=file_name,
    )


def _dated(page: AssessmentPage, language: Language) -> str:
    """Date, version, futures where any were drawn, record."""
    key = "page.dated" if page.futures else "assessment.dated"
    return phrase(
        language,
        key,
        date=day(page.dated, language),
        version=page.version,
        futures=count(page.futures, language),
        run=page.record[:12],
    )


def write_assessments(page: AssessmentPage, folder: Path) -> tuple[Path, Path]:
    """Write both languages into `folder`; both are rendered before the first is written."""
    english, japanese = write_pages(
        folder, {file_name(language): render_assessment(page, language) for language in LANGUAGES}
    )
    return english, japanese
