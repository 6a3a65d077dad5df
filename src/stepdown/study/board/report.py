"""A board's packages run as a whole study: findings, and the brief in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from stepdown import __version__
from stepdown.brief import render_brief
from stepdown.contracts.facts.facts import Facts
from stepdown.contracts.findings import Findings
from stepdown.study.installation import revision
from stepdown.study.plan import StudyPlan
from stepdown.study.progress import Progress
from stepdown.study.run import run_study
from stepdown.study.tell import tell
from stepdown.vocabulary.ids import LANGUAGES, Language


@dataclass(frozen=True)
class BoardReport:
    """Findings of the packages, and the brief as one page per language."""

    findings: Findings
    briefs: Mapping[Language, str]


def board_report(
    plan: StudyPlan, facts: Facts, futures: int, seed: int, on: date, progress: Progress
) -> BoardReport:
    """Run the plan as `stepdown run` does; same plan, record, futures and seed: same numbers."""
    run = run_study(plan, facts, futures, seed, (), progress)
    findings = tell(run, facts, __version__, revision(), on)
    return BoardReport(findings, {language: render_brief(findings, language) for language in LANGUAGES})
