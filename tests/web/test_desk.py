"""The worker behind the board: previews first, only the newest question of a reader, a crash stays alone."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event
from time import monotonic, sleep
from types import SimpleNamespace
from typing import Any, cast

import pytest

from stepdown.contracts.facts.uses import MeasureUse
from stepdown.study.board import Laboratory
from stepdown.web import desk as desk_module
from stepdown.web.desk import Desk, SupersededError
from stepdown.web.problems import NotReadyError
from stepdown.web.tasks import WAITING, Tasks


def until(true: Callable[[], bool]) -> bool:
    """Whether something comes true within ten seconds."""
    end = monotonic() + 10
    while not true() and monotonic() < end:
        sleep(0.01)
    return true()


class Bench:
    """Stands in for the laboratory: remembers the order of what it is asked; may be held, may crash."""

    def __init__(self) -> None:
        self.parts = (0, 1, 2)
        self.ran: list[tuple[str, int]] = []
        self.done: dict[tuple[object, int], object] = {((), i): "baseline" for i in self.parts}
        self.go = Event()
        self.begun = Event()

    def known(self, uses: tuple[MeasureUse, ...], part: int) -> object | None:
        return self.done.get((uses, part))

    def run(self, uses: tuple[MeasureUse, ...], part: int) -> object:
        if (uses, part) not in self.done:
            self.begun.set()
            assert self.go.wait(10)
            if uses[0].measure == "crash":
                raise RuntimeError("planted")
            self.ran.append((uses[0].measure, part))
            self.done[uses, part] = "part"
        return self.done[uses, part]


def asked(name: str) -> tuple[MeasureUse, ...]:
    return (MeasureUse(measure=name, actors=("USA",), start=2028),)


@pytest.fixture
def bench(monkeypatch: pytest.MonkeyPatch) -> Bench:
    def look(laboratory: object, parts: list[object], baseline: list[object]) -> Any:
        return SimpleNamespace(futures=len(parts))

    monkeypatch.setattr(desk_module, "Look", look)
    return Bench()


@pytest.fixture
def desk(bench: Bench) -> Any:
    opened = Desk(cast(Laboratory, bench))
    yield opened
    bench.go.set()
    opened.close()


def test_previews_come_before_the_rest_of_others(desk: Desk, bench: Bench) -> None:
    whole = desk.ask("first", [asked("A")], whole=True)
    assert bench.begun.wait(10)
    quick = desk.ask("second", [asked("B")], whole=False)
    bench.go.set()
    assert quick.result(10)[0].futures == 1
    assert whole.result(10)[0].futures == 3
    assert bench.ran[:2] == [("A", 0), ("B", 0)]


def test_only_the_newest_question_of_a_reader_is_answered(desk: Desk, bench: Bench) -> None:
    desk.ask("somebody", [asked("busy")], whole=False)
    assert bench.begun.wait(10)
    stale = [desk.ask("reader", [asked(f"M{i}")], whole=False) for i in range(20)]
    last = desk.ask("reader", [asked("last")], whole=False)
    bench.go.set()
    assert last.result(10)
    assert all(isinstance(s.exception(10), SupersededError) for s in stale)
    assert bench.ran == [("busy", 0), ("last", 0)]


def test_crash_hurts_one_question(desk: Desk, bench: Bench) -> None:
    bench.go.set()
    with pytest.raises(RuntimeError, match="planted"):
        desk.ask("unlucky", [asked("crash")], whole=False).result(10)
    assert desk.ask("other", [asked("A")], whole=True).result(10)


def test_long_computations_are_made_once_and_crash_alone() -> None:
    tasks, made = Tasks(), Event()

    def crash(report: object) -> str:
        raise RuntimeError("planted")

    def make(report: Any) -> str:
        report("run", 1, 2)
        made.set()
        return "result"

    first = tasks.get("crash", "reader", crash)
    second = tasks.get("key", "reader two", make)
    assert made.wait(10)
    assert tasks.get("key", "anybody", make) is second
    assert until(lambda: second.over)
    assert (second.result, second.done, second.total) == ("result", 1, 2)
    assert first.failure


def test_long_computations_queue_up_to_a_limit_and_newest_replaces_own() -> None:
    tasks, go, begun = Tasks(), Event(), Event()

    def hold(report: object) -> str:
        begun.set()
        assert go.wait(10)
        return "held"

    tasks.get("held", "somebody", hold)
    assert begun.wait(10)
    for i in range(WAITING):
        tasks.get(f"waits {i}", f"reader {i}", lambda report: "x")
    with pytest.raises(NotReadyError):
        tasks.get("one more", "late", lambda report: "x")
    mine = tasks.get("changed my mind", "reader 0", lambda report: "y")
    assert not mine.over
    go.set()
