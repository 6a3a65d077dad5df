"""Words of the pages: both languages, the same placeholders, none of the words that promise."""

from __future__ import annotations

from string import Formatter

from stepdown.web.words import phrases

NEVER = {
    "en": ("forecast", "winner", "optimal", "threat level"),
    "ja": ("予測", "勝敗", "最適解", "危険度"),
}
SCOPE = {"en": ("does not forecast", "do not forecast"), "ja": ("予測ではない",)}


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def test_phrases_have_the_same_placeholders_in_both_languages() -> None:
    assert phrases()
    different = [k for k, p in phrases().items() if placeholders(p["en"]) != placeholders(p["ja"])]
    assert different == []


def test_no_phrase_is_empty() -> None:
    assert [k for k, p in phrases().items() if not (p["en"].strip() and p["ja"].strip())] == []


def test_phrases_promise_nothing() -> None:
    for key, phrase in phrases().items():
        for language, words in NEVER.items():
            text = phrase[language].lower()  # type: ignore[index]
            for allowed in SCOPE[language]:
                text = text.replace(allowed, "")
            assert [w for w in words if w in text] == [], key
