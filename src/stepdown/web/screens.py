"""The screens that exist, in the order of the navigation. A screen whose room is not built is not listed."""

from __future__ import annotations

from stepdown.web.assumptions import screen as assumptions
from stepdown.web.board import screen as board
from stepdown.web.brief import screen as brief
from stepdown.web.claims import screen as claims
from stepdown.web.method import screen as method
from stepdown.web.pathways import screen as pathways
from stepdown.web.record import screen as record
from stepdown.web.robustness import screen as robustness
from stepdown.web.screen import Screen
from stepdown.web.start import screen as start
from stepdown.web.why import screen as why

SCREENS: tuple[Screen, ...] = (
    start,
    board,
    why,
    record,
    assumptions,
    robustness,
    pathways,
    claims,
    brief,
    method,
)
