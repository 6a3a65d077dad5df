"""From a pathway's run to sentences, tables and plain data, in both languages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from stepdown.contracts.effects import ALL_LENSES, Bilingual
from stepdown.contracts.pathway_findings import PathwayMapData, StepShare, Stop, TippingPoint
from stepdown.contracts.shocks import Shock
from stepdown.contracts.triggers import StepState
from stepdown.pathways import changes_of
from stepdown.study.pathways.rivals import RivalCase
from stepdown.study.pathways.run import PATIENCE, WITH, WITHOUT, PathwayRun
from stepdown.study.pathways.words import percent, reason_words, say
from stepdown.study.words import id_label, words

WORTH_TELLING = 0.05
"""Share of futures from which a state of a step is told, and change of it from which it is told again."""
SAME = 0.02
"""Difference of shares below which two variants count as alike."""
LESS = 0.001
"""Part of the cut of reliance that triggers cost, from which it is told."""
_VARIANTS = {"without": WITHOUT, "with_": WITH}
RARE = 0.03
"""Share of broken floors up to which there is little for triggers to prevent."""


def log_lines(run: PathwayRun) -> Iterator[Bilingual]:
    """The aggregate log: what most needs to be known, year by year.

    Opening of steps, and every state that is not plain progress, from `WORTH_TELLING` of the futures up and
    whenever its share moved by as much again.
    """
    told: dict[tuple[str, int], float] = {}
    for share in run.shares:
        if share.state == StepState.WAITING:
            continue
        key = (share.step, share.state)
        if share.share < WORTH_TELLING or abs(share.share - told.get(key, 0.0)) < WORTH_TELLING:
            continue
        if share.state == StepState.PROCEEDING and key in told:
            continue
        told[key] = share.share
        yield _share_line(run, share)


def _share_line(run: PathwayRun, share: StepShare) -> Bilingual:
    pathway, built = run.setting.pathway, run.setting.built
    step = pathway.step(share.step).short.bilingual
    state = say("state", str(share.state))
    common: dict[str, Bilingual | str] = {
        "year": str(share.year),
        "step": step,
        "state": state,
        "share": percent(share.share),
    }
    if share.state == StepState.PROCEEDING:
        return say("log", "moves", **common)
    return say("log", "share", **common, reason=reason_words(pathway, built, share.reason))


def future_lines(
    run: PathwayRun, future: int, shocks: Sequence[Shock] = (), variant: str = WITH
) -> Iterator[Bilingual]:
    """The log of one future: every change of every step, with what was seen."""
    setting = run.setting
    pathway, first = setting.pathway, setting.pathway.horizon.start
    adaptive = setting.run(setting.built.plan, shocks) if shocks else run.runs[variant]
    lines = [(first + int(z.start), 0, shock_line(run, z)) for z in shocks]
    begun: set[str] = set()
    for change in changes_of(adaptive, future, first):
        step = pathway.step(change.step).short.bilingual
        again = change.state == StepState.PROCEEDING and change.step in begun
        begun.add(change.step)
        state = say("became", "again" if again else str(change.state))
        common: dict[str, Bilingual | str] = {"year": str(change.year), "step": step, "state": state}
        if change.state == StepState.PROCEEDING:
            lines.append((change.year, 1, say("log", "start", **common)))
            continue
        reason = reason_words(pathway, setting.built, change.reason, change.observed)
        lines.append((change.year, 1, say("log", "change", **common, reason=reason)))
    yield from (line for _, _, line in sorted(lines, key=lambda entry: entry[:2]))


def shock_line(run: PathwayRun, shock: Shock) -> Bilingual:
    """A shock in words."""
    year = str(run.setting.pathway.horizon.start + int(shock.start))
    what = say("shock", shock.kind, subject=id_label(run.setting.facts, shock.subject))
    return say("log", "shock", year=year, shock=what)


def verdicts(run: PathwayRun) -> Iterator[Bilingual]:
    """Whether the triggers help, said plainly: floors, then backfire of the headline outcomes."""
    yield from _floor_verdicts(run)
    by = {(e.package, e.outcome): e for e in run.effects if e.lens == ALL_LENSES}
    for key in run.keys:
        without, with_ = (by[v, key.id].backfires for v in (WITHOUT, WITH))
        if key.headline and max(without, with_) >= WORTH_TELLING:
            yield _compared("backfire", without, with_, outcome=words("outcome", key.id))


def _floor_verdicts(run: PathwayRun) -> Iterator[Bilingual]:
    without, with_ = run.breaks[WITHOUT], run.breaks[WITH]
    if max(without, with_) <= RARE:
        yield say("verdict", "rare", without=percent(without), with_=percent(with_))
    else:
        yield _compared("verdict", without, with_)
        yield say("verdict", "patience", alone=percent(run.breaks[PATIENCE]))
    by = {e.package: e.median for e in run.effects if e.lens == ALL_LENSES and e.outcome == "reliance"}
    if by[WITH] - by[WITHOUT] >= LESS:
        change = {name: f"{100 * by[v]:+.1f}".replace("-", "−") for name, v in _VARIANTS.items()}
        yield say("verdict", "price", **change)
    most = run.setting.pathway.floors.most
    kept = "kept" if with_ <= most else "not_kept"
    yield say("verdict", kept, most=percent(most), with_=percent(with_))


def floor_words(run: PathwayRun, point: TippingPoint) -> Bilingual:
    """The floor that breaks first, and whose."""
    floor = say("floor", str(point.floor))
    if point.whose is None:
        return floor
    return say("floor", "whose", floor=floor, state=id_label(run.setting.facts, point.whose))


def _compared(group: str, without: float, with_: float, **more: Bilingual) -> Bilingual:
    gain = without - with_
    kind = "better" if gain > SAME else "same" if gain >= -SAME else "worse"
    return say(group, kind, without=percent(without), with_=percent(with_), **more)


def map_data(run: PathwayRun) -> PathwayMapData:
    """What the map draws."""
    pathway = run.setting.pathway
    tipping = {t.step: t for t in run.tipping}
    timing = {t.step: t for t in run.timings}
    stops = tuple(
        Stop(
            id=step.id,
            number=i,
            name=step.short.bilingual,
            label=step.label.bilingual,
            track=step.track,
            decides=step.decides.bilingual,
            start=step.start,
            timing=timing[step.id],
            tipping=tipping.get(step.id, TippingPoint(step.id, 0.0, None, None, None, None)),
            waits=tuple(w.step for w in step.after),
            compensates=step.compensates,
            whose=_whose(run, tipping.get(step.id)),
        )
        for i, step in enumerate(pathway.steps, 1)
    )
    span = pathway.horizon
    futures = run.setting.assumptions.futures - run.failed
    return PathwayMapData(pathway.label.bilingual, span.start, span.end, span.start, futures, stops)


def _whose(run: PathwayRun, point: TippingPoint | None) -> Bilingual | None:
    return id_label(run.setting.facts, point.whose) if point is not None and point.whose else None


def summary(run: PathwayRun, rivals: Sequence[RivalCase] = ()) -> dict[str, Any]:
    """The numbers of a run without clocks: the same setting gives the same summary, byte for byte."""
    setting = run.setting
    return {
        "pathway": setting.pathway.id,
        "title": asdict(setting.pathway.label.bilingual),
        "run": {
            "seed": setting.seed,
            "futures": setting.assumptions.futures,
            "failed": run.failed,
            "mode": setting.mode,
            "lenses": list(setting.assumptions.lenses),
            "record_hash": setting.facts.digest,
        },
        "floors": setting.pathway.floors.model_dump(),
        "breaks_a_floor": dict(run.breaks),
        "verdicts": [asdict(line) for line in verdicts(run)],
        "effects": [asdict(e) for e in run.effects],
        "steps": [asdict(t) for t in run.timings],
        "tipping": [asdict(t) for t in run.tipping],
        "log": [asdict(line) for line in log_lines(run)],
        "shares": [asdict(s) for s in run.shares if s.share >= 0.005],
        "rivals": [asdict(case) for case in rivals],
    }
