"""The role matrix as of a day beside the cell that is opened; or compared with an earlier day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from stepdown.charts import Figure, role_key, threshold_pairs
from stepdown.charts.element import Element
from stepdown.charts.numbers import day
from stepdown.charts.role_links import CellLink, linked_role_list, linked_role_matrix
from stepdown.contracts.facts import Actor, Doctrine
from stepdown.contracts.facts.as_of import doctrine_in_force
from stepdown.contracts.facts.facts import Facts
from stepdown.contracts.findings import RoleCell, Threshold
from stepdown.study.record import Reach, Reading, coded_states, reach, readings, role_matrix
from stepdown.vocabulary.errors import UnknownNameError
from stepdown.vocabulary.ids import ROLES, Language, Role
from stepdown.web.pages import Link
from stepdown.web.problems import Complaint, UnusableError
from stepdown.web.record.as_of import AsOf, bar, read_day
from stepdown.web.record.cell import CellView, CodingView, all_codings, cell_view
from stepdown.web.record.places import at, state_at, tabs

FIRST_YEAR = 2000
"""Where the slider starts; older dates can be typed."""


@dataclass(frozen=True)
class MatrixPage:
    """The matrix. `missing`: states without a document in force; `cell`: what the reader has opened.

    `since`: the earlier day of a comparison, empty without one; `changed` counts cells with another code.
    """

    as_of: AsOf
    tabs: tuple[Link, ...]
    table: Element
    folded: Element
    key: Element
    reach: Reach
    missing: str
    since: str
    since_words: str
    changed: int
    cell: CellView | None
    threshold: Figure | None
    codings_href: str


@dataclass(frozen=True)
class CellPage:
    """All codings of one cell over time, newest first."""

    tabs: tuple[Link, ...]
    back: str
    cell: CellView
    codings: tuple[CodingView, ...]


def matrix_page(
    facts: Facts, lang: Language, given: str, state: str = "", role: str = "", since: str = ""
) -> MatrixPage:
    """The page. Raises UnusableError for dates, UnknownNameError for a state or role that is not coded."""
    states = coded_states(facts)
    on = read_day(given)
    earlier = read_day(since, "since") if since else None
    if earlier is not None and earlier >= on:
        raise UnusableError(
            [Complaint("since", key="record.not_later", values={"name": "since", "found": since})]
        )
    matrix = role_matrix(facts, on, states)
    before = codes_on(facts, earlier, states) if earlier else {}
    documents = in_force(facts, on, states)
    chosen = (_known("state", state, states), _known("role", role, ROLES)) if state or role else None
    as_of = bar(lang, "", given, _dates(facts), FIRST_YEAR, state=state, role=role, since=since)

    def link(cell: RoleCell) -> CellLink:
        href = at(lang, as_of=given, since=since, state=cell.state, role=cell.role)
        was = before.get((cell.state, cell.role), cell.code)
        return CellLink(f"{href}#cell", (cell.state, cell.role) == chosen, was if was != cell.code else "")

    def state_href(name: str) -> str:
        return state_at(lang, name, given)

    cells = [matrix.cell(s, r) for s in states for r in ROLES]
    return MatrixPage(
        as_of,
        tabs(lang, "matrix", given),
        linked_role_matrix(matrix, lang, link, state_href),
        linked_role_list(matrix, lang, link, state),
        role_key(lang),
        reach(documents.values()),
        _names(facts, [s for s in states if s not in documents], lang),
        since,
        day(since, lang) if since else "",
        sum(before.get((c.state, c.role), c.code) != c.code for c in cells),
        _opened(facts, chosen, documents, given, lang),
        _threshold(facts, chosen, on, lang),
        at(lang, "codings"),
    )


def cell_page(facts: Facts, lang: Language, given: str, state: str, role: str) -> CellPage:
    """Every coding of a cell. Raises as `matrix_page` does."""
    states = coded_states(facts)
    chosen: tuple[str, Role] = (_known("state", state, states), _known("role", role, ROLES))  # type: ignore[assignment]
    documents = in_force(facts, read_day(given), states)
    return CellPage(
        tabs(lang, "matrix", given),
        at(lang, as_of=given, state=state, role=role) + "#cell",
        cell_view(facts, *chosen, documents[state].id if state in documents else "", given, lang),
        all_codings(facts, *chosen, lang),
    )


def in_force(facts: Facts, on: date, states: tuple[str, ...]) -> Mapping[str, Doctrine]:
    """The document in force of every state that has one."""
    found = {state: doctrine_in_force(facts, state, on) for state in states}
    return {state: document for state, document in found.items() if document is not None}


def codes_on(facts: Facts, on: date, states: tuple[str, ...]) -> Mapping[tuple[str, str], str]:
    """Codes by state and role of the documents in force on a day; nothing for states without one."""
    documents = in_force(facts, on, states)
    return {(s, r): d.roles[r].code for s, d in documents.items() for r in ROLES}


def threshold_figure(facts: Facts, found: tuple[Reading, ...], lang: Language, figure_id: str) -> Figure:
    """Declared threshold of each state beside the lowest that any rival reads."""
    lowest: dict[str, Reading] = {}
    for reading in sorted(found, key=lambda r: -r.perceived[1]):
        lowest[reading.state] = reading
    order = [s for s in coded_states(facts) if s in lowest]
    pairs = [
        Threshold(
            s,
            (lowest[s].declared[0], lowest[s].declared[2]),
            (lowest[s].perceived[0], lowest[s].perceived[2]),
        )
        for s in order
    ]
    names = {s: facts.get(Actor, s).label[lang] for s in order}
    return threshold_pairs(pairs, names, lang, figure_id=figure_id)


def _opened(
    facts: Facts,
    chosen: tuple[str, str] | None,
    documents: Mapping[str, Doctrine],
    given: str,
    lang: Language,
) -> CellView | None:
    if chosen is None:
        return None
    state, role = chosen
    document = documents[state].id if state in documents else ""
    return cell_view(facts, state, role, document, given, lang)  # type: ignore[arg-type]


def _threshold(facts: Facts, chosen: tuple[str, str] | None, on: date, lang: Language) -> Figure | None:
    if chosen is None:
        return None
    found = readings(facts, on, lang, chosen[:1])
    return threshold_figure(facts, found, lang, "threshold") if found else None


def _known(kind: str, name: str, allowed: tuple[str, ...]) -> str:
    if name not in allowed:
        raise UnknownNameError(kind, name, allowed)
    return name


def _dates(facts: Facts) -> list[str]:
    return [d.valid_from for d in facts.all(Doctrine)]


def _names(facts: Facts, states: list[str], lang: Language) -> str:
    return ("、" if lang == "ja" else ", ").join(facts.get(Actor, s).label[lang] for s in states)
