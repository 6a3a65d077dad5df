"""The words of assessments in both languages, from `words.yaml`, and numbers written for each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from stepdown.charts import numbers
from stepdown.contracts.assessments import Spread
from stepdown.contracts.effects import Bilingual, EffectKind
from stepdown.contracts.wording import filled, words_of
from stepdown.vocabulary.ids import Language


def wording() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    """group -> key -> language -> words."""
    entries: Mapping[str, Mapping[str, Mapping[str, str]]] = words_of("stepdown.study.assess")
    return entries


def said(key: str, **values: Bilingual | str | int) -> Bilingual:
    """Both languages of `group.key`, placeholders filled with the matching language; KeyError if unknown."""
    group, _, name = key.partition(".")
    return filled(wording()[group][name], **values)


def both(write: Callable[[Language], str]) -> Bilingual:
    """The same written for each language."""
    return Bilingual(write("en"), write("ja"))


def same(text: str) -> Bilingual:
    """Words that are the same in both languages: ids, codes, plain numbers."""
    return Bilingual(text, text)


def listed(items: Sequence[Bilingual]) -> Bilingual:
    """Items with the language's comma."""
    return Bilingual(", ".join(i.en for i in items), "、".join(i.ja for i in items))


def index(value: float) -> Bilingual:
    """A number in [0, 1] with two decimals."""
    return same(numbers.decimal(value, 2))


def percent(share: float) -> Bilingual:
    """A share of futures."""
    return same(numbers.share(share))


def band(spread: Spread | None, places: int = 2) -> Bilingual:
    """`.42 (.31 to .60)`: median and the range of 9 in 10; a dash where there is none."""
    if spread is None:
        return same("–")
    values = [numbers.decimal(x, places) for x in (spread.median, spread.p05, spread.p95)]
    return _ranged(*values)


def signed_band(spread: Spread | None, relative: bool = False) -> Bilingual:
    """The same for a change: signed, in per cent when relative."""
    if spread is None:
        return same("–")
    kind: EffectKind = "ratio" if relative else "difference"
    return _ranged(*numbers.changes(kind, spread.median, spread.p05, spread.p95))


def year_band(spread: Spread | None) -> Bilingual:
    """Calendar years."""
    if spread is None:
        return same("–")
    return _ranged(*(str(round(x)) for x in (spread.median, spread.p05, spread.p95)))


def _ranged(median: str, low: str, high: str) -> Bilingual:
    def write(lang: Language) -> str:
        span = numbers.between(low, high, lang)
        return f"{median}（{span}）" if lang == "ja" else f"{median} ({span})"

    return both(write)
