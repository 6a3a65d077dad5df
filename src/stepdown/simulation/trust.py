"""Trust between rivals: costly restraint builds it slowly, threats to forces break it fast."""

from jax import Array
from jaxtyping import Float

from stepdown.simulation import arrays as xp
from stepdown.simulation.shapes import gate, ramp
from stepdown.simulation.state import Draws

WINDOW_SOFTNESS = 0.05


def reassures(p: Draws, signal: Float[Array, "R N"], trust: Float[Array, "R N"]) -> Float[Array, "R N"]:
    """K = logistic((s - alpha_min)/.05) logistic((alpha_max(mu) - s)/.05), alpha_max(mu) = 2 mu alpha_max.

    Kydd's window of signal costs that only the trustworthy bear; it closes as trust falls. With his numbers
    (t = .5, check 29) the window is [.5, .667]: alpha_min = .5, alpha_max = .667. Kydd 2000, 2005.
    """
    upper = 2.0 * trust * p["alpha_max"]
    return gate(signal, p["alpha_min"], WINDOW_SOFTNESS) * gate(upper, signal, WINDOW_SOFTNESS)


def trust_target(
    p: Draws,
    m0: Float[Array, "R N"],
    restraint_seen: Float[Array, "R N"],
    window: Float[Array, "R N"],
    chi: Float[Array, "R N"],
    d_pledge: Float[Array, "R N"],
    V_rate: Float[Array, "R N"],
    crisis_log_ratio: Float[Array, "R N"],
) -> Float[Array, "R N"]:
    """dm/dt = delta [4 tanh(pull/(4 delta)) - (m - m0)], per year, m in log odds.

    pull = l_c Y (1/2 + chi/2) K + l_rho d rho - l_h ramp(dV/dt) - l_l ln(l/l0). V_rate: how fast the trusting
    side's forces grow vulnerable to the other. The tanh bounds m (without it m ran to -170). Kydd 2005.
    """
    pull = (
        p["l_c"] * restraint_seen * (0.5 + 0.5 * chi) * window
        + p["l_rho"] * d_pledge
        - p["l_h"] * ramp(V_rate)
        - p["l_l"] * crisis_log_ratio
    )
    bound = 4.0 * p["delta"]
    return m0 + 4.0 * xp.tanh(pull / bound)
