"""`stepdown run`: from a study to a cited comparison of packages."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from stepdown.cli.options import Data, Futures, Json, Lang, Lens, Seed, Study, Threads
from stepdown.cli.progress import progress_bar
from stepdown.cli.tables import console, print_json, print_table

if TYPE_CHECKING:
    from stepdown.contracts.findings import Findings
    from stepdown.study.main import StudyReport
    from stepdown.vocabulary.ids import Language


def run(
    study: Study,
    futures: Futures = 1000,
    seed: Seed = 2026,
    lens: Lens = None,
    threads: Threads = None,
    design: Annotated[
        Literal["lhs", "sobol"], typer.Option(help="Design of the inputs: Latin hypercube or Sobol points.")
    ] = "lhs",
    mode: Annotated[
        Literal["mean-field", "sampled"],
        typer.Option(help="Expected paths, or sampled crises, political regimes and leaders."),
    ] = "mean-field",
    ensemble: Annotated[
        Literal["prior", "calibrated"],
        typer.Option(help="Futures from the prior, or by weight from the calibrated ensemble."),
    ] = "prior",
    out: Annotated[Path | None, typer.Option(help="Folder for the files; default out/<study>.")] = None,
    lang: Lang = "en",
    as_json: Json = False,
    data: Data = None,
) -> None:
    """Run a study: compare packages over thousands of futures; write a brief in both languages."""
    from stepdown.study.main import report_study

    with progress_bar(study) as progress:
        report = report_study(
            study,
            futures,
            seed,
            tuple(lens or ()),
            out,
            data,
            progress,
            threads,
            design,
            mode=mode,
            ensemble=ensemble,
        )
    if as_json:
        print_json(report.summary)
    else:
        _print(report, lang)


def _print(report: StudyReport, lang: Language) -> None:
    findings = report.findings
    typer.echo(findings.question.text(lang))
    _print_effects(findings, lang)
    for path in report.files:
        console().print(str(path), soft_wrap=True)


def _print_effects(findings: Findings, lang: Language) -> None:
    """One row per headline outcome and package."""
    from stepdown.study.table import effects_table

    table = effects_table(findings, lang)
    print_table(table.title, table.heads, table.rows)
    for note in table.notes:
        typer.echo(note)
