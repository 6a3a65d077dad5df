"""Claims and measures point at passages that stand in the paper, and say them in words of their own.

The text of the paper is not part of this repository.
Where there is a copy, it lies beside it in `../shared/paper/`.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from stepdown.contracts.facts import Claim, Measure
from stepdown.contracts.facts.base import Evidence
from stepdown.record import load_record

PAPER = Path(__file__).parents[2].parent / "shared" / "paper"
LONGEST_SHARED_RUN = 25

pytestmark = pytest.mark.skipif(
    not list(PAPER.glob("*.txt")), reason="no copy of the paper in ../shared/paper beside the repository"
)


def squeezed(text: str) -> str:
    """Without spaces and line breaks: the paper's text breaks lines within words."""
    return re.sub(r"\s", "", text)


@cache
def paper() -> str:
    return squeezed("".join(path.read_text(encoding="utf-8") for path in sorted(PAPER.glob("*.txt"))))


def claims_and_measures() -> list[Claim | Measure]:
    facts = load_record()
    return [*facts.all(Claim), *facts.all(Measure)]


def longest_shared_run(text: str, within: str) -> str:
    """The longest run of characters of `text` that also stands in `within`."""
    longest, end = "", 0
    for start in range(len(text)):
        end = max(end, start)
        while end < len(text) and text[start : end + 1] in within:
            end += 1
        longest = max(longest, text[start:end], key=len)
    return longest


def test_every_anchor_stands_in_the_paper_once() -> None:
    anchors = {record.id: squeezed(record.anchor) for record in claims_and_measures()}
    assert anchors, "the record holds no claims and no measures"
    counts = {f"{i}: {anchor}": paper().count(anchor) for i, anchor in anchors.items()}
    assert {which: n for which, n in counts.items() if n != 1} == {}


def test_every_quotation_of_the_paper_as_evidence_stands_in_it() -> None:
    quoted = {
        (record.id, ground.anchor)
        for record in claims_and_measures()
        for ground in record.basis
        if isinstance(ground, Evidence) and ground.source == "src.paper" and ground.anchor
    }
    assert quoted, "no claim or measure quotes the paper"
    assert {pair for pair in quoted if squeezed(pair[1]) not in paper()} == set()


def test_labels_are_our_words() -> None:
    runs = {
        record.id: longest_shared_run(squeezed(record.label.ja), paper()) for record in claims_and_measures()
    }
    assert {i: run for i, run in runs.items() if len(run) > LONGEST_SHARED_RUN} == {}


def test_a_copied_sentence_would_be_noticed() -> None:
    sentence = paper()[500:540]
    assert longest_shared_run(f"前置き{sentence}後書き", paper()).startswith(sentence[:30])
    assert longest_shared_run("甲乙丙", "丙乙") in {"乙", "丙"}
