"""What moves a package's effect, by runs made for the question: Sobol' indices, Morris's elementary effects.

Hundreds of inputs are too many for either. A first sample of futures, in which all of them differ, picks the
inputs that stand out; these and the lens are then varied by design, and all others stand at their medians.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np
from jaxtyping import Float

from stepdown.charts.numbers import count, decimal
from stepdown.contracts.assumptions import Coordinate
from stepdown.contracts.comparison import Influence, Sensitivity
from stepdown.contracts.design import Design
from stepdown.contracts.effects import Bilingual
from stepdown.contracts.ensemble import BASELINE, OutcomeKey
from stepdown.contracts.program import align
from stepdown.contracts.tables import END
from stepdown.contracts.world import World
from stepdown.discovery import designed
from stepdown.discovery.effects import changes, toward
from stepdown.discovery.given_data import given_data
from stepdown.experiments import outcome_keys, run_packages
from stepdown.experiments.designs import Draw
from stepdown.study.exploration.experiment import PART, Drawn, StudyExperiment
from stepdown.study.load import open_study
from stepdown.study.words import coordinate_label, outcome_label, words
from stepdown.vocabulary.errors import ExplorationError, UnknownNameError
from stepdown.vocabulary.ids import Language

Method = Literal["sobol", "morris"]
Values = Float[np.ndarray, " future"]
LENS = "lens"
SCREENED = 512
SAMPLES: dict[Method, int] = {"sobol": 64, "morris": 20}
"""Base points and trajectories when nobody asks for a number."""
INNER = (0.05, 0.95)
"""Morris's grid reaches both ends of every input; it is laid between these quantiles."""


@dataclass(frozen=True)
class InfluenceReport:
    """Indices of the change of an outcome in the way it is meant to go, package against baseline.

    `screened`: futures of the first sample, in which the varied inputs were picked.
    """

    package: str
    outcome: str
    method: Method
    found: tuple[Sensitivity, ...]
    screened: int
    labels: dict[str, Bilingual]

    def as_data(self) -> dict[str, Any]:
        return asdict(self)

    def table(self, lang: Language) -> tuple[str, tuple[str, ...], list[tuple[str, ...]]]:
        """Title, heads and rows, the last index deciding the order."""
        last = self.found[-1]
        title = words(
            "influence",
            f"{self.method}_title",
            outcome=self.labels[self.outcome],
            runs=count(last.futures, lang),
        )
        heads = [words("local", "input")]
        for index in self.found:
            heads += [words("influence", index.kind), words("influence", "range")]
        rows = []
        for row in last.influences:
            cells = [cell for index in self.found for cell in _cells(index.of(row.name))]
            rows.append((self.labels[row.name].text(lang), *cells))
        return title.text(lang), tuple(head.text(lang) for head in heads), rows

    def note(self, lang: Language) -> str:
        """What was varied, what was not, what failed."""
        index = self.found[-1]
        inputs = sum(i.name != LENS for i in index.influences)
        said = words("influence", "note", inputs=inputs, screened=self.screened, failed=index.failed)
        return said.text(lang)


def designed_influence(
    study: str,
    package: str,
    outcome: str = "use_risk",
    method: Method = "sobol",
    inputs: int = 8,
    samples: int | None = None,
    seed: int = 2026,
    screened: int | None = None,
    data: Path | None = None,
    threads: int | None = None,
) -> InfluenceReport:
    """Influence of the `inputs` most influential inputs and of the lens on the effect of `package`.

    `samples`: base points (Sobol', a power of two; inputs + 3 runs each) or trajectories (Morris, inputs + 2
    runs each). Raises RecordError, StudyError, UnknownNameError, or ExplorationError where the samples do not
    suffice or the effect does not vary.
    """
    facts, world, plan = open_study(study, data)
    keys = {key.id: key for key in outcome_keys(world)}
    if package not in (known := [p.id for p in plan.packages]):
        raise UnknownNameError("package", package, known)
    if outcome not in keys:
        raise UnknownNameError("outcome", outcome, keys)
    screened = screened or SCREENED
    experiment = StudyExperiment(plan, Design(screened, seed, plan.lenses), data=data)
    effect = _Effect(experiment, package, keys[outcome], world, threads)
    try:
        names, columns = effect.screen(inputs, seed)
        found = _designed(effect, method, names, samples or SAMPLES[method], seed)
    except ValueError as error:
        raise ExplorationError(str(error)) from error
    labels = {c.name: coordinate_label(facts, c) for c in columns if c.name in names}
    labels |= {LENS: words("exploration", LENS), outcome: outcome_label(facts, keys[outcome]).label}
    return InfluenceReport(package, outcome, method, found, screened, labels)


