"""Draws of every symbol from wide priors (median and 90 % range of the model's design), for tests only."""

from collections.abc import Mapping

import numpy as np

from stepdown.contracts.parameters import PARAMETERS
from stepdown.contracts.world import World

_RANGES: Mapping[str, tuple[float, float]] = {
    "H0": (0.0005, 0.03),
    "l0": (0.02, 0.12),
    "lmax": (0.8, 1.2),
    "warheads": (40, 5000),
    "share_first_user": (0.2, 1),
    "share_theatre": (0.05, 1),
    "share_cause": (0.05, 1),
    "M": (0, 0.9),
    "s_star": (0.1, 0.5),
    "w_enabler": (0.1, 0.6),
    "x_T": (0, 0.5),
    "M_force": (0, 0.8),
    "q": (0.05, 0.95),
    "q_ally": (0.7, 1),
    "eta": (0, 0.5),
    "z": (0, 0.98),
    "s4": (0, 1),
    "omega": (0.4, 0.95),
    "G": (0.15, 0.6),
    "d_N": (1.5, 2.5),
    "d_C": (0.6, 1.2),
    "lam": (2, 10),
    "k_superiority": (0, 0.5),
    "k_paradox": (0, 0.5),
    "gamma_c": (0, 1),
    "belief0": (0.2, 0.8),
    "w_review": (0, 0.6),
    "e_embolden": (0, 3),
    "projection": (0.1, 0.9),
    "size": (0.1, 10),
    "v": (0.03, 1),
    "b_tau": (1, 4),
    "b_pi": (0, 1),
    "w_role": (0.2, 1),
    "b_R": (0, 3),
    "b_q": (0, 1),
    "b_N": (0, 2),
    "b_V": (0, 8),
    "b_L": (0, 3),
    "b_g": (0, 3),
    "b_chi": (0, 2),
    "k_deep": (0, 1),
    "f_deep": (0.2, 0.6),
    "T_cr": (0.04, 0.5),
    "p0_false": (1e-4, 1e-3),
    "p1_false": (1e-3, 1e-2),
    "psi": (0, 0.6),
    "a_L": (0.3, 2),
    "s_role": (0.5, 1.5),
    "theta_tau": (0.5, 3),
    "theta_V": (0, 6),
    "theta_I": (0, 3),
    "theta_St": (0.2, 1),
    "theta_N": (0, 2),
    "T_R": (1, 4),
    "P_min": (0.25, 0.45),
    "eps_P": (0.05, 0.1),
    "a_star": (0.5, 0.85),
    "eps_gate": (0.03, 0.1),
    "s9_scale": (-0.5, 0.5),
    "T_C": (3, 10),
    "T_E": (3, 10),
    "x_share": (0, 0.3),
    "programme_scale": (0.5, 1.2),
    "beta": (0.2, 0.8),
    "kappa_minus": (0.2, 0.6),
    "kappa_plus": (0.6, 1),
    "gamma_F": (0, 1),
    "gamma_L": (0, 1),
    "l_c": (2, 8),
    "l_rho": (0.15, 0.6),
    "l_h": (4, 16),
    "l_l": (0.25, 1),
    "delta": (0.08, 0.3),
    "alpha_min": (0.2, 0.5),
    "alpha_max": (0.6, 0.9),
    "x_N": (0.1, 1),
    "x_C": (0, 4),
    "x_M": (0, 2),
    "x_sigma": (0.3, 2),
    "k_dlV": (0.2, 0.8),
    "T_V": (1, 4),
    "a_V": (0, 1.5),
    "a_I": (0, 1.5),
    "a_n": (0.1, 0.5),
    "self_stimulation": (0, 1),
    "a_self": (0, 1),
    "k_dl": (0.1, 0.5),
    "s_shift": (0.1, 0.5),
    "T_F": (3, 12),
    "a_LV": (0, 6),
    "a_Ltau": (0.5, 2),
    "T_L": (1, 4),
    "a_l": (0.05, 0.2),
    "a_F": (0.1, 0.6),
    "a_u": (0.5, 2),
    "a_Y": (1, 4),
    "T_tau": (3, 12),
    "T_chi": (1, 4),
    "sg_bar": (0.05, 0.3),
    "tau_bar": (0.5, 0.9),
    "eps_feas": (0.05, 0.2),
    "a_R": (1, 3),
    "a_S": (1, 3),
    "a_O": (0.5, 2),
    "a_T": (0, 1),
    "a_uA": (0.5, 2),
    "a_tauA": (0.5, 2),
    "T_A": (1, 4),
    "h0": (0.001, 0.01),
    "b_A": (1, 6),
    "b_ptau": (0.5, 2),
    "b_X": (0.7, 2),
    "n_u": (0.02, 0.1),
    "n_R": (0.2, 1),
    "T_N": (8, 30),
    "s_w": (0.1, 0.5),
    "x_St": (0.5, 3),
    "T_St": (4, 16),
    "p_L": (0.5, 2),
    "p_W": (0.2, 1),
    "p_D": (1, 5),
    "p_A": (1, 4),
    "p_H": (0.5, 2),
    "p_C": (0.5, 2),
    "p_St": (0.2, 1),
    "T_P": (1, 4),
    "chi_ver": (0.2, 0.5),
    "trend_S": (-0.02, 0.06),
    "trend_T": (-0.02, 0.06),
    "tau_trend": (-0.05, 0.05),
    "T_trend": (5, 20),
    "R0": (0.02, 0.98),
    "perception_markup": (0, 0.6),
    "mu0": (0.05, 0.6),
    "V0": (0.03, 0.5),
    "C0": (0.05, 0.9),
    "E0": (0.1, 0.9),
    "L0": (0, 0.8),
    "A0": (0.3, 0.9),
    "chi0": (0, 0.7),
    "chi_tr0": (0, 0.6),
    "tau0": (0.2, 0.9),
    "N0": (0.4, 0.9),
    "P0": (0.2, 0.7),
    "St0": (0.2, 0.9),
    "FT_share": (0, 0.6),
    "budget_money": (0.5, 2),
    "budget_political": (0.5, 2),
}
_LOG = {"H0", "l0", "warheads", "size", "p0_false", "p1_false"}
_CORE_ROLES = slice(0, 2)


def draw(world: World, futures: int, seed: int = 0) -> dict[str, np.ndarray]:
    """Independent draws over the 90 % ranges: uniform, or log-uniform for scales."""
    rng = np.random.default_rng(seed)
    out = {}
    for symbol, spec in PARAMETERS.items():
        low, high = _RANGES[symbol]
        shape = (*world.shape(spec.axes), futures)
        if symbol in _LOG:
            out[symbol] = np.exp(rng.uniform(np.log(low), np.log(high), shape))
        else:
            out[symbol] = rng.uniform(low, high, shape)
    out["s_role"][_CORE_ROLES] = 0.0
    return out


def middle(world: World, futures: int = 1) -> dict[str, np.ndarray]:
    """Every symbol at the middle of its range, the same in all cells: identical actors stay identical."""
    out = {}
    for symbol, spec in PARAMETERS.items():
        low, high = _RANGES[symbol]
        value = np.sqrt(low * high) if symbol in _LOG else (low + high) / 2
        out[symbol] = np.full((*world.shape(spec.axes), futures), value)
    out["s_role"][_CORE_ROLES] = 0.0
    return out
