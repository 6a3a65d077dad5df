"""Invented findings about invented states (texts in ``sample.yaml``), to look at and to test the brief.

``python tests/brief/sample.py FOLDER`` writes both pages.
"""

from __future__ import annotations

import random
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml

from stepdown.brief import write_briefs
from stepdown.contracts.effects import (
    Band,
    Bilingual,
    DecidingInput,
    FanSeries,
    Named,
    OutcomeLabel,
    PairedEffect,
)
from stepdown.contracts.findings import (
    AbsoluteLevel,
    ActorView,
    BudgetNote,
    Findings,
    MappingReport,
    MeasureInPackage,
    OrderComparison,
    PackageDescription,
    PriorProvenance,
    RankingFlip,
    RoleCell,
    RoleLabel,
    RoleMatrix,
    RunCard,
    SourceNote,
    Threshold,
    Timing,
)

DATA: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("sample.yaml").read_text(encoding="utf-8"))
YEARS = tuple(range(2026, 2047))
DRAWS = 400


def _text(entry: dict[str, Any]) -> Bilingual:
    return Bilingual(entry["en"], entry["ja"])


def _named(key: str) -> tuple[Named, ...]:
    return tuple(Named(entry["id"], _text(entry)) for entry in DATA[key])


WORDS = {key: _text(entry) for key, entry in DATA["text"].items()}
STATES, ALLIES, LENSES = _named("states"), _named("allies"), _named("lenses")
OUTCOMES = tuple(
    OutcomeLabel(
        o["id"],
        _text(o),
        WORDS[o["unit"]],
        o["intended"],
        o["kind"],
        o["group"],
        0.01,
        o["subject"],
        o["headline"],
    )
    for o in DATA["outcomes"]
)
MEASURES = {
    m["id"]: MeasureInPackage(
        m["id"],
        _text(m),
        m["track"],
        tuple(m["actors"]),
        m["start"],
        m["start"] + 5,
        m["strength"],
        m["word"],
        m["condition"],
        m["evidence"],
    )
    for m in DATA["measures"]
}
PACKAGES = tuple(
    PackageDescription(
        p["id"],
        p["letter"],
        _text(p),
        _text(p["summary"]),
        tuple(MEASURES[m] for m in p["measures"]),
        tuple(BudgetNote(**b) for b in p["budget"]),
    )
    for p in DATA["packages"]
)
DECIDING = tuple(
    DecidingInput(
        d["package"],
        d["outcome"],
        d["input"],
        _text(d),
        d["importance"],
        _text(d["condition"]),
        d["low"],
        d["high"],
        d["evidence"],
        tuple(d["sources"]),
    )
    for d in DATA["deciding"]
)
ROLES = tuple(RoleLabel(r["id"], _text(r), r["group"]) for r in DATA["roles"])


def effect(rng: random.Random, package: str, outcome: OutcomeLabel, lens: str, centre: float) -> PairedEffect:
    """An effect whose futures are normal around ``centre``."""
    draws = sorted(rng.gauss(centre, 0.04 + abs(centre) * 0.7) for _ in range(DRAWS))
    sign = 1 if outcome.intended == "up" else -1
    improves = sum(sign * d > outcome.little_change for d in draws) / DRAWS
    backfires = sum(sign * d < -outcome.little_change for d in draws) / DRAWS
    p05, p25, median, p75, p95 = (draws[int(DRAWS * p)] for p in (0.05, 0.25, 0.5, 0.75, 0.95))
    return PairedEffect(
        package=package,
        outcome=outcome.id,
        lens=lens,
        median=median,
        p05=p05,
        p25=p25,
        p75=p75,
        p95=p95,
        improves=improves,
        little_change=1 - improves - backfires,
        backfires=backfires,
        n=9988,
        failed=12,
    )


def _effects() -> tuple[PairedEffect, ...]:
    rng = random.Random(7)
    effects = []
    for outcome, entry in zip(OUTCOMES, DATA["outcomes"], strict=True):
        for package, centre in zip(PACKAGES, entry["centres"], strict=True):
            single = [effect(rng, package.id, outcome, lens.id, rng.gauss(centre, 0.04)) for lens in LENSES]
            pooled = effect(rng, package.id, outcome, "all", centre)
            agree = sum((e.median > 0) == (pooled.median > 0) for e in single) / len(single)
            effects += [replace(pooled, sign_agreement=agree), *single]
    return tuple(effects)


def band(start: float, end: float, spread_start: float, spread_end: float) -> Band:
    """A band that moves from ``start`` to ``end`` and widens."""
    steps = [i / (len(YEARS) - 1) for i in range(len(YEARS))]

    def series(z: float) -> tuple[float, ...]:
        return tuple(
            start + (end - start) * s**1.3 + z * (spread_start + (spread_end - spread_start) * s**0.8)
            for s in steps
        )

    return Band(series(-1.64), series(-0.67), series(0.0), series(0.67), series(1.64))


