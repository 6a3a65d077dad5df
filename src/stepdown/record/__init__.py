"""The documented record: load the cited facts, check them all at once, serve them as of a date, cite them."""

from stepdown.record.load import check_record, load_record

__all__ = ["check_record", "load_record"]
