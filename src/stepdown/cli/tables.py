"""Tables on a terminal, and the same content as JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import typer
from rich import box
from rich.cells import cell_len
from rich.console import Console
from rich.markup import escape
from rich.table import Table

# A pipe has no width; narrow tables would fold words letter by letter.
WIDTH_WITHOUT_TERMINAL = 150
PADDING = 2


def console() -> Console:
    """A console as wide as the terminal, or wide enough for the role matrix when there is none."""
    plain = Console(highlight=False)
    return plain if plain.is_terminal else Console(highlight=False, width=WIDTH_WITHOUT_TERMINAL)


def print_table(
    title: str,
    heads: Sequence[str],
    rows: Sequence[Sequence[str]],
    whole_cells: bool = False,
    groups: Sequence[str] = (),
) -> None:
    """Title and table, with hairlines only; `whole_cells` lets heads wrap but no cell, if there is room.

    `groups` names the group of every row: a line of its own wherever it changes.
    """
    out = console()
    out.print(f"[bold]{escape(title)}[/bold]")
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    widths = [max((cell_len(row[i]) for row in rows), default=0) for i in range(len(heads))]
    room = out.width - PADDING * len(heads)
    for head, width in zip(heads, widths, strict=True):
        kept = whole_cells and sum(widths) <= room
        table.add_column(
            escape(head),
            overflow="fold",
            min_width=width if kept else None,
            max_width=_most(head, width, kept),
        )
    for i, row in enumerate(rows):
        if groups and (i == 0 or groups[i] != groups[i - 1]):
            table.add_section()
            table.add_row(f"[bold]{escape(groups[i])}[/bold]")
        table.add_row(*(escape(cell) for cell in row))
    out.print(table)


def _most(head: str, width: int, kept: bool) -> int | None:
    """With whole cells, a head takes no more room than its longest word or the cells below it."""
    return max(width, *(cell_len(word) for word in head.split())) if kept and head else None


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
