"""Arithmetic of rare events: rates from chains, from silence, from a probability over a span, and back."""

import math


def chained_rate(initiating: float, *conditional: float) -> float:
    """Rate of an end event: initiating rate x conditional probability of each later step. Hellman 2008."""
    return initiating * math.prod(conditional)


def ever(probability: float, decline: float) -> float:
    """P(it ever happens) = 1 - prod over n >= 0 of (1 - p r^n): a yearly risk that shrinks by r each year.

    Below 1 for r < 1: a risk that falls fast enough need not become certain. Range: 0 <= p < 1, 0 <= r < 1.
    Avenhaus et al. 1989.
    """
    if not (0 <= probability < 1 and 0 <= decline < 1):
        raise ValueError("p and r lie in [0, 1)")
    log_never, yearly = 0.0, probability
    while yearly > 1e-18:
        log_never += math.log1p(-yearly)
        yearly *= decline
    return -math.expm1(log_never)


def jeffreys_mean(events: int, years: float) -> float:
    """Posterior mean of a Poisson rate under Jeffreys's prior: (k + 1/2) / t, per year."""
    return (events + 0.5) / years


def upper_bound_after_none(years: float, confidence: float) -> float:
    """Largest Poisson rate that leaves zero events in t years a probability of 1 - confidence: -ln(1-c)/t."""
    return -math.log1p(-confidence) / years


def rate(probability: float, span: float) -> float:
    """Constant rate at which an event has the given probability within the span: -ln(1 - P)/T."""
    return -math.log1p(-probability) / span


def probability(yearly: float, span: float) -> float:
    """1 - exp(-rate x span), the inverse of `rate`."""
    return -math.expm1(-yearly * span)
