"""A value with its uncertainty in one short line, for listings and citations."""

from __future__ import annotations

from stepdown.contracts.facts.amounts import (
    AnyAmount,
    Beta,
    Categorical,
    Dirichlet,
    Lognormal,
    Normal,
    Pert,
    Point,
    Quantiles,
    Range,
    Triangular,
    Uniform,
)


def _n(value: float) -> str:
    return f"{value:g}".replace("-", "−")


def amount_words(amount: AnyAmount) -> str:
    """E.g. `0.5 [0.05–3] lognormal`: middle value, ends, name of the distribution."""
    match amount:
        case Point():
            return _n(amount.value)
        case Range():
            best = f"{_n(amount.best)} " if amount.best is not None else ""
            return f"{best}[{_n(amount.low)}–{_n(amount.high)}]"
        case Quantiles():
            pairs = ", ".join(f"{100 * q:g} %: {_n(v)}" for q, v in sorted(amount.q.items()))
            return f"({pairs})"
        case Normal():
            return f"{_n(amount.mean)} ± {_n(amount.sd)} normal"
        case Lognormal():
            return f"{_n(amount.median)} [{_n(amount.low)}–{_n(amount.high)}] lognormal"
        case Beta():
            ends = f" on [{_n(amount.support[0])}–{_n(amount.support[1])}]" if amount.support else ""
            return f"beta({_n(amount.alpha)}, {_n(amount.beta)}){ends}"
        case Triangular() | Pert():
            return f"{_n(amount.mode)} [{_n(amount.low)}–{_n(amount.high)}] {amount.dist}"
        case Uniform():
            return f"[{_n(amount.low)}–{_n(amount.high)}] {amount.dist}"
        case Dirichlet():
            return "Dirichlet(" + ", ".join(f"{k} {_n(a)}" for k, a in amount.alpha.items()) + ")"
        case Categorical():
            return ", ".join(f"{k} {_n(p)}" for k, p in amount.p.items())
