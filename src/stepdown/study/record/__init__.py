"""The record as pages show it: codings of a cell, any entry down to its sources, what rests on a source."""

from stepdown.record import Listing, listing, role_matrix
from stepdown.study.record.codings import Coding, Reach, coded_states, codings, reach
from stepdown.study.record.entries import (
    Basis,
    Entry,
    Ground,
    SourceEntry,
    entry,
    kind_of,
    source_entry,
    title,
)
from stepdown.study.record.resting import Resting, resting_on
from stepdown.study.record.thresholds import Reading, readings
from stepdown.study.record.ties import Rivalry, TheatreTies, Tie, theatre_ties

__all__ = [
    "Basis",
    "Coding",
    "Entry",
    "Ground",
    "Listing",
    "Reach",
    "Reading",
    "Resting",
    "Rivalry",
    "SourceEntry",
    "TheatreTies",
    "Tie",
    "coded_states",
    "codings",
    "entry",
    "kind_of",
    "listing",
    "reach",
    "readings",
    "resting_on",
    "role_matrix",
    "source_entry",
    "theatre_ties",
    "title",
]
