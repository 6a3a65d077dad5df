"""What answers an attack at the start of a run: the kernel's own mechanisms, read without integrating.

Nothing is written twice: credibility, substitutes, challenge and vulnerability are the functions of
`stepdown.simulation`; here they are evaluated at the start, or with capabilities that are not there yet.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jax import Array
from jaxtyping import Float

from stepdown.contracts.answers import Answers
from stepdown.contracts.assumptions import Assumptions
from stepdown.contracts.parameters import PARAMETERS
from stepdown.contracts.world import ASSETS, World
from stepdown.simulation.capability import MISSILE_DEFENCE
from stepdown.simulation.challenge import adequacy, challenge
from stepdown.simulation.credibility import credibility
from stepdown.simulation.emboldenment import emboldenment, power
from stepdown.simulation.shapes import mix, tilt
from stepdown.simulation.state import Draws, initial_state
from stepdown.simulation.structure import structure
from stepdown.simulation.substitutes import substitutes
from stepdown.simulation.vulnerability import threat_from_strike


class _Traced(NamedTuple):
    nuclear: Array
    existential: Array
    punishment: Array
    denial: Array
    adequacy: Array
    adequacy_without: Array
    attempt: Array
    nuclear_cost: Array
    punishment_cost: Array
    fear: Array


class StartingPoint:
    """The start of every future of `assumptions`, ready to be asked many times."""

    def __init__(self, world: World, assumptions: Assumptions) -> None:
        self.world, self.assumptions = world, assumptions
        self._draws = {name: jnp.asarray(x, jnp.float32) for name, x in assumptions.symbols.items()}

    def answers(
        self,
        raised: Float[np.ndarray, "actor asset"] | None = None,
        pledge: Float[np.ndarray, " actor"] | None = None,
        changed: Mapping[str, Float[np.ndarray, "..."]] | None = None,
    ) -> Answers:
        """Answers after every capability closed the share `raised` of its distance to the full one.

        1 - C = (1 - C0)(1 - raised). `pledge` in [0, 1]: restraint towards nuclear C2, early warning and
        strategic forces; it counts as far as the other side trusts (`simulation.vulnerability`). Symbols in
        `changed` replace those of the assumptions: other admissible values in the same futures. Raises
        ValueError for one that is not admissible.
        """
        raised = np.zeros((len(self.world.actors), len(ASSETS))) if raised is None else raised
        pledge = np.zeros(len(self.world.actors)) if pledge is None else pledge
        draws = {**self._draws, **{name: _admissible(name, x) for name, x in (changed or {}).items()}}
        found = _answers(self.world, draws, jnp.asarray(raised), jnp.asarray(pledge))
        return Answers(**{name: np.asarray(x) for name, x in found._asdict().items()})


def _admissible(name: str, values: Float[np.ndarray, "..."]) -> Array:
    spec = PARAMETERS[name]
    if np.min(values) < spec.low or np.max(values) > spec.high:
        raise ValueError(f"{name} outside its admissible range [{spec.low}, {spec.high}]")
    return jnp.asarray(values, jnp.float32)


@partial(jax.jit, static_argnums=0)
def _answers(
    world: World, p: Draws, raised: Float[Array, "actor asset"], pledge: Float[Array, " actor"]
) -> _Traced:
    s = structure(world)
    y = initial_state(s, p)
    C = 1.0 - (1.0 - y.C) * (1.0 - raised.astype(y.C.dtype)[..., None])
    here = y._replace(C=C)
    calm = jnp.zeros_like(p["P0"])
    sub, sub0 = substitutes(p, C, calm), substitutes(p, y.C, calm)
    cred = credibility(s, p, sub, y.Rh, y.V, y.A, jnp.zeros_like(y.L))
    w_e = emboldenment(s, p, power(s, p, C, y.A).bloc)
    tried = challenge(s, p, here, cred, w_e, calm, jnp.zeros_like(cred.nuclear))
    trust = 1.0 / (1.0 + jnp.exp(-y.m))
    threat = threat_from_strike(s, p, sub.reach, calm + pledge.astype(C.dtype)[:, None], trust)
    pressure = p["x_C"] * (threat - threat_from_strike(s, p, sub0.reach, calm, trust)) + p["x_M"] * mix(
        s.of_challenger, C[:, MISSILE_DEFENCE] - y.C[:, MISSILE_DEFENCE]
    )
    punished = (1.0 - cred.nuclear) * mix(s.of_defender, cred.conventional)
    return _Traced(
        nuclear=cred.nuclear,
        existential=cred.without,
        punishment=cred.conventional,
        denial=cred.denial,
        adequacy=adequacy(s, tried.p),
        adequacy_without=adequacy(s, tried.p_without),
        attempt=tried.p * jnp.asarray(s.mask, tried.p.dtype)[..., None],
        nuclear_cost=cred.nuclear * p["d_N"],
        punishment_cost=punished * (p["d_C"] * w_e)[:, None],
        fear=tilt(y.V, pressure),
    )
