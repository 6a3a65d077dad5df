"""Verdicts as plain data: for JSON, tables and the report."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from stepdown.contracts.effects import Bilingual
from stepdown.contracts.facts import Claim, ClaimTest, ModelInput
from stepdown.contracts.facts.base import Judgement, Sourced
from stepdown.contracts.facts.claim_tests import Part, Simulated, Untestable
from stepdown.contracts.facts.facts import Facts
from stepdown.contracts.parameters import PARAMETERS
from stepdown.contracts.verdicts import (
    AnalysisOutcome,
    ClaimVerdict,
    PartVerdict,
    Share,
    SimulatedOutcome,
)
from stepdown.study.claims.run import ClaimsRun
from stepdown.study.claims.where import Where
from stepdown.vocabulary.ids import Language

GROUPS = ("group_robust", "group_lens", "group_mixed", "group_fails", "group_assumed", "group_untestable")


def group_of(verdict: ClaimVerdict) -> str:
    """Where a claim stands in the summary: one of `GROUPS`."""
    if verdict.verdict == "not_testable":
        return "group_untestable"
    if verdict.standing == "assumed" and verdict.verdict == "holds":
        return "group_assumed"
    lenses = set(verdict.by_lens.values()) or {verdict.verdict}
    if len(lenses) > 1:
        return "group_lens"
    return {"holds": "group_robust", "mixed": "group_mixed"}.get(verdict.verdict, "group_fails")


def as_data(
    facts: Facts, run: ClaimsRun, where: Mapping[tuple[str, str], Where], lang: Language
) -> dict[str, Any]:
    """Every claim with method, verdict per lens, share, interval, conditions and evidence ids."""
    claims = [_claim(facts, run, claim, where, lang) for claim in run.suite.claims]
    counted = {group: sum(c["group"] == group.removeprefix("group_") for c in claims) for group in GROUPS}
    return {
        "schema": "stepdown/claims-1",
        "futures": run.futures,
        "seed": run.seed,
        "lenses": list(run.lenses),
        "record": facts.digest,
        "failed_futures": int((~run.ok).sum()),
        "seconds": {name: round(seconds, 1) for name, seconds in run.seconds.items()},
        "summary": {name.removeprefix("group_"): count for name, count in counted.items()},
        "claims": claims,
    }


def _claim(
    facts: Facts,
    run: ClaimsRun,
    claim: Claim,
    where: Mapping[tuple[str, str], Where],
    lang: Language,
) -> dict[str, Any]:
    test, verdict = run.suite.tests[claim.id], run.verdicts[claim.id]
    by_id = {part.id: part for part in test.parts}
    return {
        "id": claim.id,
        "section": claim.section.removeprefix("section."),
        "statement": claim.label[lang],
        "anchor": claim.anchor,
        "hedge": claim.hedge,
        "method": test.method,
        "verdict": verdict.verdict,
        "by_lens": dict(verdict.by_lens),
        "standing": verdict.standing,
        "group": group_of(verdict).removeprefix("group_"),
        "parts": [_part(facts, by_id[p.part], p, where.get((claim.id, p.part)), lang) for p in verdict.parts],
        "qualification": test.qualification.text[lang] if test.qualification else None,
        "dispute": claim.dispute[lang] if claim.dispute else None,
        "evidence": list(evidence_of(test, verdict)),
    }


def _part(
    facts: Facts, part: Part, verdict: PartVerdict, where: Where | None, lang: Language
) -> dict[str, Any]:
    told: dict[str, Any] = {
        "id": part.id,
        "tested": part.label[lang],
        "verdict": verdict.verdict,
        "standing": verdict.standing,
    }
    outcome = verdict.outcome
    if isinstance(part, Untestable):
        return told | {"why": part.why[lang], "for": list(part.supports), "against": list(part.contradicts)}
    told["hedge"] = part.hedge
    if isinstance(outcome, SimulatedOutcome):
        told |= {
            "share": _share(outcome.share),
            "by_lens": {
                lens: {"verdict": verdict.by_lens[lens], **_share(share)}
                for lens, share in outcome.by_lens.items()
            },
            "effect_sizes": [
                {"holds": c.share, "p05": c.p05, "median": c.median, "p95": c.p95} for c in outcome.checks
            ],
        }
    elif isinstance(outcome, AnalysisOutcome):
        told |= {"share": _share(outcome.share), "source": outcome.source}
    elif outcome is not None:
        told["readings"] = [
            {"left": r.left, "right": r.right, "holds": r.holds, "records": list(r.records)} for r in outcome
        ]
    if isinstance(part, Simulated):
        told |= _guard(facts, part, verdict, lang)
    if where is not None:
        told["where_it_fails"] = where.told.text(lang)
        told["decided_by"] = [
            {
                "input": d.input_id,
                "label": d.label.text(lang),
                "importance": round(d.importance, 3),
                "basis": basis_of(facts, d.input_id),
            }
            for d in where.deciders
        ]
    return told


def _guard(facts: Facts, part: Simulated, verdict: PartVerdict, lang: Language) -> dict[str, Any]:
    """What could produce the part by itself, and what is left of it when that is free in sign."""
    couplings = [
        {
            "symbol": symbol,
            "equation": PARAMETERS[symbol].mechanism,
            "meaning": meaning(facts, symbol).text(lang),
        }
        for symbol in part.couplings
    ]
    return {
        "could_be_built_in": {
            "couplings": couplings,
            "by_construction": part.by_construction[lang] if part.by_construction else None,
            "no_coupling": part.no_coupling[lang] if part.no_coupling else None,
            "share_with_free_sign": _share(verdict.guard.symmetric) if verdict.guard else None,
            "share_turned_round": _share(verdict.guard.turned) if verdict.guard else None,
        }
    }


def meaning(facts: Facts, symbol: str) -> Bilingual:
    """What a symbol stands for: the label of its input, else the registry's words."""
    record = facts.by_type.get(ModelInput, {}).get(f"input.{symbol}")
    if isinstance(record, ModelInput):
        return record.label.bilingual
    return Bilingual(PARAMETERS[symbol].meaning, PARAMETERS[symbol].meaning)


def basis_of(facts: Facts, input_id: str) -> str:
    """source or judgement: what the deciding assumption rests on."""
    try:
        record = facts.find(input_id)
    except LookupError:
        return "record"
    if not isinstance(record, Sourced):
        return "record"
    judged = all(isinstance(ground, Judgement) for ground in record.basis)
    return "judgement" if judged else "source"


def _share(share: Share) -> dict[str, float | int | list[float]]:
    return {
        "holds": round(share.holds, 4),
        "interval": [round(share.low, 4), round(share.high, 4)],
        "n": share.n,
    }


def evidence_of(test: ClaimTest, verdict: ClaimVerdict) -> tuple[str, ...]:
    """Ids of the records an answer rests on."""
    found = dict.fromkeys((*test.evidence, *(test.qualification.records if test.qualification else ())))
    for untested in (part for part in test.parts if isinstance(part, Untestable)):
        found |= dict.fromkeys((*untested.supports, *untested.contradicts))
    for part in verdict.parts:
        if isinstance(part.outcome, tuple):
            found |= dict.fromkeys(record for reading in part.outcome for record in reading.records)
    return tuple(found)
