"""From state and looks to what the templates show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from stepdown.charts import Table, effect_interval, evidence_dot, fan_chart, futures_squares
from stepdown.charts.numbers import between, changes, count, decimal, middle, share
from stepdown.contracts.effects import ALL_LENSES, OutcomeLabel, PairedEffect
from stepdown.study.board import Catalogue, Look, Obstacle
from stepdown.vocabulary.ids import TRACKS, Language
from stepdown.web.board.context import Fan, Gauge, Go, Lever, Result, Row, Slot, Track
from stepdown.web.board.state import LETTERS, BoardState, Chosen, Package, code_of
from stepdown.web.pages import Link
from stepdown.web.words import Say

AXIS = 0.4
IN_TRAY = ("reliance", "use_risk", "assurance")
NAMED_ACTORS = 3


@dataclass(frozen=True)
class Ways:
    """Addresses of the board for one language, version and step of the history."""

    language: Language
    version: str
    step: int
    tab: str

    def to(self, state: BoardState, step: int | None = None, extra: str = "") -> Go:
        """The board in a state; `step` when it is one that was reached before."""
        query = f"{state.query(self.version)}&h={self.step if step is None else step}{extra}"
        return Go(f"/{self.language}/board?{query}", f"/{self.language}/board/picture?{query}&t={self.tab}")

    def panel(self, name: str, state: BoardState, **extra: str) -> Go:
        """A page about the board that also opens as a panel."""
        more = "".join(f"&{key}={value}" for key, value in extra.items())
        href = f"/{self.language}/board/{name}?{state.query(self.version)}&h={self.step}{more}"
        return Go(href, href)


@dataclass(frozen=True)
class Voice:
    """The catalogue's names in one language."""

    catalogue: Catalogue
    language: Language

    @property
    def say(self) -> Say:
        return Say(self.language)

    def measure(self, name: str) -> str:
        return self.catalogue.measures[name].label.text(self.language)

    def lens(self, name: str) -> str:
        return next(x.label.text(self.language) for x in self.catalogue.lenses if x.id == name)

    def outcome(self, name: str) -> str:
        """The short name of an outcome, capital first."""
        text = self.say(f"board.outcome.{name}")
        return text[0].upper() + text[1:]

    def word(self, step: int) -> str:
        return self.say(f"board.strength.{step}")

    def actors(self, ids: Sequence[str]) -> str:
        """Names of actors, or how many; all nuclear-armed states by that name."""
        if set(ids) == set(self.catalogue.armed):
            return self.say("board.all_armed")
        if len(ids) > NAMED_ACTORS:
            return self.say("board.states", count=len(ids))
        names = {a.id: a.label.text(self.language) for a in self.catalogue.actors}
        return self.say("board.comma").join(names[i] for i in ids)

    def set_out(self, chosen: Chosen) -> str:
        """From when, under which condition, by whom."""
        condition = self.catalogue.conditions[chosen.condition].text(self.language)
        return self.say(
            "board.set_out", year=chosen.start, condition=condition, actors=self.actors(chosen.actors)
        )


def tracks(
    voice: Voice, ways: Ways, state: BoardState, obstacles: dict[str, Obstacle | None]
) -> tuple[Track, ...]:
    """The four tracks with their sliders, in the order of the package."""
    found = []
    for track in TRACKS:
        cards = voice.catalogue.of_track(track)
        ids = {card.id for card in cards}
        chosen = [c for c in state.package if c.measure in ids]
        levers = tuple(_lever(voice, ways, state, c, obstacles.get(c.measure)) for c in chosen)
        add = ways.panel("add", state, track=track)
        label = voice.say(f"board.track.{track}")
        found.append(Track(track, label, levers, len(cards) - len(chosen), add))
    return tuple(found)


def _lever(voice: Voice, ways: Ways, state: BoardState, chosen: Chosen, obstacle: Obstacle | None) -> Lever:
    exact = "" if chosen.percent % 25 == 0 else f" ({chosen.percent}\u00a0%)"
    return Lever(
        chosen.measure,
        voice.measure(chosen.measure),
        chosen.step,
        voice.word(chosen.step) + exact,
        voice.set_out(chosen),
        evidence_dot(voice.catalogue.measures[chosen.measure].evidence, voice.language),
        ways.panel("measure", state, measure=chosen.measure),
        obstacle_words(voice, obstacle) if obstacle else "",
    )


