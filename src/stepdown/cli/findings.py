"""What an analysis found, on a terminal; figures are on its pages."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from stepdown.cli.tables import print_table

if TYPE_CHECKING:
    from stepdown.study.analysis import Analysis
    from stepdown.vocabulary.ids import Language

Run = Annotated[Path, typer.Argument(help="Folder of a run made by `stepdown explore`.")]
Outcomes = Annotated[
    list[str] | None,
    typer.Option(
        "--outcome",
        help="Outcome to ask about, use_risk when none is named; may be repeated; `headline` for all shown.",
    ),
]
Packages = Annotated[list[str] | None, typer.Option("--package", help="Only this package; may be repeated.")]
Levels = Annotated[
    list[float] | None,
    typer.Option("--level", help="Change against the way intended that counts; may be repeated."),
]
ResampleSeed = Annotated[int, typer.Option("--seed", min=0, help="Seed of resamples and trees.")]
StudyOf = Annotated[
    str | None, typer.Option("--study", help="Study file of the run, if it is not a shipped one.")
]


def asked(outcomes: list[str] | None) -> tuple[str, ...]:
    """Ids of outcomes; none for all that are shown first."""
    return () if outcomes == ["headline"] else tuple(outcomes or ("use_risk",))


def print_findings(found: Analysis, lang: Language) -> None:
    """Ranks, sentences and influences, outcome by outcome."""
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
