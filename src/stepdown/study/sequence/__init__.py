"""Does the order matter? Start years of one track at a time are moved, on the same futures."""

from stepdown.study.sequence.main import SequenceReport, report_sequence

__all__ = ["SequenceReport", "report_sequence"]
