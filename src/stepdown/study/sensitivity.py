"""What a small step of an input or a measure does to an effect: derivatives through the kernel, per lens."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from stepdown.contracts.facts import Lens, Measure, ModelInput
from stepdown.contracts.facts.base import Text
from stepdown.contracts.facts.facts import Facts
from stepdown.contracts.program import Program
from stepdown.discovery.local import Local, by_measure, elasticities, local_table, of_effect
from stepdown.experiments.gradients import Gradients, gradients
from stepdown.simulation import keep_compiled
from stepdown.study.explain import Question, ask
from stepdown.study.installation import cache_folder
from stepdown.study.load import open_study
from stepdown.study.words import words
from stepdown.vocabulary.ids import Language

SHOWN = 15


@dataclass(frozen=True)
class LocalReport:
    """Elasticities of package over baseline by input, and relative changes of the outcome by measure.

    An elasticity of -.2: the ratio to the baseline falls by .2 % when the whole input is 1 % larger. A
    measure's number: by what share the outcome moves per unit of doing it more (1 = as planned), costs
    included.
    """

    package: str
    outcome: str
    by_input: tuple[Local, ...]
    by_measure: tuple[Local, ...]
    n: int
    labels: dict[str, dict[str, str]]

    def as_data(self) -> dict[str, Any]:
        return asdict(self)

    def tables(self, lang: Language) -> tuple[tuple[str, tuple[str, ...], list[tuple[str, ...]]], ...]:
        """Title, heads and rows of inputs and of measures: pooled and lens by lens, medians."""
        return tuple(
            self._table(kind, rows, lang)
            for kind, rows in (("input", self.by_input), ("measure", self.by_measure))
        )

    def _table(
        self, kind: str, rows: tuple[Local, ...], lang: Language
    ) -> tuple[str, tuple[str, ...], list[tuple[str, ...]]]:
        lenses = list(dict.fromkeys(row.lens for row in rows))
        names = list(dict.fromkeys(row.name for row in rows))[:SHOWN]
        of = {(row.name, row.lens): row for row in rows}
        heads = [
            words("local", kind).text(lang),
            words("local", "pooled").text(lang),
            words("local", "range").text(lang),
        ]
        heads += [self.labels[lens][lang] for lens in lenses[1:]]
        told = []
        for name in names:
            pooled = of[name, lenses[0]]
            ends = f"{pooled.p05:+.3f} … {pooled.p95:+.3f}"
            medians = [f"{of[name, lens].median:+.3f}" for lens in lenses[1:]]
            told.append((self.labels[name][lang], f"{pooled.median:+.3f}", ends, *medians))
        return words("local", f"{kind}_title", futures=self.n).text(lang), tuple(heads), told


def local_sensitivity(
    study: str,
    package: str,
    outcome: str = "use_risk",
    futures: int = 64,
    seed: int = 2026,
    lens: str | None = None,
    data: Path | None = None,
    threads: int | None = None,
) -> LocalReport:
    """Derivatives of `outcome` by every input and every measure of `package`, relative to the baseline.

    The first call on a machine compiles for a minute or two. Raises as `explain_package` does.
    """
    keep_compiled(cache_folder())
    facts, _, plan = open_study(study, data)
    question = ask(plan, facts, package, outcome, futures, seed, lens, threads)
    changed, baseline = (_gradients(question, p) for p in (question.program, _idle(question.program)))
    drawn, name = question.assumptions, question.key.id
    told = [elasticities(g.values[name], g.by_input[name], drawn.symbols) for g in (changed, baseline)]
    ok = np.isfinite(changed.values[name]) & np.isfinite(baseline.values[name]) & (baseline.values[name] != 0)
    inputs = local_table(of_effect(*told), drawn.lenses, drawn.lens, ok)
    moves = by_measure(changed.values[name], changed.by_measure[name], changed.measures)
    measures = local_table(moves, drawn.lenses, drawn.lens, ok)
    labels = {row.name: _label(facts, row.name) for row in (*inputs, *measures)}
    labels |= {x: _both(facts.get(Lens, x).label) for x in drawn.lenses}
    return LocalReport(package, name, inputs, measures, int(ok.sum()), labels)


def _gradients(question: Question, program: Program) -> Gradients:
    return gradients(
        question.world,
        question.assumptions,
        program,
        (question.key.id,),
        question.first_year,
        question.last_year,
        threads=question.threads,
    )


def _idle(program: Program) -> Program:
    """The same slots with nothing in them: the baseline, in the same compiled shape."""
    rows = {n: getattr(program, n) for n in ("actor_rows", "theatre_rows", "global_rows")}
    idle = {n: replace(r, strength=np.zeros_like(r.strength)) for n, r in rows.items()}
    return replace(
        program, money=np.zeros_like(program.money), political=np.zeros_like(program.political), **idle
    )


def _label(facts: Facts, name: str) -> dict[str, str]:
    """A measure's or an input's words; a symbol read from other records keeps its meaning in the registry."""
    measure = facts.by_type.get(Measure, {}).get(name)
    if isinstance(measure, Measure):
        return {lang: f"{name} {text}" for lang, text in _both(measure.label).items()}
    found = facts.by_type.get(ModelInput, {}).get(f"input.{name}")
    if isinstance(found, ModelInput):
        return {lang: f"{name}: {text}" for lang, text in _both(found.label).items()}
    return {"en": f"{name}: {words('local', name).en}", "ja": f"{name}: {words('local', name).ja}"}


def _both(label: Text) -> dict[str, str]:
    return {"en": label.en, "ja": label.ja}
