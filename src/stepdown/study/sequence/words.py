"""Words of the report on order in both languages, from `words.yaml`, and its numbers as words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from stepdown.charts.numbers import MINUS, NBSP, changes, decimal, signed
from stepdown.contracts.assessments import Spread
from stepdown.contracts.effects import Bilingual, EffectKind, PairedEffect
from stepdown.contracts.ensemble import OutcomeKey
from stepdown.contracts.wording import filled, words_of
from stepdown.experiments.outcomes import LITTLE
from stepdown.study.assess.words import listed, same, signed_band
from stepdown.study.sequence.find import Shift


def told(key: str, **values: Bilingual | str | int) -> Bilingual:
    """An entry in both languages, its placeholders filled in the matching one."""
    entries: Mapping[str, Mapping[str, str]] = words_of("stepdown.study.sequence")
    return filled(entries[key], **values)


def written(key: OutcomeKey, effect: PairedEffect) -> tuple[str, ...]:
    """Median and the ends of 9 in 10 futures."""
    return changes(key.kind, effect.median, effect.p05, effect.p95)


def spread(effect: PairedEffect) -> Spread:
    """The quantiles of an effect alone."""
    return Spread(effect.median, effect.p05, effect.p25, effect.p75, effect.p95)


def band(key: OutcomeKey, effect: PairedEffect) -> Bilingual:
    """Median with the range of 9 in 10 futures."""
    return signed_band(spread(effect), key.kind == "ratio")


def way(key: OutcomeKey, change: float) -> Bilingual:
    """Better or worse, by the way the outcome is meant to go."""
    return told("better" if (change > 0) == (key.intended == "up") else "worse")


def sign(key: OutcomeKey, median: float) -> str:
    """Better, worse or little change as one sign."""
    if abs(median) <= key.little_change:
        return "="
    return "+" if (median > 0) == (key.intended == "up") else MINUS


def of_effect(shift: Shift) -> Bilingual:
    """Size of a move against the package's own effect."""
    return same("–" if shift.of_effect is None else f"{decimal(100 * shift.of_effect, 0)}{NBSP}%")


def little(kind: EffectKind) -> str:
    """The margin of a little change."""
    size = LITTLE[kind]
    return f"±{decimal(100 * size, 0)}{NBSP}%" if kind == "ratio" else f"±{decimal(size, 2)}"


def finer(key: OutcomeKey, value: float) -> str:
    """One digit more than changes have: an end of an interval is read against the margin."""
    return f"{signed(100 * value, 1)}{NBSP}%" if key.kind == "ratio" else signed(value, 3)


def inside(track: Bilingual) -> Bilingual:
    """A track's name within a sentence."""
    return Bilingual(track.en[0].lower() + track.en[1:], track.ja)


def asked(years: Sequence[int]) -> Bilingual:
    """Numbers of years as a list."""
    return listed([same(str(y)) for y in years])


def span(years: Sequence[int]) -> Bilingual | str:
    """So many years, in words; nothing where there are none."""
    if not years:
        return ""
    return told("one_year_long") if tuple(years) == (1,) else told("years", years=asked(years))
