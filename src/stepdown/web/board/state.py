"""The state of a board and its address: the same address gives the same picture.

A package is written `M15.75.2031.r.USA-GBR-FRA~M24.100.2028.u.USA`: measures joined by `~`; each with its
strength in hundredths of the far end, first year, condition (u, r, v) and actors. Nothing needs escaping.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from stepdown.contracts.facts.uses import STRENGTHS, MeasureUse, StrengthWord
from stepdown.study.board import HORIZON, MOST, Catalogue
from stepdown.vocabulary.ids import CONDITIONS, Condition
from stepdown.web.problems import Complaint, UnusableError, not_among

LETTERS = ("a", "b", "c", "d")
SETTINGS = (*LETTERS, "edit", "lens", "left", "right", "v")
"""What an address says of the board."""
STEP = 25
"""The slider's five words stand 25 hundredths apart."""
_CONDITION: Mapping[str, Condition] = {c[0]: c for c in CONDITIONS}
_WORD: Mapping[float, StrengthWord] = {share: word for word, share in STRENGTHS.items()}


@dataclass(frozen=True)
class Chosen:
    """A measure on the board; `percent` 0 is *as now*: kept in sight, without effect."""

    measure: str
    percent: int
    start: int
    condition: Condition
    actors: tuple[str, ...]

    @property
    def step(self) -> int:
        """The slider's nearest step, 0 to 4; only nothing is 0."""
        return 0 if self.percent == 0 else max(1, round(self.percent / STEP))

    @property
    def code(self) -> str:
        """As it stands in the address."""
        return ".".join(
            (self.measure, str(self.percent), str(self.start), self.condition[0], "-".join(self.actors))
        )

    @property
    def use(self) -> MeasureUse:
        """As the model takes it; only where `percent` is above 0."""
        share = self.percent / 100
        strength = _WORD.get(share, share)
        return MeasureUse(
            measure=self.measure,
            actors=self.actors,
            start=self.start,
            strength=strength,
            condition=self.condition,
        )

    @classmethod
    def of(cls, use: MeasureUse) -> Chosen:
        """A measure of a study, on the board."""
        return cls(use.measure, round(100 * use.share), use.start, use.condition, use.actors)


Package = tuple[Chosen, ...]


@dataclass(frozen=True)
class BoardState:
    """`packages` by letter, `edit` the one on the sliders; `lens`: "all" or an id; two series over time.

    `version` is what the address was made with; empty in an address typed by hand.
    """

    packages: Mapping[str, Package]
    edit: str = "a"
    lens: str = "all"
    left: str = "reliance"
    right: str = "use_risk"
    version: str = field(default="", compare=False)

    @property
    def package(self) -> Package:
        """The package on the sliders."""
        return self.packages[self.edit]

    def query(self, version: str) -> str:
        """The state as the query of an address, defaults left out, pinned to a version of the model."""
        pairs = [(letter, code_of(package)) for letter, package in sorted(self.packages.items())]
        plain = BoardState({})
        for name in ("edit", "lens", "left", "right"):
            value = getattr(self, name)
            if value != getattr(plain, name):
                pairs.append((name, value))
        pairs.append(("v", version))
        return urlencode(pairs, safe="~.-_")

    def with_package(self, package: Package, letter: str | None = None) -> BoardState:
        """The state with another package under a letter (the one on the sliders)."""
        return replace(self, packages={**self.packages, letter or self.edit: package})

    def without(self, letter: str) -> BoardState:
        """The state without a kept package; A always stays."""
        kept = {k: p for k, p in self.packages.items() if k != letter or k == "a"}
        return replace(self, packages=kept, edit=self.edit if self.edit in kept else "a")


def code_of(package: Package) -> str:
    """A package as it stands in the address."""
    return "~".join(chosen.code for chosen in package)


def first_package(catalogue: Catalogue) -> Package:
    """The package a reader meets first."""
    return tuple(Chosen.of(use) for use in catalogue.first.uses)


def read_state(given: Mapping[str, str | None], catalogue: Catalogue) -> BoardState:
    """The state of an address; raises `UnusableError` with everything in it that cannot be used."""
    complaints: list[Complaint] = []
    packages = {}
    for letter in LETTERS:
        text = given.get(letter)
        if text is not None and (text or letter == "a"):
            packages[letter] = tuple(_package(letter, text, catalogue, complaints))
    packages.setdefault("a", first_package(catalogue))
    plain = BoardState({})
    allowed = {
        "edit": tuple(packages),
        "lens": ("all", *(lens.id for lens in catalogue.lenses)),
        "left": catalogue.series,
        "right": catalogue.series,
    }
    words = {name: given.get(name) or getattr(plain, name) for name in allowed}
    complaints += [not_among(n, w, allowed[n]) for n, w in words.items() if w not in allowed[n]]
    if complaints:
        raise UnusableError(complaints)
    return BoardState(packages, **words, version=given.get("v") or "")


def _package(letter: str, text: str, catalogue: Catalogue, complaints: list[Complaint]) -> Iterator[Chosen]:
    codes = [code for code in text.split("~") if code]
    if len(codes) > MOST:
        complaints.append(Complaint(letter, key="board.too_many", values={"most": MOST}))
        return
    seen = set()
    for code in codes:
        chosen = _chosen(letter, code, catalogue, complaints)
        if chosen is not None and chosen.measure in seen:
            complaints.append(Complaint(letter, key="board.twice", values={"measure": chosen.measure}))
        elif chosen is not None:
            seen.add(chosen.measure)
            yield chosen


def _chosen(letter: str, code: str, catalogue: Catalogue, complaints: list[Complaint]) -> Chosen | None:
    parts = code.split(".")
    if len(parts) != 5:
        complaints.append(Complaint(letter, code[:60], (next(iter(first_package(catalogue))).code,)))
        return None
    measure, percent, start, condition, actors = parts
    who = tuple(dict.fromkeys(actors.split("-")))
    known = [a.id for a in catalogue.actors]
    faults = [] if measure in catalogue.measures else [not_among(letter, measure, catalogue.measures)]
    if not (percent.isascii() and percent.isdigit() and int(percent) <= 100):
        faults.append(Complaint(f"{letter}: {measure}"[:60], percent[:20], ("0–100",)))
    if not (start.isascii() and start.isdigit() and HORIZON.start <= int(start) <= HORIZON.end):
        faults.append(Complaint(f"{letter}: {measure}"[:60], start[:20], (f"{HORIZON.start}–{HORIZON.end}",)))
    if condition not in _CONDITION:
        faults.append(not_among(f"{letter}: {measure}"[:60], condition, _CONDITION))
    faults += [not_among(f"{letter}: {measure}"[:60], actor, known) for actor in who if actor not in known]
    complaints += faults
    if faults:
        return None
    order = tuple(a for a in known if a in who)
    return Chosen(measure, int(percent), int(start), _CONDITION[condition], order)
