"""The list of claims and a page for each; what is not known yet is computed in the background."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import HTMLResponse

from stepdown.charts.numbers import count
from stepdown.contracts.facts import Lens
from stepdown.study.claims.book import Judged
from stepdown.vocabulary.ids import LENSES, Language
from stepdown.web.claims.claim import claim_page
from stepdown.web.claims.index import KINDS, STANDINGS, Chosen, index_page, section_name
from stepdown.web.pages import render
from stepdown.web.problems import UnusableError, not_among
from stepdown.web.services import Services
from stepdown.web.tasks import Task
from stepdown.web.words import Say

router = APIRouter()
BATCH = 6
"""Claims that the list asks for at a time: a reader of one claim comes before the rest of them."""
Filter = Annotated[str, Query(max_length=20)]


@router.get("/claims", response_class=HTMLResponse)
def claims(
    request: Request, language: Language, section: Filter = "", verdict: Filter = "", kind: Filter = ""
) -> HTMLResponse:
    """All claims along the paper's outline; reading it asks for those not judged yet, a few at a time."""
    services: Services = request.app.state.services
    chosen = Chosen(section, verdict, kind)
    _check(services, chosen)
    _go_on(services, chosen)
    lenses = tuple(services.facts.get(Lens, lens).label.bilingual.text(language) for lens in LENSES)
    page = index_page(services.claims, chosen, lenses, language)
    return render(request, "claims/page.html.j2", page)


@router.get("/claims/{claim}", response_class=HTMLResponse)
def claim(request: Request, language: Language, claim: Annotated[str, Path(max_length=12)]) -> HTMLResponse:
    """One claim; only its own arms are run."""
    services: Services = request.app.state.services
    book = services.claims
    record = book.claim(claim)
    found, progress, failure = book.known(claim), "", ""
    if found is None:
        book.want(claim)
        task: Task[Judged] = services.tasks.get_or_wait(
            f"claim {claim}",
            f"{request.state.session.id} claim",
            lambda report: book.judge(claim, report),
        )
        found, failure = task.result, task.failure
        progress = "" if task.over else _progress(task, Say(language))
    page = claim_page(book, record, found, language, progress, failure)
    return render(request, "claims/claim.html.j2", page, status=500 if failure else 200)


def _check(services: Services, chosen: Chosen) -> None:
    sections = dict.fromkeys(section_name(c) for c in services.claims.claims)
    wholes = (*sections, *dict.fromkeys(s[:2] for s in sections))
    allowed: Sequence[tuple[str, str, Sequence[str]]] = (
        ("section", chosen.section, wholes),
        ("verdict", chosen.verdict, STANDINGS),
        ("kind", chosen.kind, KINDS),
    )
    wrong = [
        not_among(name, found, possible) for name, found, possible in allowed if found not in ("", *possible)
    ]
    if wrong:
        raise UnusableError(wrong)


def _go_on(services: Services, chosen: Chosen) -> None:
    """Ask for the next few claims: those of the chosen section first."""
    book = services.claims
    waiting = book.waiting
    own = [w for w in waiting if section_name(book.claim(w)).startswith(chosen.section)]
    if not waiting:
        return
    group = book.asking.index((own or waiting)[0]) // BATCH
    names = book.asking[group * BATCH : (group + 1) * BATCH]
    services.tasks.get_or_wait(f"claims {group}", "claims", lambda report: book.judge_some(names, report))


def _progress(task: Task[Judged], say: Say) -> str:
    if not task.begun:
        return say("claims.queued")
    if not task.total:
        return say("claims.begun")
    return say("claims.runs", done=count(task.done, say.language), total=count(task.total, say.language))
