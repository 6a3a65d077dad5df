"""The documented record: load the cited facts, check them all at once, serve them as of a date, cite them."""

from stepdown.record.cite import cite
from stepdown.record.listings import Listing, listing
from stepdown.record.load import check_record, data_folder, load_record
from stepdown.record.roles import matrix_notes, role_matrix
from stepdown.record.schema import json_schema
from stepdown.record.upkeep import coverage, due, role_coverage
from stepdown.record.words import word

__all__ = [
    "Listing",
    "check_record",
    "cite",
    "coverage",
    "data_folder",
    "due",
    "json_schema",
    "listing",
    "load_record",
    "matrix_notes",
    "role_coverage",
    "role_matrix",
    "word",
]
