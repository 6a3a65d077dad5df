"""Claims: the executable paper, claim by claim."""

from stepdown.web.claims.routes import router
from stepdown.web.screen import Screen

screen = Screen("claims", "/claims", router)