def obstacle_words(voice: Voice, obstacle: Obstacle) -> str:
    """Why a measure cannot act."""
    names = voice.say("board.comma").join(voice.measure(m) for m in obstacle.measures)
    return voice.say(f"board.obstacle.{obstacle.kind}", measures=names)


def lenses(voice: Voice, ways: Ways, state: BoardState) -> tuple[tuple[Link, Go], ...]:
    """The lens switch: all five first."""
    names = [(ALL_LENSES, voice.say("board.all_lenses"))]
    names += [(x.id, x.label.text(voice.language)) for x in voice.catalogue.lenses]
    return tuple(
        (Link(label, "", state.lens == name), ways.to(replace(state, lens=name))) for name, label in names
    )


def result(voice: Voice, ways: Ways, state: BoardState, look: Look) -> Result:
    """Fans, gauges and what is said of them."""
    letter = state.edit.upper()
    gauges = tuple(_gauge(voice, state, look, outcome) for outcome in voice.catalogue.outcomes)
    first = gauges[0]
    futures = count(look.futures, voice.language)
    failed = voice.say("board.failed", failed=look.failed, futures=futures) if look.failed else ""
    told = {"median": first.median, "agreement": first.agreement, "backfires": first.backfires}
    said = voice.say("board.said", name=first.name, **told)
    return Result(
        letter,
        voice.say("board.whole" if look.whole else "board.preview", futures=futures),
        look.whole,
        failed,
        tuple(_fan(voice, ways, state, look, side) for side in ("left", "right")),
        gauges,
        _table(voice, state, look),
        _budget(voice, look),
        said,
    )


def _fan(voice: Voice, ways: Ways, state: BoardState, look: Look, side: str) -> Fan:
    name: str = getattr(state, side)
    outcome = voice.catalogue.outcome(name)
    series = look.fan(name, state.lens)
    figure = fan_chart(series, outcome, state.edit.upper(), voice.language, figure_id=f"fan-{side}")
    others = tuple(
        (Link(voice.outcome(other), "", other == name), ways.to(_with_series(state, side, other)))
        for other in voice.catalogue.series
    )
    return Fan(voice.outcome(name), series.level_note.text(voice.language), figure, others)


def _with_series(state: BoardState, side: str, name: str) -> BoardState:
    return replace(state, left=name) if side == "left" else replace(state, right=name)


def _gauge(voice: Voice, state: BoardState, look: Look, outcome: OutcomeLabel) -> Gauge:
    effect = look.effect(outcome.id, state.lens)
    single = look.by_lens(outcome.id) if state.lens == ALL_LENSES else ()
    letter, language = state.edit.upper(), voice.language
    return Gauge(
        outcome.id,
        voice.outcome(outcome.id),
        middle(outcome.kind, effect),
        _agreement(voice, state, look, effect),
        voice.say("board.backfires", share=share(effect.backfires)),
        effect_interval(
            effect,
            outcome,
            letter,
            language,
            axis=AXIS,
            figure_id=f"gauge-{outcome.id}",
            lenses=single,
            width=300,
        ),
        futures_squares(effect, outcome, letter, language, figure_id=f"of20-{outcome.id}", width=300),
        _told(voice, look, outcome, effect),
    )


def _agreement(voice: Voice, state: BoardState, look: Look, effect: PairedEffect) -> str:
    """Under how many lenses the median has the sign of the whole."""
    if state.lens != ALL_LENSES:
        return voice.say("board.one_lens")
    of = len(look.by_lens(effect.outcome))
    return voice.say("board.agreement", lenses=round((effect.sign_agreement or 0.0) * of), of=of)


def _told(
    voice: Voice, look: Look, outcome: OutcomeLabel, effect: PairedEffect
) -> tuple[tuple[str, str], ...]:
    """The numbers behind a gauge, in pairs."""
    median, p25, p75, p05, p95 = changes(
        outcome.kind, effect.median, effect.p25, effect.p75, effect.p05, effect.p95
    )
    say, language = voice.say, voice.language
    pairs = [
        (say("board.told.median"), median),
        (say("board.told.half"), between(p25, p75, language)),
        (say("board.told.nine"), between(p05, p95, language)),
        (say("board.told.intended"), share(effect.improves)),
        (say("board.told.little"), share(effect.little_change)),
        (say("board.told.backfires"), share(effect.backfires)),
        (say("board.told.futures"), count(effect.n, language)),
    ]
    for single in look.by_lens(outcome.id):
        told = say("board.told.lens", median=middle(outcome.kind, single), backfires=share(single.backfires))
        pairs.append((voice.lens(single.lens), told))
    return tuple(pairs)


