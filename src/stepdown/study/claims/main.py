"""`stepdown claims`: run, look for where claims fail, tell."""

from __future__ import annotations

import os
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from time import perf_counter
from typing import Any

from stepdown import __version__
from stepdown.brief.claims import write_claims
from stepdown.contracts.facts.claim_tests import Shift, Simulated
from stepdown.contracts.facts.facts import Facts
from stepdown.contracts.parameters import PARAMETERS
from stepdown.record import load_record
from stepdown.simulation import keep_compiled
from stepdown.study.claims.page import claims_page
from stepdown.study.claims.run import ClaimsRun, run_claims
from stepdown.study.claims.tell import GROUPS, as_data, group_of
from stepdown.study.claims.where import Search, Where
from stepdown.study.claims.words import told
from stepdown.study.installation import cache_folder, revision
from stepdown.study.progress import Progress, RunCounter
from stepdown.vocabulary.errors import Problem, StudyError, UnknownNameError
from stepdown.vocabulary.ids import LENSES, Language

COLUMNS = ("claim", "statement", "method", "verdict", "share", "by_lens", "standing")


@dataclass(frozen=True)
class ClaimsReport:
    """A run of claims, ready to be shown."""

    facts: Facts
    run: ClaimsRun
    where: Mapping[tuple[str, str], Where]
    files: tuple[Path, ...] = ()

    def as_data(self, lang: Language) -> dict[str, Any]:
        """Everything, as plain data."""
        return as_data(self.facts, self.run, self.where, lang)

    def title(self, lang: Language) -> str:
        """What was tested over how many futures."""
        return told("title", claims=len(self.run.verdicts), futures=self.run.futures).text(lang)

    def heads(self, lang: Language) -> list[str]:
        """Heads of the table."""
        return [told(column).text(lang) for column in COLUMNS]

    def rows(self, lang: Language) -> list[list[str]]:
        """One row a claim, in the paper's order."""
        return [self._row(claim.id, claim.label[lang], lang) for claim in self.run.suite.claims]

    def _row(self, claim: str, statement: str, lang: Language) -> list[str]:
        verdict = self.run.verdicts[claim]
        shares = [getattr(part.outcome, "share", None) for part in verdict.parts]
        told_shares = ", ".join(f"{share.holds:.0%}" for share in shares if share is not None)
        lenses = [told(v).text(lang) for v in verdict.by_lens.values()]
        by_lens = "/".join(lenses) if len(set(lenses)) > 1 else "".join(lenses[:1])
        return [
            claim,
            statement,
            told(verdict.method).text(lang),
            told(verdict.verdict).text(lang),
            told_shares or "—",
            by_lens or "—",
            told(verdict.standing).text(lang),
        ]

    def summary(self, lang: Language) -> list[str]:
        """How many claims stand where."""
        groups = [group_of(verdict) for verdict in self.run.verdicts.values()]
        return [f"{told(group).text(lang)}: {groups.count(group)}" for group in GROUPS]


def report_claims(
    claim: str | None = None,
    section: str | None = None,
    lenses: tuple[str, ...] = (),
    futures: int = 2000,
    seed: int = 2026,
    threads: int | None = None,
    guard: bool = True,
    where: bool = True,
    out: Path | None = None,
    data: Path | None = None,
    progress: Progress = lambda step, done, total: None,
    assume: tuple[str, ...] = (),
    turn: tuple[str, ...] = (),
) -> ClaimsReport:
    """Judge claims and, with `where`, name the futures in which each part fails.

    `assume`: "symbol=value" in every future of every arm; `turn`: symbols with the opposite sign everywhere.

    Raises RecordError, StudyError or UnknownNameError; then no file has been written.
    """
    keep_compiled(cache_folder())
    facts = load_record(data)
    shifts, turned = _shifts(assume), _symbols(turn)
    run = run_claims(
        facts, futures, seed, lenses or LENSES, section, claim, progress, threads, guard, shifts, turned
    )
    started = perf_counter()
    found = _where(facts, run, progress, threads) if where else {}
    run = replace(run, seconds={**run.seconds, "where": perf_counter() - started})
    files: tuple[Path, ...] = ()
    if out is not None:
        page = claims_page(facts, run, found, __version__, revision(), date.today().isoformat())
        files = write_claims(page, out)
    return ClaimsReport(facts, run, found, files)


def _symbols(names: tuple[str, ...]) -> tuple[str, ...]:
    for name in names:
        if name not in PARAMETERS:
            raise UnknownNameError("symbol of the model", name, PARAMETERS)
    return names


def _shifts(assumed: tuple[str, ...]) -> tuple[Shift, ...]:
    """Raises StudyError for what is not "symbol=number", or outside the admissible range of the symbol."""
    shifts = []
    for text in assumed:
        symbol, _, value = text.partition("=")
        spec = PARAMETERS[_symbols((symbol,))[0]]
        try:
            number = float(value)
        except ValueError:
            problem = Problem("claims", 0, "assume", "is not symbol=number", text, "e.g. a_R=0")
            raise StudyError([problem]) from None
        if not spec.low <= number <= spec.high:
            allowed = f"{spec.low:g} to {spec.high:g}"
            raise StudyError([Problem("claims", 0, symbol, "outside its admissible range", value, allowed)])
        shifts.append(Shift(symbol=symbol, set=number))
    return tuple(shifts)


def _where(
    facts: Facts, run: ClaimsRun, progress: Progress, threads: int | None
) -> dict[tuple[str, str], Where]:
    """All parts, on every core: most of the work is in array operations, which let others run."""
    search, parts = Search(facts, run.coordinates, run.seed), run.suite.simulated
    counter = RunCounter(progress, len(parts))

    def one(at: tuple[str, Simulated]) -> tuple[tuple[str, str], Where]:
        claim, part = at
        return (claim, part.id), search.where(run, claim, part)

    found = {}
    with ThreadPoolExecutor(threads or os.cpu_count() or 1) as pool:
        for key, where in pool.map(one, parts):
            found[key] = where
            counter.done(key[0])
    return found
