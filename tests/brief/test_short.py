"""The sentences in short: generated from the numbers, hedged, with the backfire in the same sentence."""

from __future__ import annotations

from dataclasses import replace

import pytest

from stepdown.brief.sections.short import headline_effects, in_short, leading_outcomes
from stepdown.brief.voice import Voice
from stepdown.charts.numbers import hundredths
from stepdown.contracts.findings import Findings
from stepdown.vocabulary.ids import LANGUAGES, Language


@pytest.mark.parametrize("language", LANGUAGES)
def test_three_to_five_sentences_in_both_languages(findings: Findings, language: Language) -> None:
    sentences = in_short(Voice(findings, language))
    assert 3 <= len(sentences) <= 5
    assert all(sentence.endswith((".", "。")) for sentence in sentences)


def test_the_first_sentences_hold_every_package_with_its_backfire(findings: Findings) -> None:
    sentences = in_short(Voice(findings, "en"))
    for outcome, sentence in zip(leading_outcomes(findings), sentences, strict=False):
        for package in findings.packages:
            effect = findings.effect(package.id, outcome.id)
            assert effect is not None
            said = f"in {hundredths(effect.improves)} under {package.letter} ({package.label.en}), "
            assert f"{said}backfiring in {hundredths(effect.backfires)}" in sentence


def test_the_most_frequent_harm_is_named_with_its_two_inputs(findings: Findings) -> None:
    worst = max(headline_effects(findings), key=lambda e: e.backfires)
    sentence = in_short(Voice(findings, "en"))[2]
    assert f"{hundredths(worst.backfires)} of 100 futures" in sentence
    inputs = [d for d in findings.deciding if (d.package, d.outcome) == (worst.package, worst.outcome)]
    assert len(inputs) == 2
    assert all(d.label.en in sentence for d in inputs)


def test_without_harm_the_sentence_says_so(findings: Findings) -> None:
    harmless = tuple(replace(e, improves=1.0, little_change=0.0, backfires=0.0) for e in findings.effects)
    assert "No headline outcome backfires" in in_short(Voice(replace(findings, effects=harmless), "en"))[2]


def test_agreement_of_lenses_is_counted(findings: Findings) -> None:
    split = [e for e in headline_effects(findings) if (e.sign_agreement or 0) < 1]
    total = len(headline_effects(findings))
    assert f"{total - len(split)} of {total} headline effects" in in_short(Voice(findings, "en"))[3]
    agreed = tuple(replace(e, sign_agreement=1.0) if e.lens == "all" else e for e in findings.effects)
    assert "All lenses agree" in in_short(Voice(replace(findings, effects=agreed), "en"))[3]


def test_flips_under_other_mappings_are_named(findings: Findings) -> None:
    assert "allied assurance" in in_short(Voice(findings, "en"))[-1]
    stable = replace(findings, mappings=(findings.mappings[0],))
    assert "leaves the order of the packages as it is" in in_short(Voice(stable, "en"))[-1]
