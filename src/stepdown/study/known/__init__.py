"""Known answers that the running kernel itself must give: fixed points, limits, symmetry, signs."""

from stepdown.study.known.kernel import kernel_answers

__all__ = ["kernel_answers"]
