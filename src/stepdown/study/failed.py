"""Failed futures: a few are left out and told; many mean that a prior or the model is broken."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

from stepdown.study.output import failed_futures
from stepdown.study.run import StudyRun
from stepdown.vocabulary.errors import StepdownError

MOST_FAILED = 0.01
"""Above this share of failed futures what is left is no longer the ensemble that was asked for."""
SHOWN = 5


class FailedFuturesError(StepdownError):
    """More futures failed than may be left out."""


def too_many(failed: int, futures: int) -> bool:
    """Whether so many failed futures are an error."""
    return failed > MOST_FAILED * futures


def refuse_failed(run: StudyRun, folder: Path) -> None:
    """Raise `FailedFuturesError` where more than 1 % of futures failed in some package.

    The inputs and codes of the first few are then written to `<folder>.failed-futures.json`, beside the place
    of the run: nothing else is. Does nothing otherwise: few failed futures are kept with the run.
    """
    failed = failed_futures(run)
    futures = run.assumptions.futures
    if not too_many(len(failed), futures):
        return
    worst = Counter(next(c for c in future["codes"].values() if c != "OK") for future in failed)
    path = folder.with_name(f"{folder.name}.failed-futures.json")
    path.parent.mkdir(parents=True, exist_ok=True)
    told = {"futures": futures, "failed": len(failed), "codes": dict(worst), "first": failed[:SHOWN]}
    path.write_text(json.dumps(told, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    codes = ", ".join(f"{code} {count:,}" for code, count in worst.most_common())
    numbers = ", ".join(str(future["future"]) for future in failed[:SHOWN])
    share, most = 100 * len(failed) / futures, 100 * MOST_FAILED
    raise FailedFuturesError(
        f"{len(failed):,} of {futures:,} futures failed ({share:.1f} %); at most {most:g} % may be left out. "
        f"Codes: {codes}. First futures: {numbers}; their inputs are in {path}. No result was written: "
        "look for an input whose prior reaches values that the model cannot take."
    )
