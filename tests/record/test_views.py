"""The record as of a day: matrix, listings, citations, what is due; both languages, all kinds."""

from __future__ import annotations

from datetime import date

import pytest

from stepdown.contracts.facts import KINDS, Arsenal, Doctrine, Source
from stepdown.contracts.facts.as_of import arsenal_on, doctrine_in_force, guarantees_on
from stepdown.contracts.facts.facts import Facts
from stepdown.record import cite, coverage, due, listing, matrix_notes, role_coverage, role_matrix
from stepdown.record.evidence import cell_evidence_level, evidence_level
from stepdown.record.listers import LISTERS
from stepdown.vocabulary.errors import StepdownError, UnknownNameError
from stepdown.vocabulary.ids import LANGUAGES, ROLES, Language

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("state", "on", "document"),
    [
        ("USA", date(2010, 4, 5), None),
        ("USA", date(2010, 4, 6), "doc.USA.2010-04-06"),
        ("USA", date(2017, 12, 31), "doc.USA.2013-06-19"),
        ("USA", date(2018, 2, 2), "doc.USA.2018-02-02"),
        ("RUS", date(2024, 11, 18), "doc.RUS.2020-06-02"),
        ("RUS", TODAY, "doc.RUS.2024-11-19"),
    ],
)
def test_document_in_force(facts: Facts, state: str, on: date, document: str | None) -> None:
    found = doctrine_in_force(facts, state, on)
    assert (found.id if found else None) == document


def test_matrix_has_nine_states_and_ten_roles(facts: Facts) -> None:
    matrix = role_matrix(facts, TODAY)
    assert len(matrix.states) == 9
    assert [r.id for r in matrix.roles] == list(ROLES)
    assert len(matrix.cells) == 90
    notes = {n.number: n for n in matrix_notes(facts, matrix, TODAY)}
    assert sorted(notes) == list(range(1, len(notes) + 1))
    for cell in matrix.cells:
        for number in cell.notes:
            assert notes[number].document.en
            assert notes[number].document.ja
            assert notes[number].locator.en


def test_a_passage_carried_forward_is_cited_where_it_stands(facts: Facts) -> None:
    matrix = role_matrix(facts, TODAY)
    notes = {n.number: n for n in matrix_notes(facts, matrix, TODAY)}
    document, passage = matrix.cell("USA", "respond_cbw").notes
    assert notes[document].source == "src.nonpr"
    assert notes[passage].source == "src.us_emp24"
    assert "Guiding Principles" in notes[passage].locator.en
    assert "Guiding Principles" not in notes[document].locator.en
    cited = dict(cite(facts, "doc.USA.2025-09-24#respond_cbw", "en")["lines"])
    assert cited["The passage stands in"].startswith("[src.us_emp24]")


def test_codes_change_with_the_document(facts: Facts) -> None:
    """The 2018 review of the United States declared what the 2010 review had left open."""
    before = role_matrix(facts, date(2017, 1, 1), ["USA"]).cell("USA", "deter_conventional_self").code
    after = role_matrix(facts, date(2019, 1, 1), ["USA"]).cell("USA", "deter_conventional_self").code
    assert (before, after) == ("I", "Y")


def test_before_the_first_document_every_cell_is_unknown(facts: Facts) -> None:
    matrix = role_matrix(facts, date(1950, 1, 1))
    assert matrix.cells == ()
    assert {matrix.cell(s.id, r).code for s in matrix.states for r in ROLES} == {"U"}


def test_every_cell_can_be_cited(facts: Facts) -> None:
    for document in facts.all(Doctrine):
        for role in ROLES:
            for lang in LANGUAGES:
                cited = cite(facts, f"{document.id}#{role}", lang)
                labels = dict(cited["lines"])
                assert document.valid_from in " ".join(labels.values())


def test_every_record_can_be_cited_in_both_languages(facts: Facts) -> None:
    for kind in KINDS.values():
        for record in facts.all(kind):
            for lang in LANGUAGES:
                assert cite(facts, record.id, lang)["title"]


def test_an_effect_is_cited_down_to_each_lever(facts: Facts) -> None:
    cited = cite(facts, "eff.M49", "en")
    text = "\n".join(f"{label}: {words}" for label, words in cited["lines"])
    assert "crisis communication: 0.5 [0.2–0.75] pert" in text
    assert "[src.paper] supports" in text
    assert "judgement (stepdown editors)" in text
    assert dict(cited["lines"])["Evidence"] == "thin evidence"


