"""The executable paper as self-contained pages: an index along the paper's outline, and a page per claim."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from stepdown.brief.page import brief_style, environment, write_pages
from stepdown.brief.voice import phrase
from stepdown.charts import stylesheet
from stepdown.charts.shares import share_chart
from stepdown.contracts.claims_page import ClaimEntry, ClaimsPage
from stepdown.contracts.effects import Bilingual
from stepdown.vocabulary.ids import LANGUAGES, Language


def render_claims(page: ClaimsPage, language: Language) -> str:
    """The index: where claims stand, then every claim in the order of the paper."""
    return _render("claims.html.j2", page, language, index_name)


def render_claim(page: ClaimsPage, entry: ClaimEntry, language: Language) -> str:
    """The page of one claim: what was tested, shares by lens, what could have built it in, grounds."""
    return _render("claim.html.j2", page, language, partial(claim_name, entry), entry=entry)


def write_claims(page: ClaimsPage, folder: Path) -> tuple[Path, Path]:
    """Write index and pages in both languages; all are rendered before the first is written."""
    pages = {index_name(language): render_claims(page, language) for language in LANGUAGES}
    pages |= {
        claim_name(entry, language): render_claim(page, entry, language)
        for section in page.sections
        for entry in section.claims
        for language in LANGUAGES
    }
    english, japanese, *_ = write_pages(folder, pages)
    return english, japanese


def index_name(language: Language) -> str:
    """The file of the index."""
    return f"claims.{language}.html"


def claim_name(entry: ClaimEntry, language: Language) -> str:
    """The file of a claim's own page."""
    return f"{entry.id}.{language}.html"


def _render(template: str, page: ClaimsPage, language: Language, file_name: object, **more: object) -> str:
    def tell(text: Bilingual) -> str:
        return text.text(language)

    verdicts = {verdict: tell(words) for verdict, words in page.verdicts}
    return (
        environment()
        .get_template(template)
        .render(
            page=page,
            language=language,
            stamp=page.record[:12],
            dated=tell(page.dated),
            tell=tell,
            verdicts=verdicts,
            say=partial(phrase, language),
            style=stylesheet() + brief_style(),
            file_name=file_name,
            index_name=index_name(language),
            claim_name=lambda entry: claim_name(entry, language),
            draw=lambda chart: share_chart(chart, language),
            **more,
        )
    )
