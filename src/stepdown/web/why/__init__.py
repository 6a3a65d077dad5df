"""Why: what a package works through, when it backfires, and the futures that disagree."""

from stepdown.web.screen import Screen
from stepdown.web.why.routes import router

screen = Screen("why", "/why", router, of_board=True)
