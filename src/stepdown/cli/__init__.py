"""The command line: the same verbs as the web app; it shows and asks, it does not compute.

Rooms are imported inside the commands, so that `stepdown --help` stays quick.
"""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from stepdown.cli.analyse import analyse
from stepdown.cli.assess import app as assess_app
from stepdown.cli.claims import claims
from stepdown.cli.describe import describe
from stepdown.cli.discover import discover
from stepdown.cli.explore import explore
from stepdown.cli.model import app as model_app
from stepdown.cli.pathway import app as pathway_app
from stepdown.cli.record import app as record_app
from stepdown.cli.run import run
from stepdown.cli.runs import app as runs_app
from stepdown.cli.sensitivity import sensitivity
from stepdown.cli.sequence import sequence
from stepdown.cli.serve import serve
from stepdown.cli.why import why
from stepdown.vocabulary.errors import StepdownError

app = typer.Typer(
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
    help="Reducing reliance on nuclear deterrence, one verified step at a time. "
    "Explores assumptions; does not forecast.",
)
app.add_typer(record_app, name="record")
app.add_typer(model_app, name="model")
app.add_typer(assess_app, name="assess")
app.add_typer(runs_app, name="runs")
app.add_typer(pathway_app, name="pathway")
app.command()(run)
app.command()(analyse)
app.command()(claims)
app.command()(discover)
app.command()(explore)
app.command()(sensitivity)
app.command()(sequence)
app.command()(serve)
app.command()(why)
model_app.command()(describe)


def _version(wanted: bool) -> None:
    if wanted:
        from stepdown import __version__

        typer.echo(__version__)
        raise typer.Exit


@app.callback()
def stepdown(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Global options."""


def main() -> None:
    """Run the command line; an error the user can mend is printed plainly and ends with exit code 2."""
    try:
        app()
    except StepdownError as error:
        typer.echo(str(error), err=True)
        sys.exit(2)
