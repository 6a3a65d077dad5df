"""Robustness: packages under every lens with their regret, and the conditions under which one backfires."""

from stepdown.web.robustness.routes import router
from stepdown.web.screen import Screen

screen = Screen("robustness", "/robustness", router, of_board=True)
