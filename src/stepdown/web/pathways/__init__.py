"""Pathways: steps that wait, go on or turn back on what can be observed."""

from stepdown.web.pathways.routes import router
from stepdown.web.screen import Screen

screen = Screen("pathways", "/pathways", router)
