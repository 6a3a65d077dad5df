"""The role matrix as an accessible table: the code as a word, the evidence, dispute, numbered notes.

`role_list` is its second form for phones: one state after the other.
"""

from __future__ import annotations

from collections.abc import Callable

from stepdown.charts.element import Element, el
from stepdown.charts.evidence import evidence_dot
from stepdown.charts.numbers import day
from stepdown.charts.words import word
from stepdown.contracts.findings import RoleCell, RoleMatrix
from stepdown.vocabulary.ids import ROLE_CODES, Language

_GROUPS = ("core", "secondary", "political")


def role_matrix(matrix: RoleMatrix, language: Language, *, note_prefix: str = "note-") -> Element:
    """States by roles. Notes link to ``#<note_prefix><number>`` on the same page."""
    return role_table(
        matrix,
        language,
        state=lambda _, label: label,
        cell=lambda cell: role_cell(cell, language, note_prefix),
    )


def role_table(
    matrix: RoleMatrix,
    language: Language,
    state: Callable[[str, str], Element | str],
    cell: Callable[[RoleCell], Element],
) -> Element:
    """States by roles, the roles in their groups. `state` makes the head of a row from id and name."""
    roles = tuple(role for g in _GROUPS for role in matrix.roles if role.group == g)
    groups = ((g, sum(role.group == g for role in roles)) for g in _GROUPS)
    group_row = el(
        "tr",
        el("td"),
        *(
            el("th", word(f"group_{g}", language), scope="colgroup", colspan=str(n), class_="group")
            for g, n in groups
            if n
        ),
    )
    role_row = el("tr", el("td"), *(el("th", r.label.text(language), scope="col") for r in roles))
    body = (
        el(
            "tr",
            el("th", state(row.id, row.label.text(language)), scope="row"),
            *(el("td", cell(matrix.cell(row.id, role.id))) for role in roles),
        )
        for row in matrix.states
    )
    caption = el("caption", role_caption(matrix, language), class_="table-caption")
    columns = el("colgroup", el("col", class_="state"), el("col", span=str(len(roles))))
    return el("table", caption, columns, el("thead", group_row, role_row), el("tbody", *body), class_="roles")


def role_list(matrix: RoleMatrix, language: Language) -> Element:
    """The same cells, one folded list per state."""
    items = (
        el(
            "details",
            el("summary", state.label.text(language)),
            el(
                "dl",
                *(part for role in matrix.roles for part in _list_row(matrix, state.id, role.id, language)),
            ),
        )
        for state in matrix.states
    )
    return el("div", *items, class_="role-list")


def role_key(language: Language) -> Element:
    """The key of codes, evidence and dispute."""
    codes = (
        el("span", word(f"code_{c}", language), class_=f"role-cell code-{c.lower()}") for c in ROLE_CODES
    )
    dots = (evidence_dot(level, language, visible_word=True) for level in (0, 1, 2, 3))
    disputed = el("span", word("disputed", language), class_="role-cell code-n disputed")
    return el("p", *codes, disputed, *dots, class_="role-key")


def role_caption(matrix: RoleMatrix, language: Language) -> str:
    """What the matrix shows, with its date."""
    return word("role_caption", language, date=day(matrix.as_of, language))


def role_cell(cell: RoleCell, language: Language, note_prefix: str) -> Element:
    """One cell. Its words are readable without colour; hidden text says evidence and dispute."""
    css = f"role-cell code-{cell.code.lower()}{' disputed' if cell.disputed else ''}"
    disputed = (
        el("span", f" ({word('disputed', language)}) ", class_="hidden-text") if cell.disputed else None
    )
    links: list[Element | str] = []
    for number in cell.notes:
        hint = word("note", language, number=number)
        links += [" "] if links else []
        links.append(el("a", str(number), href=f"#{note_prefix}{number}", aria_label=hint))
    notes = el("span", *links, class_="notes") if links else None
    return el(
        "div",
        word(f"code_{cell.code}", language),
        disputed,
        evidence_dot(cell.evidence, language),
        notes,
        class_=css,
    )


def _list_row(matrix: RoleMatrix, state: str, role: str, language: Language) -> tuple[Element, Element]:
    cell = matrix.cell(state, role)
    name = next(r.label.text(language) for r in matrix.roles if r.id == role)
    text = word(f"code_{cell.code}", language)
    if cell.disputed:
        text = f"{text} ({word('disputed', language)})"
    numbers = "".join(f" [{n}]" for n in cell.notes)
    return el("dt", name), el("dd", f"{text}{numbers} ", evidence_dot(cell.evidence, language))
