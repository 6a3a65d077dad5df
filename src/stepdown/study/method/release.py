"""What the baseline of this release is made of, and which releases there were before it."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from importlib.resources import files

from stepdown import __version__
from stepdown.contracts.facts import ModelInput, Source
from stepdown.contracts.facts.facts import Facts
from stepdown.study.method.articles import changelog

_HEADING = re.compile(r"^## \[(\d[^\]]*)\]", re.MULTILINE)


@dataclass(frozen=True)
class Release:
    """This release: version, record and its digest, the calibrated ensemble and the record it was made from.

    `earlier`: versions that the changelog lists, newest first; None where there is no changelog at hand.
    """

    version: str
    digest: str
    records: int
    sources: int
    inputs: int
    ensemble: str
    ensemble_rows: int
    ensemble_size: int
    ensemble_seed: int
    ensemble_record: str
    earlier: tuple[str, ...] | None

    @property
    def ensemble_is_current(self) -> bool:
        """Whether the calibrated ensemble was made from the very record that is loaded."""
        return self.ensemble_record == self.digest


def release(facts: Facts) -> Release:
    """What this program and this record are."""
    text = files("stepdown").joinpath("data", "ensembles", "calibrated-1.json").read_text(encoding="utf-8")
    ensemble = json.loads(text)["ensemble"]
    log = changelog()
    return Release(
        __version__,
        facts.digest,
        len(facts),
        len(facts.all(Source)),
        len(facts.all(ModelInput)),
        ensemble["id"],
        ensemble["rows"],
        ensemble["size"],
        ensemble["seed"],
        ensemble["record"],
        tuple(v for v in _HEADING.findall(log) if v != __version__) if log else None,
    )
