"""`stepdown assess`: the paper's questions as ready analyses."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from stepdown.cli.options import AsOf, Data, Futures, Json, Lang, Lens, Seed, State, day, grouped
from stepdown.cli.page import print_page
from stepdown.cli.tables import print_json

if TYPE_CHECKING:
    from stepdown.study.assess import Request

app = typer.Typer(no_args_is_help=True, help="The paper's questions, each as one analysis with its origins.")

Ally = Annotated[str | None, typer.Option("--ally", help="ISO code of one ally.")]


@dataclass(frozen=True)
class Draws:
    """Futures that a simulated assessment draws."""

    futures: Futures = 1000
    seed: Seed = 2026
    lens: Lens = None

    def of(self, asked: Request) -> Request:
        """The request over these futures."""
        return replace(asked, futures=self.futures, seed=self.seed, lenses=tuple(self.lens or ()))


@dataclass(frozen=True)
class Shown:
    """How the answer is given."""

    out: Annotated[
        Path | None, typer.Option("--out", help="Folder for briefs (en, ja), dataset and JSON.")
    ] = None
    lang: Lang = "en"
    as_json: Json = False
    data: Data = None


@app.callback()
def assess() -> None:
    """The paper's questions as ready analyses."""


@app.command()
@grouped
def roles(
    *,
    state: State = None,
    as_of: AsOf = None,
    since: Annotated[str | None, typer.Option("--since", help="Earlier date to compare with.")] = None,
    record_only: Annotated[
        bool, typer.Option("--record-only", help="Leave out who reacts to whom: no simulation.")
    ] = False,
    draws: Draws,
    shown: Shown,
) -> None:
    """Roles now: as coded, as rivals read them, beside posture; who reacts to whom."""
    from stepdown.study.assess import Request

    earlier = day(since, "--since") if since is not None else None
    asked = Request("roles", tuple(state or ()), on=day(as_of), since=earlier, record_only=record_only)
    _answer(draws.of(asked), shown)


@app.command()
@grouped
def substitution(*, state: State = None, ally: Ally = None, draws: Draws, shown: Shown) -> None:
    """What could replace each role: credibility, adequacy, the gap, its year, side effects."""
    from stepdown.study.assess import Request

    _answer(draws.of(Request("substitution", tuple(state or ()), ally, on=date.today())), shown)


@app.command()
@grouped
def utility(*, state: State = None, as_of: AsOf = None, shown: Shown) -> None:
    """Does it work: what was sought in crises and threats, what came about, both schools, mishaps beside."""
    from stepdown.study.assess import Request

    _answer(Request("utility", tuple(state or ()), on=day(as_of)), shown)


@app.command()
@grouped
def reduction(
    *,
    state: State = None,
    limit: Annotated[
        float, typer.Option("--limit", min=0.001, max=0.999, help="Share of futures that may backfire.")
    ] = 0.1,
    draws: Draws,
    shown: Shown,
) -> None:
    """How far each secondary role can go, what binds first, the largest step that rarely backfires."""
    from stepdown.study.assess import Request

    _answer(draws.of(Request("reduction", tuple(state or ()), on=date.today(), limit=limit)), shown)


@app.command()
@grouped
def alliance(*, ally: Ally = None, draws: Draws, shown: Shown) -> None:
    """Alliance ledger: what assures each ally, what a smaller role costs, what makes up for it."""
    from stepdown.study.assess import Request

    _answer(draws.of(Request("alliance", ally=ally, on=date.today())), shown)


@app.command("risk-reduction")
@grouped
def risk_reduction(
    *,
    state: State = None,
    theatre: Annotated[
        list[str] | None, typer.Option("--theatre", help="Id of a theatre; may be repeated.")
    ] = None,
    draws: Draws,
    shown: Shown,
) -> None:
    """Risk-reduction portfolio: what each measure buys alone and jointly; agreements and their status."""
    from stepdown.study.assess import Request

    asked = Request("risk_reduction", tuple(state or ()), theatres=tuple(theatre or ()), on=date.today())
    _answer(draws.of(asked), shown)


def _answer(asked: Request, shown: Shown) -> None:
    from stepdown.study.assess import report_assessment

    report = report_assessment(asked, shown.out, shown.data)
    if shown.as_json:
        print_json(report.content)
        return
    print_page(report.page, report.files, shown.lang)
