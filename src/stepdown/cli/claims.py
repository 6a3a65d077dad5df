"""`stepdown claims`: every statement of the paper, tested or answered with evidence."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from stepdown.cli.options import Data, Futures, Json, Lang, Lens, Seed, Threads
from stepdown.cli.progress import progress_bar
from stepdown.cli.tables import print_json, print_table


def claims(
    claim: Annotated[str | None, typer.Argument(help="Only this claim, e.g. C64.")] = None,
    section: Annotated[str | None, typer.Option(help="Only this section of the paper, e.g. S8c.")] = None,
    lens: Lens = None,
    futures: Futures = 2000,
    seed: Seed = 2026,
    threads: Threads = None,
    guard: Annotated[
        bool, typer.Option(help="Repeat with couplings free in sign: found, or only assumed?")
    ] = True,
    where: Annotated[bool, typer.Option(help="Say where each claim fails, in one sentence.")] = True,
    assume: Annotated[
        list[str] | None, typer.Option(help="symbol=value in every future, e.g. a_R=0; may be repeated.")
    ] = None,
    turn: Annotated[
        list[str] | None, typer.Option(help="Turn the sign of a symbol round, e.g. b_A; may be repeated.")
    ] = None,
    out: Annotated[Path | None, typer.Option(help="Also write the report in both languages here.")] = None,
    lang: Lang = "en",
    as_json: Json = False,
    data: Data = None,
) -> None:
    """Test the claims of the paper over many futures, closed forms and the record."""
    from stepdown.study.claims.main import report_claims

    with progress_bar("claims") as progress:
        report = report_claims(
            claim,
            section,
            tuple(lens or ()),
            futures,
            seed,
            threads,
            guard,
            where,
            out,
            data,
            progress,
            tuple(assume or ()),
            tuple(turn or ()),
        )
    if as_json:
        print_json(report.as_data(lang))
        return
    print_table(report.title(lang), report.heads(lang), report.rows(lang))
    for line in report.summary(lang):
        typer.echo(line)
    for path in report.files:
        typer.echo(str(path))
