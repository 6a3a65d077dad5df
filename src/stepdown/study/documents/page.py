"""Markdown from templates beside this file: tables, lists of sources, filled placeholders."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from stepdown.contracts.facts import Source
from stepdown.contracts.facts.base import Evidence, Sourced
from stepdown.contracts.facts.facts import Facts

WRITTEN = (
    "<!-- Written by `stepdown model describe {name}`; change the template or the record, not this file. -->"
)


def page(name: str, **values: object) -> str:
    """The template `<name>.md.j2` filled; placeholders without a value are errors."""
    text = _environment().get_template(f"{name}.md.j2").render(**values)
    return f"{WRITTEN.format(name=name)}\n\n{text.strip()}\n"


def table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A Markdown table; bars inside cells are escaped."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join("| " + " | ".join(_cell(cell) for cell in line) + " |" for line in lines)


def reference(facts: Facts, source_id: str) -> str:
    """A source in one line: authors, title, year, id."""
    source = facts.get(Source, source_id)
    by = f"{source.authors}, " if source.authors else ""
    year = f" ({source.date_published[:4]})" if source.date_published else ""
    return f"{by}*{source.title_en or source.title}*{year} `{source.id}`"


def grounds(facts: Facts, sourced: Sourced | Sequence[object]) -> list[str]:
    """What a record or an option rests on: sources with their bearing, or who judged and why."""
    basis = sourced.basis if isinstance(sourced, Sourced) else sourced
    said = []
    for ground in basis:
        if isinstance(ground, Evidence):
            note = f": {ground.note.en}" if ground.note else ""
            bearing = "" if ground.bearing == "supports" else f" ({ground.bearing})"
            said.append(f"{reference(facts, ground.source)}{bearing}{note}")
        else:
            said.append(f"judgement of the {ground.judgement}: {ground.why.en}")  # type: ignore[attr-defined]
    return said


def _cell(value: object) -> str:
    return str(value).replace("|", "\\|").replace("\n", " ")


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("stepdown.study.documents", "."),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=False,
    )
