"""From what was found to the matrix, the ranks, the box and the strands of the template."""

from __future__ import annotations

from collections.abc import Mapping

from stepdown.charts import Figure, effect_interval, evidence_dot, shared_axis
from stepdown.charts.box_view import box_view
from stepdown.charts.figure import Table
from stepdown.charts.numbers import between, changes, count, decimal, middle, share
from stepdown.charts.parallel import Axis, Thread, future_strands, package_threads
from stepdown.charts.peeling import peeling_chart
from stepdown.contracts.effects import ALL_LENSES, Bilingual, OutcomeLabel
from stepdown.contracts.ensemble import BASELINE
from stepdown.contracts.scenarios import Box as Found
from stepdown.study.robustness import Compared, Conditions, Strands
from stepdown.vocabulary.ids import Language
from stepdown.web.board.view import Voice
from stepdown.web.robustness.context import Box, Cell, Matrix, Mover, Package

LAID = 860
"""Width of charts that need room; they scroll in a frame of their own where there is less."""


def matrix(voice: Voice, found: Compared, names: Mapping[str, Bilingual]) -> Matrix:
    """Packages by lenses, with ranks and, for two packages and more, the lines over all outcomes."""
    say = voice.say
    lenses = found.table.lenses
    outcome = voice.outcome(found.outcome.id)
    return Matrix(
        say("robustness.matrix", outcome=outcome),
        (say("robustness.all_lenses"), *(voice.lens(x) for x in lenses)),
        tuple(_package(voice, found, letter, names[letter]) for letter in found.letters),
        _nothing(voice, found),
        _futures(voice, found),
        _table(voice, found, names),
        _ranks(voice, found, names),
        _trade(voice, found, names) if len(found.letters) > 1 else None,
    )


def _futures(voice: Voice, found: Compared) -> str:
    say, language = voice.say, voice.language
    told = say("robustness.futures", futures=count(found.table.futures, language))
    if not found.table.failed:
        return told
    return f"{told} {say('robustness.failed', failed=count(found.table.failed, language))}"


def _table(voice: Voice, found: Compared, names: Mapping[str, Bilingual]) -> Table:
    """The same numbers: one row per package and lens."""
    say, language, outcome = voice.say, voice.language, found.outcome
    rows = []
    for letter in found.letters:
        for lens in (ALL_LENSES, *found.table.lenses):
            effect = found.effect(letter, outcome.id, lens)
            median, low, high = changes(outcome.kind, effect.median, effect.p05, effect.p95)
            pooled = lens == ALL_LENSES
            row = (
                f"{letter} {names[letter].text(language)}",
                say("robustness.all_lenses") if pooled else voice.lens(lens),
                median,
                between(low, high, language),
                share(effect.improves),
                share(effect.backfires),
                "–" if pooled else amount(outcome, found.regret(letter, lens)),
            )
            rows.append(row)
    heads = [say(f"board.told.{name}") for name in ("median", "nine", "intended", "backfires")]
    columns = (say("robustness.package"), say("robustness.lens"), *heads, say("robustness.regret_head"))
    caption = say("robustness.matrix", outcome=voice.outcome(outcome.id))
    return Table(caption, columns, tuple(rows), frozenset(range(2, 7)))


def _package(voice: Voice, found: Compared, letter: str, name: Bilingual) -> Package:
    lenses = found.table.lenses
    worst = max(lenses, key=lambda lens: found.regret(letter, lens))
    cells = [_cell(voice, found, letter, ALL_LENSES, False)]
    cells += [
        _cell(voice, found, letter, lens, lens == worst and found.regret(letter, lens) > 0) for lens in lenses
    ]
    return Package(letter, name.heading(voice.language), tuple(cells))


def _cell(voice: Voice, found: Compared, letter: str, lens: str, worst: bool) -> Cell:
    say, outcome = voice.say, found.outcome
    effect = found.effect(letter, outcome.id, lens)
    shown = [found.effect(x, outcome.id, y) for x in found.letters for y in (ALL_LENSES, *found.table.lenses)]
    figure = effect_interval(
        effect,
        outcome,
        letter,
        voice.language,
        axis=shared_axis(outcome, shown),
        figure_id=f"cell-{letter.lower()}-{lens.replace('_', '-')}",
        width=190,
    )
    regret = "" if lens == ALL_LENSES else _regret(voice, found, letter, lens)
    return Cell(
        say("robustness.all_lenses") if lens == ALL_LENSES else voice.lens(lens),
        figure,
        say("robustness.median", value=middle(outcome.kind, effect)),
        say("robustness.backfires", share=share(effect.backfires)),
        regret,
        worst,
    )


