"""Tables on a terminal, and the same content as JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import typer
from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

# A pipe has no width; narrow tables would fold words letter by letter.
WIDTH_WITHOUT_TERMINAL = 150


def console() -> Console:
    """A console as wide as the terminal, or wide enough for the role matrix when there is none."""
    plain = Console(highlight=False)
    return plain if plain.is_terminal else Console(highlight=False, width=WIDTH_WITHOUT_TERMINAL)


def print_table(title: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Title and table, with hairlines only."""
    out = console()
    out.print(f"[bold]{escape(title)}[/bold]")
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for head in heads:
        table.add_column(escape(head), overflow="fold")
    for row in rows:
        table.add_row(*(escape(cell) for cell in row))
    out.print(table)


def print_mappings(
    title: str, columns: Sequence[str], heads: Sequence[str], rows: Sequence[Mapping[str, str]]
) -> None:
    """As `print_table`, for rows given by column id."""
    print_table(title, heads, [[row[c] for c in columns] for row in rows])


def print_lines(lines: Sequence[tuple[str, str]]) -> None:
    """Label and words, one below the other."""
    table = Table(box=None, show_header=False, pad_edge=False)
    table.add_column(no_wrap=True, style="bold")
    table.add_column(overflow="fold")
    for label, words in lines:
        table.add_row(escape(label), escape(words))
    console().print(table)


def print_json(value: Any) -> None:
    """Stable JSON: same content, same bytes."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2))
