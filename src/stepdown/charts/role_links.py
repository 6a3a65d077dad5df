"""The role matrix as a table of links: a cell opens its codings. `linked_role_list` is the phone's form."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from stepdown.charts.element import Element, el
from stepdown.charts.evidence import evidence_dot
from stepdown.charts.roles import role_table
from stepdown.charts.words import word
from stepdown.contracts.findings import RoleCell, RoleMatrix
from stepdown.vocabulary.ids import Language

_GROUPS = ("core", "secondary", "political")


@dataclass(frozen=True, slots=True)
class CellLink:
    """Where a cell leads; whether the reader is there; the code at another date where it was another one."""

    href: str
    current: bool = False
    was: str = ""


Link = Callable[[RoleCell], CellLink]


def linked_role_matrix(
    matrix: RoleMatrix, language: Language, link: Link, state_href: Callable[[str], str]
) -> Element:
    """States by roles; each state and each cell is a link."""
    return role_table(
        matrix,
        language,
        state=lambda state, label: el("a", label, href=state_href(state)),
        cell=lambda cell: _cell(cell, language, link(cell)),
    )


def linked_role_list(matrix: RoleMatrix, language: Language, link: Link, opened: str = "") -> Element:
    """The same cells, one folded list per state; that of the state `opened` stands open."""
    items = (
        el(
            "details",
            el("summary", state.label.text(language)),
            el("ul", *(_row(matrix, state.id, role.id, language, link) for role in matrix.roles)),
            open="" if state.id == opened else None,
        )
        for state in matrix.states
    )
    return el("div", *items, class_="role-list linked")


def _row(matrix: RoleMatrix, state: str, role: str, language: Language, link: Link) -> Element:
    cell = matrix.cell(state, role)
    name = next(r.label.text(language) for r in matrix.roles if r.id == role)
    return el("li", el("span", name), _cell(cell, language, link(cell)))


def _cell(cell: RoleCell, language: Language, link: CellLink) -> Element:
    css = f"role-cell code-{cell.code.lower()}{' disputed' if cell.disputed else ''}"
    disputed = (
        el("span", f" ({word('disputed', language)}) ", class_="hidden-text") if cell.disputed else None
    )
    was = None
    if link.was:
        was = el("span", word("code_was", language, code=word(f"code_{link.was}", language)), class_="was")
    return el(
        "a",
        word(f"code_{cell.code}", language),
        disputed,
        was,
        evidence_dot(cell.evidence, language),
        class_=f"{css}{' changed' if link.was else ''}",
        href=link.href,
        aria_current="true" if link.current else None,
    )
