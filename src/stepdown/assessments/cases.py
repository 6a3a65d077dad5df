"""The paper's worked cases as comparisons that can fail: what holds, in how many futures, put in or found.

Each comparison is a function of the same futures under some inputs; a case names it, its targets and attacks,
and the inputs whose admissible ends it is tried at (`study/assess/cases.yaml`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from jaxtyping import Bool, Float

from stepdown.assessments.attack_view import attack_view, challengers
from stepdown.assessments.spread import by_lens, label_of, share
from stepdown.assessments.substitution import End, at_end
from stepdown.contracts.answers import Answering, Answers
from stepdown.contracts.assessments.shared import RUN
from stepdown.contracts.assessments.substitution import CaseFinding
from stepdown.contracts.world import ASSETS
from stepdown.vocabulary.ids import ATTACK_TYPES

Mask = Bool[np.ndarray, " future"]
LITTLE = 0.02
"""A relative change below this counts as none (as in the outcome registry)."""
Comparison = Literal["more_credible", "warning", "better_without", "contributes", "unsubstituted"]


@dataclass(frozen=True)
class Case:
    """A worked case. `acts`: whose assets are raised, which, how far (for `warning` and `contributes`).

    `against`, `favours`: symbol -> end of its admissible range that works against the case, or for it.
    """

    id: str
    claim: str
    compare: Comparison
    target: str
    attacks: tuple[str, ...]
    against: Mapping[str, End]
    favours: Mapping[str, End]
    acts: tuple[str, ...] = ()
    assets: tuple[str, ...] = ()
    level: float = 0.0


def case_finding(start: Answering, case: Case) -> Iterator[CaseFinding]:
    """In which share of futures the case is as the paper says, pooled and by lens."""
    check = _COMPARISONS[case.compare]
    held = {
        name: check(start, case, at_end(start, *ends.items()))
        for name, ends in (("drawn", {}), ("against", case.against), ("favours", case.favours))
    }
    tried = sorted({*case.against, *case.favours})
    for lens, of in by_lens(start.assumptions.lenses, start.assumptions.lens):
        drawn, low, high = (share(held[name][of]) for name in ("drawn", "against", "favours"))
        yield CaseFinding(
            origin=(RUN, case.claim, *(f"input.{symbol}" for symbol in tried)),
            case=case.id,
            claim=case.claim,
            lens=lens,
            holds=drawn,
            at_least=low,
            at_most=high,
            tried=" ".join(tried),
            label=label_of(drawn, low, high),
        )


Changed = Mapping[str, Float[np.ndarray, "..."]]


def _each(start: Answering, case: Case, answers: Answers, name: str) -> Float[np.ndarray, "attack future"]:
    views = [attack_view(start.world, answers, [case.target], attack) for attack in case.attacks]
    return np.array([getattr(view, name) for view in views if view is not None])


def _more_credible(start: Answering, case: Case, changed: Changed) -> Mask:
    """Non-nuclear punishment is more credible than the nuclear answer, for every attack named."""
    answers = start.answers(changed=changed)
    ahead = _each(start, case, answers, "punishment") > _each(start, case, answers, "nuclear")
    return np.asarray(ahead.all(axis=0))


def _better_without(start: Answering, case: Case, changed: Changed) -> Mask:
    """Punishment and denial without the nuclear role deter better than the nuclear role alone would."""
    without = _each(start, case, start.answers(changed=changed), "adequacy_without")
    nothing = {**at_end(start, ("M", "low")), **{k: v for k, v in changed.items() if k != "M"}}
    nuclear = _each(start, case, start.answers(changed=nothing), "adequacy")
    return np.asarray((without > nuclear).all(axis=0))


def _warning(start: Answering, case: Case, changed: Changed) -> Mask:
    """Raising the helpers' assets makes the attack less likely to be tried, by more than little."""
    before = start.answers(changed=changed).attempt
    after = start.answers(raised=_raised(start, case), changed=changed).attempt
    rows = [i for a in case.attacks for i in challengers(start.world, case.target, a)]
    columns = [ATTACK_TYPES.index(a) for a in case.attacks for _ in challengers(start.world, case.target, a)]
    return np.asarray((after[rows, columns] < (1 - LITTLE) * before[rows, columns]).all(axis=0))


def _contributes(start: Answering, case: Case, changed: Changed) -> Mask:
    """The assets raise adequacy without the nuclear role, by more than little, for every attack named."""
    before = _each(start, case, start.answers(changed=changed), "adequacy_without")
    raised = start.answers(raised=_raised(start, case), changed=changed)
    after = _each(start, case, raised, "adequacy_without")
    return np.asarray((after > (1 + LITTLE) * before).all(axis=0))


def _unsubstituted(start: Answering, case: Case, changed: Changed) -> Mask:
    """With nothing nuclear at all, adequacy stays below the floor that decision makers ask for."""
    bare = {**at_end(start, ("eta", "low")), **changed}
    without = _each(start, case, start.answers(changed=bare), "adequacy_without")
    return np.asarray((without < start.assumptions.symbols["a_star"]).all(axis=0))


def _raised(start: Answering, case: Case) -> Float[np.ndarray, "actor asset"]:
    levels = np.zeros((len(start.world.actors), len(ASSETS)))
    for actor in case.acts:
        levels[start.world.actors.index(actor), [ASSETS.index(a) for a in case.assets]] = case.level
    return levels


_COMPARISONS: Mapping[Comparison, Callable[[Answering, Case, Changed], Mask]] = {
    "more_credible": _more_credible,
    "warning": _warning,
    "better_without": _better_without,
    "contributes": _contributes,
    "unsubstituted": _unsubstituted,
}


def half_there(
    capability: Float[np.ndarray, "year actor asset future"], years: tuple[int, ...]
) -> Float[np.ndarray, " future"]:
    """First year in which half of what recorded programmes add to these capabilities over the run is there.

    The mean over the actors and assets given; NaN where nothing is added.
    """
    pool = capability.mean(axis=(1, 2))
    gained, whole = pool - pool[0], pool[-1] - pool[0]
    first = np.argmax(gained >= 0.5 * whole, axis=0)
    return np.where(whole > 1e-6, np.asarray(years, dtype=float)[first], np.nan)
