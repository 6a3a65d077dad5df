"""The command line: the same verbs as the web app; it shows and asks, it does not compute."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(no_args_is_help=True, pretty_exceptions_enable=False, add_completion=False)
record_app = typer.Typer(no_args_is_help=True, help="The documented record: check, show, cite, what is due.")
app.add_typer(record_app, name="record")


@record_app.command()
def check(data: Annotated[Path | None, typer.Option(help="Folder of data files.")] = None) -> None:
    """Check every data file; list all problems at once; exit code 2 when there is one."""
    from stepdown.record import check_record

    problems, placed, _ = check_record(data)
    for problem in problems:
        typer.echo(str(problem), err=True)
    typer.echo(f"{len(placed)} records, {len(problems)} problems")
    sys.exit(2 if problems else 0)


def main() -> None:
    app()
