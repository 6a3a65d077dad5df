"""One board page: the state is read, the laboratory asked, the history kept, the context filled."""

from __future__ import annotations

import asyncio
import logging
import secrets
from dataclasses import replace
from urllib.parse import parse_qsl

from fastapi import Request
from starlette.concurrency import run_in_threadpool

from stepdown.charts import evidence_dot
from stepdown.charts.numbers import count
from stepdown.contracts.effects import EvidenceLevel
from stepdown.study.board import Look
from stepdown.vocabulary.ids import Language
from stepdown.web.board.context import BoardPage, Ready
from stepdown.web.board.history import History
from stepdown.web.board.model import obstacles, uses
from stepdown.web.board.state import BoardState, Chosen, first_package, read_state
from stepdown.web.board.view import Voice, Ways, change_words, lenses, result, slots, tracks
from stepdown.web.desk import Looks, SupersededError
from stepdown.web.services import Services
from stepdown.web.words import Say

log = logging.getLogger("stepdown.web.board")
FURTHER = ("why", "assumptions", "robustness", "brief")
"""Screens that say more of the package."""
LEVELS: tuple[EvidenceLevel, ...] = (0, 1, 2, 3)


class Board:
    """The board of one request."""

    def __init__(self, request: Request, language: Language, state: BoardState, step: int, tab: str) -> None:
        self.services: Services = request.app.state.services
        self.language, self.state, self.tab = language, state, tab or secrets.token_urlsafe(6)
        self.session = request.state.session
        self.history = self.session.of(History)
        self.version = self.services.model_version
        self.step = self.history.reach(state.query(""), step or None)
        self.voice = Voice(self.services.catalogue, language)
        self.ways = Ways(language, self.version, self.step, self.tab)
        self.say = Say(language)

    @property
    def here(self) -> str:
        """The address that reproduces the picture."""
        return f"/{self.language}/board?{self.state.query(self.version)}"

    async def page(self, whole: bool, replay: bool) -> tuple[BoardPage, int]:
        """The context and the status of the answer. Raises SupersededError where the reader has moved on."""
        earlier = self.history.before(self.step)
        shown = self._read(earlier[1]) if replay and earlier else self.state
        looks: dict[str, Look] = {}
        failure = ""
        if self.services.ready:
            try:
                looks = await self._looks(shown, whole)
            except SupersededError:
                raise
            except Exception:
                failure = secrets.token_hex(4)
                log.exception("package could not be computed, id %s", failure)
        page = await run_in_threadpool(self._context, shown, looks, failure, replay and earlier is not None)
        return page, 500 if failure else 200

    async def _looks(self, shown: BoardState, whole: bool) -> dict[str, Look]:
        letters = sorted(shown.packages)
        packages = [uses(self.services, shown.packages[letter]) for letter in letters]
        asked = self.services.desk.ask(f"{self.session.id} {self.tab}", packages, whole)
        found: Looks = await asyncio.wrap_future(asked)
        return dict(zip(letters, found, strict=True))

    def _read(self, query: str) -> BoardState:
        return read_state(dict(parse_qsl(query, keep_blank_values=True)), self.services.catalogue)

    def _context(self, shown: BoardState, looks: dict[str, Look], failure: str, replaying: bool) -> BoardPage:
        state, ways, say, catalogue = self.state, self.ways, self.say, self.services.catalogue
        look = looks.get(shown.edit)
        before, after = self.history.before(self.step), self.history.after(self.step)
        futures = self.services.settings.futures
        each = count(futures // len(catalogue.lenses), self.language)
        start = BoardState({"a": first_package(catalogue)})
        part = ways.to(state).part
        waiting = look is None and not failure
        return BoardPage(
            lead=say("board.lead", futures=count(futures, self.language), each=each),
            fields=self._fields(),
            tracks=tracks(self.voice, ways, shown, obstacles(self.services, shown.package)),
            empty=not any(c.percent for c in shown.package),
            lenses=lenses(self.voice, ways, state),
            result=result(self.voice, ways, shown, look) if look else None,
            failure=failure,
            slots=slots(self.voice, ways, shown, looks),
            undo=ways.to(self._read(before[1]), before[0]) if before else None,
            redo=ways.to(self._read(after[1]), after[0]) if after else None,
            reset=ways.to(start),
            replay=ways.to(state, extra="&replay=true") if before else None,
            last_change=change_words(self.voice, self._read(before[1]), state) if before else "",
            replaying=replaying,
            refine=f"{part}&whole=true" if look and not look.whole and not replaying else "",
            after=part if replaying else "",
            again=part if waiting else "",
            link=self.here,
            study=ways.panel("study", state).href,
            further=tuple((k, f"/{self.language}/{k}?{state.query(self.version)}") for k in FURTHER),
            stale=state.version if state.version not in ("", self.version) else "",
            current=self.version,
            ready=self._ready(),
            whole_href=f"{ways.to(state).href}&whole=true",
            editing=state.edit.upper(),
            computing=say("board.computing", futures=count(futures, self.language)),
            evidence_key=tuple(evidence_dot(n, self.language, visible_word=True) for n in LEVELS),
        )

    def _fields(self) -> tuple[tuple[str, str], ...]:
        pairs = parse_qsl(self.state.query(self.version), keep_blank_values=True)
        return (*pairs, ("h", str(self.step)), ("t", self.tab))

    def _ready(self) -> tuple[Ready, ...]:
        found = []
        for ready in self.services.catalogue.ready:
            package = tuple(Chosen.of(use) for use in ready.uses)
            found.append(
                Ready(
                    ready.study,
                    ready.label.text(self.language),
                    ready.summary.text(self.language),
                    self.ways.to(self.state.with_package(package)),
                )
            )
        return tuple(found)


def moved(state: BoardState, sliders: list[int] | None) -> BoardState:
    """The state after the sliders: an exact strength stays where its slider has not left its word."""
    if sliders is None:
        return state
    package = tuple(
        c if c.step == step else replace(c, percent=25 * step)
        for c, step in zip(state.package, sliders, strict=True)
    )
    return state.with_package(package)
