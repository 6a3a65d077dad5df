"""Verdicts as pages: an index along the paper's outline, an entry per claim with chart, guard, grounds."""

from __future__ import annotations

from collections.abc import Mapping

from stepdown.charts.numbers import decimal, share
from stepdown.claims.verdict import THRESHOLDS
from stepdown.contracts.claims_page import (
    ClaimEntry,
    ClaimsPage,
    ClaimsSection,
    Ground,
    PartEntry,
    ReadingRow,
    ShareChart,
    ShareRow,
)
from stepdown.contracts.effects import Bilingual
from stepdown.contracts.facts import Claim, Lens, Term
from stepdown.contracts.facts.claim_tests import Analysed, FromRecord, Part, Simulated, Untestable
from stepdown.contracts.facts.facts import Facts
from stepdown.contracts.parameters import PARAMETERS
from stepdown.contracts.verdicts import (
    AnalysisOutcome,
    PartVerdict,
    ReadingOutcome,
    SimulatedOutcome,
    Verdict,
)
from stepdown.games import RELATIONS
from stepdown.study.claims.run import ClaimsRun
from stepdown.study.claims.tell import GROUPS, basis_of, evidence_of, group_of, meaning
from stepdown.study.claims.where import Where
from stepdown.study.claims.words import told
from stepdown.study.grounds import Cited

VERDICTS: tuple[Verdict, ...] = ("holds", "mixed", "fails", "not_testable")
HEADS = ("claim", "statement", "method", "verdict", "share", "standing")


def claims_page(
    facts: Facts,
    run: ClaimsRun,
    where: Mapping[tuple[str, str], Where],
    version: str,
    revision: str,
    day: str,
) -> ClaimsPage:
    """Everything the report says, in both languages."""
    pages = _Pages(facts, run, where)
    entries = {claim.id: pages.entry(claim) for claim in run.suite.claims}
    sections: dict[str, list[ClaimEntry]] = {}
    for claim in run.suite.claims:
        sections.setdefault(claim.section, []).append(entries[claim.id])
    groups: dict[str, list[str]] = {group: [] for group in GROUPS}
    for name, verdict in run.verdicts.items():
        groups[group_of(verdict)].append(name)
    card = [
        ("version", version),
        ("revision", revision),
        ("record_hash", facts.digest[:16]),
        ("futures", str(run.futures)),
        ("seed", str(run.seed)),
        ("lenses", ", ".join(run.lenses)),
    ]
    return ClaimsPage(
        title=told("page_title"),
        asked=told("asked", claims=len(entries)),
        groups=tuple((told(group), tuple(names)) for group, names in groups.items()),
        sections=tuple(
            ClaimsSection(name.removeprefix("section."), _term(facts, name), tuple(found))
            for name, found in sections.items()
        ),
        verdicts=tuple((verdict, told(verdict)) for verdict in VERDICTS),
        heads=tuple(told(head) for head in HEADS),
        scope=(told("scope_assumptions"), told("scope_assumed"), told("scope_thresholds")),
        sources=tuple(pages.cited.notes.values()),
        card=tuple((told(key), value) for key, value in card),
        record=facts.digest,
        dated=told("dated", date=day, version=version, futures=run.futures),
    )


def _term(facts: Facts, name: str) -> Bilingual:
    record = facts.by_type.get(Term, {}).get(name)
    short = name.removeprefix("section.")
    if not isinstance(record, Term):
        return Bilingual(short, short)
    label = record.label
    return Bilingual(f"{short} {label.en}", f"{short} {label.ja}")


