"""Incomplete findings are refused with every gap at once; files appear whole or not at all."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

import stepdown.brief.page
from stepdown.brief import FindingsError, render_brief, write_briefs
from stepdown.contracts.effects import Band, Bilingual, PairedEffect
from stepdown.contracts.findings import ActorView, Findings


def test_all_gaps_are_named_at_once(findings: Findings) -> None:
    broken = replace(
        findings,
        packages=findings.packages[1:],
        views=(ActorView("BIRR", "rival", ("disarmingg",)),),
        sources=findings.sources[:3],
    )
    with pytest.raises(FindingsError) as caught:
        render_brief(broken, "en")
    gaps = caught.value.gaps
    assert "unknown package 'restraint'" in gaps[0]
    assert "unknown actor 'BIRR'; nearest: 'BIR'" in gaps
    assert "unknown outcome 'disarmingg'; nearest: 'disarming'" in gaps
    assert "unknown note '7'" in gaps or "unknown note '7'; nearest" in " ".join(gaps)


def test_a_headline_outcome_without_an_effect_is_a_gap(findings: Findings) -> None:
    missing = tuple(e for e in findings.effects if (e.package, e.outcome) != ("restraint", "reliance"))
    with pytest.raises(FindingsError, match=r"no effect over all lenses .*'restraint'.*'reliance'"):
        render_brief(replace(findings, effects=missing), "ja")


def test_ids_defined_twice_are_a_gap(findings: Findings) -> None:
    with pytest.raises(FindingsError, match="package letter 'A' is defined twice"):
        render_brief(replace(findings, packages=(*findings.packages, findings.packages[0])), "en")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"p05": 0.5}, "not in order"),
        ({"backfires": 0.5}, "do not add up"),
        ({"n": 0}, "needs futures"),
    ],
)
def test_an_impossible_effect_cannot_be_made(
    findings: Findings, change: dict[str, float], message: str
) -> None:
    effect: PairedEffect = findings.effects[0]
    with pytest.raises(ValueError, match=message):
        replace(effect, **change)  # type: ignore[arg-type]


def test_a_band_out_of_order_and_a_text_without_translation_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="not ordered at position 1"):
        Band((0, 0), (1, 1), (2, 0.5), (3, 3), (4, 4))
    with pytest.raises(ValueError, match="missing in one language"):
        Bilingual("only English", " ")


def test_both_files_are_written_and_nothing_else(findings: Findings, tmp_path: Path) -> None:
    english, japanese = write_briefs(findings, tmp_path / "new" / "folder")
    assert english.read_text(encoding="utf-8") == render_brief(findings, "en")
    assert japanese.name == "brief.ja.html"
    assert {p.name for p in english.parent.iterdir()} == {"brief.en.html", "brief.ja.html"}
    assert f'href="{japanese.name}"' in english.read_text(encoding="utf-8")


def test_a_failed_write_leaves_the_old_file(
    findings: Findings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "brief.en.html").write_text("old", encoding="utf-8")

    def full_disk(_: int) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(stepdown.brief.page.os, "fsync", full_disk)
    with pytest.raises(OSError, match="no space left"):
        write_briefs(findings, tmp_path)
    assert (tmp_path / "brief.en.html").read_text(encoding="utf-8") == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["brief.en.html"]
