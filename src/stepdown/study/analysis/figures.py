"""An analysis as figures and tables: what a reader sees on a page, in a terminal or in a notebook."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from stepdown.charts import Figure, Table
from stepdown.charts.box_view import box_view
from stepdown.charts.numbers import decimal, share
from stepdown.charts.peeling import peeling_chart
from stepdown.charts.regret import regret_matrix
from stepdown.charts.stacking import stacking_chart
from stepdown.charts.tornado import tornado
from stepdown.contracts.comparison import METRICS, Robustness
from stepdown.contracts.effects import ALL_LENSES, Bilingual, OutcomeLabel
from stepdown.contracts.ensemble import BASELINE
from stepdown.contracts.scenarios import ScenarioFinding
from stepdown.study.analysis.analyse import Analysis, Influenced, Stacked
from stepdown.study.analysis.words import told
from stepdown.vocabulary.ids import Language

SMALL = 340
"""Width of charts that stand side by side, and alone on a phone."""


@dataclass(frozen=True)
class Item:
    """A paragraph with its figures, or a table with a note."""

    heading: str = ""
    text: str = ""
    note: str = ""
    bullets_lead: str = ""
    bullets: tuple[str, ...] = ()
    figures: tuple[Figure, ...] = ()
    table: Table | None = None


@dataclass(frozen=True)
class Section:
    """One question about one outcome."""

    id: str
    heading: str
    lead: str
    items: tuple[Item, ...]


def sections(found: Analysis, lang: Language) -> tuple[Section, ...]:
    """Robustness, conditions, influence and stacked cells of every outcome; none without content."""
    made = (s for label in found.outcomes for s in _of_outcome(found, label, lang))
    return tuple(s for s in made if s.items)


def figures(found: Analysis, lang: Language) -> dict[str, Figure]:
    """Every figure by its id."""
    return {f.id: f for s in sections(found, lang) for item in s.items for f in item.figures}


def ranks_table(found: Analysis, table: Robustness, lang: Language) -> Table:
    """Ranks of packages by metric, with how often resamples keep them."""
    names = package_names(found)
    rows = []
    for metric in METRICS:
        row = table.row(metric, ALL_LENSES)
        cells = (f"{_rank(r)}\u00a0({share(k)})" for r, k in zip(row.ranks, row.kept, strict=True))
        rows.append((told(f"metric_{metric}").text(lang), *cells))
    heads = (
        told("metric").text(lang),
        *(
            f"{found.letter(p)} {names[p].text(lang)}" if p != BASELINE else names[p].heading(lang)
            for p in table.packages
        ),
    )
    return Table(told("ranks_title").text(lang), heads, tuple(rows))


def package_names(found: Analysis) -> dict[str, Bilingual]:
    """Words of packages, baseline among them, and of lenses, by id."""
    names = {p.id: p.label for p in (*found.packages, *found.lenses)}
    return {BASELINE: told("baseline"), **names}


def robustness_figure(found: Analysis, table: Robustness, lang: Language) -> Figure:
    return regret_matrix(
        table,
        found.outcome(table.outcome),
        package_names(found),
        dict(found.letters),
        lang,
        figure_id=_id("regret", table.outcome, lang),
    )


def influence_figure(found: Analysis, influence: Influenced, lang: Language) -> Figure:
    labels = {name: words.label for name, words in found.words}
    outcome = told(
        "change_of", outcome=found.outcome(influence.outcome).label, letter=found.letter(influence.package)
    )
    name = _id(influence.found.kind, influence.outcome, influence.package, lang)
    return tornado(influence.found, outcome, labels, lang, figure_id=name)


def stack_figure(found: Analysis, stacked: Stacked, lang: Language) -> Figure:
    """The stacked table, titled by what is counted."""
    letter = found.letter(stacked.package)
    what = told("backfires", letter=letter, outcome=found.outcome(stacked.outcome).label)
    drawn = stacking_chart(
        stacked.found, dict(found.words), lang, figure_id=_id("stack", stacked.outcome, stacked.package, lang)
    )
    return replace(drawn, title=what.heading(lang), table=replace(drawn.table, caption=what.heading(lang)))


def scenario_figures(finding: ScenarioFinding, lang: Language) -> tuple[Figure, ...]:
    """The box, if there is one, and the peeling path."""
    name = _id(finding.outcome, finding.package, f"{finding.level:g}", lang)
    path = peeling_chart(finding, lang, figure_id=f"peeling-{name}", width=SMALL)
    if finding.box is None:
        return (path,)
    return box_view(finding, lang, figure_id=f"box-{name}", width=SMALL), path


def _of_outcome(found: Analysis, label: OutcomeLabel, lang: Language) -> Iterator[Section]:
    def section(key: str, items: tuple[Item, ...], lead: str) -> Section:
        heading = told(key, outcome=label.label).text(lang)
        return Section(_id(key, label.id), heading, lead and told(lead).text(lang), items)

    tables = [t for t in found.robustness if t.outcome == label.id]
    yield section("robustness", tuple(i for t in tables for i in _robust(found, t, lang)), "robustness_lead")
    yield section("conditions", tuple(_conditions(found, label, lang)), "conditions_lead")
    moved = tuple(
        Item(figures=(influence_figure(found, i, lang),)) for i in found.influences if i.outcome == label.id
    )
    yield section("influence", moved, "influence_lead")
    stacks = tuple(
        Item(figures=(stack_figure(found, s, lang),)) for s in found.stacks if s.outcome == label.id
    )
    yield section("stacks", stacks, "stacks_lead")


def _robust(found: Analysis, table: Robustness, lang: Language) -> Iterator[Item]:
    yield Item(figures=(robustness_figure(found, table, lang),))
    yield Item(note=told("ranks_lead").text(lang), table=ranks_table(found, table, lang))


def _conditions(found: Analysis, label: OutcomeLabel, lang: Language) -> Iterator[Item]:
    for finding in (s for s in found.scenarios if s.outcome == label.id):
        held = ""
        if finding.held_out is not None:
            density, coverage = (share(x) for x in finding.held_out)
            held = told("held_out", density=density, coverage=coverage).text(lang)
        yield Item(
            finding.event.text(lang),
            finding.sentence.text(lang),
            held,
            told("tree").text(lang) if finding.leaves else "",
            tuple(x.text(lang) for x in finding.leaf_sentences),
            scenario_figures(finding, lang),
        )
    for package, outcome, rare in found.too_rare:
        if outcome == label.id:
            letter = found.letter(package)
            yield Item(text=told("rare", letter=letter, share=share(rare)).text(lang))


def _rank(value: float) -> str:
    return decimal(value, 0 if value == round(value) else 1)


def _id(*parts: str) -> str:
    return "-".join(parts).replace(".", "-").replace("_", "-")