class _Pages:
    """Entries of claims, collecting the sources they rest on as it goes."""

    def __init__(self, facts: Facts, run: ClaimsRun, where: Mapping[tuple[str, str], Where]) -> None:
        self._facts, self._run, self._where = facts, run, where
        self.cited = Cited(facts)

    def entry(self, claim: Claim) -> ClaimEntry:
        test, verdict = self._run.suite.tests[claim.id], self._run.verdicts[claim.id]
        by_id = {part.id: part for part in test.parts}
        remarks = [told("qualified", text=test.qualification.text.bilingual)] if test.qualification else []
        remarks += [told("dispute", text=claim.dispute.bilingual)] if claim.dispute else []
        grounds = [self.cited.ground(i) for i in dict.fromkeys((claim.id, *evidence_of(test, verdict)))]
        outcomes = [p.outcome for p in verdict.parts]
        shares = [o.share for o in outcomes if isinstance(o, SimulatedOutcome | AnalysisOutcome)]
        return ClaimEntry(
            id=claim.id,
            statement=claim.label.bilingual,
            anchor=claim.anchor,
            place=told("place", section=_term(self._facts, claim.section), anchor=claim.anchor),
            method=told(test.method),
            verdict=verdict.verdict,
            standing=_standing(verdict.standing),
            shares=", ".join(share(s.holds) for s in shares if s.n),
            lenses=tuple((self._lens(lens), v) for lens, v in verdict.by_lens.items()),
            parts=tuple(self._part(claim.id, by_id[p.part], p) for p in verdict.parts),
            remarks=tuple(remarks),
            grounds=tuple(Ground(*g) for g in grounds if g is not None),
        )

    def _lens(self, lens: str) -> Bilingual:
        return self._facts.get(Lens, lens).label.bilingual

    def _part(self, claim: str, part: Part, verdict: PartVerdict) -> PartEntry:
        where = self._where.get((claim, part.id))
        sentences = [*self._sentences(part, verdict), *([where.told] if where else [])]
        deciders = where.deciders if where else ()
        return PartEntry(
            tested=part.label.bilingual,
            hedge=None if isinstance(part, Untestable) else told(part.hedge),
            verdict=verdict.verdict,
            standing=_standing(verdict.standing),
            sentences=tuple(sentences),
            chart=self._chart(f"{claim}-{part.id}", part, verdict),
            readings=_readings(part, verdict),
            deciders=tuple(
                (d.label, share(d.importance), told(basis_of(self._facts, d.input_id))) for d in deciders
            ),
        )

    def _chart(self, name: str, part: Part, verdict: PartVerdict) -> ShareChart | None:
        outcome = verdict.outcome
        if not isinstance(part, Simulated) or not isinstance(outcome, SimulatedOutcome):
            return None
        if not outcome.share.n:
            return None
        lenses = (ShareRow(self._lens(lens), s) for lens, s in outcome.by_lens.items())
        holds, fails = THRESHOLDS[part.hedge]
        whole = outcome.share
        finding = told(
            "chart_finding",
            share=share(whole.holds),
            n=whole.n,
            low=share(whole.low),
            high=share(whole.high),
            verdict=told(verdict.verdict),
        )
        rows = (ShareRow(told("all_lenses"), whole), *lenses)
        return ShareChart(f"share-{name}", told("chart_title"), finding, rows, fails, holds)

    def _sentences(self, part: Part, verdict: PartVerdict) -> list[Bilingual]:
        if isinstance(part, Untestable):
            told_why = [part.why.bilingual]
            for key, ids in (("evidence_for", part.supports), ("evidence_against", part.contradicts)):
                told_why.append(told(key, records=self._titles(ids)) if ids else told(f"no_{key}"))
            return told_why
        if isinstance(part, Analysed) and isinstance(verdict.outcome, AnalysisOutcome):
            relation = RELATIONS[part.relation]
            ranges = ", ".join(f"{name} {low:g}–{high:g}" for name, (low, high) in relation.box.items())
            return [told("analysis", statement=relation.statement), told("box", ranges=ranges)]
        return [self._guard(part, verdict)] if isinstance(part, Simulated) else []

    def _titles(self, ids: tuple[str, ...]) -> Bilingual:
        titles = [ground[1] for i in ids if (ground := self.cited.ground(i)) is not None]
        return Bilingual("; ".join(x.en for x in titles), "、".join(x.ja for x in titles))

    def _guard(self, part: Simulated, verdict: PartVerdict) -> Bilingual:
        if part.by_construction is not None:
            return told("guard_built", why=part.by_construction.bilingual)
        if part.no_coupling is not None:
            return told("guard_none", why=part.no_coupling.bilingual)
        equations = [
            told(
                "coupling",
                equation=told(f"equation_{PARAMETERS[c].mechanism}"),
                meaning=meaning(self._facts, c),
            )
            for c in part.couplings
        ]
        joined = Bilingual(", ".join(e.en for e in equations), "、".join(e.ja for e in equations))
        guard = verdict.guard
        return told(
            "guard_couplings",
            equations=joined,
            symmetric=share(guard.symmetric.holds) if guard and guard.symmetric.n else "—",
            turned=share(guard.turned.holds) if guard and guard.turned.n else "—",
        )


def _standing(standing: str) -> Bilingual | None:
    return None if standing == "not_asked" else told(standing)


def _readings(part: Part, verdict: PartVerdict) -> tuple[ReadingRow, ...]:
    if not isinstance(part, FromRecord) or not isinstance(verdict.outcome, tuple):
        return ()
    return tuple(
        ReadingRow(
            check.label.bilingual, _number(found.left), _number(found.right), found.holds, found.records
        )
        for check, found in zip(part.checks, verdict.outcome, strict=True)
        if isinstance(found, ReadingOutcome)
    )


def _number(value: float) -> str:
    return decimal(value, 0 if value == round(value) else 2)
