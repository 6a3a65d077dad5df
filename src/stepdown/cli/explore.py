"""`stepdown explore`: a study over a large design, into a folder that can be resumed."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from stepdown.cli.options import Data, Json, Lens, Seed, Study, Threads
from stepdown.cli.tables import print_json

Workers = Annotated[
    int | None, typer.Option(help="Start a Dask cluster of so many processes on this machine.")
]
Cluster = Annotated[str | None, typer.Option(metavar="ADDRESS", help="Use the Dask cluster at this address.")]


def explore(
    study: Study,
    futures: Annotated[int, typer.Option(help="How many futures, over all lenses.")],
    design: Annotated[str, typer.Option(help="lhs, sobol, factorial, monte_carlo or calibrated.")] = "lhs",
    seed: Seed = 2026,
    lens: Lens = None,
    switch: Annotated[
        list[str] | None, typer.Option(help="Switch a factorial crosses; may be repeated; default all.")
    ] = None,
    outcome: Annotated[
        list[str] | None, typer.Option(help="Keep only this outcome; may be repeated.")
    ] = None,
    series: Annotated[
        list[str] | None, typer.Option(help="Keep the yearly series of this outcome; may be repeated.")
    ] = None,
    inputs: Annotated[bool, typer.Option(help="Keep the drawn inputs.")] = True,
    out: Annotated[Path | None, typer.Option(help="Folder; default out/explorations/<study>.")] = None,
    resume: Annotated[bool, typer.Option("--resume", help="Go on with the run in the folder.")] = False,
    workers: Workers = None,
    cluster: Cluster = None,
    threads: Threads = None,
    as_json: Json = False,
    data: Data = None,
) -> None:
    """Run a study over a large design; each block of futures is on disk as soon as it is computed."""
    from stepdown.cli.futures_bar import futures_bar
    from stepdown.study.exploration import Keep, engine_of, explore_study, summary

    keep = Keep(tuple(outcome) if outcome else None, tuple(series or ()), inputs)
    engine = engine_of(workers, cluster, threads)
    with futures_bar(study) as progress:
        run = explore_study(
            study,
            futures,
            seed,
            design,
            tuple(lens or ()),
            tuple(switch or ()),
            keep,
            out,
            resume,
            engine,
            data,
            progress,
        )
    shown = summary(run)
    if as_json:
        print_json(shown)
        return
    for what in shown["mended"]:
        typer.echo(f"mended: {what}")
    typer.echo(
        f"{run.futures:,} futures, {run.failed:,} failed, {run.blocks} blocks ({run.kept} from before)"
    )
    typer.echo(f"numbers: sha256 {run.content}")
    typer.echo(str(run.folder))