def _designed(
    effect: _Effect, method: Method, names: Sequence[str], samples: int, seed: int
) -> tuple[Sensitivity, ...]:
    outcome = effect.key.id
    if method == "sobol":
        return designed.sobol(outcome, names, lambda u: effect.at(names, u), samples, seed)
    low, high = INNER
    return (
        designed.morris(outcome, names, lambda u: effect.at(names, low + (high - low) * u), samples, seed),
    )


@dataclass(frozen=True)
class _Effect:
    """Change of one outcome by one package, wherever in the cube of inputs one asks."""

    experiment: StudyExperiment
    package: str
    key: OutcomeKey
    world: World
    threads: int | None = None

    def screen(self, inputs: int, seed: int) -> tuple[tuple[str, ...], tuple[Coordinate, ...]]:
        """The inputs that stand out in the experiment's own futures, the lens first, and all inputs."""
        drawn = self.experiment.draw(0, self.experiment.design.futures)
        uses = {f"eff.{use.measure}" for use in self.experiment.plan.measures(self.package)}
        columns = tuple(
            c for c in drawn.coordinates if not c.input_id.startswith("eff.") or c.input_id in uses
        )
        ranked = given_data(self.key.id, columns, self._change(drawn), resamples=1, seed=seed, intervals=1)
        names = tuple(i.name for i in ranked.influences[:inputs])
        return (LENS, *names) if len(drawn.assumptions.lenses) > 1 else names, columns

    def at(self, names: Sequence[str], points: designed.Points) -> Values:
        """The change at points [run, name] of the cube; inputs without a name stand at their medians."""
        parts = [points[first : first + PART] for first in range(0, len(points), PART)]
        return np.concatenate([self._at(names, part) for part in parts])

    def _at(self, names: Sequence[str], points: designed.Points) -> Values:
        given = dict(zip(names, np.clip(points.T, END, 1 - END), strict=True))
        lenses, middle = len(self.experiment.design.lenses), np.full(len(points), 0.5)
        lens = (given.get(LENS, middle) * lenses).astype(int)

        def cube(wanted: Sequence[str]) -> Float[np.ndarray, "name run"]:
            return np.stack([given.get(name, middle) for name in wanted])

        return self._change(self.experiment.at(Draw(lens, cube, {})))

    def _change(self, drawn: Drawn) -> Values:
        """In the way intended; NaN where either run failed."""
        horizon = self.experiment.plan.horizon
        aligned = align(drawn.programs)
        pair = {name: aligned[name] for name in (BASELINE, self.package)}
        run = run_packages(
            self.world, drawn.assumptions, pair, horizon.start, horizon.end, threads=self.threads
        )
        of, base = (run.outcomes[name][self.key.id] for name in (self.package, BASELINE))
        ok = (run.codes[self.package] == 0) & (run.codes[BASELINE] == 0)
        return np.where(ok, toward(self.key, changes(self.key, of, base)), np.nan).astype(float)


def _cells(found: Influence) -> tuple[str, str]:
    if found.low is None or found.high is None:
        return decimal(found.value, 3), ""
    return decimal(found.value, 3), f"{decimal(found.low, 3)} … {decimal(found.high, 3)}"
