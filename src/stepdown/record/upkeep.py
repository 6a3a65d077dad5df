"""Keeping the record alive: what is due for review, and how well it is covered."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from stepdown.contracts.facts import KINDS, Doctrine, Sourced
from stepdown.contracts.facts.as_of import doctrine_in_force
from stepdown.contracts.facts.facts import Facts
from stepdown.record.cite import title_of
from stepdown.record.evidence import cited_sources
from stepdown.record.listings import Listing
from stepdown.record.roles import armed_states
from stepdown.record.words import word
from stepdown.vocabulary.dates import earliest
from stepdown.vocabulary.ids import ROLES, Language


def due(facts: Facts, on: date, lang: Language) -> Listing:
    """Records whose review date has come by `on`, longest overdue first."""
    records = [r for kind in KINDS.values() for r in facts.all(kind) if isinstance(r, Sourced)]
    waiting = sorted((r for r in records if earliest(r.review_by) <= on), key=lambda r: (r.review_by, r.id))
    rows = [{"review_by": r.review_by, "id": r.id, "title": title_of(r, lang)} for r in waiting]
    return _table("due", word("due_title", lang, on=on.isoformat()), ("review_by", "id", "title"), rows, lang)


def coverage(facts: Facts, lang: Language) -> Listing:
    """Per kind: how many records, with a source, by judgement only, checked against a source, disputed."""
    rows = []
    for name, kind in KINDS.items():
        records = [r for r in facts.all(kind) if isinstance(r, Sourced)]
        if records:
            sourced = [r for r in records if any(cited_sources(r))]
            rows.append(
                {
                    "kind": name,
                    "records": str(len(records)),
                    "with_source": str(len(sourced)),
                    "judgement_only": str(len(records) - len(sourced)),
                    "checked": str(sum(r.verified.how != "not_checked" for r in records)),
                    "disputed": str(sum(r.dispute is not None for r in records)),
                }
            )
    columns = ("kind", "records", "with_source", "judgement_only", "checked", "disputed")
    return _table("coverage", word("coverage_title", lang), columns, rows, lang)


def role_coverage(facts: Facts, on: date, lang: Language) -> Listing:
    """Per nuclear-armed state: how many role cells are coded, located, disputed, unknown on a day."""
    rows = []
    for state in armed_states(facts):
        document = doctrine_in_force(facts, state, on)
        if document is not None:
            rows.append({"state": state, **_cell_counts(document)})
    columns = ("state", "cells", "located", "disputed", "unknown_cells")
    return _table("role_coverage", word("coverage_roles_title", lang, on=on.isoformat()), columns, rows, lang)


def _cell_counts(document: Doctrine) -> dict[str, str]:
    cells = [document.roles[role] for role in ROLES]
    return {
        "cells": str(len(cells)),
        "located": str(sum(c.at is not None for c in cells)),
        "disputed": str(sum(c.disputed for c in cells)),
        "unknown_cells": str(sum(c.code == "U" for c in cells)),
    }


def _table(
    kind: str, title: str, columns: tuple[str, ...], rows: list[dict[str, str]], lang: Language
) -> Listing:
    shown: tuple[Mapping[str, str], ...] = tuple(rows)
    return Listing(kind, title, columns, tuple(word(c, lang) for c in columns), shown)
