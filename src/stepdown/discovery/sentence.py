"""A sentence for a box, in both languages, that says no more than the box does.

Numbers are the limits themselves (`simple_box.rounded` has made them short), so a reader who applies the
sentence gets the box. A word for a range is chosen only where every value the box allows deserves it: *low*
lies within the lowest third of the input's distribution, *not high* within the two lower thirds, and so on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

import numpy as np
import yaml

from stepdown.contracts.assumptions import Coordinate
from stepdown.contracts.effects import Bilingual
from stepdown.contracts.scenarios import Box, InputWords, Limit
from stepdown.vocabulary.ids import LANGUAGES, Language

MINUS, NBSP = "−", "\u00a0"


@cache
def wording() -> Mapping[str, Mapping[Language, str]]:
    """Every entry of `sentence.yaml`."""
    text = files("stepdown.discovery").joinpath("sentence.yaml").read_text(encoding="utf-8")
    loaded: Mapping[str, Mapping[Language, str]] = yaml.safe_load(text)
    return loaded


def input_words(column: Coordinate, label: Bilingual, options: Sequence[Bilingual] = ()) -> InputWords:
    """Words of an input with the thirds of its distribution over the futures given.

    Raises ValueError where a switch does not have one word per option.
    """
    if column.options:
        return InputWords(label, options=tuple(zip(column.options, options, strict=True)))
    low, first, second, high = (float(x) for x in np.quantile(column.values, (0, 1 / 3, 2 / 3, 1)))
    return InputWords(label, (first, second), (low, high))


def sentence(
    box: Box | None, words: Mapping[str, InputWords], event: Bilingual, short: Bilingual
) -> Bilingual:
    """What the box says. `event` begins the sentence ("Package A backfires on …"), `short` ends it
    ("backfires").

    Without a box: that nothing stands out. Raises KeyError for an input without words.
    """
    told = {lang: _sentence(box, words, event.text(lang), short.text(lang), lang) for lang in LANGUAGES}
    return Bilingual(told["en"], told["ja"])


def condition(limit: Limit, words: InputWords, lang: Language) -> str:
    """One restriction in words: “political will” is low (at most 0.33)."""
    label = words.label.text(lang)
    if limit.options:
        named = _say("or", lang).join(words.option(o).text(lang) for o in limit.options)
        return _say("option", lang, label=label, options=named)
    return _say(
        "number", lang, label=label, word=_say(range_word(limit, words), lang), ends=_ends(limit, lang)
    )


def range_word(limit: Limit, words: InputWords) -> str:
    """The strongest word that holds for all values of the box: key of `sentence.yaml`."""
    first, second = words.thirds
    low = -np.inf if limit.low is None else limit.low
    high = np.inf if limit.high is None else limit.high
    if high <= first:
        return "low"
    if low >= second:
        return "high"
    if low >= first and high <= second:
        return "middling"
    if high <= second:
        return "not_high"
    if low >= first:
        return "not_low"
    if limit.low is None:
        return "not_highest"
    return "not_lowest" if limit.high is None else "not_extreme"


def written(value: float) -> str:
    """A limit with all its digits, a true minus sign, and thousands set apart; readable back as a number."""
    text = f"{value:,.0f}" if value == round(value) and abs(value) < 1e15 else f"{value:.15g}"
    return text.replace("-", MINUS)


def share(value: float) -> str:
    """Per cent, whole; never 0 or 100 where some futures differ."""
    if 0 < value < 0.01:
        return f"<1{NBSP}%"
    if 0.99 < value < 1:
        return f">99{NBSP}%"
    return f"{round(100 * value)}{NBSP}%"


def _sentence(
    box: Box | None, words: Mapping[str, InputWords], event: str, short: str, lang: Language
) -> str:
    if box is None:
        return _say("nothing", lang, short=short)
    conditions = _listed([condition(x, words[x.name], lang) for x in box.limits], lang)
    counted = box.count
    return _say(
        "sentence",
        lang,
        event=event,
        conditions=conditions,
        density=share(counted.density),
        elsewhere=share(counted.elsewhere),
        coverage=share(counted.coverage),
        short=short,
    )


def _listed(parts: Sequence[str], lang: Language) -> str:
    """One, two, … and the last."""
    first = _say("comma", lang).join(parts[:-1])
    return _say("and", lang).join([first, parts[-1]]) if first else parts[-1]


def _ends(limit: Limit, lang: Language) -> str:
    low, high = ("" if end is None else written(end) for end in limit.ends)
    if limit.low is None:
        return _say("at_most", lang, high=high)
    if limit.high is None:
        return _say("at_least", lang, low=low)
    return _say("between", lang, low=low, high=high)


def _say(key: str, lang: Language, **values: str) -> str:
    return wording()[key][lang].format(**values)
