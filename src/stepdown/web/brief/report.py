"""The board's packages run as a study, in the background: what the brief and the conditions rest on."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from stepdown.study.board.report import BoardReport, board_report
from stepdown.web.board.model import plan_of
from stepdown.web.board.state import BoardState
from stepdown.web.problems import Complaint, UnusableError
from stepdown.web.services import Services
from stepdown.web.tasks import Task


def report_task(services: Services, state: BoardState, reader: str, on: date) -> Task[BoardReport]:
    """The run of a state's packages; raises UnusableError where there is nothing to run."""
    plan = plan_of(services, state)
    if plan is None:
        raise UnusableError([Complaint("a", key="board.empty_state")])
    settings = services.settings
    return services.tasks.get(
        f"report {on} {replace(state, edit='a').query('')}",
        reader,
        lambda report: board_report(plan, services.facts, settings.futures, settings.seed, on, report),
    )
