"""Pages about one measure and about the measures that can be added; they also open as panels."""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import parse_qsl

from stepdown.charts import evidence_dot
from stepdown.charts.element import Element
from stepdown.contracts.effects import Bilingual
from stepdown.study.board import HORIZON, MOST, Catalogue, MeasureCard
from stepdown.vocabulary.ids import CONDITIONS, TRACKS, Condition, Language
from stepdown.web.board.state import BoardState, Chosen
from stepdown.web.board.view import Voice
from stepdown.web.problems import UnusableError, not_among
from stepdown.web.services import Services

Fields = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Choice:
    """Something to tick: its id, its words, whether it is ticked."""

    id: str
    label: str
    note: str
    chosen: bool


@dataclass(frozen=True)
class MeasurePage:
    """The settings of a measure, and what stands behind it. Pairs are words and what they say."""

    id: str
    label: str
    fields: Fields
    percent: int
    start: int
    first: int
    last: int
    conditions: tuple[Choice, ...]
    armed: tuple[Choice, ...]
    others: tuple[Choice, ...]
    evidence: Element
    told: tuple[tuple[str, tuple[str, ...]], ...]
    back: str


@dataclass(frozen=True)
class Offer:
    """A measure that can be added, or why it cannot."""

    id: str
    label: str
    origin: str
    moves: str
    evidence: Element
    there: bool
    only_evidence: str


@dataclass(frozen=True)
class AddPage:
    """Measures on offer by track. `tracks` choose what is listed."""

    fields: Fields
    track: str
    q: str
    tracks: tuple[Choice, ...]
    offers: tuple[tuple[str, tuple[Offer, ...]], ...]
    full: bool
    most: int
    back: str


def measure_page(
    services: Services, language: Language, state: BoardState, name: str, step: int
) -> MeasurePage:
    """The page of a measure of the package. Raises UnusableError for one that is not in it."""
    chosen = _in_package(state, name)
    catalogue = services.catalogue
    voice, card = Voice(catalogue, language), catalogue.measures[name]
    actors = [Choice(a.id, a.label.text(language), "", a.id in chosen.actors) for a in catalogue.actors]
    return MeasurePage(
        name,
        card.label.text(language),
        _fields(services, state, step),
        chosen.percent,
        chosen.start,
        HORIZON.start,
        HORIZON.end,
        tuple(
            Choice(c, catalogue.conditions[c].text(language), voice.say(f"board.{c}"), c == chosen.condition)
            for c in CONDITIONS
        ),
        tuple(a for a in actors if a.id in catalogue.armed),
        tuple(a for a in actors if a.id not in catalogue.armed),
        evidence_dot(card.evidence, language, visible_word=True),
        _told(voice, card),
        _back(services, language, state, step),
    )


def _told(voice: Voice, card: MeasureCard) -> tuple[tuple[str, tuple[str, ...]], ...]:
    def texts(items: tuple[Bilingual, ...]) -> tuple[str, ...]:
        return tuple(item.text(voice.language) for item in items)

    pairs = (
        ("moves", texts(card.levers)),
        ("precondition", texts((card.precondition,))),
        ("side_effects", texts(card.side_effects)),
        ("who", texts((card.who,))),
        ("sources", texts(card.sources)),
    )
    return tuple((voice.say(f"board.measure.{key}"), lines) for key, lines in pairs if lines)


def adding(
    services: Services, language: Language, state: BoardState, step: int, track: str, words: str
) -> AddPage:
    """Measures of a track, or of all, whose names hold all the words looked for, in either language."""
    if track and track not in TRACKS:
        raise UnusableError([not_among("track", track, TRACKS)])
    catalogue = services.catalogue
    voice = Voice(catalogue, language)
    there = {c.measure for c in state.package}
    listed = []
    for name in TRACKS:
        if track in ("", name):
            found = [c for c in catalogue.of_track(name) if _holds(c, words)]
            if found:
                offers = tuple(_offer(voice, c, c.id in there) for c in found)
                listed.append((voice.say(f"board.track.{name}"), offers))
    tracks = [Choice("", voice.say("board.adding.all_tracks"), "", not track)]
    tracks += [Choice(t, voice.say(f"board.track.{t}"), "", t == track) for t in TRACKS]
    return AddPage(
        _fields(services, state, step),
        track,
        words,
        tuple(tracks),
        tuple(listed),
        len(state.package) >= MOST,
        MOST,
        _back(services, language, state, step),
    )


def _holds(card: MeasureCard, words: str) -> bool:
    text = f"{card.id} {card.label.en} {card.label.ja}".lower()
    return all(word in text for word in words.lower().split())


def _offer(voice: Voice, card: MeasureCard, there: bool) -> Offer:
    language = voice.language
    why = card.evidence_only
    levers = voice.say("board.comma").join(x.text(language) for x in card.levers)
    return Offer(
        card.id,
        card.label.text(language),
        voice.say(f"board.adding.{card.in_paper}"),
        voice.say("board.adding.moves", levers=levers) if levers else "",
        evidence_dot(card.evidence, language, visible_word=True),
        there,
        voice.say("board.adding.only_evidence", why=why.text(language)) if why else "",
    )


def added(catalogue: Catalogue, state: BoardState, name: str) -> BoardState:
    """The state with one more measure, as it is usually taken."""
    possible = [c.id for c in catalogue.measures.values() if c.evidence_only is None]
    if name not in possible:
        raise UnusableError([not_among("add", name, possible)])
    if any(c.measure == name for c in state.package):
        return state
    return state.with_package((*state.package, Chosen.of(catalogue.measures[name].use)))


def edited(
    catalogue: Catalogue,
    state: BoardState,
    name: str,
    percent: int,
    start: int,
    condition: Condition,
    who: tuple[str, ...],
) -> BoardState:
    """The state with other settings of one measure; nobody chosen leaves the actors as they were."""
    old = _in_package(state, name)
    known = [a.id for a in catalogue.actors]
    unknown = [not_among("who", actor, known) for actor in who if actor not in known]
    if unknown:
        raise UnusableError(unknown)
    actors = tuple(a for a in known if a in who) or old.actors
    new = replace(old, percent=percent, start=start, condition=condition, actors=actors)
    return state.with_package(tuple(new if c.measure == name else c for c in state.package))


def _in_package(state: BoardState, name: str) -> Chosen:
    for chosen in state.package:
        if chosen.measure == name:
            return chosen
    raise UnusableError([not_among("measure", name, [c.measure for c in state.package])])


def _fields(services: Services, state: BoardState, step: int) -> Fields:
    pairs = parse_qsl(state.query(services.model_version), keep_blank_values=True)
    return (*pairs, ("h", str(step)))


def _back(services: Services, language: Language, state: BoardState, step: int) -> str:
    return f"/{language}/board?{state.query(services.model_version)}&h={step}"
