"""The paper's questions as ready analyses: the order of rooms, and the words for what they find."""

from stepdown.study.assess.ask import QUESTIONS, Question, Request
from stepdown.study.assess.main import Report, report_assessment

__all__ = ["QUESTIONS", "Question", "Report", "Request", "report_assessment"]
