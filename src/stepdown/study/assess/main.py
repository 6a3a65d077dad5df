"""From a question to findings, sheets and files."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from time import perf_counter
from typing import Any

from stepdown import __version__
from stepdown.assumptions import build_world
from stepdown.contracts.assessments import Finding
from stepdown.contracts.assessments.page import AssessmentPage
from stepdown.contracts.facts.facts import Facts
from stepdown.contracts.findings import RunCard, Timing
from stepdown.record import load_record
from stepdown.study.assess.ask import Question, Request, check_request, simulates
from stepdown.study.assess.draw import Drawn
from stepdown.study.assess.folder import check_folder
from stepdown.study.assess.page import tell_page
from stepdown.study.installation import cache_folder, revision
from stepdown.vocabulary.ids import LENSES

Assess = Callable[[Request, Drawn], tuple[Finding, ...]]


def assess_by(question: Question) -> Assess:
    """What answers a question. Imported when asked for: what the record answers needs no compiler."""
    if question == "roles":
        from stepdown.study.assess.roles import assess_roles as found
    elif question == "substitution":
        from stepdown.study.assess.substitution import assess_substitution as found
    elif question == "utility":
        from stepdown.study.assess.utility import assess_utility as found
    elif question == "reduction":
        from stepdown.study.assess.reduction import assess_reduction as found
    elif question == "alliance":
        from stepdown.study.assess.alliance import assess_alliance as found
    else:
        from stepdown.study.assess.risk_reduction import assess_risk_reduction as found
    return found


@dataclass(frozen=True)
class Report:
    """Findings with their run card, told as a page, and the files left. `content`: the same as plain data."""

    findings: tuple[Finding, ...]
    page: AssessmentPage
    content: dict[str, Any]
    files: tuple[Path, ...]


def report_assessment(
    request: Request, out: Path | None = None, data: Path | None = None, today: date | None = None
) -> Report:
    """Answer a question; write dataset and brief into `out` when given.

    Raises RecordError, StudyError or UnknownNameError; then no file has been written.
    """
    if out is not None:
        check_folder(out)
    facts = load_record(data)
    check_request(request, facts, build_world(facts))
    if simulates(request):
        from stepdown.simulation import keep_compiled

        keep_compiled(cache_folder())
    day = today or date.today()
    findings, card = assess(request, facts, day)
    page = tell_page(request, facts, findings, card)
    content = plain(request, findings, card)
    if out is None:
        return Report(findings, page, content, ())
    from stepdown.study.assess.output import write_assessment

    return Report(findings, page, content, write_assessment(out, request, findings, page, content))


def assess(request: Request, facts: Facts, today: date) -> tuple[tuple[Finding, ...], RunCard]:
    """Findings and the card with which they can be obtained again."""
    began = perf_counter()
    drawn = Drawn(facts, request.futures, request.seed, request.lenses or LENSES)
    findings = assess_by(request.question)(request, drawn)
    card = RunCard(
        version=__version__,
        revision=revision(),
        date=today.isoformat(),
        seed=request.seed,
        futures=request.futures,
        failed=drawn.failed,
        record_hash=facts.digest,
        inputs=len(drawn.assumptions.coordinates) if drawn.simulated else 0,
        lenses=request.lenses or LENSES,
        timings=(Timing("assess", perf_counter() - began),),
    )
    return findings, card


def plain(request: Request, findings: tuple[Finding, ...], card: RunCard) -> dict[str, Any]:
    """The findings as plain data, table by table; the same request gives the same content but for timings."""
    tables: dict[str, list[dict[str, Any]]] = {}
    for finding in findings:
        tables.setdefault(finding.kind, []).append(asdict(finding))
    asked = {k: v for k, v in asdict(request).items() if v not in (None, ())}
    asked = {k: v.isoformat() if isinstance(v, date) else v for k, v in asked.items()}
    return {"asked": asked, "run": asdict(card), "findings": tables}
