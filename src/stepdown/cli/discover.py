"""`stepdown discover`: under which conditions a package backfires, from a finished run."""

from __future__ import annotations

from stepdown.cli.findings import (
    Levels,
    Outcomes,
    Packages,
    ResampleSeed,
    Run,
    StudyOf,
    asked,
    print_findings,
)
from stepdown.cli.options import Data, Json, Lang
from stepdown.cli.tables import print_json


def discover(
    run: Run,
    outcome: Outcomes = None,
    package: Packages = None,
    level: Levels = None,
    seed: ResampleSeed = 0,
    study: StudyOf = None,
    lang: Lang = "en",
    as_json: Json = False,
    data: Data = None,
) -> None:
    """Under which conditions does a package backfire? A simple stable box and a tree; writes no files."""
    from stepdown.cli.progress import progress_bar
    from stepdown.study.analysis import DISCOVERY, analyse_run, as_discovery

    packages, levels = tuple(package or ()), tuple(level or ())
    with progress_bar(str(run)) as progress:
        found = analyse_run(run, asked(outcome), packages, DISCOVERY, levels, seed, study, data, progress)
    if as_json:
        print_json(as_discovery(found))
    else:
        print_findings(found, lang)
