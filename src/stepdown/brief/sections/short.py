"""In short: three to five sentences generated from the numbers, each with its backfire."""

from __future__ import annotations

from stepdown.brief.voice import Voice, headline
from stepdown.charts.numbers import changes, hundredths
from stepdown.contracts.effects import OutcomeGroup, OutcomeLabel, PairedEffect
from stepdown.contracts.findings import Findings


def in_short(voice: Voice) -> tuple[str, ...]:
    """Use risk and reliance by package, the most frequent backfire, where lenses and mappings disagree."""
    sentences = [_by_package(voice, outcome) for outcome in leading_outcomes(voice.findings)]
    sentences.append(_most_frequent_harm(voice))
    sentences.append(_lenses(voice))
    if voice.findings.mappings:
        sentences.append(_mappings(voice))
    return tuple(sentences)


def leading_outcomes(findings: Findings) -> tuple[OutcomeLabel, ...]:
    """The first headline outcome on use risk and the first on reliance, or else the first two headlines."""
    shown = headline(findings)
    groups: tuple[OutcomeGroup, ...] = ("use_risk", "reliance")
    firsts = [next((o for o in shown if o.group == g), None) for g in groups]
    found = tuple(o for o in firsts if o is not None)
    return found or shown[:2]


def headline_effects(findings: Findings) -> tuple[PairedEffect, ...]:
    """Effects over all lenses on headline outcomes, outcome by outcome."""
    found = (findings.effect(p.id, o.id) for o in headline(findings) for p in findings.packages)
    return tuple(effect for effect in found if effect is not None)


def _by_package(voice: Voice, outcome: OutcomeLabel) -> str:
    cases = [
        voice.say(
            "short.case",
            n=hundredths(effect.improves),
            package=voice.package(effect.package),
            backfires=hundredths(effect.backfires),
        )
        for effect in headline_effects(voice.findings)
        if effect.outcome == outcome.id
    ]
    key = "short.falls" if outcome.intended == "down" else "short.rises"
    return voice.say(key, outcome=voice.text(outcome.label), cases=voice.say("short.case_join").join(cases))


def _most_frequent_harm(voice: Voice) -> str:
    worst = max(headline_effects(voice.findings), key=lambda e: e.backfires)
    if worst.backfires < 0.01:
        return voice.say("short.no_harm")
    deciding = [
        d for d in voice.findings.deciding if (d.package, d.outcome) == (worst.package, worst.outcome)
    ]
    inputs = sorted(deciding, key=lambda d: -d.importance)[:2]
    harm = {
        "package": voice.package(worst.package),
        "outcome": voice.outcome(worst.outcome),
        "backfires": hundredths(worst.backfires),
        "median": changes(voice.findings.outcome(worst.outcome).kind, worst.median)[0],
    }
    if not inputs:
        return voice.say("short.harm", **harm)
    names = voice.listed([voice.say("quoted", text=voice.text(d.label)) for d in inputs])
    return voice.say("short.harm_depends", inputs=names, **harm)


def _lenses(voice: Voice) -> str:
    rated = [(e, e.sign_agreement) for e in headline_effects(voice.findings) if e.sign_agreement is not None]
    agree = [e for e, agreement in rated if agreement >= 1 - 1e-9]
    if len(agree) == len(rated):
        return voice.say("short.lenses_agree")
    least, _ = min(rated, key=lambda pair: pair[1])
    return voice.say(
        "short.lenses_part",
        agree=len(agree),
        total=len(rated),
        outcome=voice.outcome(least.outcome),
        package=voice.package(least.package),
    )


def _mappings(voice: Voice) -> str:
    reports = voice.findings.mappings
    flipped = dict.fromkeys(flip.outcome for report in reports for flip in report.flips)
    if not flipped:
        return voice.say("short.mapping_stable", count=len(reports))
    return voice.say("short.mapping_flips", outcomes=voice.listed([voice.outcome(o) for o in flipped]))
