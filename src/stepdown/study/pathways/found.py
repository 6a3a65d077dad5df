"""A pathway's search from start to finish: evolution, refinement along slopes, and the set as plain data."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any

from stepdown.pathways.archive import Archive
from stepdown.pathways.polish import Polished, polish
from stepdown.pathways.search import search
from stepdown.study.pathways.polish import strength_slopes
from stepdown.study.pathways.run import Setting
from stepdown.study.pathways.search import OBJECTIVES, REFERENCE, PathwaySearch


def search_pathway(
    setting: Setting,
    archive: Path | None,
    *,
    population: int,
    generations: int,
    refine: int = 0,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> dict[str, Any]:
    """The non-dominated variants with their hypervolume, as plain data; resumes from `archive`.

    `refine`: strengths of so many variants are refined along slopes of the model without triggers, and kept
    where the model with them confirms the gain.
    """
    task = PathwaySearch(setting, setting.run(setting.built.only(set())))
    identity = {
        "schema": "stepdown/pathway-search-1",
        "pathway": hashlib.sha256(setting.pathway.model_dump_json(by_alias=True).encode()).hexdigest(),
        "record": setting.facts.digest,
        "futures": setting.assumptions.futures,
        "seed": setting.seed,
        "lenses": list(setting.assumptions.lenses),
        "mode": setting.mode,
    }
    known = Archive(archive, identity)
    front = search(
        task.space,
        task.evaluate,
        known,
        seed=setting.seed,
        population=population,
        generations=generations,
        reference=REFERENCE,
        progress=progress,
    )
    found = Polished(front, 0, 0)
    if refine:
        climb = partial(strength_slopes, task)
        found = polish(task.space, front, task.evaluate, known, climb, most=refine, progress=progress)
    return _told(task, found, identity)


def _told(task: PathwaySearch, found: Polished, identity: Mapping[str, object]) -> dict[str, Any]:
    front = found.front
    variants = [asdict(task.meaning(x)) for x in front.points]
    scores = [dict(zip(OBJECTIVES, map(float, row), strict=True)) for row in front.objectives]
    return {
        "search": dict(identity),
        "objectives": list(OBJECTIVES),
        "reference": list(REFERENCE),
        "hypervolume": front.hypervolume,
        "history": list(front.history),
        "evaluations": front.evaluations,
        "resumed": front.resumed,
        "refined": {"tried": found.tried, "kept": found.kept},
        "variants": [{**v, "scores": s} for v, s in zip(variants, scores, strict=True)],
    }
