"""The measures a reader can choose from, by track, in words of both languages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from stepdown.assumptions import build_world
from stepdown.assumptions.steps import expand
from stepdown.contracts.effects import Bilingual, EvidenceLevel, Named, OutcomeLabel
from stepdown.contracts.facts import Actor, Effect, Lens, Measure, Source, Term
from stepdown.contracts.facts.facts import Facts
from stepdown.contracts.facts.measures import effects_by_measure
from stepdown.contracts.facts.uses import MeasureUse
from stepdown.contracts.world import World
from stepdown.experiments import FAN_OUTCOMES, outcome_keys
from stepdown.record.evidence import cited_sources, evidence_level
from stepdown.study.load import find_study, load_study, shipped_studies
from stepdown.study.words import outcome_label
from stepdown.vocabulary.ids import CONDITIONS, TRACKS, Track

FIRST_STUDY, FIRST_PACKAGE = "right-sizing", "four_tracks"
"""The package a reader meets first: smaller doses of all four tracks."""


@dataclass(frozen=True)
class MeasureCard:
    """A measure as the board offers it.

    `use`: how it enters a package unless the reader says otherwise. `evidence_only` says why the model has no
    lever for it; such a measure cannot be added. `needs`: measures without which it cannot be taken.
    """

    id: str
    label: Bilingual
    track: Track
    in_paper: str
    who: Bilingual
    use: MeasureUse
    evidence: EvidenceLevel
    levers: tuple[Bilingual, ...]
    precondition: Bilingual
    side_effects: tuple[Bilingual, ...]
    needs: tuple[str, ...]
    evidence_only: Bilingual | None
    sources: tuple[Bilingual, ...]


@dataclass(frozen=True)
class ReadyStudy:
    """A shipped study: its question, and its packages in order."""

    id: str
    label: Bilingual
    why: Bilingual
    question: Bilingual
    packages: tuple[ReadyPackage, ...]


@dataclass(frozen=True)
class ReadyPackage:
    """A package of a shipped study."""

    study: str
    id: str
    label: Bilingual
    summary: Bilingual
    uses: tuple[MeasureUse, ...]


@dataclass(frozen=True)
class Catalogue:
    """Everything the board can name. `actors` and `armed` are those of the model."""

    measures: Mapping[str, MeasureCard]
    actors: tuple[Named, ...]
    armed: tuple[str, ...]
    lenses: tuple[Named, ...]
    lens_summaries: Mapping[str, Bilingual]
    outcomes: tuple[OutcomeLabel, ...]
    series: tuple[str, ...]
    tracks: Mapping[str, Bilingual]
    conditions: Mapping[str, Bilingual]
    studies: tuple[ReadyStudy, ...]

    @property
    def ready(self) -> tuple[ReadyPackage, ...]:
        """The packages of all shipped studies."""
        return tuple(package for study in self.studies for package in study.packages)

    def of_track(self, track: str) -> tuple[MeasureCard, ...]:
        """The measures of a track, those of the paper first."""
        cards = [c for c in self.measures.values() if c.track == track]
        return tuple(sorted(cards, key=lambda c: (c.in_paper == "complement", c.id)))

    def outcome(self, name: str) -> OutcomeLabel:
        """The outcome with this id. Raises KeyError."""
        return next(o for o in self.outcomes if o.id == name)

    @property
    def first(self) -> ReadyPackage:
        """The package a reader meets first."""
        return next(r for r in self.ready if (r.study, r.id) == (FIRST_STUDY, FIRST_PACKAGE))


def catalogue(facts: Facts) -> Catalogue:
    """The catalogue of a record."""
    world = build_world(facts)
    studies = tuple(_studies(facts, world))
    ready = [package for study in studies for package in study.packages]
    usual = {use.measure: use for package in reversed(ready) for use in package.uses}
    effects = effects_by_measure(facts)
    cards = [_card(facts, world, m, effects[m.id], usual.get(m.id)) for m in facts.all(Measure)]
    lenses = facts.all(Lens)
    return Catalogue(
        {card.id: card for card in cards},
        tuple(Named(a, facts.get(Actor, a).label.bilingual) for a in world.actors),
        world.armed,
        tuple(Named(lens.id, lens.label.bilingual) for lens in lenses),
        {lens.id: lens.summary.bilingual for lens in lenses},
        tuple(outcome_label(facts, key) for key in outcome_keys(world) if key.headline),
        FAN_OUTCOMES,
        {t: facts.get(Term, f"track.{t}").label.bilingual for t in TRACKS},
        {c: facts.get(Term, f"condition.{c}").label.bilingual for c in CONDITIONS},
        studies,
    )


def _studies(facts: Facts, world: World) -> Iterator[ReadyStudy]:
    for name in shipped_studies():
        plan = load_study(find_study(name), facts, world)
        packages = tuple(
            ReadyPackage(
                plan.id,
                package.id,
                package.label.bilingual,
                package.summary.bilingual,
                tuple(_in_model(facts, world, use) for use in plan.measures(package.id)),
            )
            for package in plan.packages
        )
        yield ReadyStudy(plan.id, plan.label.bilingual, plan.why.bilingual, plan.question.bilingual, packages)


def _in_model(facts: Facts, world: World, use: MeasureUse) -> MeasureUse:
    """The same use with actors of the model instead of groupings."""
    return use.model_copy(update={"actors": expand(facts, world, use.actors)})


def _card(
    facts: Facts, world: World, measure: Measure, effect: Effect, usual: MeasureUse | None
) -> MeasureCard:
    acting = expand(facts, world, measure.actors) or world.armed
    use = usual or MeasureUse(measure=measure.id, actors=acting, start=2028, strength="moderate")
    levers = dict.fromkeys(lever.lever for lever in effect.levers)
    sources = (*cited_sources(measure), *cited_sources(effect))
    return MeasureCard(
        measure.id,
        measure.label.bilingual,
        measure.track,
        measure.in_paper,
        measure.actors_text.bilingual,
        use,
        evidence_level(effect),
        tuple(facts.get(Term, f"lever.{lever}").label.bilingual for lever in levers),
        effect.precondition.bilingual,
        tuple(text.bilingual for text in measure.side_effects),
        effect.needs,
        effect.evidence_only.bilingual if effect.evidence_only else None,
        tuple(_title(facts.get(Source, s)) for s in dict.fromkeys(sources)),
    )


def _title(source: Source) -> Bilingual:
    return Bilingual(source.title_en or source.title, source.title)
