"""`stepdown model describe`: documents that the code and the record write themselves."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from stepdown.cli.options import Data


def describe(
    name: Annotated[Literal["odd", "switches", "credibility", "all"], typer.Argument(help="Which document.")],
    into: Annotated[
        Path, typer.Option(file_okay=False, help="For `all`: the source checkout whose docs/ are renewed.")
    ] = Path(),
    data: Data = None,
) -> None:
    """Print a document about the model as Markdown, or renew all of them in a source checkout."""
    from stepdown.study.documents import document, write_documents

    if name == "all":
        for path in write_documents(into, data):
            typer.echo(str(path))
    else:
        typer.echo(document(name, data), nl=False)
