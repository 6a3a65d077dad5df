"""What the order of a package does, told as a page: in short, track by track, outcome by outcome."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from stepdown.charts.layout import round_step
from stepdown.charts.numbers import between
from stepdown.contracts.assessments.page import AssessmentPage, BandChart, BandRow, Sheet
from stepdown.contracts.effects import Bilingual
from stepdown.contracts.ensemble import OutcomeKey
from stepdown.contracts.facts import Lens, Term
from stepdown.contracts.facts.facts import Facts
from stepdown.contracts.facts.measures import effects_by_measure
from stepdown.contracts.findings import RunCard
from stepdown.study.assess.page import card_rows
from stepdown.study.assess.words import both, listed, percent, said, same
from stepdown.study.describe import LETTERS
from stepdown.study.grounds import Cited
from stepdown.study.plan import StudyPlan
from stepdown.study.sequence.design import SequenceDesign, Unmoved, Variant
from stepdown.study.sequence.find import Found, Lead, Shift
from stepdown.study.sequence.words import (
    asked,
    band,
    finer,
    inside,
    little,
    of_effect,
    sign,
    span,
    spread,
    told,
    way,
    written,
)
from stepdown.study.words import outcome_label
from stepdown.vocabulary.ids import TRACKS, Track

AXIS_LITTLE = 5
"""An axis reaches at least so many little changes, so that next to nothing looks like it."""


def sequence_page(
    facts: Facts,
    plan: StudyPlan,
    package: str,
    design: SequenceDesign,
    found: Found,
    keys: Sequence[OutcomeKey],
    card: RunCard,
) -> AssessmentPage:
    """The page: one sentence per outcome, what was moved, then a table and a chart per outcome."""
    teller = _Teller(facts, plan, package, design, found, tuple(keys), card.lenses)
    sheets = (teller.timing(), teller.moves(), *(teller.outcome(key) for key in keys))
    cited = Cited(facts)
    grounds = [cited.ground(i) for i in teller.rests_on]
    letter = LETTERS[[p.id for p in plan.packages].index(package)]
    label = next(p.label.bilingual for p in plan.packages if p.id == package)
    return AssessmentPage(
        question="sequence",
        title=told("title", package=Bilingual(f"{letter} {label.en}", f"{letter} {label.ja}")),
        asked=told("asked", end=plan.horizon.end),
        short=tuple(teller.short()),
        sheets=sheets,
        scope=(said("scope.conditional"), said("scope.strategic"), told("scope_moves")),
        grounds=tuple(g for g in grounds if g is not None),
        sources=tuple(cited.notes.values()),
        card=card_rows(facts, card),
        record=card.record_hash,
        dated=card.date,
        version=card.version,
        futures=card.futures,
    )


@dataclass(frozen=True)
class _Teller:
    facts: Facts
    plan: StudyPlan
    package: str
    design: SequenceDesign
    found: Found
    keys: tuple[OutcomeKey, ...]
    lenses: tuple[str, ...]

    @property
    def rests_on(self) -> tuple[str, ...]:
        """The run, and the effect records of the package's measures."""
        effects = effects_by_measure(self.facts)
        used = dict.fromkeys(effects[u.measure].id for u in self.plan.measures(self.package))
        return ("run", *used)

    def short(self) -> Iterator[Bilingual]:
        """One sentence per outcome that timing moves, then one for all that it hardly does."""
        still = []
        for key, lead in zip(self.keys, self.found.leads, strict=True):
            if lead.shift is None:
                still.append(outcome_label(self.facts, key).label)
            else:
                yield self.sentence(key, lead)
        if still:
            yield told("none_of", outcomes=listed(still))

    def sentence(self, key: OutcomeKey, lead: Lead) -> Bilingual:
        """Which track's timing matters most, or that order hardly matters."""
        label = outcome_label(self.facts, key).label
        outcome = both(label.heading)
        if lead.shift is None:
            return told("none", outcome=outcome, margin=little(key.kind))
        shift = lead.shift
        variant = self._variant(shift.variant)
        median, low, high = written(key, shift.effect)
        sentence = told(
            "lead",
            outcome=outcome,
            track=inside(self._track(shift.track)),
            move=told(f"move_{variant.kind}", years=span((variant.years,))),
            median=median,
            way=way(key, shift.effect.median),
            range=both(lambda lang: between(low, high, lang)),
        )
        if shift.of_effect is None:
            sentence = told("lead_little", sentence=sentence)
        else:
            sentence = told("lead_size", sentence=sentence, share=of_effect(shift))
        if lead.close:
            sentence = told(
                "lead_close", sentence=sentence, tracks=listed([inside(self._track(t)) for t in lead.close])
            )
        return sentence

    def timing(self) -> Sheet:
        """One row per outcome: the move that matters most, beside the package's own effect."""
        own = {e.outcome: e for e in self.found.own}
        rows = []
        for key, lead in zip(self.keys, self.found.leads, strict=True):
            label = both(outcome_label(self.facts, key).label.heading)
            effect, shift = band(key, own[key.id]), lead.shift
            if shift is None:
                rows.append((label, told("hardly"), same("–"), same("–"), effect, same("–")))
                continue
            variant = self._move(self._variant(shift.variant))
            change = band(key, shift.effect)
            rows.append((label, self._track(shift.track), variant, change, effect, of_effect(shift)))
        rule = told("timing_rule", ratio=little("ratio"), index=little("difference"))
        heads = ("outcome", "track", "variant", "median_change", "own", "size")
        return Sheet(
            "timing",
            told("timing"),
            tuple(map(told, heads)),
            tuple(rows),
            self.rests_on,
            text=(rule, told("timing_bound")),
            numeric=frozenset({3, 4, 5}),
        )

    def moves(self) -> Sheet:
        """Every variant with the start years it changes, and those that cannot be made."""
        uses = self.plan.measures(self.package)
        rows: list[tuple[Track, tuple[Bilingual, Bilingual]]] = []
        for variant in self.design.variants:
            changed = [
                told("step", measure=use.measure, was=use.start, now=start)
                for use, start in zip(uses, variant.starts, strict=True)
                if use.start != start
            ]
            rows.append((variant.track, (self._move(variant), listed(changed))))
        for unmoved in self.design.unmoved:
            name = told(unmoved.kind or "whole_track", years=span(unmoved.asked))
            rows.append((unmoved.track, (name, self._why(unmoved))))
        rows.sort(key=lambda row: TRACKS.index(row[0]))
        return Sheet(
            "moves",
            told("moves"),
            (told("variant"), told("starts")),
            tuple(row for _, row in rows),
            self.rests_on,
            text=(told("moves_text"),),
            groups=tuple(self._track(track) for track, _ in rows),
        )

    def outcome(self, key: OutcomeKey) -> Sheet:
        """Every variant on one outcome, with its chart."""
        shifts = self.found.of(key.id)
        own = next(e for e in self.found.own if e.outcome == key.id)
        names = listed([self.facts.get(Lens, x).label.bilingual for x in self.lenses])
        heads = ("variant", "lenses", "median_change", "median_range", "better", "same", "worse", "size")
        label = outcome_label(self.facts, key).label
        return Sheet(
            f"outcome-{key.id}".replace(".", "-").replace("_", "-"),
            both(label.heading),
            tuple(map(told, heads)),
            tuple(self._row(key, shift) for shift in shifts),
            self.rests_on,
            text=(told("outcome_text", own=band(key, own), way=told(key.intended)),),
            numeric=frozenset(range(2, 8)),
            whole=frozenset({1}),
            notes=(told("lens_note", lenses=names),),
            groups=tuple(self._track(s.track) for s in shifts),
            chart=self._chart(key, label, shifts),
        )

    def _row(self, key: OutcomeKey, shift: Shift) -> tuple[Bilingual, ...]:
        effect = shift.effect
        low, high = (finer(key, x) for x in (shift.low, shift.high))
        move = self._move(self._variant(shift.variant))
        return (
            Bilingual(f"{move.en} *", f"{move.ja} *") if shift.telling else move,
            same(" ".join(sign(key, e.median) for e in shift.by_lens)),
            band(key, effect),
            both(lambda lang: between(low, high, lang)),
            percent(effect.improves),
            percent(effect.little_change),
            percent(effect.backfires),
            of_effect(shift),
        )

    def _chart(self, key: OutcomeKey, label: Bilingual, shifts: Sequence[Shift]) -> BandChart:
        reach = max(max(abs(s.effect.p05), abs(s.effect.p95)) for s in shifts)
        axis = round_step(max(reach, AXIS_LITTLE * key.little_change), 1)
        title = told("chart", outcome=both(label.heading))
        lead = next(x for x in self.found.leads if x.outcome == key.id)
        return BandChart(
            id=f"order-{key.id}".replace(".", "-").replace("_", "-"),
            title=title,
            finding=self.sentence(key, lead),
            unit="change" if key.kind == "ratio" else "index",
            low=-axis,
            high=axis,
            series=(told("change"),),
            rows=tuple(
                BandRow(self._move(self._variant(s.variant)), (spread(s.effect),), self._track(s.track))
                for s in shifts
            ),
            centre=0.0,
        )

    def _variant(self, name: str) -> Variant:
        return next(v for v in self.design.variants if v.id == name)

    def _move(self, variant: Variant) -> Bilingual:
        move = told(variant.kind, years=span((variant.years,)))
        if any(y > variant.years for y in variant.asked):
            return told("cut", move=move, asked=asked(variant.asked))
        return move

    def _why(self, unmoved: Unmoved) -> Bilingual:
        key = f"edge_{unmoved.kind}" if unmoved.reason == "edge" else unmoved.reason
        return told(key, first=self.plan.horizon.start, last=self.plan.horizon.end)

    def _track(self, track: Track) -> Bilingual:
        term = self.facts.get(Term, f"track.{track}")
        return (term.short or term.label).bilingual
