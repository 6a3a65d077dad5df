"""Counts with honest intervals: what was sought in crises, what came about, and what went wrong beside."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from math import ceil

from scipy.special import betaincinv, gammaincinv, ndtri

from stepdown.contracts.assessments.utility import Attempt, Leaning, Mishap, Pair, Tally
from stepdown.contracts.facts import ArsenalSeries, Event, Outcome
from stepdown.contracts.facts.facts import Facts
from stepdown.vocabulary.dates import earliest

COVERAGE = 0.95
SMALL = 10
MISHAPS = ("false_alarm", "exercise_misread", "accident_or_procedural")
SUCCESSOR = {"SUN": "RUS"}
"""Whose series of warheads stands for a state that is no more."""


def jeffreys(hits: int, n: int) -> tuple[float, float]:
    """Interval of a share under Jeffreys' prior Beta(1/2, 1/2); the ends are 0 and 1 at 0 and n hits
    (Brown, Cai & DasGupta 2001)."""
    tail = (1 - COVERAGE) / 2
    low = 0.0 if hits == 0 else float(betaincinv(hits + 0.5, n - hits + 0.5, tail))
    high = 1.0 if hits == n else float(betaincinv(hits + 0.5, n - hits + 0.5, 1 - tail))
    return low, high


def wilson(hits: float, n: float) -> tuple[float, float]:
    """Score interval of a share (Wilson 1927); (0, 1) without cases."""
    if n == 0:
        return 0.0, 1.0
    z = float(ndtri((1 + COVERAGE) / 2))
    p, total = hits / n, n + z * z
    middle = (hits + z * z / 2) / total
    half = z * (p * (1 - p) * n + z * z / 4) ** 0.5 / total
    return max(middle - half, 0.0), min(middle + half, 1.0)


def newcombe(a: tuple[float, float], b: tuple[float, float]) -> tuple[float, float]:
    """Interval of the difference of two shares from their Wilson intervals (Newcombe 1998, method 10)."""
    p, q = (hits / n if n else 0.5 for hits, n in (a, b))
    (l1, u1), (l2, u2) = wilson(*a), wilson(*b)
    d = p - q
    return d - ((p - l1) ** 2 + (u2 - q) ** 2) ** 0.5, d + ((u1 - p) ** 2 + (q - l2) ** 2) ** 0.5


def poisson_rate(events: int, years: float) -> tuple[float, float]:
    """Interval of a yearly rate under Jeffreys' prior: Gamma(n + 1/2, years)."""
    tail = (1 - COVERAGE) / 2
    return float(gammaincinv(events + 0.5, tail) / years), float(gammaincinv(events + 0.5, 1 - tail) / years)


def attempts(facts: Facts) -> Iterator[Attempt]:
    """Every attempt on record, with the balance of warheads read from the long series."""
    warheads = {s.holder: s.values for s in facts.all(ArsenalSeries)}
    for record in facts.all(Outcome):
        event = facts.get(Event, record.event)
        year = earliest(event.date_from).year
        by, against = (_warheads(warheads, a, year) for a in (record.by, record.against))
        series = [f"ser.{SUCCESSOR.get(a, a)}" for a in (record.by, record.against)]
        yield Attempt(
            origin=(record.id, event.id, *(s for s in series if s in facts.by_type[ArsenalSeries])),
            event=event.id,
            label=event.label.bilingual,
            year=year,
            by=record.by,
            against=record.against,
            attempt=record.attempt,
            nuclear=record.nuclear,
            stake=record.stake,
            sought=record.label.bilingual,
            result=record.result,
            prevailed=_prevailed(record),
            pair=_pair(by, against),
            ratio=by / against if by and against else None,
            reading="judgement",
        )


def _warheads(series: Mapping[str, Mapping[int, int]], actor: str, year: int) -> int:
    """Stockpile in a year; an alliance stands for its largest member."""
    holder = {"NATO": "USA"}.get(actor, SUCCESSOR.get(actor, actor))
    return series.get(holder, {}).get(year, 0)


def _pair(by: int, against: int) -> Pair:
    if by and against:
        return "both_nuclear"
    return "by_nuclear" if by else "against_nuclear"


def _prevailed(record: Outcome) -> str:
    return {"achieved": record.by, "not_achieved": record.against}.get(record.result, "")


GROUPINGS: Mapping[str, Callable[[Attempt], str]] = {
    "all": lambda a: "all",
    "attempt": lambda a: a.attempt,
    "pair": lambda a: a.pair,
    "nuclear": lambda a: a.nuclear,
    "stake": lambda a: a.stake,
    "by": lambda a: a.by,
}


def tallies(found: Sequence[Attempt]) -> Iterator[Tally]:
    """Results by every grouping; a group is listed when it has an attempt."""
    for by, group_of in GROUPINGS.items():
        for group in dict.fromkeys(group_of(a) for a in found):
            yield tally([a for a in found if group_of(a) == group], by, group)


def tally(members: Sequence[Attempt], by: str, group: str) -> Tally:
    """Results of some attempts."""
    count = {r: sum(a.result == r for a in members) for r in _RESULTS}
    clear = len(members) - count["unclear"]
    low, high = jeffreys(count["achieved"], clear) if clear else (0.0, 1.0)
    w_low, w_high = wilson(count["achieved"], clear)
    return Tally(
        origin=tuple(a.origin[0] for a in members),
        by=by,
        group=group,
        n=len(members),
        crises=len({a.event for a in members}),
        **count,
        share=count["achieved"] / clear if clear else 0.0,
        jeffreys_low=low,
        jeffreys_high=high,
        wilson_low=w_low,
        wilson_high=w_high,
        share_partly=(count["achieved"] + count["partly"]) / clear if clear else 0.0,
        small=clear < SMALL,
    )


_RESULTS = ("achieved", "partly", "not_achieved", "unclear")


def leaning(low: float, high: float) -> Leaning:
    """Where an interval of a difference lies."""
    return "for" if low > 0 else "against" if high < 0 else "undecided"


def needed(a: tuple[int, int], b: tuple[int, int]) -> int | None:
    """Cases in all at which the same shares, sides as large as here, would differ from zero (95 %)."""
    if 0 in (a[1], b[1]) or a[0] / a[1] == b[0] / b[1]:
        return None
    times = 1.0
    while True:
        low, high = newcombe(*((times * hits, times * n) for hits, n in (a, b)))
        if low > 0 or high < 0:
            return ceil(times * (a[1] + b[1]))
        times *= 1.05


def hits(members: Sequence[Attempt]) -> tuple[int, int]:
    """(achieved, clear)."""
    clear = [a for a in members if a.result != "unclear"]
    return sum(a.result == "achieved" for a in clear), len(clear)


def mishaps(facts: Facts, last_year: int) -> Iterator[Mishap]:
    """Known mishaps by type, since the first event of any kind on record."""
    first = min(earliest(e.date_from).year for e in facts.all(Event))
    years = last_year - first + 1
    for kind in MISHAPS:
        known = [e for e in facts.all(Event) if e.type == kind and earliest(e.date_from).year <= last_year]
        if not known:
            continue
        low, high = poisson_rate(len(known), years)
        helped = sum(e.low_posture_relevant in ("yes", "partly") for e in known)
        yield Mishap(
            origin=tuple(e.id for e in known),
            type=kind,
            n=len(known),
            first_year=first,
            last_year=last_year,
            per_year=len(known) / years,
            low=low,
            high=high,
            posture_relevant=helped / len(known),
        )
