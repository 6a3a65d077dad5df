"""Invented effects and fans for the charts."""

from __future__ import annotations

from dataclasses import replace

import pytest

from stepdown.contracts.effects import Band, Bilingual, FanSeries, OutcomeLabel, PairedEffect
from stepdown.contracts.findings import (
    MeasureInPackage,
    Named,
    PackageDescription,
    RoleCell,
    RoleLabel,
    RoleMatrix,
    Threshold,
)
from stepdown.vocabulary.ids import Track

YEARS = tuple(range(2026, 2047))


def _band(end: float, spread: float) -> Band:
    path = [(i / 20, i) for i in range(21)]
    return Band(*(tuple(end * s + z * spread * (0.1 + s) for s, _ in path) for z in (-2, -1, 0, 1, 2)))


def _measure(id_: str, label: Bilingual, track: Track, start: int, full: int) -> MeasureInPackage:
    return MeasureInPackage(id_, label, track, ("X",), start, full, 0.6, "substantial", "unilateral", 2)


@pytest.fixture
def outcome() -> OutcomeLabel:
    label = Bilingual("use <risk> & more", "使用リスク＜仮＞")
    return OutcomeLabel("risk", label, Bilingual("ratio", "比"), "down", "ratio", "use_risk", 0.01)


@pytest.fixture
def effect() -> PairedEffect:
    return PairedEffect("p", "risk", "all", -0.18, -0.31, -0.24, -0.1, 0.04, 0.82, 0.09, 0.09, 988, 12, 1.0)


@pytest.fixture
def fan() -> FanSeries:
    note = Bilingual("baseline in 2026 = 100", "2026年の基準 = 100")
    return FanSeries("risk", "p", note, YEARS, _band(12, 10), _band(-20, 12), _band(-32, 9))


@pytest.fixture
def package() -> PackageDescription:
    measures = (
        _measure("m1", Bilingual("Consult <allies>", "同盟国と協議"), "political", 2027, 2032),
        _measure("m2", Bilingual("Sole purpose", "「唯一の目的」"), "doctrinal", 2044, 2050),
    )
    return PackageDescription("p", "B", Bilingual("First", "先行"), Bilingual("One.", "一つ。"), measures)


@pytest.fixture
def roles() -> RoleMatrix:
    states = (Named("X", Bilingual("Alder", "オールダー")), Named("Y", Bilingual("Birch", "バーチ")))
    labels = (
        RoleLabel("self", Bilingual("Nuclear attack on self", "自国への核攻撃"), "core"),
        RoleLabel("status", Bilingual("Status", "地位"), "political"),
    )
    cells = (
        RoleCell("X", "self", "Y", 3, disputed=True, notes=(1, 4)),
        RoleCell("X", "status", "A", 1),
        RoleCell("Y", "self", "I", 2, notes=(2,)),
    )
    return RoleMatrix("2025-06-01", states, labels, cells, (Threshold("X", (0.7, 0.9), (0.2, 0.5)),))


@pytest.fixture
def rising(outcome: OutcomeLabel) -> OutcomeLabel:
    return replace(outcome, intended="up")
