"""What the commands ask for: one call each, from a name to what is printed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from stepdown.assumptions import build_world
from stepdown.contracts.effects import ALL_LENSES, Bilingual
from stepdown.contracts.pathways import Pathway
from stepdown.contracts.sampled import Mode
from stepdown.contracts.shocks import SHOCK_AXES, Shock, ShockPlan
from stepdown.contracts.world import World
from stepdown.record import load_record
from stepdown.simulation import keep_compiled
from stepdown.study.installation import cache_folder
from stepdown.study.pathways.found import search_pathway
from stepdown.study.pathways.load import find_pathway, load_pathway
from stepdown.study.pathways.rivals import Answer, RivalCase
from stepdown.study.pathways.run import (
    WITH,
    PathwayRun,
    Setting,
    run_pathway,
    set_up,
)
from stepdown.study.pathways.stress import stress_shares
from stepdown.study.pathways.tell import floor_words, future_lines, log_lines, verdicts
from stepdown.study.pathways.words import percent, say
from stepdown.study.progress import Progress
from stepdown.study.words import id_label, words
from stepdown.vocabulary.errors import Problem, StudyError


@dataclass(frozen=True)
class Asked:
    """How a pathway is to be run."""

    futures: int = 1000
    seed: int = 2026
    lenses: tuple[str, ...] = ()
    mode: Mode = "sampled"
    threads: int | None = None
    data: Path | None = None


def check_pathway(name: str, data: Path | None = None) -> Pathway:
    """The pathway, if nothing is wrong with it; raises StudyError with every defect."""
    facts = load_record(data)
    return load_pathway(find_pathway(name), facts, build_world(facts))


def report_pathway(
    name: str, asked: Asked, progress: Progress = lambda what, done, total: None
) -> PathwayRun:
    """Check and run a pathway. Compiled code is kept in the user's cache folder."""
    return run_pathway(_setting(name, asked), progress)


