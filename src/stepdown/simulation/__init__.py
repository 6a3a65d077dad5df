"""The model: one mechanism per file, pure functions of arrays with futures as the last axis, in JAX.

`simulate` runs one package, `simulate_sampled` along sampled events, `simulate_adaptive` with triggers.
`initial_state`, `reference` and `evaluate` are the parts: the start, everything measured against the start,
and the derivative of the state. `keep_compiled` spares the next process compiling.
"""

from stepdown.simulation.kernel import evaluate, reference
from stepdown.simulation.sampled import simulate_adaptive, simulate_sampled
from stepdown.simulation.simulate import Placed, keep_compiled, place, simulate
from stepdown.simulation.state import initial_state

__all__ = [
    "Placed",
    "evaluate",
    "initial_state",
    "keep_compiled",
    "place",
    "reference",
    "simulate",
    "simulate_adaptive",
    "simulate_sampled",
]
