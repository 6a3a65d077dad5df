"""Markdown as a part of a page: headings with places to jump to, tables in frames of their own, safe links.

Raw HTML in a text is not passed on. Links between documents of the project lead to their pages here; links to
places that have no page become plain words.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

_READER = MarkdownIt("commonmark", {"html": False}).enable("table")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)


@dataclass(frozen=True)
class Heading:
    """A heading of the text: its place on the page, its words, its level (2 or 3)."""

    id: str
    words: str
    level: int


@dataclass(frozen=True)
class Text:
    """A text ready to be shown: its title (the first heading, taken out), its headings, its body."""

    title: str
    headings: tuple[Heading, ...]
    body: Markup


def shown(text: str, place: str = "", pages: Mapping[str, str] | None = None) -> Text:
    """Render Markdown. `place`: path of the document in the project; `pages`: path -> address of its page."""
    tokens = _READER.parse(_COMMENT.sub("", text))
    title, tokens = _title(tokens)
    headings = tuple(_place_headings(tokens))
    for token in tokens:
        if token.children:
            token.children = list(_links(token.children, lambda href: _address(href, place, pages or {})))
    rendered = str(_READER.renderer.render(tokens, _READER.options, {}))
    return Text(title, headings, Markup(_framed(rendered)))


def _title(tokens: Sequence[Token]) -> tuple[str, list[Token]]:
    """The words of the first heading of level 1, and the text without it."""
    if len(tokens) > 2 and tokens[0].type == "heading_open" and tokens[0].tag == "h1":
        return _plain(tokens[1]), list(tokens[3:])
    return "", list(tokens)


def _place_headings(tokens: Sequence[Token]) -> list[Heading]:
    found: list[Heading] = []
    for opening, inline in pairwise(tokens):
        if opening.type == "heading_open":
            number = len(found) + 1
            opening.attrSet("id", f"s{number}")
            found.append(Heading(f"s{number}", _plain(inline), int(opening.tag[1:])))
    return found


def _plain(inline: Token) -> str:
    return "".join(child.content for child in inline.children or [])


def _links(tokens: Sequence[Token], address: Callable[[str], str]) -> list[Token]:
    """Links with their new address; those without one lose the link and keep the words."""
    kept, dropped = [], 0
    for token in tokens:
        if token.type == "link_open":
            href = address(str(token.attrGet("href") or ""))
            if not href:
                dropped += 1
                continue
            token.attrSet("href", href)
        elif token.type == "link_close" and dropped:
            dropped -= 1
            continue
        kept.append(token)
    return kept


def _address(href: str, place: str, pages: Mapping[str, str]) -> str:
    if href.startswith(("https://", "http://")):
        return href
    target = posixpath.normpath(posixpath.join(posixpath.dirname(place), href.split("#")[0]))
    return pages.get(target, "")


def _framed(html: str) -> str:
    """Tables may be wider than a phone: each scrolls in a frame that the keyboard reaches."""
    html = html.replace("<table>", '<div class="wide" tabindex="0"><table class="sheet">')
    html = re.sub(r'<t([hd]) style="text-align:right"', r'<t\1 class="num"', html)
    html = re.sub(r'<t([hd]) style="text-align:\w+"', r"<t\1", html)
    return html.replace("</table>", "</table></div>").replace("<th>", '<th scope="col">')