def test_evidence_levels(facts: Facts) -> None:
    levels = {r.id: evidence_level(r) for r in facts.all(Arsenal)}
    assert levels["ars.CHN.2026.sipri26"] >= 2, "a published estimate that was seen"
    unread = [a for a in facts.all(Arsenal) if a.verified.how == "not_checked"]
    assert unread
    assert all(levels[a.id] == 1 for a in unread)
    newest = facts.get(Doctrine, "doc.RUS.2024-11-19")
    assert cell_evidence_level(newest, "deter_conventional_self") == 3
    assert cell_evidence_level(newest, "coercion") == 1, "said by others"


def test_vintages_are_kept_apart(facts: Facts) -> None:
    """A later publication never answers for a day on which it had not appeared."""
    for day in (date(2016, 1, 1), date(2021, 7, 1), date(2024, 4, 1), TODAY):
        for holder in ("USA", "RUS", "CHN"):
            best = arsenal_on(facts, holder, day)
            if best is not None:
                assert best.as_of[:4] <= str(day.year)
                shown = facts.get(Source, best.vintage).date_published
                assert shown is None or shown[:7] <= day.isoformat()[:7]
    newest = arsenal_on(facts, "CHN", TODAY)
    assert newest is not None
    assert newest.military_stockpile == 620
    assert sum(a.holder == "CHN" for a in facts.all(Arsenal)) > 5


def test_guarantees_begin_on_their_date(facts: Facts) -> None:
    def pairs(on: date) -> set[tuple[str, str]]:
        return {(g.guarantor, g.protege) for g in guarantees_on(facts, on)}

    assert ("USA", "FIN") in pairs(TODAY)
    assert ("USA", "JPN") not in pairs(date(1950, 1, 1))


@pytest.mark.parametrize("kind", LISTERS)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_listing(facts: Facts, kind: str, lang: Language) -> None:
    table = listing(facts, kind, TODAY, (), lang)
    assert table.rows
    assert len(table.heads) == len(table.columns)
    for row in table.rows:
        assert set(row) == set(table.columns)
        assert all(value != "" for column, value in row.items() if column != "strength"), row


def test_listing_by_state(facts: Facts) -> None:
    rows = listing(facts, "programmes", TODAY, ("JPN",), "en").rows
    assert rows
    assert all("Japan" in row["owners"] for row in rows)


def test_unknown_names_offer_the_nearest(facts: Facts) -> None:
    with pytest.raises(UnknownNameError, match="Did you mean programmes"):
        listing(facts, "programs", TODAY, (), "en")
    with pytest.raises(UnknownNameError, match="Allowed: "):
        listing(facts, "events", TODAY, ("JAP",), "en")
    with pytest.raises(UnknownNameError, match=r"doc\.RUS\.2024-11-19"):
        cite(facts, "doc.RUS.2024-11-20", "en")
    with pytest.raises(UnknownNameError, match="respond_cbw"):
        cite(facts, "doc.RUS.2024-11-19#respond_cwb", "en")


def test_arsenals_reach_back_to_1945(facts: Facts) -> None:
    rows = {r["holder"]: r for r in listing(facts, "arsenals", date(1986, 7, 1), (), "en").rows}
    assert rows["Russia"]["military_stockpile"] == "40,159"
    assert rows["Russia"]["deployed"] == "unknown"


def test_kinds_that_know_no_states_say_so(facts: Facts) -> None:
    with pytest.raises(StepdownError, match="not kept by state"):
        listing(facts, "claims", TODAY, ("USA",), "en")


def test_due_grows_with_time(facts: Facts) -> None:
    counts = [len(due(facts, date(year, 12, 31), "en").rows) for year in (2026, 2027, 2030)]
    assert counts == sorted(counts)
    assert counts[0] < counts[-1]
    dates = [row["review_by"] for row in due(facts, date(2030, 1, 1), "en").rows]
    assert dates == sorted(dates)


def test_coverage_adds_up(facts: Facts) -> None:
    for row in coverage(facts, "en").rows:
        assert int(row["with_source"]) + int(row["judgement_only"]) == int(row["records"])
    rows = role_coverage(facts, TODAY, "ja").rows
    assert [row["cells"] for row in rows] == ["10"] * 9
