"""False alarms that become launches: a fault tree with calm and crisis. Barrett et al. 2013 (structure)."""

from stepdown.games.event_rates import probability


def launch_rate(
    alarms: float, mistaken: float, in_crisis: float, calm: float, crisis: float, sides: int
) -> float:
    """Launches per year: sides x alarms x P(mistaken for an attack) x [(1-f) P(calm) + f P(crisis)].

    alarms: serious alarms per year and side; in_crisis: share f of time in crisis; calm, crisis: P(launch
    order | mistaken alarm) in either. Range: small rates, alarms independent of crises.
    """
    return sides * alarms * mistaken * ((1.0 - in_crisis) * calm + in_crisis * crisis)


def yearly_probability(
    alarms: float, mistaken: float, in_crisis: float, calm: float, crisis: float, sides: int
) -> float:
    """1 - exp(-launch_rate x 1 year)."""
    return probability(launch_rate(alarms, mistaken, in_crisis, calm, crisis, sides), 1.0)
