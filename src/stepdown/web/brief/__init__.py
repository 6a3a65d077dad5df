"""Brief: the packages of the board as a cited document in both languages."""

from stepdown.web.brief.routes import router
from stepdown.web.screen import Screen

screen = Screen("brief", "/brief", router, of_board=True)
