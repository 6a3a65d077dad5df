"""From shares to verdicts: what a claim has to reach is set by how strongly the paper says it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from jaxtyping import Bool
from scipy.special import betaincinv

from stepdown.contracts.facts.claim_tests import ClaimTest, Hedge
from stepdown.contracts.verdicts import (
    AnalysisOutcome,
    ClaimVerdict,
    Guard,
    PartVerdict,
    ReadingOutcome,
    Share,
    SimulatedOutcome,
    Standing,
    Verdict,
)

THRESHOLDS: Mapping[Hedge, tuple[float, float]] = {
    "firm": (0.9, 0.5),
    "likely": (0.66, 0.33),
    "possible": (0.33, 0.1),
}
"""Hedge -> (holds from this share on, fails below this share); in between: mixed. "Likely" follows the
calibrated language of the IPCC (Mastrandrea et al. 2010: likely is 66 % or more, very likely 90 %)."""


def share_of(holds: Bool[np.ndarray, " n"]) -> Share:
    """Share with a 90 % Jeffreys interval: quantiles of Beta(k + 1/2, n - k + 1/2) (Brown, Cai & DasGupta
    2001), with the ends 0 and 1 where all or none hold."""
    n, k = len(holds), int(np.sum(holds))
    if n == 0:
        return Share(float("nan"), 0.0, 1.0, 0)
    low = 0.0 if k == 0 else float(betaincinv(k + 0.5, n - k + 0.5, 0.05))
    high = 1.0 if k == n else float(betaincinv(k + 0.5, n - k + 0.5, 0.95))
    return Share(k / n, low, high, n)


def judged(share: Share, hedge: Hedge) -> Verdict:
    """holds, mixed or fails by the thresholds of the hedge; nothing to judge without a future."""
    if share.n == 0:
        return "not_testable"
    holds, fails = THRESHOLDS[hedge]
    return "holds" if share.holds >= holds else "fails" if share.holds < fails else "mixed"


def part_verdict(
    part: str,
    hedge: Hedge,
    outcome: SimulatedOutcome | AnalysisOutcome | tuple[ReadingOutcome, ...] | None,
    guard: Guard | None = None,
    by_construction: bool = False,
) -> PartVerdict:
    """The verdict on a part, and whether it was built in.

    A part that holds is `assumed` when it does not hold in futures whose couplings are turned round, or is
    built in by construction; else `found`. The symmetric share alone would not do: of a claim that one
    coupling makes, half the futures are left, and half is enough for a claim that something is possible.
    """
    if outcome is None:
        return PartVerdict(part, "not_testable", {}, "not_asked", None)
    if isinstance(outcome, tuple):
        hits = sum(reading.holds for reading in outcome)
        verdict: Verdict = "holds" if hits == len(outcome) else "mixed" if hits else "fails"
        return PartVerdict(part, verdict, {}, "not_asked", outcome)
    verdict = judged(outcome.share, hedge)
    by_lens = {} if isinstance(outcome, AnalysisOutcome) else outcome.by_lens
    standing: Standing = "not_asked"
    if verdict == "holds" and by_construction:
        standing = "assumed"
    elif verdict == "holds" and guard is not None:
        standing = "found" if judged(guard.turned, hedge) == "holds" else "assumed"
    lenses = {lens: judged(share, hedge) for lens, share in by_lens.items()}
    return PartVerdict(part, verdict, lenses, standing, outcome, guard)


def claim_verdict(test: ClaimTest, parts: Sequence[PartVerdict]) -> ClaimVerdict:
    """The weakest part decides; parts that nothing can test are left aside unless there is no other."""
    tested = [part for part in parts if part.verdict != "not_testable"]
    lenses = list(dict.fromkeys(lens for part in tested for lens in part.by_lens))
    by_lens = {lens: _weakest([p.by_lens.get(lens, p.verdict) for p in tested]) for lens in lenses}
    standings = {part.standing for part in tested}
    standing: Standing = next((s for s in _STANDINGS if s in standings), "not_asked")
    return ClaimVerdict(
        test.claim, test.method, _weakest([p.verdict for p in tested]), by_lens, standing, tuple(parts)
    )


_STANDINGS: tuple[Standing, ...] = ("assumed", "found")


def _weakest(verdicts: Sequence[Verdict]) -> Verdict:
    order: tuple[Verdict, ...] = ("fails", "mixed", "holds")
    return next((verdict for verdict in order if verdict in verdicts), "not_testable")
