"""Findings of the paper's ready questions: typed, flat, each with its origin; one file per question.

A finding is one row of a dataset. `origin` names what a number rests on: ids of records (`stepdown record
cite ID` says who says so), ids of inputs (their distribution), `run` for the run whose card travels along,
`computed` for arithmetic on what stands beside it. A `lens` is a lens id, or `all` for the pooled futures.
"""

from stepdown.contracts.assessments.shared import Finding, Label, Origin, Spread, flat

__all__ = ["Finding", "Label", "Origin", "Spread", "flat"]
