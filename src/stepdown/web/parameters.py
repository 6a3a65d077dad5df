"""No setting of an address is ignored: an unknown one is answered with the nearest that exists."""

from __future__ import annotations

from typing import Any

from fastapi import Request

from stepdown.vocabulary.errors import nearest
from stepdown.web.problems import Complaint, UnusableError


def only_known_parameters(request: Request) -> None:
    """Raise `UnusableError` for query parameters that the route does not declare."""
    if not request.query_params:
        return
    known = _declared(request)
    unknown = [name for name in dict.fromkeys(request.query_params) if name not in known]
    if unknown:
        raise UnusableError(Complaint(n[:80], None, known, nearest(n[:80], known) or "") for n in unknown)


def _declared(request: Request) -> tuple[str, ...]:
    """Query parameters of the route, as the published description of the app names them."""
    paths: dict[str, Any] = request.app.openapi()["paths"]
    own = getattr(request.scope["route"], "path_format", "")  # without the prefix it is included under
    route = paths.get(own) or paths.get(f"/{{language}}{own}") or {}
    parameters = route.get(request.method.lower(), {}).get("parameters", ())
    return tuple(p["name"] for p in parameters if p["in"] == "query")
