"""`stepdown runs`: explorations on disk."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from stepdown.cli.explore import Cluster, Workers
from stepdown.cli.options import Json, Threads
from stepdown.cli.tables import print_json, print_table

app = typer.Typer(
    no_args_is_help=True, help="Explorations on disk: list, show, check, repair, export, remove."
)

Folder = Annotated[Path, typer.Argument(help="Folder of a run.")]


@app.command("list")
def list_(
    home: Annotated[Path | None, typer.Argument(help="Where to look; default out/explorations.")] = None,
    as_json: Json = False,
) -> None:
    """List the runs in a folder."""
    from stepdown.study.exploration import HOME, list_runs

    found = list_runs(home or HOME)
    if as_json:
        print_json({"runs": found})
        return
    if not found:
        typer.echo(f"no runs in {home or HOME}")
        return
    heads = ["folder", "state", "study", "design", "futures", "done", "failed", "MB"]
    print_table("Explorations", heads, [_row(run) for run in found])


def _row(run: dict[str, object]) -> list[str]:
    design = run.get("design")
    if not isinstance(design, dict):
        return [str(run["folder"]), str(run["state"]), str(run["why"]), "", "", "", "", ""]
    return [
        str(run["folder"]),
        str(run["state"]),
        str(run["study"]),
        design["kind"],
        f"{design['futures']:,}",
        f"{run['futures_done']:,}",
        f"{run['failed']:,}",
        f"{int(str(run['bytes'])) / 1e6:.1f}",
    ]


@app.command()
def show(folder: Folder, as_json: Json = False) -> None:
    """Say what a run was asked for and how much of it is there."""
    from stepdown.study.exploration import show_run

    shown = show_run(folder)
    if as_json:
        print_json(shown)
        return
    for name, value in shown.items():
        text = ", ".join(map(str, value)) if isinstance(value, list) else value
        typer.echo(f"{name}: {text}")


@app.command()
def check(folder: Folder, as_json: Json = False) -> None:
    """Compare every file with its checksum; exit code 2 when one differs."""
    from stepdown.study.exploration import check_run

    found = check_run(folder)
    if as_json:
        print_json(found)
    else:
        for damage in found["damage"]:
            typer.echo(damage["what"], err=True)
        state = (
            "sound" if found["sound"] else f"{len(found['damage'])} damaged; mend with: stepdown runs repair"
        )
        typer.echo(f"{found['blocks_done']} of {found['blocks']} blocks, {state}")
    raise typer.Exit(0 if found["sound"] else 2)


@app.command()
def repair(
    folder: Folder,
    workers: Workers = None,
    cluster: Cluster = None,
    threads: Threads = None,
    as_json: Json = False,
) -> None:
    """Run again what is damaged or missing, from what the folder itself says was asked for."""
    from stepdown.cli.futures_bar import futures_bar
    from stepdown.study.exploration import engine_of, repair_run, summary

    engine = engine_of(workers, cluster, threads)
    with futures_bar(str(folder)) as progress:
        run = repair_run(folder, engine, progress)
    if as_json:
        print_json(summary(run))
        return
    for damage in run.mended:
        typer.echo(f"mended: {damage.what}")
    typer.echo(f"{run.blocks - run.kept} of {run.blocks} blocks run again; numbers: sha256 {run.content}")


@app.command()
def export(
    folder: Folder,
    to: Annotated[Literal["parquet", "ema"], typer.Option(help="Parquet files, or EMA Workbench's archive.")],
    out: Annotated[Path, typer.Option(help="Folder for parquet; file name (.tar.gz) for ema.")],
    as_json: Json = False,
) -> None:
    """Hand a run over to other tools."""
    from stepdown.study.exploration import export_run

    written = [str(path) for path in export_run(folder, to, out)]
    if as_json:
        print_json({"files": written})
        return
    for path in written:
        typer.echo(path)


@app.command()
def remove(
    folder: Folder,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    as_json: Json = False,
) -> None:
    """Delete a run; other files in its folder stay."""
    from stepdown.study.exploration import remove_run

    if not yes:
        typer.confirm(f"delete the run in {folder}?", abort=True, err=True)
    left = remove_run(folder)
    if as_json:
        print_json({"removed": str(folder), "left": list(left)})
        return
    typer.echo(f"removed {folder}" + (f"; not part of the run, left: {', '.join(left)}" if left else ""))
