"""From findings to one self-contained page per language, and to files."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined

from stepdown.brief.outline import outline
from stepdown.brief.voice import Voice
from stepdown.charts import stylesheet
from stepdown.contracts.findings import Findings
from stepdown.vocabulary.ids import LANGUAGES, Language


def render_brief(findings: Findings, language: Language) -> str:
    """The brief as one HTML page: style inside, no script, nothing fetched.

    The same findings give the same bytes. Raises `FindingsError` when ids or notes are missing.
    """
    told = outline(findings, language)
    page = environment().get_template("brief.html.j2")
    style = stylesheet() + brief_style()
    return page.render(
        brief=told,
        language=language,
        stamp=told.run_id,
        dated=told.dated,
        say=Voice(findings, language).say,
        style=style,
        file_name=file_name,
    )


def write_briefs(findings: Findings, folder: Path) -> tuple[Path, Path]:
    """Write both languages into ``folder`` (made if missing); a reader never sees half a file.

    Both pages are rendered before the first is written.
    """
    english, japanese = write_pages(
        folder, {file_name(language): render_brief(findings, language) for language in LANGUAGES}
    )
    return english, japanese


def file_name(language: Language) -> str:
    """The file of a language; each page links to the other by this name."""
    return f"brief.{language}.html"


def write_pages(folder: Path, pages: Mapping[str, str]) -> tuple[Path, ...]:
    """Write rendered pages by file name; the folder is made if missing."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in pages.items():
        _write_whole(folder / name, text)
    return tuple(folder / name for name in pages)


def _write_whole(path: Path, text: str) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.chmod(0o644)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


@lru_cache
def environment() -> Environment:
    return Environment(
        loader=PackageLoader("stepdown.brief"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@lru_cache
def brief_style() -> str:
    return files("stepdown.brief").joinpath("templates", "brief.css").read_text(encoding="utf-8")
