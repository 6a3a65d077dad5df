"""The claims one by one, over one set of futures: every arm is run when the first claim asks for it."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np

from stepdown import __version__
from stepdown.claims import claim_verdict
from stepdown.contracts.assumptions import Coordinate
from stepdown.contracts.claims_page import ClaimEntry
from stepdown.contracts.facts import Claim
from stepdown.contracts.facts.claim_tests import Simulated
from stepdown.contracts.facts.facts import Facts
from stepdown.contracts.findings import SourceNote
from stepdown.contracts.verdicts import ClaimVerdict
from stepdown.simulation import keep_compiled
from stepdown.study.claims.page import claims_page
from stepdown.study.claims.run import ClaimsRun, guard_of, guards_of, judged
from stepdown.study.claims.stage import Stage, Table, needed_by, quantities_of, staged
from stepdown.study.claims.suite import Suite, claim_suite
from stepdown.study.claims.tell import group_of
from stepdown.study.claims.where import Search, Where
from stepdown.study.installation import cache_folder
from stepdown.study.progress import Progress, RunCounter
from stepdown.vocabulary.errors import UnknownNameError
from stepdown.vocabulary.ids import LENSES

log = logging.getLogger("stepdown.claims")


@dataclass(frozen=True)
class Judged:
    """A claim's answer: its verdict, its entry as the report tells it, the sources, where each part fails."""

    verdict: ClaimVerdict
    group: str
    entry: ClaimEntry
    sources: tuple[SourceNote, ...]
    where: Mapping[str, Where]
    futures: int
    """Futures behind it; 0 where records or closed forms answer."""


class ClaimBook:
    """What is known of every claim so far. `judge` is for one thread at a time; all else is for any."""

    def __init__(self, facts: Facts, futures: int, seed: int) -> None:
        self.facts, self.futures, self.seed = facts, max(futures, len(LENSES)), seed
        self.suite = claim_suite(facts)
        self.asking = tuple(dict.fromkeys(claim for claim, _ in self.suite.simulated))
        """Claims that ask for futures, in the paper's order."""
        self.failed: set[str] = set()
        """Claims whose computation crashed while many were judged; `judge` tries again."""
        self._wanted: list[str] = []
        self._known: dict[str, Judged] = {}
        self._table: Table = {}
        self._ok = np.ones(self.futures, dtype=bool)
        self._run: set[str] = set()

    @property
    def claims(self) -> tuple[Claim, ...]:
        """All claims, in the paper's order."""
        return self.suite.claims

    def claim(self, name: str) -> Claim:
        """The claim with this id; raises UnknownNameError."""
        found = next((claim for claim in self.claims if claim.id == name), None)
        if found is None:
            raise UnknownNameError("claim", name, [claim.id for claim in self.claims])
        return found

    def known(self, name: str) -> Judged | None:
        """The answer, if there is one; what records or closed forms answer is answered at once."""
        if name not in self._known and name not in self.asking:
            self._known[name] = self._judged(name, lambda what, done, total: None)
        return self._known.get(name)

    @property
    def waiting(self) -> tuple[str, ...]:
        """Claims that ask for futures and have not been judged, in the paper's order."""
        over = {*self._known, *self.failed}
        return tuple(name for name in self.asking if name not in over)

    def judge(self, name: str, progress: Progress) -> Judged:
        """The answer to one claim; only the arms that it asks for and nobody ran before are run."""
        found = self.known(name)
        if found is None:
            keep_compiled(cache_folder())
            found = self._known[name] = self._judged(name, progress)
            self.failed.discard(name)
        return found

    def judge_some(self, names: tuple[str, ...], progress: Progress) -> int:
        """Judge these in turn; how many. A crash costs one claim, not those after it."""
        for done, name in enumerate(names, 1):
            while self._wanted:
                self._try(self._wanted.pop(0))
            self._try(name)
            progress(name, done, len(names))
        return len(names)

    def want(self, name: str) -> None:
        """Somebody waits for this claim: it comes next, before the rest of those that are judged in turn."""
        if name not in self._wanted:
            self._wanted.append(name)

    def _try(self, name: str) -> None:
        try:
            self.judge(name, lambda what, done, total: None)
        except Exception:
            log.exception("claim %s could not be judged", name)
            self.failed.add(name)

    @cached_property
    def _staged(self) -> tuple[Stage, tuple[Coordinate, ...]]:
        """One stage for all claims: the same futures, one shape of programs, one compilation."""
        return staged(self.facts, self.suite, self.futures, self.seed, LENSES)

    @cached_property
    def _search(self) -> Search:
        return Search(self.facts, self._staged[1], self.seed)

    def _judged(self, name: str, progress: Progress) -> Judged:
        test = self.suite.tests[name]
        own = Suite((self.claim(name),), {name: test}, self.suite.arms)
        futures = self.futures if name in self.asking else 0
        run = self._asked(own, name, progress) if futures else _unasked(self.facts, own, name, self.seed)
        where = {
            part.id: self._search.where(run, name, part) for part in test.parts if isinstance(part, Simulated)
        }
        found = {(name, part): at for part, at in where.items()}
        page = claims_page(self.facts, run, found, __version__, "", date.today().isoformat())
        verdict, entry = run.verdicts[name], page.sections[0].claims[0]
        return Judged(verdict, group_of(verdict), entry, page.sources, where, futures)

    def _asked(self, own: Suite, name: str, progress: Progress) -> ClaimsRun:
        """Run the arms that are missing, and this claim's couplings with free signs; then judge."""
        stage, coordinates = self._staged
        of_all = needed_by(part for _, part in self.suite.simulated)
        arms = [arm for arm in needed_by(part for _, part in own.simulated) if arm not in self._run]
        guards = guards_of(own)
        counter = RunCounter(progress, len(arms) + sum(len(needed) for needed in guards.values()))
        table, ok = quantities_of(stage, self.suite, {arm: of_all[arm] for arm in arms}, counter, None)
        self._table |= table
        self._ok &= ok
        self._run |= set(arms)
        guarded = guard_of(stage, own, guards, (self._table, self._ok), coordinates, counter, None)
        lens = stage.assumptions.lens
        parts = [
            judged(self.facts, name, part, self._table, coordinates, self._ok, LENSES, lens, guarded)
            for part in own.tests[name].parts
        ]
        verdicts = {name: claim_verdict(own.tests[name], parts)}
        return ClaimsRun(
            own,
            verdicts,
            self._table,
            coordinates,
            LENSES,
            lens,
            self._ok.copy(),
            self.futures,
            self.seed,
            {},
        )


def _unasked(facts: Facts, own: Suite, name: str, seed: int) -> ClaimsRun:
    """A claim that records or closed forms answer, or nobody can: no future is drawn."""
    nobody, no_lens = np.ones(0, dtype=bool), np.zeros(0, dtype=int)
    parts = [judged(facts, name, part, {}, (), nobody, LENSES, no_lens, {}) for part in own.tests[name].parts]
    verdicts = {name: claim_verdict(own.tests[name], parts)}
    return ClaimsRun(own, verdicts, {}, (), LENSES, no_lens, nobody, 0, seed, {})
