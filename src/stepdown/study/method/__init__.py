"""What is known about the quality of the model, as plain values that pages show."""

from stepdown.study.backcast import BackcastReport, report_backcast
from stepdown.study.documents.credibility import Factor
from stepdown.study.documents.odd import odd
from stepdown.study.method.articles import Article, articles, calibration_report, changelog
from stepdown.study.method.disputes import Dispute, Side, Weight, disputes
from stepdown.study.method.release import Release, release
from stepdown.study.method.trust import Checked, Trust, trust
from stepdown.study.method.validation import KnownAnswer, known_answers

__all__ = [
    "Article",
    "BackcastReport",
    "Checked",
    "Dispute",
    "Factor",
    "KnownAnswer",
    "Release",
    "Side",
    "Trust",
    "Weight",
    "articles",
    "calibration_report",
    "changelog",
    "disputes",
    "known_answers",
    "odd",
    "release",
    "report_backcast",
    "trust",
]
