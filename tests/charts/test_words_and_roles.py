"""Words on charts in both languages; the role matrix as a table and as a list."""

from __future__ import annotations

import re
from string import Formatter

import pytest

from stepdown.charts import evidence_dot, role_key, role_list, role_matrix
from stepdown.charts.element import Element
from stepdown.charts.words import word, words
from stepdown.contracts.findings import RoleMatrix
from stepdown.vocabulary.ids import LANGUAGES, Language


def test_every_word_exists_in_both_languages_with_the_same_placeholders() -> None:
    for key, texts in words().items():
        assert set(texts) == set(LANGUAGES), key
        fields = [{f for _, f, _, _ in Formatter().parse(text) if f} for text in texts.values()]
        assert fields[0] == fields[1], key


def test_forbidden_words_are_absent() -> None:
    for texts in words().values():
        assert not re.search("forecast|winner|optimal|threat level", texts["en"], re.IGNORECASE)
        assert not re.search("予測|勝敗|最適解|危険度", texts["ja"])


def test_an_unknown_word_is_an_error() -> None:
    with pytest.raises(KeyError):
        word("no_such_word", "en")


def words_in(element: Element) -> str:
    return "".join(words_in(child) if isinstance(child, Element) else child for child in element.children)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_row_and_cell_of_the_matrix_has_a_word(roles: RoleMatrix, language: Language) -> None:
    table = role_matrix(roles, language)
    cells = [e for e in table.walk() if "role-cell" in (e.get("class") or "")]
    assert len(cells) == len(roles.states) * len(roles.roles)
    assert all(words_in(cell).strip() for cell in cells)
    heads = [e.get("scope") for e in table.walk() if e.tag == "th"]
    assert heads.count("row") == len(roles.states)
    assert heads.count("col") == len(roles.roles)


def test_a_pair_nobody_coded_is_unknown(roles: RoleMatrix) -> None:
    assert roles.cell("Y", "status").code == "U"
    assert "code-u" in str(role_matrix(roles, "en"))


def test_notes_link_to_their_number_and_dispute_is_said_in_words(roles: RoleMatrix) -> None:
    text = str(role_matrix(roles, "en"))
    assert 'href="#note-1" aria-label="note 1"' in text
    assert 'href="#note-4"' in text
    assert "(disputed)" in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_list_says_what_the_matrix_says(roles: RoleMatrix, language: Language) -> None:
    text = str(role_list(roles, language))
    assert text.count("<details>") == len(roles.states)
    assert text.count("<dt>") == len(roles.states) * len(roles.roles)
    assert "[1] [4]" in text
    assert word("code_A", language) in text


@pytest.mark.parametrize("level", [0, 1, 2, 3])
def test_the_evidence_dot_always_has_its_word(level: int) -> None:
    hidden = str(evidence_dot(level, "en"))  # type: ignore[arg-type]
    assert word(f"evidence_{level}", "en") in hidden
    assert "hidden-text" in hidden
    assert "hidden-text" not in str(evidence_dot(level, "en", visible_word=True))  # type: ignore[arg-type]
    assert ('class="part"' in hidden) == (level > 0)


def test_the_key_names_every_code() -> None:
    text = str(role_key("ja"))
    assert all(word(f"code_{code}", "ja") in text for code in "YINAU")
