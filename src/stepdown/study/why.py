"""An explanation in words: its chart, its table and its notes, in both languages."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from stepdown.charts import Figure
from stepdown.charts.contributions import contributions_chart, mechanism_name, part_text
from stepdown.contracts.effects import Bilingual, Named, OutcomeLabel
from stepdown.contracts.explanation import Explanation
from stepdown.contracts.facts.facts import Facts
from stepdown.simulation import keep_compiled
from stepdown.study.describe import LETTERS
from stepdown.study.explain import ask, explain
from stepdown.study.installation import cache_folder
from stepdown.study.load import open_study
from stepdown.study.plan import StudyPlan
from stepdown.study.words import outcome_label, words
from stepdown.vocabulary.ids import Language


@dataclass(frozen=True)
class WhyReport:
    """An explanation with the words a reader needs."""

    explanation: Explanation
    outcome: OutcomeLabel
    package: Named
    letter: str

    def title(self, lang: Language) -> str:
        found = self.explanation
        return words(
            "why",
            "title",
            outcome=self.outcome.label,
            start=found.start_year,
            end=found.end_year,
            letter=self.letter,
            package=self.package.label,
        ).text(lang)

    def figure(self, lang: Language, figure_id: str = "why") -> Figure:
        """The chart with its table twin."""
        return contributions_chart(
            self.explanation, self.outcome, self.letter, lang, figure_id=f"{figure_id}-{lang}"
        )

    def notes(self, lang: Language) -> tuple[str, ...]:
        """How to read the parts, and what was left out."""
        found = self.explanation
        said = [words("why", "read", futures=found.n), words("why", "remainder")]
        if found.failed:
            said.append(words("why", "failed", failed=found.failed))
        return tuple(text.text(lang) for text in said)

    def pairs(self, lang: Language, most: int = 5) -> tuple[tuple[str, str], ...]:
        """The largest pairs of mechanisms that only work together, with their mean part."""
        return tuple(
            (
                words("why", "pair", first=_mechanism(pair.first), second=_mechanism(pair.second)).text(lang),
                part_text(self.explanation, pair.mean),
            )
            for pair in self.explanation.pairs[:most]
        )

    def as_data(self) -> dict[str, Any]:
        """Plain data for JSON: the numbers, and names in both languages."""
        names = {s.mechanism: asdict(_mechanism(s.mechanism)) for s in self.explanation.shares}
        return {
            **asdict(self.explanation),
            "labels": {
                "outcome": asdict(self.outcome.label),
                "package": asdict(self.package.label),
                "mechanisms": names,
            },
        }


def report_why(
    study: str,
    package: str,
    outcome: str = "use_risk",
    futures: int = 256,
    seed: int = 2026,
    lens: str | None = None,
    data: Path | None = None,
    threads: int | None = None,
) -> WhyReport:
    """Explain a package of a study (see `explain_package`, which raises the same) and name what was found."""
    keep_compiled(cache_folder())
    facts, _, plan = open_study(study, data)
    return why_of(plan, facts, package, outcome, futures, seed, lens, threads)


def why_of(
    plan: StudyPlan,
    facts: Facts,
    package: str,
    outcome: str = "use_risk",
    futures: int = 256,
    seed: int = 2026,
    lens: str | None = None,
    threads: int | None = None,
) -> WhyReport:
    """The same for a study at hand."""
    question = ask(plan, facts, package, outcome, futures, seed, lens, threads)
    index, chosen = next((i, p) for i, p in enumerate(plan.packages) if p.id == package)
    named = Named(chosen.id, chosen.label.bilingual)
    return WhyReport(explain(question), outcome_label(facts, question.key), named, LETTERS[index])


def _mechanism(name: str) -> Bilingual:
    return Bilingual(mechanism_name(name, "en"), mechanism_name(name, "ja"))
