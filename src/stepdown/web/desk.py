"""One worker for all readers: previews first, only the newest state of each, a crash hurts one request."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from threading import Condition, Thread

from stepdown.contracts.facts.uses import MeasureUse
from stepdown.study.board import Laboratory, Look

Uses = tuple[MeasureUse, ...]
Looks = tuple[Look, ...]


class SupersededError(Exception):
    """The same reader has asked for something newer; nobody waits for this any more."""


@dataclass
class _Job:
    reader: str
    packages: tuple[Uses, ...]
    parts: int
    answer: Future[Looks] = field(default_factory=Future)

    def missing(self, laboratory: Laboratory) -> tuple[Uses, int] | None:
        """What to compute next: the first part of every package before the second of any."""
        for part in range(self.parts):
            for uses in self.packages:
                if laboratory.known(uses, part) is None:
                    return uses, part
        return None


class Desk:
    """Takes questions and answers them in turn, part by part, so that nobody waits for a whole picture."""

    def __init__(self, laboratory: Laboratory) -> None:
        self.laboratory = laboratory
        self._jobs: list[_Job] = []
        self._changed = Condition()
        self._open = True
        self._worker = Thread(target=self._work, name="board", daemon=True)
        self._worker.start()

    def ask(self, reader: str, packages: Sequence[Uses], whole: bool) -> Future[Looks]:
        """Looks at the packages, in order: over the first futures, or over all with `whole`.

        What the same reader asked before and still waits for is dropped with `SupersededError`.
        """
        job = _Job(reader, tuple(packages), len(self.laboratory.parts) if whole else 1)
        job.answer.set_running_or_notify_cancel()  # nobody can cancel it under the worker
        with self._changed:
            for old in [j for j in self._jobs if j.reader == reader]:
                self._jobs.remove(old)
                old.answer.set_exception(SupersededError())
            self._jobs.append(job)
            self._changed.notify()
        return job.answer

    def close(self) -> None:
        """Stop after the part in hand."""
        with self._changed:
            self._open = False
            self._changed.notify()
        self._worker.join(timeout=30)

    def _work(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._jobs or not self._open)
                if not self._open:
                    return
                job = min(self._jobs, key=self._urgency)
            try:
                missing = job.missing(self.laboratory)
                if missing is not None:
                    self.laboratory.run(*missing)
                    self._back_of_the_queue(job)
                else:
                    self._finish(job, self._looks(job))
            except Exception as error:
                self._finish(job, error)

    def _urgency(self, job: _Job) -> int:
        """First parts before all else; within a class the order of the queue."""
        missing = job.missing(self.laboratory)
        return 0 if missing is None else 1 if missing[1] == 0 else 2

    def _back_of_the_queue(self, job: _Job) -> None:
        with self._changed:
            if job in self._jobs:
                self._jobs.remove(job)
                self._jobs.append(job)

    def _looks(self, job: _Job) -> Looks:
        parts = range(job.parts)
        baseline = [self.laboratory.run((), i) for i in parts]
        return tuple(
            Look(self.laboratory, [self.laboratory.run(uses, i) for i in parts], baseline)
            for uses in job.packages
        )

    def _finish(self, job: _Job, result: Looks | Exception) -> None:
        with self._changed:
            if job not in self._jobs:
                return
            self._jobs.remove(job)
            if isinstance(result, Exception):
                job.answer.set_exception(result)
            else:
                job.answer.set_result(result)
