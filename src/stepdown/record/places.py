"""A place in a source in words."""

from __future__ import annotations

from stepdown.contracts.facts.base import Locator, Text
from stepdown.record.words import known_word, word
from stepdown.vocabulary.ids import Language


def place_words(at: Locator, lang: Language) -> str:
    """Page, paragraph, article and so on in the reader's language; set phrases for places not known."""
    if at.whole is not None:
        return known_word(f"whole_{at.whole.rstrip('.').lower()}", at.whole, lang)
    parts = [
        value[lang] if isinstance(value, Text) else word(f"at_{name}", lang, place=value)
        for name, value in at
        if value is not None
    ]
    return "、".join(parts) if lang == "ja" else ", ".join(parts)
