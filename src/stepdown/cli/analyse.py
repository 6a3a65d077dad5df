"""`stepdown analyse`: robustness, conditions of backfire and influence, from a finished run."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from stepdown.cli.options import Data, Json, Lang
from stepdown.cli.tables import console, print_json, print_table

if TYPE_CHECKING:
    from stepdown.study.analysis import Analysis
    from stepdown.vocabulary.ids import Language


class Method(StrEnum):
    """What can be asked of a run."""

    robustness = "robustness"
    prim = "prim"
    cart = "cart"
    binned_first = "binned_first"
    delta = "delta"
    pawn = "pawn"
    features = "features"
    stacking = "stacking"


def analyse(
    run: Annotated[Path, typer.Argument(help="Folder of a run made by `stepdown explore`.")],
    outcome: Annotated[
        list[str] | None, typer.Option(help="Outcome to analyse; may be repeated; `headline` for all shown.")
    ] = None,
    package: Annotated[list[str] | None, typer.Option(help="Only this package; may be repeated.")] = None,
    method: Annotated[
        list[Method] | None,
        typer.Option(help="May be repeated; default robustness, prim, binned_first, stacking."),
    ] = None,
    level: Annotated[
        list[float] | None,
        typer.Option(help="Change against the way intended that counts; may be repeated."),
    ] = None,
    seed: Annotated[int, typer.Option(min=0, help="Seed of resamples and trees.")] = 0,
    study: Annotated[
        str | None, typer.Option(help="Study file of the run, if it is not a shipped one.")
    ] = None,
    out: Annotated[Path | None, typer.Option(help="Folder for pages; default RUN-analysis.")] = None,
    lang: Lang = "en",
    as_json: Json = False,
    data: Data = None,
) -> None:
    """Under which conditions do packages backfire, which one is robust, and what moves the effect?"""
    from stepdown.study.analysis import as_data, report_analysis
    from stepdown.study.analysis.analyse import DEFAULT, METHODS

    wanted = () if outcome == ["headline"] else tuple(outcome or ("use_risk",))
    asked = {m.value for m in method or ()}
    methods = tuple(m for m in METHODS if m in asked) or DEFAULT
    report = report_analysis(
        run, wanted, tuple(package or ()), methods, tuple(level or ()), seed, study, out, data
    )
    if as_json:
        print_json(as_data(report.analysis))
        return
    _print(report.analysis, lang)
    for path in report.files[:3]:
        console().print(str(path), soft_wrap=True)


def _print(found: Analysis, lang: Language) -> None:
    """Ranks, sentences and influences; the rest is on the page."""
    from stepdown.study.analysis import sections

    typer.echo(found.question.text(lang))
    for section in sections(found, lang):
        typer.echo(f"\n{section.heading}")
        for item in section.items:
            if item.table is not None:
                print_table(item.table.caption, item.table.columns, item.table.rows)
            if item.heading:
                typer.echo(f"\n  {item.heading}")
            for line in (item.text, *(f.finding for f in item.figures), item.note, *item.bullets):
                if line and item.table is None:
                    typer.echo(f"  {line}")
