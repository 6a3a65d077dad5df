"""From a finished run to labelled findings: robustness, conditions of backfire, influence, stacked cells."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
import xarray as xr
from jaxtyping import Bool

from stepdown.charts.numbers import changes as written
from stepdown.contracts.comparison import Robustness, Sensitivity, Stack
from stepdown.contracts.effects import Bilingual, Named, OutcomeLabel
from stepdown.contracts.ensemble import BASELINE
from stepdown.contracts.scenarios import Box, InputWords, ScenarioFinding
from stepdown.discovery.cart import cart
from stepdown.discovery.columns import Columns
from stepdown.discovery.given_data import GivenData, given_data
from stepdown.discovery.prim import prim
from stepdown.discovery.robustness import robustness
from stepdown.discovery.scoring import feature_scores
from stepdown.discovery.screening import screened
from stepdown.discovery.sentence import sentence
from stepdown.discovery.simple_box import MIN_HITS, rounded, simple_box
from stepdown.discovery.stacking import stack
from stepdown.study.analysis.run_data import RunData
from stepdown.study.analysis.words import told
from stepdown.study.plan import StudyPlan
from stepdown.vocabulary.errors import UnknownNameError

Method = Literal["robustness", "prim", "cart", "binned_first", "delta", "pawn", "features", "stacking"]
METHODS: tuple[Method, ...] = get_args(Method)
DEFAULT: tuple[Method, ...] = ("robustness", "prim", "binned_first", "stacking")
DISCOVERY: tuple[Method, ...] = ("prim", "cart")
"""Scenario discovery alone."""
MOST_LEAVES = 3
"""Leaves of a tree that are told: its densest."""

LEAST_FUTURES = 50
"""Fewer tell nothing about hundreds of inputs."""

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Influenced:
    """What moves the change of an outcome under a package."""

    package: str
    outcome: str
    found: Sensitivity


@dataclass(frozen=True)
class Stacked:
    """Where futures in which a package backfires gather."""

    package: str
    outcome: str
    found: Stack


@dataclass(frozen=True)
class Analysis:
    """All findings of one run, with every word they need. `shares`: of futures, by event too rare to tell."""

    title: Bilingual
    question: Bilingual
    futures: int
    failed: int
    packages: tuple[Named, ...]
    letters: tuple[tuple[str, str], ...]
    lenses: tuple[Named, ...]
    outcomes: tuple[OutcomeLabel, ...]
    robustness: tuple[Robustness, ...]
    scenarios: tuple[ScenarioFinding, ...]
    influences: tuple[Influenced, ...]
    stacks: tuple[Stacked, ...]
    too_rare: tuple[tuple[str, str, float], ...]
    words: tuple[tuple[str, InputWords], ...]

    def letter(self, package: str) -> str:
        """Letter of a package. Raises KeyError."""
        return dict(self.letters)[package]

    def outcome(self, name: str) -> OutcomeLabel:
        """Words of an outcome. Raises StopIteration."""
        return next(o for o in self.outcomes if o.id == name)


def analyse(
    data: xr.Dataset,
    plan: StudyPlan | None = None,
    outcomes: Sequence[str] = ("use_risk",),
    packages: Sequence[str] = (),
    methods: Sequence[Method] = DEFAULT,
    levels: Sequence[float] = (),
    seed: int = 0,
    progress: Progress = lambda step, done, total: None,
) -> Analysis:
    """Analyse a run's dataset (see `docs/method/exploration.md`).

    `plan`: the study behind it, for the words of its packages and to leave out effects of measures that a
    package lacks. `packages`: all when empty. `levels`: changes against the way intended beyond which a
    future is of interest, in the unit of the change; when empty, the outcome's own `little_change` (it
    backfires). Raises UnknownNameError for a name that the run does not have.
    """
    run = RunData(data, plan)
    labels = tuple(run.outcome(o) for o in outcomes or run.headline())
    chosen = _chosen(run, packages)
    for method in methods:
        if method not in METHODS:
            raise UnknownNameError("method", method, METHODS)
    work = _Work(run, tuple(methods), tuple(levels), seed)
    total, done = len(labels) * (len(chosen) + 1), 0
    for label in labels:
        if "robustness" in methods:
            work.compare(label)
        done += 1
        progress(label.id, done, total)
        for package in chosen:
            work.explain(package, label)
            done += 1
            progress(f"{label.id} {package.id}", done, total)
    return work.analysis(labels)


def _chosen(run: RunData, packages: Sequence[str]) -> tuple[Named, ...]:
    known = {p.id: p for p in run.packages}
    for name in packages:
        if name not in known:
            raise UnknownNameError("package", name, known)
    return tuple(known[p] for p in packages) or run.packages


class _Work:
    """Findings as they come."""

    def __init__(
        self, run: RunData, methods: tuple[Method, ...], levels: tuple[float, ...], seed: int
    ) -> None:
        self._run, self._methods, self._levels, self._seed = run, methods, levels, seed
        self._robust: list[Robustness] = []
        self._scenarios: list[ScenarioFinding] = []
        self._influences: list[Influenced] = []
        self._stacks: list[Stacked] = []
        self._rare: list[tuple[str, str, float]] = []
        self._words: dict[str, InputWords] = {}

    def compare(self, label: OutcomeLabel) -> None:
        """All packages and the baseline, by every robustness metric."""
        run = self._run
        names = [BASELINE, *(p.id for p in run.packages)]
        table = np.stack([run.change(p, label) for p in names])
        lenses = [lens.id for lens in run.lenses]
        self._robust.append(
            robustness(label.id, names, table, lenses, run.lens, label.little_change, seed=self._seed)
        )

    def explain(self, package: Named, label: OutcomeLabel) -> None:
        """Influence and conditions of one package's effect on one outcome."""
        run = self._run
        change = run.change(package.id, label)[run.chosen]
        columns = run.columns(package.id)
        finite = change[np.isfinite(change)]
        if len(finite) >= LEAST_FUTURES and np.ptp(finite) > 0:
            for kind in get_args(GivenData):
                if kind in self._methods:
                    found = given_data(label.id, columns, change, kind, seed=self._seed)
                    self._influence(package, label, found)
            if "features" in self._methods:
                self._influence(package, label, feature_scores(label.id, columns, change, self._seed))
        for level in self._levels or (label.little_change,):
            self._conditions(package, label, level, change < -level)

    def _influence(self, package: Named, label: OutcomeLabel, found: Sensitivity) -> None:
        self._influences.append(Influenced(package.id, label.id, found))
        shown = {i.name for i in found.influences}
        columns = [c for c in self._run.columns(package.id) if c.name in shown]
        self._words |= self._run.words(columns)

    def _conditions(
        self, package: Named, label: OutcomeLabel, level: float, hits: Bool[np.ndarray, " future"]
    ) -> None:
        if not {"prim", "cart", "stacking"} & set(self._methods):
            return
        if min(int(hits.sum()), int(np.sum(~hits))) < MIN_HITS:
            self._rare.append((package.id, label.id, float(np.mean(hits))))
            return
        every = self._run.columns(package.id)
        columns = screened(every, hits)
        words = self._run.words(every)
        self._words |= {c.name: words[c.name] for c in columns}
        if {"prim", "cart"} & set(self._methods):
            finding = scenario(
                package.id,
                label.id,
                level,
                every,
                hits,
                words,
                event(self._run.letters[package.id], label, level),
                seed=self._seed,
                tree="cart" in self._methods,
            )
            self._scenarios.append(finding)
        if "stacking" in self._methods:
            scores = feature_scores(label.id, columns, hits, self._seed)
            names = [i.name for i in scores.influences[:4]]
            if len(names) >= 2:
                self._stacks.append(Stacked(package.id, label.id, stack(columns, hits, names)))

    def analysis(self, labels: tuple[OutcomeLabel, ...]) -> Analysis:
        run = self._run
        return Analysis(
            run.title,
            run.question,
            int(run.data.sizes["future"]),
            int(np.sum(~run.ok)),
            run.packages,
            tuple(run.letters.items()),
            run.lenses,
            labels,
            tuple(self._robust),
            tuple(self._scenarios),
            tuple(self._influences),
            tuple(self._stacks),
            tuple(self._rare),
            tuple(self._words.items()),
        )


