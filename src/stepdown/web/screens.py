"""The screens that exist, in the order of the navigation. A screen whose room is not built is not listed."""

from __future__ import annotations

from stepdown.web.board import screen as board
from stepdown.web.screen import Screen
from stepdown.web.start import screen as start

SCREENS: tuple[Screen, ...] = (start, board)
