"""Start: what stepdown is, its limits, and the doors."""

from stepdown.web.screen import Screen
from stepdown.web.start.routes import router

screen = Screen("start", "/", router)
