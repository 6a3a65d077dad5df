"""`stepdown sensitivity`: which inputs move a package's effect, by runs made for the question."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from stepdown.cli.options import Data, Json, Lang, Study
from stepdown.cli.tables import print_json, print_table


class Method(StrEnum):
    """Two designs."""

    sobol = "sobol"
    morris = "morris"


def sensitivity(
    study: Study,
    package: Annotated[str, typer.Option(help="Package whose effect is asked about.")],
    outcome: Annotated[str, typer.Option(help="Outcome whose change is explained.")] = "use_risk",
    method: Annotated[
        Method, typer.Option(help="Sobol' indices, or Morris's elementary effects (fewer runs).")
    ] = Method.sobol,
    inputs: Annotated[
        int, typer.Option(min=1, help="How many of the most influential inputs to vary, beside the lens.")
    ] = 8,
    samples: Annotated[
        int | None,
        typer.Option(min=2, help="Base points (a power of two; default 64), or trajectories (default 20)."),
    ] = None,
    seed: Annotated[int, typer.Option(min=0, help="Same seed, same numbers.")] = 2026,
    lang: Lang = "en",
    as_json: Json = False,
    data: Data = None,
) -> None:
    """Which inputs, alone and together, move the effect of a package?"""
    from stepdown.study.influence import designed_influence

    report = designed_influence(study, package, outcome, method.value, inputs, samples, seed, data=data)
    if as_json:
        print_json(report.as_data())
        return
    title, heads, rows = report.table(lang)
    print_table(title, heads, rows)
    typer.echo(report.note(lang))
