"""The calibration report as Markdown: one page per language, the same numbers as the JSON beside it."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from stepdown.calibration import Prediction, Rate
from stepdown.contracts.assumptions import Coordinate
from stepdown.contracts.facts import EventCount, PolicyEffect
from stepdown.contracts.facts.facts import Facts
from stepdown.study.calibrate.fit import Calibration, PolicyReport
from stepdown.study.calibrate.rates import RateReport
from stepdown.study.calibrate.words import word
from stepdown.study.words import coordinate_label
from stepdown.vocabulary.errors import StepdownError
from stepdown.vocabulary.ids import Language

MENDED = "policy.failsafe_reviews"
Table = tuple[str, list[str], list[list[str]], str]


def page(facts: Facts, found: Calibration, lang: Language) -> str:
    """The whole report; ends with a newline."""
    parts = [f"# {word('title', lang)}", word("scope", lang), _sample(found, lang)]
    for title, heads, rows, note in tables(facts, found, lang):
        lines = [f"| {' | '.join(heads)} |", f"|{'---|' * len(heads)}"]
        lines += [f"| {' | '.join(row)} |" for row in rows]
        parts += [f"## {title}", "\n".join(lines), *([note] if note else [])]
    return "\n\n".join(parts) + "\n"


def tables(facts: Facts, found: Calibration, lang: Language) -> Iterator[Table]:
    """(title, heads, rows, note) of every table of the report, for a page or a terminal."""
    yield _rates(facts, found, lang)
    yield _policies(facts, found, lang)
    yield _held_out(facts, found, lang)
    yield _moved(facts, found, lang)


def _sample(found: Calibration, lang: Language) -> str:
    ensemble = found.ensemble
    sentence = word(
        "sample",
        lang,
        futures=found.futures,
        size=ensemble.size,
        seed=ensemble.seed,
        counted=round(found.effective_counted),
        tilt=round(found.effective_tilt),
        rows=len(ensemble.future),
        effective=round(ensemble.effective),
        failed=found.failed,
    )
    half = found.half_life
    discount = word("discount_none", lang) if half is None else word("discount", lang, years=f"{half:g}")
    return f"{sentence} {discount}"


def _rates(facts: Facts, found: Calibration, lang: Language) -> Table:
    heads = ["rate", "count", "years", "prior", "evidence", "posterior", "others"]
    rows = [_rate_row(facts, r, lang) for r in found.rates]
    return word("rates", lang), [word(h, lang) for h in heads], rows, ""


def _rate_row(facts: Facts, report: RateReport, lang: Language) -> list[str]:
    used = report.used
    others = (f"{_name(o.name, lang)} {100 * o.posterior.median:.2g}" for o in report.others)
    return [
        facts.get(EventCount, report.id).label[lang],
        f"{used.count:.3g}",
        f"{used.exposure:.3g}",
        *(_band(rate) for rate in (report.prior, used.evidence, used.posterior)),
        "; ".join(others),
    ]


def _band(rate: Rate) -> str:
    low, median, high = (f"{100 * x:.2g}" for x in (rate.low, rate.median, rate.high))
    return f"{median} ({low} – {high})"


def _policies(facts: Facts, found: Calibration, lang: Language) -> Table:
    heads = ["policy", "wanted", "counted", "fitted", "within", "readings"]
    rows = [_policy_row(facts, p, lang) for p in found.policies]
    return word("policies", lang), [word(h, lang) for h in heads], rows, ""


def _policy_row(facts: Facts, p: PolicyReport, lang: Language) -> list[str]:
    return [
        facts.get(PolicyEffect, p.id).label[lang],
        f"{p.wanted:.0%}",
        f"{p.counted:.0%}",
        f"{p.fitted:.0%} ({p.low:.0%} – {p.high:.0%})",
        word("yes" if p.within else "no", lang),
        "; ".join(f"{_name(name, lang)} {value:.0%}" for name, value in p.readings.items()),
    ]


def _held_out(facts: Facts, found: Calibration, lang: Language) -> Table:
    heads = ["policy", "fitted_on", "wanted", "predicted", "hit", "effective"]
    rows = [_prediction_row(facts, p, lang) for p in found.held_out]
    return word("held_out", lang), [word(h, lang) for h in heads], rows, f"* {word('mended', lang)}"


def _prediction_row(facts: Facts, p: Prediction, lang: Language) -> list[str]:
    def label(name: str) -> str:
        return facts.get(PolicyEffect, name).label[lang]

    fitted = "; ".join(map(label, p.fitted)) or word("nothing", lang)
    says = word("impossible", lang) if p.predicted is None else f"{p.predicted - 1:.0%}"
    verdict = word("hit" if p.hit else "miss", lang)
    mark = " *" if p.target == MENDED else ""
    return [label(p.target), fitted, f"{p.wanted - 1:.0%}", says, verdict + mark, f"{p.effective:.0%}"]


def _moved(facts: Facts, found: Calibration, lang: Language) -> Table:
    heads = ["input", "before", "after", "shift", "noise"]
    rows = [
        [
            _input(facts, m.name, lang),
            f"{m.before:.3g}",
            f"{m.after:.3g}",
            f"{m.shift:+.2f}",
            f"{m.noise:.2f}",
        ]
        for m in found.moved
    ]
    return word("moved", lang), [word(h, lang) for h in heads], rows, ""


def _input(facts: Facts, name: str, lang: Language) -> str:
    head = name.partition("|")[0]
    record = head if head.startswith("eff.") else f"input.{head}"
    try:
        label = coordinate_label(facts, Coordinate(name, record, np.empty(0)))
    except StepdownError:
        return name
    return label.ja if lang == "ja" else label.en


def _name(name: str, lang: Language) -> str:
    """The words of a reading; a reading that the words do not know is shown by its own name."""
    try:
        return word(name, lang)
    except KeyError:
        return name.replace("_", " ")