def event(letter: str, label: OutcomeLabel, level: float) -> tuple[Bilingual, Bilingual]:
    """What happens, as the beginning of a sentence and in short."""
    if level == label.little_change:
        return told("backfires", letter=letter, outcome=label.label), told("backfires_short")
    size = written(label.kind, level)[0].lstrip("+")
    return told("worsens", letter=letter, outcome=label.label, level=size), told("worsens_short")


def scenario(
    package: str,
    outcome: str,
    level: float,
    columns: Columns,
    hits: Bool[np.ndarray, " future"],
    words: dict[str, InputWords],
    events: tuple[Bilingual, Bilingual],
    seed: int = 0,
    tree: bool = False,
) -> ScenarioFinding:
    """The simple stable box, its sentence and the peeling path; with `tree`, the densest leaves of a tree."""
    found = simple_box(columns, hits, seed)
    few = screened(columns, hits)
    path = prim(few, hits).boxes
    box = found.box if found else None
    leaves = tuple(_leaves(few, hits, seed)) if tree else ()
    named = {*(box.inputs if box else ()), *(n for leaf in leaves for n in leaf.inputs)}
    return ScenarioFinding(
        package,
        outcome,
        level,
        events[0],
        box,
        sentence(box, words, *events),
        found.support if found else (),
        tuple((n, words[n]) for n in sorted(named)),
        tuple(b.count for b in path),
        tuple(len(b.limits) for b in path),
        found.held_out if found else None,
        leaves,
        tuple(sentence(leaf, words, *events) for leaf in leaves),
    )


def _leaves(columns: Columns, hits: Bool[np.ndarray, " future"], seed: int) -> Iterator[Box]:
    for leaf in cart(columns, hits, seed)[:MOST_LEAVES]:
        yield rounded(leaf, columns, hits)
