"""Pedigree against influence, weights of lenses, distributions, and lines over parallel axes."""

from __future__ import annotations

import pytest

from stepdown.charts.density import Distribution, distribution_mark
from stepdown.charts.lens_weights import lens_weights
from stepdown.charts.nusap import Assumption, nusap_diagram
from stepdown.charts.parallel import Axis, Thread, future_strands, package_threads
from stepdown.charts.pedigree import pedigree_mark
from stepdown.contracts.effects import Bilingual
from stepdown.vocabulary.ids import Language


def both(text: str) -> Bilingual:
    return Bilingual(text, f"{text}（日）")


FOUND = (
    Assumption(both("strong & <heavy>"), "input", 3.0, 0.36),
    Assumption(both("weak and heavy"), "switch", 0.6, 0.2),
    *(Assumption(both(f"light {i}"), "effect", 0.8, 0.01) for i in range(30)),
)


@pytest.mark.parametrize("language", ["en", "ja"])
def test_diagram_names_what_stands_out_and_no_more(language: Language) -> None:
    figure = nusap_diagram(FOUND, 0.05, both("risk"), language, figure_id="n")
    svg = str(figure.svg())
    assert "weak and heavy" in svg.lower()
    assert "light" not in svg.partition("</desc>")[2].lower()
    assert len(figure.table.rows) == len(FOUND)
    assert "2" in figure.finding
    assert "36" in figure.finding


def test_heavier_stands_higher_and_stronger_stands_further_right() -> None:
    figure = nusap_diagram(FOUND, 0.05, both("risk"), "en", figure_id="n")
    disc = next(s for s in figure.shapes if s.tag == "circle")
    square = next(s for s in figure.shapes if s.tag == "rect" and s.get("fill-opacity") == "0.9")
    assert float(disc.get("cy") or 0) < float(square.get("y") or 0)
    assert float(disc.get("cx") or 0) > float(square.get("x") or 0)


def test_diagram_says_when_nothing_stands_out() -> None:
    figure = nusap_diagram(FOUND, 0.5, both("risk"), "en", figure_id="n")
    assert figure.finding.startswith("None of 32")
    with pytest.raises(ValueError, match="no assumption"):
        nusap_diagram((), 0.5, both("risk"), "en", figure_id="n")


def test_weights_fill_the_bar() -> None:
    options = [(both("yes"), (0.25, 1.0)), (both("no"), (0.75, 0.0))]
    figure = lens_weights(both("dispute"), [both("hard"), both("soft")], options, "en", figure_id="w")
    bars = [s for s in figure.shapes if s.tag == "rect"]
    assert len(bars) == 3  # a weight of nothing is not drawn
    first, second = (float(b.get("width") or 0) for b in bars[:2])
    assert second / first == pytest.approx(3, rel=0.01)
    assert figure.table.rows == (("hard", "25\u00a0%", "75\u00a0%"), ("soft", "100\u00a0%", "0\u00a0%"))


def test_distribution_is_drawn_as_steps_as_bars_or_as_a_pin() -> None:
    wide = Distribution(1, 2, 4, 0.5, 6, False, (1.0, 4.0, 2.0))
    pin = Distribution(3, 3, 3, 3, 3, False, ())
    assert str(distribution_mark([wide])).count("H") == 3
    assert "circle" in str(distribution_mark([pin]))
    many = str(distribution_mark([wide] * 30))
    assert many.count("<circle") == 10
    assert 'aria-hidden="true"' in many


def test_pedigree_shows_one_column_per_score() -> None:
    drawn = str(pedigree_mark((0, 4, 2)))
    assert drawn.count("c-axis") == 3
    assert drawn.count("c-accent") == 2


def test_strands_put_what_backfires_on_top() -> None:
    ends = ((0, both("0")), (1, both("1")))
    axes = [Axis(both("a"), ends), Axis(both("b"), (ends[0], (0.5, both("half")), ends[1]))]
    threads = [
        Thread("Future 1", (0.1, 0.9), (both("0.1"), both("0.9")), strong=True),
        Thread("Future 2", (0.5, 0.5), (both("0.5"), both("0.5"))),
    ]
    figure = future_strands(axes, threads, "B", "en", figure_id="s")
    paths = [s for s in figure.shapes if s.tag == "path"]
    assert [p.get("class") for p in paths] == ["c-axis", "c-ink"]
    assert figure.table.rows[0] == ("Future 1", "0.1", "0.9", "backfires")
    assert "(strong lines): 1; in which it does not (faint lines): 1." in figure.finding
    assert "half" in str(figure.svg())


def test_packages_are_told_apart_by_hue_dash_and_letter() -> None:
    outcomes = [both("risk"), both("reliance")]
    packages = [("A", both("first"), (0.9, 1.0)), ("B", both("second"), (0.42, 0.8))]
    figure = package_threads(outcomes, packages, "ja", figure_id="t")
    lines = [s for s in figure.shapes if s.tag == "path"]
    assert [s.get("class") for s in lines] == ["c-line-a", "c-line-b"]
    assert lines[0].get("stroke-dasharray") != lines[1].get("stroke-dasharray")
    assert "42" in figure.finding
    assert figure.table.rows[1][1:] == ("42\u00a0%", "80\u00a0%")
