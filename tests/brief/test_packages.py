"""Packages compared: budgets that bind come first, the others are said in one line."""

from __future__ import annotations

from dataclasses import replace

from stepdown.brief.sections.packages import package_cards
from stepdown.brief.voice import Voice
from stepdown.contracts.findings import BudgetNote, Findings


def budget(findings: Findings, *notes: BudgetNote) -> tuple[str, ...]:
    package = replace(findings.packages[0], budget=notes)
    changed = replace(findings, packages=(package, *findings.packages[1:]))
    return package_cards(Voice(changed, "en"))[0].budget


def test_without_budgets_the_card_says_so(findings: Findings) -> None:
    assert budget(findings) == ("not limited by budgets",)


def test_budgets_that_suffice_are_one_line(findings: Findings) -> None:
    notes = (BudgetNote("ALD", "money", 1, 4, 1.0), BudgetNote("ELM", "political", 3, 4, 1.0))
    assert budget(findings, *notes) == (
        "within budget; most used: United Elm, 75\u00a0% of its political capital",
    )


def test_budgets_that_bind_are_listed_tightest_first_and_the_rest_counted(findings: Findings) -> None:
    notes = [BudgetNote(state.id, "money", 5 + i, 4, 0.9) for i, state in enumerate(findings.roles.states)]
    lines = budget(findings, *notes)
    assert lines[0] == "North Rowan: 325\u00a0% of the money available; its measures are scaled to 90\u00a0%"
    assert len(lines) == 5
    assert lines[-1] == "and 5 more"


def test_every_measure_has_its_word_and_its_evidence(findings: Findings) -> None:
    for card, package in zip(package_cards(Voice(findings, "ja")), findings.packages, strict=True):
        lines = [line for _, measures in card.tracks for line in measures]
        assert {line.name for line in lines} == {m.label.ja for m in package.measures}
        assert all(line.strength in ("わずか", "中程度", "大幅", "抜本的") for line in lines)
