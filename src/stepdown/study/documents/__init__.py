"""Documents that the code and the record write themselves, so that they cannot fall behind them.

`stepdown model describe NAME` prints one; a test compares the committed file with it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from stepdown.contracts.facts.facts import Facts
from stepdown.record import load_record
from stepdown.study.documents.credibility import credibility
from stepdown.study.documents.odd import odd
from stepdown.study.documents.switches import switches

DOCUMENTS: Mapping[str, tuple[str, Callable[[Facts], str]]] = MappingProxyType(
    {
        "odd": ("docs/odd.md", odd),
        "switches": ("docs/method/switches.md", switches),
        "credibility": ("docs/credibility.md", credibility),
    }
)
"""Name -> where the document lies in a source checkout, and what writes it."""


def document(name: str, data: Path | None = None) -> str:
    """The Markdown of a document. Raises KeyError for an unknown name, RecordError for a faulty record."""
    return DOCUMENTS[name][1](load_record(data))


def write_documents(root: Path, data: Path | None = None) -> tuple[Path, ...]:
    """Write every document to its place below `root`, the folder of a source checkout; returns the paths."""
    facts = load_record(data)
    written = []
    for place, build in DOCUMENTS.values():
        path = root / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(build(facts), encoding="utf-8")
        written.append(path)
    return tuple(written)
