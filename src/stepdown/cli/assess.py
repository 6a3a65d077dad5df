"""`stepdown assess`: the paper's questions as ready analyses."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from stepdown.cli.options import AsOf, Data, Json, Lang, State, day
from stepdown.cli.tables import console, print_json, print_table

if TYPE_CHECKING:
    from stepdown.study.assess import Request
    from stepdown.vocabulary.ids import Language

app = typer.Typer(no_args_is_help=True, help="The paper's questions, each as one analysis with its origins.")

Futures = Annotated[int, typer.Option("--futures", min=5, help="How many futures, over all lenses.")]
Seed = Annotated[int, typer.Option("--seed", min=0, help="Same seed, same futures.")]
Lens = Annotated[list[str] | None, typer.Option("--lens", help="Only this lens; may be repeated.")]
Out = Annotated[Path | None, typer.Option("--out", help="Folder for briefs (en, ja), dataset and JSON.")]
Ally = Annotated[str | None, typer.Option("--ally", help="ISO code of one ally.")]


@app.callback()
def assess() -> None:
    """The paper's questions as ready analyses."""


@app.command()
def roles(
    state: State = None,
    as_of: AsOf = None,
    since: Annotated[str | None, typer.Option("--since", help="Earlier date to compare with.")] = None,
    record_only: Annotated[
        bool, typer.Option("--record-only", help="Leave out who reacts to whom: no simulation.")
    ] = False,
    futures: Futures = 1000,
    seed: Seed = 2026,
    lens: Lens = None,
    out: Out = None,
    lang: Lang = "en",
    as_json: Json = False,
    data: Data = None,
) -> None:
    """Roles now: as coded, as rivals read them, beside posture; who reacts to whom."""
    from stepdown.study.assess import Request

    earlier = _since(since)
    asked = Request(
        "roles",
        tuple(state or ()),
        on=day(as_of),
        since=earlier,
        futures=futures,
        seed=seed,
        lenses=tuple(lens or ()),
        record_only=record_only,
    )
    _answer(asked, out, lang, as_json, data)


@app.command()
def substitution(
    state: State = None,
    ally: Ally = None,
    futures: Futures = 1000,
    seed: Seed = 2026,
    lens: Lens = None,
    out: Out = None,
    lang: Lang = "en",
    as_json: Json = False,
    data: Data = None,
) -> None:
    """What could replace each role: credibility, adequacy, the gap, its year, side effects."""
    from stepdown.study.assess import Request

    asked = Request(
        "substitution",
        tuple(state or ()),
        ally=ally,
        on=date.today(),
        futures=futures,
        seed=seed,
        lenses=tuple(lens or ()),
    )
    _answer(asked, out, lang, as_json, data)


@app.command()
def utility(
    state: State = None,
    as_of: AsOf = None,
    out: Out = None,
    lang: Lang = "en",
    as_json: Json = False,
    data: Data = None,
) -> None:
    """Does it work: what was sought in crises and threats, what came about, both schools, mishaps beside."""
    from stepdown.study.assess import Request

    asked = Request("utility", tuple(state or ()), on=day(as_of))
    _answer(asked, out, lang, as_json, data)


@app.command()
def reduction(
    state: State = None,
    limit: Annotated[
        float, typer.Option("--limit", min=0.001, max=0.999, help="Share of futures that may backfire.")
    ] = 0.1,
    futures: Futures = 1000,
    seed: Seed = 2026,
    lens: Lens = None,
    out: Out = None,
    lang: Lang = "en",
    as_json: Json = False,
    data: Data = None,
) -> None:
    """How far each secondary role can go, what binds first, the largest step that rarely backfires."""
    from stepdown.study.assess import Request

    asked = Request(
        "reduction",
        tuple(state or ()),
        on=date.today(),
        futures=futures,
        seed=seed,
        lenses=tuple(lens or ()),
        limit=limit,
    )
    _answer(asked, out, lang, as_json, data)


@app.command()
def alliance(
    ally: Ally = None,
    futures: Futures = 1000,
    seed: Seed = 2026,
    lens: Lens = None,
    out: Out = None,
    lang: Lang = "en",
    as_json: Json = False,
    data: Data = None,
) -> None:
    """Alliance ledger: what assures each ally, what a smaller role costs, what makes up for it."""
    from stepdown.study.assess import Request

    asked = Request(
        "alliance", ally=ally, on=date.today(), futures=futures, seed=seed, lenses=tuple(lens or ())
    )
    _answer(asked, out, lang, as_json, data)


@app.command("risk-reduction")
def risk_reduction(
    state: State = None,
    theatre: Annotated[
        list[str] | None, typer.Option("--theatre", help="Id of a theatre; may be repeated.")
    ] = None,
    futures: Futures = 1000,
    seed: Seed = 2026,
    lens: Lens = None,
    out: Out = None,
    lang: Lang = "en",
    as_json: Json = False,
    data: Data = None,
) -> None:
    """Risk-reduction portfolio: what each measure buys alone and jointly; agreements and their status."""
    from stepdown.study.assess import Request

    asked = Request(
        "risk_reduction",
        tuple(state or ()),
        theatres=tuple(theatre or ()),
        on=date.today(),
        futures=futures,
        seed=seed,
        lenses=tuple(lens or ()),
    )
    _answer(asked, out, lang, as_json, data)


def _since(text: str | None) -> date | None:
    from stepdown.vocabulary.dates import latest

    if text is None:
        return None
    try:
        return latest(text)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--since") from error


def _answer(asked: Request, out: Path | None, lang: Language, as_json: bool, data: Path | None) -> None:
    from stepdown.study.assess import report_assessment

    report = report_assessment(asked, out, data)
    if as_json:
        print_json(report.content)
        return
    page = report.page
    typer.echo(page.title.text(lang))
    for sentence in page.short:
        typer.echo(f"· {sentence.text(lang)}")
    for sheet in page.sheets:
        heads = [h.text(lang) for h in sheet.heads]
        print_table(sheet.heading.text(lang), heads, [[c.text(lang) for c in row] for row in sheet.rows])
        for note in sheet.notes:
            typer.echo(note.text(lang))
        typer.echo(f"[{', '.join(sheet.rests_on[:8])}{', …' if len(sheet.rests_on) > 8 else ''}]\n")
    for path in report.files:
        console().print(str(path), soft_wrap=True)
