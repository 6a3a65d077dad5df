"""Closed forms of the literature's games and risk models.

The kernel is checked against them, and claims may use them. One game per file; `problems.yaml` holds the
public checks as data, `check` finds each answer and says whether it is the expected one.
"""

from stepdown.games.check import Answer, Problem, check, problems
from stepdown.games.relations import RELATIONS, Relation, holds_over

__all__ = ["RELATIONS", "Answer", "Problem", "Relation", "check", "holds_over", "problems"]