def _fans() -> tuple[FanSeries, ...]:
    shape = {"restraint": (-14.0, -0.12), "substitution": (2.0, -0.05), "four_tracks": (-30.0, -0.2)}
    risk_base, reliance_base = band(100, 112, 3, 24), band(0.58, 0.62, 0.02, 0.08)
    fans = []
    for package, (risk, reliance) in shape.items():
        with_risk, by_risk = band(100, 112 + risk, 3, 20), band(0, risk, 0.2, 14)
        with_reliance, by_reliance = band(0.58, 0.62 + reliance, 0.02, 0.09), band(0, reliance, 0.002, 0.07)
        fans.append(
            FanSeries("use_risk", package, WORDS["hazard_note"], YEARS, risk_base, with_risk, by_risk)
        )
        fans.append(
            FanSeries(
                "reliance", package, WORDS["index_note"], YEARS, reliance_base, with_reliance, by_reliance
            )
        )
    return tuple(fans)


def _roles() -> RoleMatrix:
    rng = random.Random(11)
    cells = []
    for state in STATES:
        for i, role in enumerate(ROLES):
            code = "Y" if i == 0 and state.id != "LAR" else rng.choice("YIINNNAU")
            count = 0 if code == "U" else rng.choice((0, 1, 1, 2))
            notes = tuple(sorted(rng.sample(range(1, 13), count)))
            cells.append(RoleCell(state.id, role.id, code, rng.randrange(4), rng.random() < 0.1, notes))
    thresholds = (
        Threshold("BIR", (0.7, 0.85), (0.3, 0.6)),
        Threshold("ALD", (0.75, 0.9), (0.5, 0.75)),
        Threshold("ROW", (0.4, 0.6), (0.1, 0.4)),
    )
    return RoleMatrix("2025-06-01", STATES, ROLES, tuple(cells), thresholds)


def _sources() -> tuple[SourceNote, ...]:
    def same(title: str) -> Bilingual:
        return Bilingual(title, title)

    def place(section: int) -> Bilingual:
        return Bilingual(f"sec. {section}, para. 2", f"第{section}節第2項")

    volume = "Sample Doctrine of an invented state, volume"
    english = (
        SourceNote(n, f"S{n}", same(f"{volume} {n}"), f"202{n % 6}-0{1 + n % 9}-15", place(n))
        for n in range(1, 12)
    )
    address = "https://example.org/sample"
    return (
        *english,
        SourceNote(12, "S12", same("見本教義（架空の国）"), "", place(3), "ja", address),
    )


def _run_card() -> RunCard:
    return RunCard(
        version="0.1.0",
        revision="a1b2c3d",
        date="2026-11-23",
        seed=20261123,
        futures=10000,
        failed=12,
        record_hash="9f8e7d6c5b4a3928" * 4,
        inputs=412,
        lenses=tuple(lens.id for lens in LENSES),
        timings=(Timing("sample", 1.2), Timing("simulate", 3.4)),
    )


def sample_findings() -> Findings:
    """The whole sample."""
    rng = random.Random(3)
    reordered = tuple(effect(rng, "restraint", o, "all", 0.02) for o in (OUTCOMES[0], OUTCOMES[5]))
    flip = RankingFlip("assurance", "four_tracks", "substitution")
    level = AbsoluteLevel(WORDS["level"], WORDS["per_year"], 0.5, 0.05, 3.0)
    return Findings(
        title=WORDS["title"],
        why=WORDS["why"],
        question=WORDS["question"],
        start_year=2026,
        end_year=2046,
        actors=(*STATES, *ALLIES),
        lenses=LENSES,
        outcomes=OUTCOMES,
        packages=PACKAGES,
        effects=_effects(),
        fans=_fans(),
        deciding=DECIDING,
        views=(
            ActorView("BIR", "rival", ("disarming", "reliance_BIR"), ("S2",)),
            ActorView("ASH", "ally", ("assurance_ASH", "proliferation"), ("S1",)),
        ),
        roles=_roles(),
        sources=_sources(),
        prior=PriorProvenance(WORDS["prior"], (level,), ("S1", "S3")),
        run=_run_card(),
        order=(OrderComparison("restraint", WORDS["order"], reordered),),
        mappings=(
            MappingReport("even", WORDS["mapping_even"], 10),
            MappingReport("ends", WORDS["mapping_ends"], 10, (flip,)),
        ),
        scope=(WORDS["scope"],),
    )


if __name__ == "__main__":
    for path in write_briefs(sample_findings(), Path(sys.argv[1])):
        print(path)
