"""Power against risk: how much force does a challenger bring to bear when force may run out of control?

After Powell 2015: more power p raises the chance of prevailing and the risk of catastrophe. The form here,
chance p and risk rho p^2 / 2, is this project's own simplest instance of that trade-off.
"""

import math


def risk(power: float, instability: float) -> float:
    """Probability that the crisis runs out of control: rho p^2 / 2."""
    return 0.5 * instability * power * power


def payoff(power: float, instability: float, stake: float, loss: float) -> float:
    """U(p) = (1 - risk) p v - risk n."""
    danger = risk(power, instability)
    return (1.0 - danger) * power * stake - danger * loss


def power_brought(instability: float, stake: float, loss: float) -> float:
    """The p in [0, 1] that maximises U: the root of (3/2) rho v p^2 + rho n p - v = 0, at most 1.

    p* = min(1, [-n + sqrt(n^2 + 6 v^2 / rho)] / (3 v)). Falls as the trade-off rho grows sharper. Range: all
    arguments above 0.
    """
    root = (-loss + math.sqrt(loss * loss + 6.0 * stake * stake / instability)) / (3.0 * stake)
    return min(1.0, root)