def _regret(voice: Voice, found: Compared, letter: str, lens: str) -> str:
    value = found.regret(letter, lens)
    return voice.say("robustness.regret", value=amount(found.outcome, value))


def amount(outcome: OutcomeLabel, value: float) -> str:
    """A size without a sign, in the unit of the change."""
    return changes(outcome.kind, value)[0].lstrip("+")


def _nothing(voice: Voice, found: Compared) -> str:
    row = found.table.regret[found.table.packages.index(BASELINE)]
    worst = max(range(len(row)), key=lambda i: row[i])
    lens = voice.lens(found.table.lenses[worst])
    return voice.say("robustness.nothing_regret", value=amount(found.outcome, row[worst]), lens=lens)


def _ranks(voice: Voice, found: Compared, names: Mapping[str, Bilingual]) -> Table:
    say, language = voice.say, voice.language
    heads = [say("robustness.metric")]
    for name in found.table.packages:
        told = say("robustness.nothing_more") if name == BASELINE else f"{name} {names[name].text(language)}"
        heads.append(told)
    rows = []
    for metric in found.metrics:
        cells = (
            f"{decimal(rank, 0 if rank == round(rank) else 1)}\u00a0({share(kept)})"
            for rank, kept in zip(metric.ranks, metric.kept, strict=True)
        )
        rows.append((metric.label.heading(language), *cells))
    return Table(say("robustness.ranks"), tuple(heads), tuple(rows), frozenset(range(1, len(heads))))


def _trade(voice: Voice, found: Compared, names: Mapping[str, Bilingual]) -> Figure:
    outcomes = voice.catalogue.outcomes
    named = [
        Bilingual(Voice(voice.catalogue, "en").outcome(o.id), Voice(voice.catalogue, "ja").outcome(o.id))
        for o in outcomes
    ]
    packages = [
        (
            letter,
            names[letter],
            [1 - found.effect(letter, o.id, ALL_LENSES).backfires for o in outcomes],
        )
        for letter in found.letters
    ]
    return package_threads(named, packages, voice.language, figure_id="trade", width=LAID)


def box(voice: Voice, found: Conditions, letter: str) -> Box:
    """What is said of the conditions: the box in words and drawn, or plainly that there is none."""
    say, language = voice.say, voice.language
    finding, backfires = found.finding, share(found.backfires)
    # Where nothing backfires there are no two kinds of futures to tell apart.
    laid = strands_figure(voice, found.strands, letter) if found.strands and found.backfires else None
    aside = (laid, found.strands is None)
    if finding is None:
        key = "never" if found.backfires == 0 else "too_rare"
        return Box(
            say(f"robustness.{key}", share=backfires), "", (), None, None, *aside, movers(voice, found)
        )
    path = peeling_chart(finding, language, figure_id="peeling", width=340)
    if finding.box is None:
        told = say("robustness.no_box", share=backfires)
        return Box(told, "", (), None, path, *aside, movers(voice, found))
    held_out = ""
    if finding.held_out is not None:
        density, coverage = (share(x) for x in finding.held_out)
        held_out = say("robustness.held_out", density=density, coverage=coverage)
    figure = box_view(finding, language, figure_id="box", width=340)
    told = finding.sentence.text(language)
    return Box(told, held_out, counts(voice, finding.box), figure, path, *aside, ())


def movers(voice: Voice, found: Conditions) -> tuple[Mover, ...]:
    """The inputs that move the change, in words."""
    language = voice.language
    return tuple(
        Mover(
            driver.label.heading(language),
            share(driver.influence),
            driver.low.text(language),
            driver.high.text(language),
            evidence_dot(driver.evidence, language, visible_word=True),
        )
        for driver in found.drivers
    )


def counts(voice: Voice, found: Found) -> tuple[tuple[str, str, str], ...]:
    """Density, share elsewhere, coverage and mass, each with what it is a share of."""
    counted, say = found.count, voice.say
    values = {
        "density": counted.density,
        "elsewhere": counted.elsewhere,
        "coverage": counted.coverage,
        "mass": counted.mass,
    }
    return tuple(
        (say(f"robustness.{name}"), share(value), say(f"robustness.{name}_told"))
        for name, value in values.items()
    )


def strands_figure(voice: Voice, found: Strands, letter: str) -> Figure:
    """Futures over inputs."""
    language: Language = voice.language
    axes = [Axis(label, marks) for label, marks in zip(found.axes, found.marks, strict=True)]
    threads = [
        Thread(voice.say("robustness.future", number=s.future + 1), s.places, s.values, s.backfires)
        for s in found.strands
    ]
    return future_strands(
        axes, threads, letter, language, figure_id="strands", width=min(LAID, 250 * len(axes))
    )
