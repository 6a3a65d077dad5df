"""The verb: from a study and one of its packages to what its order does, told and written."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from time import perf_counter
from typing import Any

from stepdown import __version__
from stepdown.brief.assessment import write_assessments
from stepdown.contracts.assessments.page import AssessmentPage
from stepdown.contracts.facts import Lens, Measure
from stepdown.contracts.facts.facts import Facts
from stepdown.contracts.findings import RunCard, Timing
from stepdown.experiments import outcome_keys
from stepdown.simulation import keep_compiled
from stepdown.study.assess.folder import check_folder
from stepdown.study.installation import cache_folder, revision
from stepdown.study.load import open_study
from stepdown.study.plan import StudyPlan
from stepdown.study.progress import Progress
from stepdown.study.sequence.design import SequenceDesign, sequence_design
from stepdown.study.sequence.find import FEWEST, Found, run_sequence
from stepdown.study.sequence.page import sequence_page
from stepdown.vocabulary.errors import Problem, StudyError, nearest

CARD = "sequence.json"
YEARS = (2, 5)


@dataclass(frozen=True)
class SequenceReport:
    """Design and findings, told as a page; `content`: the same as plain data; the files left."""

    design: SequenceDesign
    found: Found
    page: AssessmentPage
    content: dict[str, Any]
    files: tuple[Path, ...] = ()


def report_sequence(
    study: str,
    package: str,
    years: Sequence[int] = YEARS,
    futures: int = 1000,
    seed: int = 2026,
    lenses: tuple[str, ...] = (),
    out: Path | None = None,
    data: Path | None = None,
    progress: Progress = lambda step, done, total: None,
    threads: int | None = None,
    on: date | None = None,
) -> SequenceReport:
    """Does the order of `package` matter? Each track by `years` earlier and later, and reversed.

    Writes pages in both languages and JSON into `out` when given. Raises RecordError, StudyError with every
    defect of what was asked, or FailedFuturesError; then no file has been written.
    """
    if out is not None:
        check_folder(out, CARD, "a report on order")
    keep_compiled(cache_folder())
    facts, world, plan = open_study(study, data)
    lenses = lenses or plan.lenses
    problems = list(_problems(plan, facts, package, years, futures, lenses))
    if problems:
        raise StudyError(problems)
    began = perf_counter()
    uses, horizon = plan.measures(package), plan.horizon
    tracks = [facts.get(Measure, use.measure).track for use in uses]
    design = sequence_design([use.start for use in uses], tracks, years, horizon.start, horizon.end)
    keys = [key for key in outcome_keys(world) if key.headline or key.id in plan.headline]
    found = run_sequence(facts, world, uses, design, keys, horizon, futures, seed, lenses, progress, threads)
    card = RunCard(
        version=__version__,
        revision=revision(),
        date=(on or date.today()).isoformat(),
        seed=seed,
        futures=futures,
        failed=found.failed,
        record_hash=facts.digest,
        inputs=found.inputs,
        lenses=lenses,
        timings=(Timing("sequence", perf_counter() - began),),
    )
    page = sequence_page(facts, plan, package, design, found, keys, card)
    content = {
        "study": plan.id,
        "package": package,
        "measures": [{"measure": u.measure, "actors": u.actors, "start": u.start} for u in uses],
        "variants": [{"id": v.id, **asdict(v)} for v in design.variants],
        "unmoved": [asdict(u) for u in design.unmoved],
        "own": [asdict(e) for e in found.own],
        "shifts": [asdict(s) for s in found.shifts],
        "leads": [asdict(lead) for lead in found.leads],
        "short": [asdict(sentence) for sentence in page.short],
        "run": {k: v for k, v in asdict(card).items() if k != "timings"},
    }
    report = SequenceReport(design, found, page, content)
    return report if out is None else replace(report, files=_write(report, out))


def _write(report: SequenceReport, folder: Path) -> tuple[Path, ...]:
    try:
        pages = write_assessments(report.page, folder)
        path = folder / CARD
        path.write_text(json.dumps(report.content, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    except OSError as error:
        raise StudyError([Problem(str(folder), 0, "", f"cannot be written: {error.strerror}")]) from error
    return (*pages, path)


def _problems(
    plan: StudyPlan, facts: Facts, package: str, years: Sequence[int], futures: int, lenses: tuple[str, ...]
) -> Iterator[Problem]:
    ids = [p.id for p in plan.packages]
    if package not in ids:
        near = nearest(package, ids) or ""
        yield Problem(plan.id, 0, "package", "unknown package", package, ", ".join(ids), near)
    elif len(plan.measures(package)) < 2:
        several = ", ".join(i for i in ids if len(plan.measures(i)) > 1)
        message = "an order needs two measures or more, and this package has one"
        yield Problem(plan.id, 0, "package", message, package, several or "a package with more measures")
    longest = plan.horizon.end - plan.horizon.start
    for year in years:
        if not 1 <= year <= longest:
            yield Problem(plan.id, 0, "years", "no such move", str(year), f"1 to {longest} years")
    if not years:
        yield Problem(plan.id, 0, "years", "no move is asked for", "", f"1 to {longest} years")
    known = [lens.id for lens in facts.all(Lens)]
    for lens in sorted(set(lenses)):
        if lens not in known:
            yield Problem(
                plan.id, 0, "lens", "unknown lens", lens, ", ".join(known), nearest(lens, known) or ""
            )
        elif lenses.count(lens) > 1:
            yield Problem(plan.id, 0, "lens", "a lens is named twice", lens)
    fewest = max(FEWEST, len(lenses))
    if futures < fewest:
        message = "too few for an interval of the median under every lens"
        yield Problem(plan.id, 0, "futures", message, str(futures), f"{fewest} or more")
