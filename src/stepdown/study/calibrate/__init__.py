"""Calibration: prior sample -> counted events -> runs of elicited policies -> weights, report, ensemble."""

from stepdown.study.calibrate.files import report_calibration
from stepdown.study.calibrate.fit import Calibration, calibrate

__all__ = ["Calibration", "calibrate", "report_calibration"]