def _table(voice: Voice, state: BoardState, look: Look) -> Table:
    say, language = voice.say, voice.language
    rows = []
    for outcome in voice.catalogue.outcomes:
        effect = look.effect(outcome.id, state.lens)
        median, low, high = changes(outcome.kind, effect.median, effect.p05, effect.p95)
        shares = (share(effect.improves), share(effect.little_change), share(effect.backfires))
        rows.append((voice.outcome(outcome.id), median, between(low, high, language), *shares))
    heads = ("outcome", "median", "nine", "intended", "little", "backfires")
    columns = tuple(say(f"board.told.{head}") for head in heads)
    return Table(say("board.table_caption"), columns, tuple(rows), frozenset(range(1, 6)))


def _budget(voice: Voice, look: Look) -> tuple[str, ...]:
    names = {a.id: a.label.text(voice.language) for a in voice.catalogue.actors}
    lines = []
    for note in look.budget:
        key = "over" if note.used > 1 else "within"
        used = share(note.used) if note.used <= 1 else decimal(note.used, 1)
        lines.append(voice.say(f"board.budget.{note.kind}_{key}", actor=names[note.actor], used=used))
    return tuple(lines)


def slots(voice: Voice, ways: Ways, state: BoardState, looks: dict[str, Look]) -> tuple[Slot, ...]:
    """The four places of the compare tray."""
    free = next((letter for letter in LETTERS if letter not in state.packages), None)
    return tuple(_slot(voice, ways, state, looks.get(letter), letter, free) for letter in LETTERS)


def _slot(
    voice: Voice, ways: Ways, state: BoardState, look: Look | None, letter: str, free: str | None
) -> Slot:
    if letter not in state.packages:
        keep = None
        if letter == free:
            copied = replace(state.with_package(state.package, letter), edit=letter)
            keep = ways.to(copied)
        return Slot(letter.upper(), "", False, (), "", None, keep, None)
    editing = letter == state.edit
    return Slot(
        letter.upper(),
        package_name(voice, state.packages[letter]),
        editing,
        tuple(_row(voice, state, look, letter, name) for name in IN_TRAY) if look else (),
        _worst(voice, look) if look else "",
        None if editing else ways.to(replace(state, edit=letter)),
        None,
        ways.to(state.without(letter)) if letter != "a" else None,
    )


def package_name(voice: Voice, package: Package) -> str:
    """The name of the shipped package that this one equals, or how many measures it has."""
    for ready in voice.catalogue.ready:
        if code_of(tuple(Chosen.of(use) for use in ready.uses)) == code_of(package):
            return ready.label.text(voice.language)
    return voice.say("board.own_package", count=sum(c.percent > 0 for c in package))


def _row(voice: Voice, state: BoardState, look: Look, letter: str, name: str) -> Row:
    outcome = voice.catalogue.outcome(name)
    effect = look.effect(name, state.lens)
    figure = effect_interval(
        effect,
        outcome,
        letter.upper(),
        voice.language,
        axis=AXIS,
        figure_id=f"tray-{letter}-{name}",
        width=120,
        quartiles=False,
    )
    return Row(voice.outcome(name), figure, middle(outcome.kind, effect), share(effect.backfires))


def _worst(voice: Voice, look: Look) -> str:
    """The lens under which most of the tray's outcomes backfire, or that there is none."""
    single = [e for name in IN_TRAY for e in look.by_lens(name)]
    worst = max(single, key=lambda e: e.backfires)
    if worst.backfires < 0.005:
        return voice.say("board.no_worst")
    return voice.say(
        "board.worst",
        lens=voice.lens(worst.lens),
        outcome=voice.say(f"board.outcome.{worst.outcome}"),
        share=share(worst.backfires),
    )


def change_words(voice: Voice, before: BoardState, after: BoardState) -> str:
    """What the last step changed, in a few words; empty where it changed no measure."""
    old = {c.measure: c for c in before.packages.get(after.edit, ())}
    new = {c.measure: c for c in after.package}
    lines = []
    for name in [*new, *(n for n in old if n not in new)]:
        a, b = old.get(name), new.get(name)
        if a == b:
            continue
        was, now = (voice.word(c.step) if c else voice.say("board.not_there") for c in (a, b))
        if was != now:
            lines.append(voice.say("board.changed", measure=voice.measure(name), before=was, after=now))
        else:
            lines.append(voice.say("board.changed_settings", measure=voice.measure(name)))
    return voice.say("board.comma").join(lines[:2])
