"""Claims: each statement of the paper as a test over futures, closed forms or the record."""

from stepdown.claims.checks import holds_in, sides_needed, simulated_outcome
from stepdown.claims.guard import turned
from stepdown.claims.quantities import reduction_of
from stepdown.claims.readings import answer, read
from stepdown.claims.shifts import shifted
from stepdown.claims.verdict import claim_verdict, part_verdict, share_of

__all__ = [
    "answer",
    "claim_verdict",
    "holds_in",
    "part_verdict",
    "read",
    "reduction_of",
    "share_of",
    "shifted",
    "sides_needed",
    "simulated_outcome",
    "turned",
]
