"""A page of sheets on a terminal: sentences, tables, what they rest on, and the files left."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from stepdown.cli.tables import console, print_table

if TYPE_CHECKING:
    from stepdown.contracts.assessments.page import AssessmentPage
    from stepdown.vocabulary.ids import Language


def print_page(page: AssessmentPage, files: Sequence[Path], lang: Language) -> None:
    """The same telling as the HTML page."""
    typer.echo(page.title.text(lang))
    for sentence in page.short:
        typer.echo(f"· {sentence.text(lang)}")
    for sheet in page.sheets:
        heads = [h.text(lang) for h in sheet.heads]
        rows = [[c.text(lang) for c in row] for row in sheet.rows]
        print_table(sheet.heading.text(lang), heads, rows, groups=[g.text(lang) for g in sheet.groups])
        for note in sheet.notes:
            typer.echo(note.text(lang))
        typer.echo(f"[{', '.join(sheet.rests_on[:8])}{', …' if len(sheet.rests_on) > 8 else ''}]\n")
    for path in files:
        console().print(str(path), soft_wrap=True)
