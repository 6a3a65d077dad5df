"""A small builder for SVG and HTML elements: it escapes everything and keeps the order of attributes.

Colours never appear here: a shape names classes, the stylesheet gives them colour (see `theme`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from html import escape

_VOID = frozenset({"br", "col", "hr", "img"})
_EMPTY_SVG = frozenset({"circle", "line", "path", "polygon", "rect"})


@dataclass(frozen=True, slots=True)
class Element:
    """One element: tag, attributes in order, children (elements or text to be escaped)."""

    tag: str
    attributes: tuple[tuple[str, str], ...] = ()
    children: tuple[Element | str, ...] = ()

    def __str__(self) -> str:
        attributes = "".join(f' {name}="{escape(value)}"' for name, value in self.attributes)
        if self.tag in _VOID:
            return f"<{self.tag}{attributes}>"
        if self.tag in _EMPTY_SVG and not self.children:
            return f"<{self.tag}{attributes}/>"
        inside = "".join(escape(c, quote=False) if isinstance(c, str) else str(c) for c in self.children)
        return f"<{self.tag}{attributes}>{inside}</{self.tag}>"

    def __html__(self) -> str:
        """Markup, for template engines that escape plain strings."""
        return str(self)

    def get(self, name: str) -> str | None:
        """The value of an attribute, or None."""
        return next((value for key, value in self.attributes if key == name), None)

    def walk(self) -> Iterable[Element]:
        """This element and all below it, in document order."""
        yield self
        for child in self.children:
            if isinstance(child, Element):
                yield from child.walk()

    def map_attributes(self, change: Callable[[Mapping[str, str]], Mapping[str, str]]) -> Element:
        """A copy with ``change`` applied to the attributes of every element."""
        children = tuple(c.map_attributes(change) if isinstance(c, Element) else c for c in self.children)
        return Element(self.tag, tuple(change(dict(self.attributes)).items()), children)


def number(value: float) -> str:
    """A coordinate with at most one decimal, without a negative zero: the same bytes on every machine."""
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def el(tag: str, *children: Element | str | None, **attributes: str | float | None) -> Element:
    """Build an element. ``class_`` becomes class, ``aria_label`` aria-label; None leaves an attribute out.

    Underscores turn into hyphens, so camel-case SVG names such as ``viewBox`` pass unchanged.
    """
    pairs = tuple(
        (name.rstrip("_").replace("_", "-"), value if isinstance(value, str) else number(value))
        for name, value in attributes.items()
        if value is not None
    )
    return Element(tag, pairs, tuple(child for child in children if child is not None))


def polyline(points: Iterable[tuple[float, float]], *, close: bool = False) -> str:
    """Path data through the points."""
    data = "L".join(f"{number(x)} {number(y)}" for x, y in points)
    return f"M{data}{'Z' if close else ''}"
