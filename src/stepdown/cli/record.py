"""`stepdown record`: check, show, due, cite, coverage, schema."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from stepdown.cli.options import AsOf, Data, Json, Lang, State, day
from stepdown.cli.tables import print_json, print_lines, print_mappings, print_table

if TYPE_CHECKING:
    from datetime import date

    from stepdown.contracts.facts.facts import Facts
    from stepdown.contracts.findings import RoleMatrix
    from stepdown.record import Listing
    from stepdown.vocabulary.ids import Language

app = typer.Typer(no_args_is_help=True, help="The documented record: check, show, cite, what is due.")


@app.command()
def check(data: Data = None, as_json: Json = False) -> None:
    """Check every data file and list all problems at once; exit code 2 when there is one."""
    from stepdown.record import check_record

    problems, facts = check_record(data)
    if as_json:
        shown = [asdict(p) for p in problems]
        print_json({"records": len(facts), "digest": facts.digest, "problems": shown})
    else:
        for problem in problems:
            typer.echo(str(problem), err=True)
        typer.echo(f"{len(facts)} records, {len(problems)} problems")
    raise typer.Exit(2 if problems else 0)


@app.command()
def show(
    kind: Annotated[str, typer.Argument(help="roles, arsenals, programmes, events, measures, claims, …")],
    as_of: AsOf = None,
    state: State = None,
    lang: Lang = "en",
    as_json: Json = False,
    data: Data = None,
) -> None:
    """Show records of a kind as of a date, with their sources."""
    from stepdown.record import listing, load_record

    facts, on, states = load_record(data), day(as_of), tuple(state or ())
    if kind == "roles":
        _show_roles(facts, on, states, lang, as_json)
    else:
        _show_listing(listing(facts, kind, on, states, lang), on, lang, as_json)


def _show_listing(table: Listing, on: date, lang: Language, as_json: bool) -> None:
    from stepdown.record import word

    if as_json:
        print_json({"kind": table.kind, "as_of": on.isoformat(), "rows": [dict(r) for r in table.rows]})
    elif not table.rows:
        typer.echo(word("no_records", lang, on=on))
    else:
        print_mappings(table.title, table.columns, table.heads, table.rows)


def _show_roles(facts: Facts, on: date, states: tuple[str, ...], lang: Language, as_json: bool) -> None:
    from stepdown.record import matrix_notes, role_matrix, word

    matrix = role_matrix(facts, on, states)
    notes = matrix_notes(facts, matrix, on)
    if as_json:
        print_json({"matrix": asdict(matrix), "notes": [asdict(n) for n in notes]})
        return
    numbered = {n.number for n in notes}
    heads = [
        f"{s.label.text(lang)} [{i}]" if i in numbered else s.label.text(lang)
        for i, s in enumerate(matrix.states, 1)
    ]
    print_table(
        word("title_roles", lang, on=on),
        [word("role", lang), *heads],
        _role_rows(matrix, lang),
        whole_cells=True,
    )
    for n in notes:
        where = f" ({n.url})" if n.url else ""
        typer.echo(f"[{n.number}] {n.document.text(lang)}, {n.date}. {n.source}{where}")
        typer.echo(f"    {n.locator.text(lang)}")
    for i, s in enumerate(matrix.states, 1):
        if i not in numbered:
            typer.echo(word("not_in_force", lang, state=s.label.text(lang), on=on))
    typer.echo(word("role_key", lang))
    typer.echo(word("dispute_mark", lang))


def _role_rows(matrix: RoleMatrix, lang: Language) -> list[list[str]]:
    from stepdown.record import word

    rows = []
    for role in matrix.roles:
        cells = [matrix.cell(s.id, role.id) for s in matrix.states]
        words = [word(f"code_{c.code}", lang) + ("*" if c.disputed else "") for c in cells]
        rows.append([role.label.text(lang), *words])
    return rows


@app.command()
def due(as_of: AsOf = None, lang: Lang = "en", as_json: Json = False, data: Data = None) -> None:
    """List the records whose review date has come."""
    from stepdown.record import due as due_records
    from stepdown.record import load_record, word

    on = day(as_of)
    table = due_records(load_record(data), on, lang)
    if not table.rows and not as_json:
        typer.echo(word("none_due", lang, on=on))
    else:
        _show_listing(table, on, lang, as_json)


@app.command()
def cite(
    record_id: Annotated[str, typer.Argument(metavar="ID", help="Any id, or DOCUMENT#ROLE for a cell.")],
    lang: Lang = "en",
    as_json: Json = False,
    data: Data = None,
) -> None:
    """Say who says so: the basis of a record, down to source and place."""
    from stepdown.record import cite as cite_record
    from stepdown.record import load_record

    cited = cite_record(load_record(data), record_id, lang)
    if as_json:
        print_json(cited)
        return
    typer.echo(f"{cited['id']}  {cited['title']}")
    print_lines(cited["lines"])


@app.command()
def coverage(as_of: AsOf = None, lang: Lang = "en", as_json: Json = False, data: Data = None) -> None:
    """Say how well the record is covered: sources, judgement, checks, located passages."""
    from stepdown.record import coverage as record_coverage
    from stepdown.record import load_record, role_coverage

    facts, on = load_record(data), day(as_of)
    tables = (record_coverage(facts, lang), role_coverage(facts, on, lang))
    if as_json:
        print_json({t.kind: [dict(r) for r in t.rows] for t in tables})
        return
    for table in tables:
        print_mappings(table.title, table.columns, table.heads, table.rows)


@app.command()
def schema() -> None:
    """Print the JSON Schema of data files."""
    from stepdown.record import json_schema

    print_json(json_schema())
