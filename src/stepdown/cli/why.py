"""`stepdown why`: take a package's effect apart by mechanism."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from stepdown.cli.options import Data, Futures, Json, Lang, Seed, Study
from stepdown.cli.tables import print_json, print_lines, print_table

if TYPE_CHECKING:
    from stepdown.vocabulary.ids import Language


def why(
    study: Study,
    package: Annotated[str, typer.Option(help="Package of the study to explain.")],
    outcome: Annotated[str, typer.Option(help="Outcome to explain.")] = "use_risk",
    lens: Annotated[
        str | None, typer.Option(help="Only this lens; all lenses of the study if absent.")
    ] = None,
    futures: Futures = 256,
    seed: Seed = 2026,
    gradients: Annotated[
        bool, typer.Option("--gradients", help="Derivatives by every input and measure instead.")
    ] = False,
    svg: Annotated[Path | None, typer.Option(help="Also write the chart to this file.")] = None,
    lang: Lang = "en",
    as_json: Json = False,
    data: Data = None,
) -> None:
    """Why does a package change an outcome? The same futures with one mechanism after the other held back."""
    if gradients:
        _local(study, package, outcome, futures, seed, lens, data, lang, as_json)
        return
    from stepdown.study.why import report_why

    report = report_why(study, package, outcome, futures, seed, lens, data)
    figure = report.figure(lang)
    if svg is not None:
        svg.parent.mkdir(parents=True, exist_ok=True)
        svg.write_text(str(figure.svg(resolved=True)) + "\n", encoding="utf-8")
    if as_json:
        print_json(report.as_data())
        return
    print_table(report.title(lang), figure.table.columns, figure.table.rows)
    pairs = report.pairs(lang)
    if pairs:
        print_lines(pairs)
    for note in report.notes(lang):
        typer.echo(note)
    if svg is not None:
        typer.echo(str(svg))


def _local(
    study: str,
    package: str,
    outcome: str,
    futures: int,
    seed: int,
    lens: str | None,
    data: Path | None,
    lang: Language,
    as_json: bool,
) -> None:
    from stepdown.study.sensitivity import local_sensitivity

    report = local_sensitivity(study, package, outcome, futures, seed, lens, data)
    if as_json:
        print_json(report.as_data())
        return
    for title, heads, rows in report.tables(lang):
        print_table(title, heads, rows)
