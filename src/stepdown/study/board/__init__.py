"""What the lever board asks: measures to choose from, and what a package does, again and again."""

from stepdown.study.board.catalogue import Catalogue, MeasureCard, catalogue
from stepdown.study.board.disagree import Dissent, dissenters
from stepdown.study.board.laboratory import Laboratory, Part
from stepdown.study.board.look import Look
from stepdown.study.board.obstacles import Obstacle, obstacle
from stepdown.study.board.plan import HORIZON, MOST, board_plan, study_file

__all__ = [
    "HORIZON",
    "MOST",
    "Catalogue",
    "Dissent",
    "Laboratory",
    "Look",
    "MeasureCard",
    "Obstacle",
    "Part",
    "board_plan",
    "catalogue",
    "dissenters",
    "obstacle",
    "study_file",
]
