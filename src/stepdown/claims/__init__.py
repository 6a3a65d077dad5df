"""Claims: each statement of the paper as a test over futures, closed forms or the record."""

from stepdown.claims.checks import holds_in, sides_needed, simulated_outcome
from stepdown.claims.guard import symmetric_draws, turned_round
from stepdown.claims.quantities import series_needed, value_of
from stepdown.claims.readings import answer, read
from stepdown.claims.shifts import shifted
from stepdown.claims.verdict import claim_verdict, part_verdict, share_of

__all__ = [
    "answer",
    "claim_verdict",
    "holds_in",
    "part_verdict",
    "read",
    "series_needed",
    "share_of",
    "shifted",
    "sides_needed",
    "simulated_outcome",
    "symmetric_draws",
    "turned_round",
    "value_of",
]
