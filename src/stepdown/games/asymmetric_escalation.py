"""The Asymmetric Escalation Game with complete information: how far does a challenge climb?

The challenger keeps SQ or challenges. The defender concedes (DC), answers in kind or escalates. Answered in
kind, the challenger stops at DD or escalates, and the defender gives in (ED) or escalates to EE. Met by
escalation, the challenger gives in (DE) or escalates to EE.

Published orders (Zagare & Kilgour 2000, summary of the appendix on this game):
challenger EE- < DE < EE+ < DD < ED < SQ < DC; defender EE- < ED < EE+ < DD- < DC < DD+ < DE < SQ.
Hard: + at EE (challenger; defender strategically) or at DD (defender tactically).
"""

from collections.abc import Mapping
from itertools import product

CHALLENGER = ("EE-", "DE", "EE+", "DD", "ED", "SQ", "DC")
DEFENDER = ("EE-", "ED", "EE+", "DD-", "DC", "DD+", "DE", "SQ")
TYPES = tuple(product((True, False), repeat=3))


def ranks(
    hard: bool, tactically_hard: bool, strategically_hard: bool
) -> tuple[dict[str, int], dict[str, int]]:
    """Rank of every outcome for the challenger and for the defender, larger is better."""
    challenger = {o: i for i, o in enumerate(CHALLENGER) if "EE" not in o}
    challenger["EE"] = CHALLENGER.index("EE+" if hard else "EE-")
    defender = {o: i for i, o in enumerate(DEFENDER) if "EE" not in o and "DD" not in o}
    defender["EE"] = DEFENDER.index("EE+" if strategically_hard else "EE-")
    defender["DD"] = DEFENDER.index("DD+" if tactically_hard else "DD-")
    return challenger, defender


def outcome(hard: bool, tactically_hard: bool, strategically_hard: bool) -> str:
    """The subgame perfect outcome for one combination of types. No ties, hence it is unique."""
    challenger, defender = ranks(hard, tactically_hard, strategically_hard)
    last = max(("ED", "EE"), key=defender.__getitem__)
    in_kind = max(("DD", last), key=challenger.__getitem__)
    escalated = max(("DE", "EE"), key=challenger.__getitem__)
    challenged = max(("DC", in_kind, escalated), key=defender.__getitem__)
    return max(("SQ", challenged), key=challenger.__getitem__)


def outcomes() -> Mapping[str, str]:
    """Outcome by type: challenger, defender tactically, defender strategically; H Hard, S Soft."""
    return {"".join("H" if hard else "S" for hard in types): outcome(*types) for types in TYPES}
