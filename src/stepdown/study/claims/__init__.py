"""The executable paper: run what the claims need once, judge each, say where it fails and why."""

from stepdown.study.claims.run import ClaimsRun, run_claims
from stepdown.study.claims.suite import Suite, claim_suite

__all__ = ["ClaimsRun", "Suite", "claim_suite", "run_claims"]
