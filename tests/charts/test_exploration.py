"""Charts of exploration: they say what the data say, in both languages, within their frame."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from stepdown.charts import Figure
from stepdown.charts.box_view import box_view
from stepdown.charts.peeling import peeling_chart
from stepdown.charts.regret import regret_matrix
from stepdown.charts.stacking import stacking_chart
from stepdown.charts.tornado import tornado
from stepdown.contracts.comparison import Influence, Robustness, Sensitivity, Stack, StackAxis
from stepdown.contracts.effects import Bilingual, OutcomeLabel
from stepdown.contracts.scenarios import Box, Count, InputWords, Limit, ScenarioFinding, Support

LANGUAGES = ("en", "ja")
WIDTHS = (304, 640)
WILL = InputWords(
    Bilingual("political will in states with a long name", "政治的意思"), (0.3, 0.6), (-1.0, 1.0)
)
TANGLE = InputWords(
    Bilingual("Entanglement", "核・非核の混在"),
    options=(("strong", Bilingual("strong", "強い")), ("low", Bilingual("low", "弱い"))),
)
RISK = OutcomeLabel(
    "use_risk",
    Bilingual("nuclear-use risk", "核使用リスク"),
    Bilingual("1", "1"),
    "down",
    "ratio",
    "use_risk",
    0.02,
)
FINDING = ScenarioFinding(
    "p",
    "use_risk",
    0.02,
    Bilingual("Package A backfires", "政策パッケージAは逆効果となる"),
    Box((Limit("s08", options=("strong",)), Limit("will", 0.1, 0.42)), Count(100, 71, 1000, 111)),
    Bilingual("A sentence.", "文。"),
    (Support("s08", 1e-9, 0.95), Support("will", 0.012, 0.7)),
    (("s08", TANGLE), ("will", WILL)),
    (Count(1000, 111, 1000, 111), Count(400, 100, 1000, 111), Count(100, 71, 1000, 111)),
    (0, 1, 2),
)
ROBUST = Robustness(
    "use_risk",
    ("baseline", "p"),
    ("a", "b"),
    (),
    ((0.3, 0.2), (0.05, 0.08)),
    ((0.0, 0.0), (0.12, -0.01)),
    ((0.0, 0.0), (0.04, 0.3)),
    (),
    100,
    0,
)
NAMES = {
    "baseline": Bilingual("baseline", "基準"),
    "p": Bilingual("package one", "政策1"),
    "a": Bilingual("lens one", "見方1"),
    "b": Bilingual("lens two", "見方2"),
}
INFLUENCE = Sensitivity(
    "binned_first",
    "use_risk",
    (Influence("will", 0.31, 0.25, 0.4), Influence("s08", 0.01, 0.0, 0.03)),
    500,
    noise=0.02,
)
STACK = Stack(
    (StackAxis("s08", options=("strong", "low")),),
    (StackAxis("will", edges=(0.0, 0.3, 0.6, 1.0)),),
    ((0.1, 0.5, None), (0.0, 0.2, 0.25)),
    ((10, 20, 0), (30, 40, 8)),
    0.2,
)
WORDS = {"s08": TANGLE, "will": WILL}


def drawn(lang: str, width: float) -> dict[str, Figure]:
    labels = {n: w.label for n, w in WORDS.items()}
    return {
        "box": box_view(FINDING, lang, figure_id="b", width=width),
        "peeling": peeling_chart(FINDING, lang, figure_id="p", width=width),
        "regret": regret_matrix(ROBUST, RISK, NAMES, {"p": "A"}, lang, figure_id="r", width=width),
        "tornado": tornado(INFLUENCE, RISK.label, labels, lang, figure_id="t", width=width),
        "stack": stacking_chart(STACK, WORDS, lang, figure_id="s", width=width),
    }


def texts(figure: Figure) -> list[str]:
    return [str(c) for e in figure.svg().walk() if e.tag == "text" for c in e.children]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("width", WIDTHS)
def test_every_mark_lies_within_the_frame(lang, width) -> None:
    for name, figure in drawn(lang, width).items():
        for e in figure.svg().walk():
            for key, most in (("x", width), ("y", figure.height), ("x2", width), ("y2", figure.height)):
                value = e.get(key)
                assert value is None or -0.5 <= float(value) <= most + 0.5, (name, e)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_figures_have_title_finding_and_a_table_of_the_same_numbers(lang) -> None:
    for figure in drawn(lang, 640).values():
        svg = str(figure.svg())
        assert figure.title in re.sub("&amp;", "&", svg)
        assert figure.finding
        assert all(len(row) == len(figure.table.columns) for row in figure.table.rows)
        assert "class" not in str(figure.svg(resolved=True))


def test_the_box_shows_its_limits_and_options() -> None:
    shown = texts(drawn("en", 640)["box"])
    assert {"0.1", "0.42", "strong", "low", "found again in 95\u00a0% of half-samples"} <= set(shown)
    rows = drawn("en", 640)["box"].table.rows
    assert rows[0][1:] == ("strong", "strong, low", "95\u00a0%", "<0.001")
    assert rows[1][1:] == ("0.1 to 0.42", "−1.00 to 1.00", "70\u00a0%", "0.012")


def test_only_the_allowed_part_of_a_range_is_filled() -> None:
    figure = drawn("en", 640)["box"]
    fills = [e for e in figure.svg().walk() if e.get("class") == "c-fill-a" and e.tag == "rect"]
    (bar,) = fills
    left = 4 + (0.1 + 1) / 2 * 632
    assert float(bar.get("x")) == pytest.approx(left, abs=0.1)
    assert float(bar.get("width")) == pytest.approx(0.32 / 2 * 632, abs=0.2)


def test_no_box_cannot_be_drawn() -> None:
    with pytest.raises(ValueError, match="no box to draw"):
        box_view(replace(FINDING, box=None), "en", figure_id="b")


def test_peeling_lists_every_step_and_marks_the_chosen_box() -> None:
    figure = drawn("en", 640)["peeling"]
    assert len(figure.table.rows) == 3
    assert figure.table.rows[1] == ("1", "90\u00a0%", "25\u00a0%", "40\u00a0%", "1")
    assert "chosen box" in texts(figure)
    bare = peeling_chart(replace(FINDING, box=None), "en", figure_id="p")
    assert "chosen box" not in texts(bare)


def test_regret_is_written_with_its_unit_and_the_least_of_the_worst_is_named() -> None:
    figure = drawn("en", 640)["regret"]
    assert "package one, 8\u00a0%" in figure.finding
    row = figure.table.rows[2]
    # Change in the way intended, back in the outcome's own direction: less risk is minus.
    assert row == ("Package one", "Lens one", "5\u00a0%", "−12\u00a0%", "4\u00a0%")


def test_inputs_below_chance_are_counted_out_and_drawn_faint() -> None:
    figure = drawn("en", 640)["tornado"]
    assert figure.finding.startswith("1 of 2 inputs stand")
    bars = [e.get("fill-opacity") for e in figure.svg().walk() if e.tag == "rect"]
    assert bars == ["0.4", "0.12"]
    nothing = tornado(
        replace(INFLUENCE, noise=0.5), RISK.label, {n: w.label for n, w in WORDS.items()}, "en", figure_id="t"
    )
    assert "None of 2 inputs" in nothing.finding


def test_stacked_cells_carry_their_shares_and_empty_ones_are_hatched() -> None:
    figure = drawn("en", 640)["stack"]
    assert {"10", "50", "0", "20", "25"} <= set(texts(figure))
    hatched = [e for e in figure.svg().walk() if e.get("fill") == "url(#s-h)"]
    assert len(hatched) == 1
    assert figure.table.rows[2][-2:] == ("no future", "0")
    assert len(figure.table.rows) == 6
