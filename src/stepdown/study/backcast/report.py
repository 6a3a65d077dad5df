"""Back-casts as plain data and as tables in both languages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from stepdown.calibration import Tally
from stepdown.contracts.calibrated import EnsembleName
from stepdown.contracts.facts import PastStep, PastWorld, Precedent, Sourced
from stepdown.contracts.facts.facts import Facts
from stepdown.record import load_record
from stepdown.record.evidence import cited_sources
from stepdown.simulation import keep_compiled
from stepdown.study.backcast.observed import THRESHOLDS, Observation
from stepdown.study.backcast.replay import Replay, Row, replay
from stepdown.study.backcast.told import past_steps
from stepdown.study.backcast.words import word
from stepdown.study.installation import cache_folder
from stepdown.study.words import id_label
from stepdown.vocabulary.errors import UnknownNameError
from stepdown.vocabulary.ids import Language

Table = tuple[str, list[str], list[list[str]], list[str]]
"""Title, heads, rows, notes."""


@dataclass(frozen=True)
class BackcastReport:
    """All replays as plain data, and as tables of a language."""

    summary: dict[str, Any]
    tables: dict[Language, tuple[Table, ...]]


def report_backcast(
    futures: int,
    seed: int,
    periods: Sequence[str] = (),
    ensemble: EnsembleName = "prior",
    data: Path | None = None,
) -> BackcastReport:
    """Replay every period on record, or those named. Raises RecordError, or UnknownNameError for a period."""
    keep_compiled(cache_folder())
    facts = load_record(data)
    known = {past.period: past for past in facts.all(PastWorld)}
    for name in periods:
        if name not in known:
            raise UnknownNameError("period", name, known)
    chosen = [past for name, past in known.items() if not periods or name in periods]
    found = [(past, r) for past in chosen for r in replay(facts, past, futures, seed, ensemble)]
    languages: tuple[Language, ...] = ("en", "ja")
    tables = {lang: tuple(table(facts, past, r, lang) for past, r in found) for lang in languages}
    content = [as_data(facts, past, r) for past, r in found]
    totals = {v: sum(getattr(r.model, v) for _, r in found) for v in ("hits", "misses", "unclear")}
    return BackcastReport({**totals, "ensemble": ensemble, "seed": seed, "replays": content}, tables)


def as_data(facts: Facts, past: PastWorld, found: Replay) -> dict[str, Any]:
    """A replay for other programs: the tally, the benchmarks, every indicator with its sources."""
    return {
        "period": found.period,
        "mode": found.mode,
        "futures": found.futures,
        "failed": found.failed,
        **asdict(found.model),
        "not_told_directly": asdict(found.apart),
        "benchmarks": {name: asdict(t) for name, t in found.benchmarks.items()},
        "left_out": {"en": past.left_out.en, "ja": past.left_out.ja},
        "told": [_told(facts, s) for s in _each(found)],
        "not_told": _not_told(facts, past) if found.steps else [],
        "indicators": [_entry(facts, row) for row in found.rows],
    }


def _each(found: Replay) -> tuple[PastStep, ...]:
    """What was told, once each."""
    return tuple({s.id: s for s in found.steps}.values())


def _told(facts: Facts, step: PastStep) -> dict[str, Any]:
    parts = [{"measure": p.measure, "levers": list(p.levers)} for p in step.parts]
    return {
        "id": step.id,
        "precedent": step.precedent,
        "parts": parts,
        "actors": list(step.actors),
        "date": facts.get(Precedent, step.precedent).date,
    }


def _not_told(facts: Facts, past: PastWorld) -> list[dict[str, Any]]:
    left = [(s, s.not_told) for s in past_steps(facts, past)]
    return [
        {"id": s.id, "precedent": s.precedent, "why": {"en": why.en, "ja": why.ja}}
        for s, why in left
        if why is not None
    ]


def _entry(facts: Facts, row: Row) -> dict[str, Any]:
    seen = row.observation
    entry: dict[str, Any] = {
        "indicator": seen.indicator,
        "subject": seen.subject,
        "observed": seen.observed,
        "before": seen.before,
        "threshold": THRESHOLDS[seen.indicator],
        "records": list(seen.records),
        "sources": sorted(_sources(facts, seen)),
        "verdict": "not_possible" if seen.observed is None else "given",
    }
    if seen.why_not is not None:
        entry["why_not"] = {"en": seen.why_not.en, "ja": seen.why_not.ja}
    if row.scored is not None and row.change is not None:
        shares = dict(zip(("up", "flat", "down"), row.scored.shares, strict=True))
        entry |= {"verdict": row.scored.verdict, "call": row.scored.call, "shares": shares}
        entry["share_observed"] = row.scored.share_observed
        entry["same_sign"] = row.scored.same_sign
        entry["told_directly"] = row.told
        entry["change"] = dict(zip(("p05", "p50", "p95"), row.change, strict=True))
    return entry


def table(facts: Facts, past: PastWorld, found: Replay, lang: Language) -> Table:
    """A replay for a reader: every indicator, then the rule, the tallies, and what is left out."""
    heads = ["indicator", "subject", "observed", "up_share", "flat_share", "down_share"]
    heads += ["same_sign", "verdict", "records"]
    mode = word(found.mode, lang)
    title = word("title", lang, period=found.period, mode=mode, label=past.label[lang])
    rows = [_row(facts, row, lang) for row in found.rows]
    notes = [word("rule", lang), *_tallies(found, lang), *_telling(facts, past, found, lang)]
    notes.append(word("left_out", lang, what=past.left_out[lang]))
    return title, [word(h, lang) for h in heads], rows, notes


def _tallies(found: Replay, lang: Language) -> Iterator[str]:
    for name, t in (("model", found.model), *found.benchmarks.items()):
        yield _tally(name, t, lang)


def _telling(facts: Facts, past: PastWorld, found: Replay, lang: Language) -> Iterator[str]:
    """What was told, what was not and why, and the count without what was told directly."""
    if not found.steps:
        return
    yield _tally("apart", found.apart, lang)
    acts = [_act(facts, s.precedent, lang, " ".join(p.measure for p in s.parts)) for s in _each(found)]
    yield word("told", lang, what=word("between", lang).join(acts))
    left = [(s.precedent, s.not_told) for s in past_steps(facts, past)]
    whys = [
        _act(facts, name, lang, why[lang].rstrip("." + "\u3002")) for name, why in left if why is not None
    ]
    if whys:
        yield word("not_told", lang, what=word("between", lang).join(whys))


def _act(facts: Facts, precedent: str, lang: Language, about: str) -> str:
    act = facts.get(Precedent, precedent)
    return word("act", lang, name=act.label[lang], about=word("comma", lang).join((act.date, about)))


def _tally(name: str, t: Tally, lang: Language) -> str:
    counts = {"hits": t.hits, "misses": t.misses, "unclear": t.unclear}
    counts |= {"moved": t.moved, "moved_hits": t.moved_hits}
    return word("tally", lang, name=word(name, lang), brier=f"{t.brier:.2f}", **counts)


def _row(facts: Facts, row: Row, lang: Language) -> list[str]:
    seen = row.observation
    subject = word("all", lang) if seen.subject == "all" else id_label(facts, seen.subject).text(lang)
    records = " ".join(seen.records)
    first = [word(seen.indicator, lang), subject]
    if seen.why_not is not None:
        return [*first, *"–––––", word("not_possible", lang, why=seen.why_not[lang]), records]
    observed = word(str(seen.observed), lang)
    if row.scored is None:
        return [*first, observed, *"––––", word("given", lang), records]
    shares = [f"{share:.0%}" for share in row.scored.shares]
    same = "–" if row.scored.same_sign is None else f"{row.scored.same_sign:.0%}"
    verdict = word(row.scored.verdict, lang)
    if row.told:
        verdict = word("directly", lang, verdict=verdict)
    return [*first, observed, *shares, same, verdict, records]


def _sources(facts: Facts, seen: Observation) -> set[str]:
    records = (facts.find(name) for name in seen.records)
    return {s for record in records if isinstance(record, Sourced) for s in cited_sources(record)}