def searched(
    name: str,
    asked: Asked,
    archive: Path,
    population: int,
    generations: int,
    refine: int = 0,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> dict[str, Any]:
    """Check a pathway and search among its variants; evaluations are kept in `archive` and found again.

    Strengths of `refine` variants of the found set are refined along slopes.
    """
    return search_pathway(
        _setting(name, asked),
        archive,
        population=population,
        generations=generations,
        refine=refine,
        progress=progress,
    )


def _setting(name: str, asked: Asked) -> Setting:
    keep_compiled(cache_folder())
    facts = load_record(asked.data)
    pathway = load_pathway(find_pathway(name), facts, build_world(facts))
    return set_up(pathway, facts, asked.futures, asked.seed, asked.lenses, asked.mode, asked.threads)


def run_lines(run: PathwayRun, rivals: Sequence[RivalCase] = ()) -> Iterator[Bilingual]:
    """A run in sentences: verdicts, the log, tipping points with what else could be done, rivals."""
    yield from verdicts(run)
    yield from log_lines(run)
    yield from tipping_lines(run)
    yield from rival_lines(run, rivals)


def tipping_lines(run: PathwayRun) -> Iterator[Bilingual]:
    """One line per step that tips in some future."""
    for point in run.tipping:
        if point.median is None or point.floor is None:
            continue
        step = run.setting.pathway.step(point.step).short.bilingual
        options = [say("instead", i.way, share=percent(i.share)) for i in point.instead]
        yield say(
            "tipping",
            "once" if point.p10 == point.p90 else "line",
            step=step,
            share=percent(point.tips),
            low=str(point.p10),
            **({} if point.p10 == point.p90 else {"high": str(point.p90)}),
            floor=floor_words(run, point),
            instead=Bilingual("; ".join(o.en for o in options), "、".join(o.ja for o in options)),
        )


def rival_lines(run: PathwayRun, rivals: Sequence[RivalCase]) -> Iterator[Bilingual]:
    """Per conduct of rivals the change of use risk, broken floors, regret; then what each rival answers."""
    for case in rivals:
        regret = next(r for r in case.regrets if r.variant == WITH and r.outcome == "use_risk")
        low, middle, high = _signed(case.changes[WITH]["use_risk"])
        yield say(
            "whatif",
            "line",
            rival=say("rival", case.rival),
            outcome=words("outcome", "use_risk"),
            low=low,
            middle=middle,
            high=high,
            breaks=percent(case.breaks[WITH]),
            best=percent(regret.best),
            regret=f"{100 * regret.p90:.1f}",
        )
    for case in rivals:
        yield from (_answer_line(run, case, answer) for answer in case.answers)
    if rivals:
        yield say("whatif", "why")


def _answer_line(run: PathwayRun, case: RivalCase, answer: Answer) -> Bilingual:
    low, middle, high = _signed(answer.change, digits=2)
    return say(
        "whatif",
        "answer",
        rival=say("rival", case.rival),
        ignores=say("rival", "ignores"),
        state=id_label(run.setting.facts, answer.state),
        low=low,
        middle=middle,
        high=high,
        gate=percent(answer.gate),
    )


def _signed(changes: Sequence[float], digits: int = 1) -> list[str]:
    """Percent with a sign; what rounds to nothing has none."""
    shown = [f"{100 * x:+.{digits}f}" for x in changes]
    return [s.replace("-", "−") if float(s) else s[1:] for s in shown]


def parse_shock(text: str, first_year: int, world: World) -> Shock:
    """`kind:subject:year`, e.g. crisis:euro_atlantic:2031; raises StudyError that says what is allowed."""
    parts = text.split(":")
    allowed = ", ".join(f"{k}:<{axis}>:<year>" for k, axis in SHOCK_AXES.items())
    if len(parts) != 3 or parts[0] not in SHOCK_AXES or not parts[2].isdigit():
        raise StudyError([Problem("--stress", 0, "", "no such shock", text, allowed)])
    lasting = {"leader": 5.0, "treaty": 5.0, "confidence": 2.0}.get(parts[0], 1.0)
    shock = Shock(parts[0], parts[1], float(int(parts[2]) - first_year), lasting=lasting)  # type: ignore[arg-type]
    try:
        ShockPlan.build(world, [shock])
    except ValueError as error:
        raise StudyError([Problem("--stress", 0, "", str(error), text, allowed)]) from None
    return shock


def default_shocks(run: PathwayRun) -> tuple[Shock, ...]:
    """The four stress tests of a pathway, five years after its middle step was due: a crisis in its theatre,
    a change of leader, an ally's loss of confidence (where an ally is watched), a treaty's collapse.
    """
    pathway, world = run.setting.pathway, run.setting.world
    middle = sorted(s.start for s in pathway.steps)[len(pathway.steps) // 2]
    year = float(min(middle + 5, pathway.horizon.end - 5) - pathway.horizon.start)
    theatre = next((s.subject for s in pathway.signposts if s.subject in world.theatres), world.theatres[0])
    doctrinal = next((s for s in pathway.steps if s.track == "doctrinal"), pathway.steps[0])
    leader = next((a for m in doctrinal.measures for a in m.actors if a in world.armed), world.armed[0])
    shocks = [Shock("crisis", theatre, year, size=2.5), Shock("leader", leader, year, lasting=5.0)]
    allies = [s.subject for s in pathway.signposts if s.indicator == "assurance"]
    if allies:
        shocks.append(Shock("confidence", allies[0], year, lasting=2.0))
    return (*shocks, Shock("treaty", theatre, year, lasting=5.0))


def explanation(
    run: PathwayRun, future: int | None, stress: Sequence[str], stress_all: bool
) -> tuple[Bilingual, ...]:
    """The aggregate log or that of one future; under stress how the pathway reacts to each shock in turn.

    Raises StudyError for a future that was not run and for a shock that cannot be.
    """
    setting = run.setting
    if future is not None and future >= setting.assumptions.futures:
        last = setting.assumptions.futures - 1
        raise StudyError([Problem("--future", 0, "", "no such future", str(future), f"0 to {last}")])
    first = setting.pathway.horizon.start
    shocks = [parse_shock(text, first, setting.world) for text in stress]
    shocks += default_shocks(run) if stress_all else ()
    if not shocks:
        return tuple(log_lines(run) if future is None else future_lines(run, future))
    lines: list[Bilingual] = []
    for shock in shocks:
        lines += stress_shares(run, shock) if future is None else future_lines(run, future, [shock])
    return tuple(lines)


def effect_rows(run: PathwayRun) -> list[tuple[Bilingual, Bilingual, float, float, float]]:
    """(variant, outcome, median change, improves, backfires) of headline outcomes, over all lenses."""
    headline = {k.id for k in run.keys if k.headline}
    return [
        (say("variant", e.package), words("outcome", e.outcome), e.median, e.improves, e.backfires)
        for e in run.effects
        if e.lens == ALL_LENSES and e.outcome in headline
    ]
