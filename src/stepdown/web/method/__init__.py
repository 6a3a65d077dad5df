"""Method: what the model is, how far it may be trusted, what it was checked against, what changed."""

from stepdown.web.method.routes import router
from stepdown.web.screen import Screen

screen = Screen("method", "/method", router)
