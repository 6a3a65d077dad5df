"""The lever board: measures on sliders, thousands of futures behind each, everything in the address."""

from stepdown.web.board.routes import router
from stepdown.web.screen import Screen

screen = Screen("board", "/board", router, of_board=True)
