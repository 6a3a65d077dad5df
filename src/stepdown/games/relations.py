"""Statements that a closed form can decide, over a range of its parameters rather than at one point.

A relation holds or not at a point of its parameter box; `holds_over` says at how many of evenly drawn points
it does. The boxes are wide on purpose and are part of what is stated.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from stepdown.contracts.effects import Bilingual
from stepdown.games import agent_error, arms_race, first_strike, inspection, reassurance, reciprocity

Point = Mapping[str, float]
Box = Mapping[str, tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Relation:
    """`holds` at a point of `box`, or None where the form does not apply there. `source`: record id."""

    statement: Bilingual
    source: str
    box: Box
    holds: Callable[[Point], bool | None]


def holds_over(name: str, points: int = 2000, box: Box | None = None) -> list[bool]:
    """Whether the relation holds at each of `points` draws from its box (or another one) where it applies.

    The draws are the same at every call. Raises KeyError for an unknown relation.
    """
    relation = RELATIONS[name]
    draw = random.Random(name)
    ranges = {**relation.box, **(box or {})}
    answers = []
    for _ in range(points):
        point = {symbol: draw.uniform(low, high) for symbol, (low, high) in ranges.items()}
        answer = relation.holds(point)
        if answer is not None:
            answers.append(answer)
    return answers


def _cheap_first_step(p: Point) -> bool | None:
    """A first step below alpha_min of Kydd's window is mimicked by the untrustworthy and tells nothing."""
    trustworthy = reassurance.Payoffs(p["a"], p["b"], p["c"])
    other = reassurance.Payoffs(p["a"], p["b_u"], p["c"])
    if p["b"] >= p["c"] or p["b_u"] <= p["c"] or p["trust"] >= reassurance.trust_needed(trustworthy):
        return None
    return p["cheap"] < reassurance.window(p["trust"], trustworthy, other).low


def _exposed_forces(p: Point) -> bool | None:
    """Lower stability when the share of forces that outlives a first strike falls."""
    weight, first = p["weight"], p["first"]
    safe = first_strike.Force(first, first * p["survives"])
    exposed = first_strike.Force(first, first * p["survives"] * p["left"])
    before = first_strike.stability_index(safe, safe, weight)
    return first_strike.stability_index(exposed, safe, weight) < before


def _credible_answer(p: Point) -> bool | None:
    """The probability of a challenge falls as the answer becomes more credible, whatever the answer is."""
    args = (0.0, p["gain"], -p["cost"], p["precision"])
    weaker, stronger = p["credibility"], min(p["credibility"] + p["more"], 1.0)
    return agent_error.attack_probability(stronger, *args) < agent_error.attack_probability(weaker, *args)


def _generosity(p: Point) -> bool | None:
    """Two sides that forgive some lapses do better under error than two that answer every lapse."""
    game = reciprocity.Dilemma(p["T"], p["R"], p["P"], p["S"])
    if not (game.T > game.R > game.P > game.S and 2 * game.R > game.T + game.S):
        return None
    forgiving = reciprocity.generous(max(reciprocity.generosity(game), 0.0))
    strict = reciprocity.TIT_FOR_TAT
    together = reciprocity.long_run_payoff(forgiving, forgiving, p["noise"], game)
    return together > reciprocity.long_run_payoff(strict, strict, p["noise"], game)


def _reaction(p: Point) -> bool | None:
    """In a stable arms race a side that reacts more strongly ends with more arms on both sides."""
    fatigue, grievance = (p["a"], p["b"]), (p["g"], p["h"])
    if p["a"] * p["b"] <= p["k"] * (p["l"] + p["more"]):
        return None
    before = arms_race.arms_race((p["k"], p["l"]), fatigue, grievance).equilibrium
    after = arms_race.arms_race((p["k"], p["l"] + p["more"]), fatigue, grievance).equilibrium
    return after[0] > before[0] and after[1] > before[1]


def _verification(p: Point) -> bool | None:
    """A better chance of detection lowers how often the other side violates in equilibrium."""
    gain, penalty, effort, found = p["gain"], p["penalty"], p["effort"], p["found"]
    better = min(p["detect"] + p["more"], 1.0)
    if not (p["detect"] > gain / (penalty + gain) and effort < found):
        return None
    before = inspection.equilibrium(p["detect"], gain, penalty, effort, found)
    return inspection.equilibrium(better, gain, penalty, effort, found).violate < before.violate


RELATIONS: Mapping[str, Relation] = {
    "cheap_first_step": Relation(
        Bilingual(
            "A first step that costs little does not tell a trustworthy side from another.",
            "費用をほとんど伴わない最初の一歩では、信頼できる相手かどうかを見分けられない。",
        ),
        "src.kydd_2000",
        {
            "a": (0.2, 2.0),
            "b": (0.1, 0.9),
            "c": (0.6, 1.4),
            "b_u": (1.0, 3.0),
            "trust": (0.05, 0.95),
            "cheap": (0.0, 0.05),
        },
        _cheap_first_step,
    ),
    "exposed_forces": Relation(
        Bilingual(
            "The fewer forces outlive a first strike, the stronger the incentive to go first.",
            "第一撃を生き延びる戦力の割合が小さいほど、先に動く誘因は強まる。",
        ),
        "src.kent_thaler_1989",
        {"weight": (0.1, 1.0), "first": (0.2, 0.95), "survives": (0.2, 1.0), "left": (0.1, 0.9)},
        _exposed_forces,
    ),
    "credible_answer": Relation(
        Bilingual(
            "A more credible answer, nuclear or not, lowers the probability of a challenge.",
            "核か非核かを問わず、報復の信憑性が高いほど挑戦の確率は下がる。",
        ),
        "src.signorino_1999",
        {
            "gain": (0.05, 1.0),
            "cost": (0.2, 2.0),
            "precision": (1.0, 20.0),
            "credibility": (0.0, 0.9),
            "more": (0.01, 0.3),
        },
        _credible_answer,
    ),
    "generosity_under_error": Relation(
        Bilingual(
            "Where moves go wrong, two sides that forgive some lapses do better than two that forgive none.",
            "誤りが避けられない場合、多少の逸脱を許す双方は、すべてに報復する双方より良い結果を得る。",
        ),
        "src.wu_axelrod_1995",
        {"T": (3.5, 8.0), "R": (2.0, 4.5), "P": (0.5, 1.5), "S": (-1.0, 0.4), "noise": (0.005, 0.1)},
        _generosity,
    ),
    "reaction_raises_both": Relation(
        Bilingual(
            "In a stable arms race a stronger reaction of one side leaves both with more arms.",
            "安定した軍拡競争では、一方の反応が強まると双方の軍備が増える。",
        ),
        "src.richardson_1960",
        {
            "k": (0.05, 0.6),
            "l": (0.05, 0.6),
            "a": (0.3, 1.0),
            "b": (0.3, 1.0),
            "g": (0.02, 0.3),
            "h": (0.02, 0.3),
            "more": (0.01, 0.2),
        },
        _reaction,
    ),
    "detection_deters_violation": Relation(
        Bilingual(
            "A better chance of detection makes violations rarer in equilibrium.",
            "違反の探知確率が高いほど、均衡での違反は少なくなる。",
        ),
        "src.avenhaus_canty_1996",
        {
            "detect": (0.3, 0.95),
            "gain": (0.1, 1.0),
            "penalty": (0.5, 3.0),
            "effort": (0.02, 0.4),
            "found": (0.1, 0.9),
            "more": (0.01, 0.05),
        },
        _verification,
    ),
}
