"""From a package on the board to what the model is asked."""

from __future__ import annotations

from stepdown.contracts.effects import ALL_LENSES, Bilingual
from stepdown.contracts.facts.uses import MeasureUse
from stepdown.study.board import Catalogue, Obstacle, board_plan
from stepdown.study.plan import StudyPlan
from stepdown.vocabulary.ids import LANGUAGES
from stepdown.web.board.state import BoardState, Package
from stepdown.web.board.view import Voice, package_name
from stepdown.web.services import Services


def obstacles(services: Services, package: Package) -> dict[str, Obstacle | None]:
    """By measure: why it could not act in this package, or None."""
    together = {c.measure for c in package if c.percent}
    return {c.measure: services.obstacle(c.use, together) if c.percent else None for c in package}


def uses(services: Services, package: Package) -> tuple[MeasureUse, ...]:
    """Measures above *as now* that nothing stands in the way of."""
    in_the_way = obstacles(services, package)
    return tuple(c.use for c in package if c.percent and in_the_way[c.measure] is None)


def plan_of(services: Services, state: BoardState) -> StudyPlan | None:
    """The board's packages as a study; None where no package does anything."""
    packages = {
        letter.upper(): chosen
        for letter, package in sorted(state.packages.items())
        if (chosen := uses(services, package))
    }
    if not packages:
        return None
    names = {letter: name_of(services.catalogue, letter, state) for letter in packages}
    lenses = () if state.lens == ALL_LENSES else (state.lens,)
    return board_plan(packages, names, (state.left, state.right), lenses)


def name_of(catalogue: Catalogue, letter: str, state: BoardState) -> Bilingual:
    """The name of a package in a study file and a brief: a shipped package's, or its size."""
    package = state.packages[letter.lower()]
    return Bilingual(*(package_name(Voice(catalogue, language), package) for language in LANGUAGES))
