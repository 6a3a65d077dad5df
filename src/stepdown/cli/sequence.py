"""`stepdown sequence`: does the order of a package matter, and whose timing?"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from stepdown.cli.options import Data, Futures, Json, Lang, Lens, Seed, Study, Threads
from stepdown.cli.page import print_page
from stepdown.cli.tables import print_json


def sequence(
    study: Study,
    package: Annotated[str, typer.Option(help="Package of the study whose order is asked about.")],
    years: Annotated[
        str, typer.Option(help="By how many years each track moves earlier and later, with commas.")
    ] = "2,5",
    futures: Futures = 1000,
    seed: Seed = 2026,
    lens: Lens = None,
    threads: Threads = None,
    out: Annotated[Path | None, typer.Option(help="Folder for pages (en, ja) and JSON.")] = None,
    lang: Lang = "en",
    as_json: Json = False,
    data: Data = None,
) -> None:
    """Does the order matter? One track at a time earlier, later, reversed, on the same futures."""
    moves = _years(years)
    from stepdown.cli.progress import progress_bar
    from stepdown.study.sequence import report_sequence

    with progress_bar(study) as progress:
        report = report_sequence(
            study, package, moves, futures, seed, tuple(lens or ()), out, data, progress, threads
        )
    if as_json:
        print_json(report.content)
        return
    print_page(report.page, report.files, lang)


def _years(text: str) -> tuple[int, ...]:
    parts = [part.strip() for part in text.split(",")]
    wrong = [part for part in parts if not part.isdecimal()]
    if wrong:
        message = f"found {', '.join(map(repr, wrong))}; allowed: whole years with commas, such as 2,5"
        raise typer.BadParameter(message, param_hint="--years")
    return tuple(sorted({int(part) for part in parts}))
