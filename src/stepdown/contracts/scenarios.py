"""Scenario discovery: boxes of futures, what they hold, and the path along which they were found.

A *box* restricts some inputs: an interval of a number, some options of a switch. A future *of interest* is
one in which something happens that the question is about, usually that a package backfires. *Coverage* is the
share of the futures of interest that lie in the box, *density* the share of the futures in the box that are
of interest, *mass* the share of all futures that lie in the box (Bryant & Lempert 2010).
"""

from __future__ import annotations

from dataclasses import dataclass

from stepdown.contracts.effects import Bilingual


@dataclass(frozen=True, slots=True)
class Limit:
    """What a box asks of one input: at least `low`, at most `high` (None: open), or one of `options`.

    `options` are ids of a switch's options; a limit holds either options or at least one end.
    """

    name: str
    low: float | None = None
    high: float | None = None
    options: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        numeric = self.low is not None or self.high is not None
        if numeric == bool(self.options):
            raise ValueError(f"limit of {self.name} needs an end or options, not both: {self!r}")
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError(f"limit of {self.name} is empty: {self.low} > {self.high}")

    @property
    def ends(self) -> tuple[float | None, float | None]:
        return self.low, self.high


@dataclass(frozen=True, slots=True)
class Count:
    """Futures in a box and in all: `n` of `total` lie in it, `hits` of `total_hits` of interest among
    them.
    """

    n: int
    hits: int
    total: int
    total_hits: int

    @property
    def coverage(self) -> float:
        return self.hits / self.total_hits if self.total_hits else 0.0

    @property
    def density(self) -> float:
        return self.hits / self.n if self.n else 0.0

    @property
    def mass(self) -> float:
        return self.n / self.total

    @property
    def elsewhere(self) -> float:
        """Share of the futures outside the box that are of interest; 0 where there is no outside."""
        outside = self.total - self.n
        return (self.total_hits - self.hits) / outside if outside else 0.0

    @property
    def kappa(self) -> float:
        """Agreement of "lies in the box" with "is of interest" beyond chance (Cohen 1960).

        1 where the box holds all futures of interest and no other, 0 where it tells nothing.
        """
        agree = (self.hits + self.total - self.n - self.total_hits + self.hits) / self.total
        base = self.total_hits / self.total
        chance = self.mass * base + (1 - self.mass) * (1 - base)
        return (agree - chance) / (1 - chance) if chance < 1 else 0.0


@dataclass(frozen=True, slots=True)
class Box:
    """Limits that hold together, one per restricted input, and what they hold."""

    limits: tuple[Limit, ...]
    count: Count

    @property
    def inputs(self) -> tuple[str, ...]:
        """Names of the restricted inputs."""
        return tuple(limit.name for limit in self.limits)

    def limit(self, name: str) -> Limit | None:
        """The limit of an input, or None where it is free."""
        return next((limit for limit in self.limits if limit.name == name), None)


@dataclass(frozen=True, slots=True)
class Support:
    """How far one restriction of a chosen box can be relied on.

    `quasi_p`: probability, were the futures of interest spread as without this restriction, of a box at least
    as dense (Bryant & Lempert 2010); the restriction was chosen for its density, so it is no true p-value.
    `stability`: share of half-samples in which the input was found again.
    """

    name: str
    quasi_p: float
    stability: float


@dataclass(frozen=True, slots=True)
class InputWords:
    """How an input is called, with the bounds of the lowest and the highest third of its distribution.

    `options`: id -> words, for a switch; then the thirds mean nothing.
    """

    label: Bilingual
    thirds: tuple[float, float] = (0.0, 0.0)
    range: tuple[float, float] = (0.0, 0.0)
    options: tuple[tuple[str, Bilingual], ...] = ()

    def option(self, name: str) -> Bilingual:
        """Words of an option. Raises KeyError."""
        return dict(self.options)[name]


@dataclass(frozen=True, slots=True)
class ScenarioFinding:
    """Under which conditions something happens: the chosen box in words, and the path it comes from.

    Of interest is a change of `outcome` under `package` by more than `level` against the way intended. `box`
    is None where nothing simple and stable stands out; `sentence` then says so. `held_out`: density and
    coverage, on average, in futures that the box was not fitted to. `path` is the peeling trajectory over all
    inputs, from all futures to the smallest box; `leaves` are those of a classification tree, where one was
    grown.
    """

    package: str
    outcome: str
    level: float
    event: Bilingual
    box: Box | None
    sentence: Bilingual
    support: tuple[Support, ...]
    words: tuple[tuple[str, InputWords], ...]
    path: tuple[Count, ...]
    path_inputs: tuple[int, ...]
    held_out: tuple[float, float] | None = None
    leaves: tuple[Box, ...] = ()
    leaf_sentences: tuple[Bilingual, ...] = ()

    def input(self, name: str) -> InputWords:
        """Words of an input of the box. Raises KeyError."""
        return dict(self.words)[name]
