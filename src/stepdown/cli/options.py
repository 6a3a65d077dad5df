"""Options that several commands share, each defined once."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from stepdown.vocabulary.dates import latest
from stepdown.vocabulary.ids import Language


def day(text: str | None) -> date:
    """The last day a partial date can mean; today when none is given."""
    if text is None:
        return date.today()
    try:
        return latest(text)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--as-of") from error


Lang = Annotated[Language, typer.Option("--lang", help="Language of the words.")]
AsOf = Annotated[
    str | None, typer.Option("--as-of", help="Date (YYYY, YYYY-MM or YYYY-MM-DD); default today.")
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON instead of tables.")]
State = Annotated[list[str] | None, typer.Option("--state", help="ISO code of a state; may be repeated.")]
Data = Annotated[
    Path | None,
    typer.Option(
        "--data", exists=True, file_okay=False, help="Folder of data files instead of the shipped record."
    ),
]
