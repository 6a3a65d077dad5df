"""Which language a reader is answered in: the first part of the path, else what the browser asks for."""

from __future__ import annotations

from starlette.requests import HTTPConnection

from stepdown.vocabulary.ids import LANGUAGES, Language


def of_path(path: str) -> Language | None:
    """The language that starts a path, or None."""
    first = path.lstrip("/").partition("/")[0]
    return next((language for language in LANGUAGES if language == first), None)


def preferred(request: HTTPConnection) -> Language:
    """The language the browser prefers; English where it asks for neither."""
    wishes = []
    for part in request.headers.get("accept-language", "").split(","):
        name, _, quality = part.strip().partition(";q=")
        try:
            wishes.append((float(quality or 1), name[:2].lower()))
        except ValueError:
            continue
    for _, name in sorted(wishes, key=lambda wish: -wish[0]):
        for language in LANGUAGES:
            if language == name:
                return language
    return "en"


def language_of(request: HTTPConnection) -> Language:
    """The language of a page: by its address, else by preference."""
    return of_path(request.url.path) or preferred(request)


def in_language(path: str, language: Language) -> str:
    """The same path in another language."""
    own = of_path(path)
    rest = path[len(own) + 1 :] if own else path
    return f"/{language}{rest or '/'}"
