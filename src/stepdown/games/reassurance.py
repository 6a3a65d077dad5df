"""Reassurance by a costly first step, in two rounds. Kydd 2000, 2005 (form recalled, window derived).

Both sides are trustworthy with probability t. In a round both cooperate (worth c), one exploits the other
(b and -a), or nobody cooperates (0). A trustworthy side prefers cooperation to exploitation (c > b), an
untrustworthy side does not (c' < b'). The first round carries a share alpha of the stake, the second the
rest. In the separating equilibrium the trustworthy side cooperates first and goes on only with a cooperator;
the untrustworthy side never cooperates.
"""

from typing import NamedTuple


class Payoffs(NamedTuple):
    """For the whole stake: loss a from being exploited, gain b from exploiting, value c of cooperation."""

    a: float
    b: float
    c: float


class Window(NamedTuple):
    """Shares of the stake in the first round between which the first step reassures; empty if low > high."""

    low: float
    high: float


def trust_needed(trustworthy: Payoffs) -> float:
    """Trust above which a trustworthy side cooperates at once, with no first step: a / (a + c - b)."""
    return trustworthy.a / (trustworthy.a + trustworthy.c - trustworthy.b)


def window(trust: float, trustworthy: Payoffs, untrustworthy: Payoffs) -> Window:
    """alpha_min = t b' / (2 t b' - t c' + (1-t) a'): above, mimicry does not pay the untrustworthy.

    alpha_max = t c / (t b + (1-t) a): below, the trustworthy side dares the first step. Range: 0 < t < 1,
    b < c, b' > c'.
    """
    t = trust
    a, b, c = trustworthy
    a_u, b_u, c_u = untrustworthy
    if not (0 < t < 1 and b < c and b_u > c_u):
        raise ValueError("trust lies in (0, 1); b < c for the trustworthy, b' > c' for the untrustworthy")
    return Window(t * b_u / (2 * t * b_u - t * c_u + (1 - t) * a_u), t * c / (t * b + (1 - t) * a))
