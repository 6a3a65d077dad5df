"""The web app: pages that show and ask. One sub-folder per screen; see README.md for how to add one."""

from stepdown.web.app import create_app
from stepdown.web.settings import Settings

__all__ = ["Settings", "create_app"]
