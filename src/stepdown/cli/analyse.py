"""`stepdown analyse`: robustness, conditions of backfire and influence, from a finished run."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from stepdown.cli.findings import (
    Levels,
    Outcomes,
    Packages,
    ResampleSeed,
    Run,
    StudyOf,
    asked,
    print_findings,
)
from stepdown.cli.options import Data, Json, Lang
from stepdown.cli.tables import console, print_json


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
    run: Run,
    outcome: Outcomes = None,
    package: Packages = None,
    method: Annotated[
        list[Method] | None,
        typer.Option(help="May be repeated; default robustness, prim, binned_first, stacking."),
    ] = None,
    level: Levels = None,
    seed: ResampleSeed = 0,
    study: StudyOf = None,
    out: Annotated[Path | None, typer.Option(help="Folder for pages; default RUN-analysis.")] = None,
    lang: Lang = "en",
    as_json: Json = False,
    data: Data = None,
) -> None:
    """Under which conditions do packages backfire, which one is robust, and what moves the effect?"""
    from stepdown.cli.progress import progress_bar
    from stepdown.study.analysis import METHODS, as_data, report_analysis
    from stepdown.study.analysis.analyse import DEFAULT

    wanted = {m.value for m in method or ()}
    methods = tuple(m for m in METHODS if m in wanted) or DEFAULT
    packages, levels = tuple(package or ()), tuple(level or ())
    with progress_bar(str(run)) as progress:
        report = report_analysis(
            run, asked(outcome), packages, methods, levels, seed, study, out, data, progress
        )
    if as_json:
        print_json(as_data(report.analysis))
        return
    print_findings(report.analysis, lang)
    for path in report.files[:3]:
        console().print(str(path), soft_wrap=True)
