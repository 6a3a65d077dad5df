"""Both wording files: same keys, same placeholders, no forbidden word, nothing left unused."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

import stepdown.brief
from stepdown.brief.voice import Voice, Wording, wording
from stepdown.contracts.findings import Findings
from stepdown.vocabulary.ids import LANGUAGES

ROOM = Path(stepdown.brief.__file__).parent


def flat(entries: Wording, prefix: str = "") -> Iterator[tuple[str, str]]:
    for key, value in entries.items():
        if isinstance(value, str):
            yield prefix + key, value
        else:
            yield from flat(value, f"{prefix}{key}.")


ENGLISH, JAPANESE = (dict(flat(wording(language))) for language in LANGUAGES)


def test_same_keys_in_the_same_order() -> None:
    assert list(ENGLISH) == list(JAPANESE)


@pytest.mark.parametrize("key", list(ENGLISH))
def test_same_placeholders(key: str) -> None:
    fields = [{f for _, f, _, _ in Formatter().parse(texts[key]) if f} for texts in (ENGLISH, JAPANESE)]
    assert fields[0] == fields[1]


def test_forbidden_words_appear_in_the_scope_sentence_only() -> None:
    for key, text in ENGLISH.items():
        if key != "page.scope_line":
            assert not re.search("forecast|winner|optimal|threat level", text, re.IGNORECASE), key
    for key, text in JAPANESE.items():
        if key != "page.scope_line":
            assert not re.search("予測|勝敗|最適解|危険度", text), key
    assert ENGLISH["page.scope_line"].endswith("explores assumptions; it does not forecast.")
    assert JAPANESE["page.scope_line"].endswith("前提を探るものであり、予測ではない。")


def test_english_never_says_will() -> None:
    assert not [key for key, text in ENGLISH.items() if re.search(r"\bwill\b", text)]


def test_japanese_is_plain_style() -> None:
    assert not [key for key, text in JAPANESE.items() if re.search("です|ます|ません|ください", text)]


def test_every_key_is_used() -> None:
    sources = [*ROOM.rglob("*.py"), *ROOM.rglob("*.j2")]
    used = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    families = (
        "sections.",
        "strength.",
        "condition.",
        "scope.",
        "run.",
        "run_step.",
        "packages.money",
        "packages.political",
    )
    built = (*families, "effects.up", "effects.down", "views.ally", "views.rival")
    unused = [k for k in ENGLISH if f'"{k}"' not in used and not k.startswith(built)]
    assert unused == []


def test_an_unknown_key_or_a_missing_placeholder_is_an_error(findings: Findings) -> None:
    voice = Voice(findings, "en")
    for key in ("short.no_such", "page.skip.deeper", "page"):
        with pytest.raises(KeyError):
            voice.say(key)
    with pytest.raises(KeyError):
        voice.say("short.intro", start=2026)
