"""Assumptions and lenses: inputs with basis and weight, both sides of disputes, other priors."""

from stepdown.web.assumptions.routes import router
from stepdown.web.screen import Screen

screen = Screen("assumptions", "/assumptions", router, of_board=True)
