"""Evidence on a sample of futures: likelihoods, weights, tests of what was held out, scores of back-casts.

Pure functions on arrays; which evidence stands on record, and what the model says to it, is injected.
"""

from stepdown.calibration.evidence import (
    Rate,
    discounted_count,
    discounted_years,
    jeffreys,
    log_likelihood,
)
from stepdown.calibration.held_out import Prediction, predictions
from stepdown.calibration.movement import Movement, movements
from stepdown.calibration.score import BENCHMARKS, Scored, Tally, benchmark, score, tally
from stepdown.calibration.tilt import TiltError, median_feature, tilt
from stepdown.calibration.weights import effective_size, from_log, weighted_quantile

__all__ = [
    "BENCHMARKS",
    "Movement",
    "Prediction",
    "Rate",
    "Scored",
    "Tally",
    "TiltError",
    "benchmark",
    "discounted_count",
    "discounted_years",
    "effective_size",
    "from_log",
    "jeffreys",
    "log_likelihood",
    "median_feature",
    "movements",
    "predictions",
    "score",
    "tally",
    "tilt",
    "weighted_quantile",
]
