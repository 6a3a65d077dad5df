"""Back-casts: a period of the past replayed from the record as it stood, scored against what was observed."""

from stepdown.study.backcast.replay import Replay, replay
from stepdown.study.backcast.report import BackcastReport, report_backcast

__all__ = ["BackcastReport", "Replay", "replay", "report_backcast"]
