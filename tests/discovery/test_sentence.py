"""The sentence of a box says what the box does, in both languages, and nothing it does not."""

from __future__ import annotations

import re
from string import Formatter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stepdown.contracts.assumptions import Coordinate
from stepdown.contracts.effects import Bilingual
from stepdown.contracts.scenarios import Box, Count, InputWords, Limit
from stepdown.discovery.boxes import box_of, inside
from stepdown.discovery.sentence import condition, input_words, range_word, sentence, share, wording

WILL = InputWords(Bilingual("political will", "政治的意思"), (0.33, 0.66), (0.0, 1.0))
TANGLE = InputWords(
    Bilingual("Entanglement", "核・非核の混在"),
    options=(("strong", Bilingual("strong", "強い")), ("low", Bilingual("low", "弱い"))),
)
WORDS = {"will": WILL, "s08": TANGLE}
EVENT = Bilingual("Package A backfires", "政策パッケージAは逆効果となる")
SHORT = Bilingual("it backfires", "逆効果となる")


def test_the_sentence_names_labels_ranges_and_shares() -> None:
    box = Box((Limit("s08", options=("strong",)), Limit("will", high=0.3)), Count(100, 71, 1000, 111))
    told = sentence(box, WORDS, EVENT, SHORT)
    assert told.en == (
        "Package A backfires when “Entanglement” stands at “strong” "
        "and “political will” is low (at most 0.3): "
        "71\u00a0% of such futures, against 4\u00a0% elsewhere; "
        "covers 64\u00a0% of the futures in which it backfires."
    )
    assert told.ja == (
        "「核・非核の混在」が「強い」である、かつ「政治的意思」が低い（0.3以下）場合に、政策パッケージAは逆効果となる。"
        "該当する将来の71\u00a0%（それ以外では4\u00a0%）であり、逆効果となる将来全体の64\u00a0%がここに含まれる。"
    )


def test_without_a_box_nothing_is_claimed() -> None:
    told = sentence(None, {}, EVENT, SHORT)
    assert "No simple condition" in told.en
    assert "%" not in told.en + told.ja


def test_an_input_without_words_is_an_error_not_a_symbol() -> None:
    with pytest.raises(KeyError):
        sentence(Box((Limit("beta", low=1.0),), Count(1, 1, 2, 1)), {}, EVENT, SHORT)


MEANS = {
    "low": lambda x, a, b: x <= a,
    "not_high": lambda x, a, b: x <= b,
    "not_highest": lambda x, a, b: True,
    "high": lambda x, a, b: x >= b,
    "not_low": lambda x, a, b: x >= a,
    "not_lowest": lambda x, a, b: True,
    "middling": lambda x, a, b: a <= x <= b,
    "not_extreme": lambda x, a, b: True,
}


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_a_word_holds_for_every_value_the_box_allows(data) -> None:
    values = np.array(data.draw(st.lists(st.floats(-1e3, 1e3), min_size=6, max_size=60)))
    column = Coordinate("x", "x", values)
    words = input_words(column, Bilingual("x", "x"))
    a, b = sorted(data.draw(st.tuples(st.floats(-1e3, 1e3), st.floats(-1e3, 1e3))))
    limit = data.draw(st.sampled_from([Limit("x", low=a), Limit("x", high=b), Limit("x", a, b)]))
    means = MEANS[range_word(limit, words)]
    assert all(means(x, *words.thirds) for x in values[inside([limit], (column,))])


NUMBER = r"(−?[\d.,]+(?:e[+−]?\d+)?)"


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 2**31), st.sampled_from([1e-4, 1.0, 3e5]), st.booleans(), st.booleans())
def test_a_reader_who_applies_the_sentence_gets_the_box(seed, scale, low, high) -> None:
    rng = np.random.default_rng(seed)
    column = Coordinate("x", "x", rng.normal(size=200) * scale)
    if not low and not high:
        low = True
    a, b = np.sort(rng.choice(column.values, 2, replace=False))
    limit = Limit("x", float(a) if low else None, float(b) if high else None)
    words = input_words(column, Bilingual("x", "x"))
    for lang, pattern in (
        ("en", rf"(?:at least {NUMBER}\)|at most {NUMBER}\)|\({NUMBER} to {NUMBER}\))"),
        ("ja", rf"(?:{NUMBER}以上|{NUMBER}以下|{NUMBER}～{NUMBER})"),
    ):
        found = re.search(pattern, condition(limit, words, lang))
        assert found
        least, most, start, stop = (
            None if g is None else float(g.replace("−", "-").replace(",", "")) for g in found.groups()
        )
        read = Limit("x", least if start is None else start, most if stop is None else stop)
        assert np.mean(inside([read], (column,)) != inside([limit], (column,))) <= 0.01


def test_options_are_named_by_their_words() -> None:
    column = Coordinate("s08", "s08", np.array([0.0, 1.0, 1.0]), ("strong", "low"))
    words = input_words(column, TANGLE.label, [w for _, w in TANGLE.options])
    box = box_of([Limit("s08", options=("low",))], (column,), np.array([False, True, True]))
    told = sentence(box, {"s08": words}, EVENT, SHORT)
    assert "“low”" in told.en
    assert "「弱い」" in told.ja


def test_shares_never_round_a_difference_away() -> None:
    assert [share(x) for x in (0, 0.004, 0.5, 0.996, 1)] == [
        *("0\u00a0%", "<1\u00a0%", "50\u00a0%", ">99\u00a0%", "100\u00a0%")
    ]


def test_both_languages_have_the_same_entries_and_placeholders() -> None:
    for key, entry in wording().items():
        fields = [{f for _, f, _, _ in Formatter().parse(entry[lang]) if f} for lang in ("en", "ja")]
        assert fields[0] == fields[1], key
