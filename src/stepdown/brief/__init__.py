"""The brief: findings told in English and Japanese as one self-contained page each.

Outline (`outline`, data) -> template -> page. Wording lives in ``wording/``, figures come from `charts`.
"""

from stepdown.brief.checks import FindingsError
from stepdown.brief.page import render_brief, write_briefs

__all__ = ["FindingsError", "render_brief", "write_briefs"]
