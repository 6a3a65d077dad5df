"""The record: who says what, as of a date, down to the source."""

from stepdown.web.record.routes import router
from stepdown.web.screen import Screen

screen = Screen("record", "/record", router)
