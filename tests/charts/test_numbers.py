"""Numbers as a reader sees them, in both languages."""

from __future__ import annotations

import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stepdown.charts import numbers

reasonable = st.floats(-1e6, 1e6, allow_nan=False)


def parsed(text: str) -> float:
    return float(text.replace(numbers.MINUS, "-").replace(",", "").replace(f"{numbers.NBSP}%", ""))


@given(reasonable)
def test_a_written_ratio_reads_back_within_its_last_digit(value: float) -> None:
    (text,) = numbers.changes("ratio", value)
    step = 1 if "." not in text else 0.1
    assert abs(parsed(text) - 100 * value) <= 0.5000001 * step
    assert "-" not in text


@given(reasonable)
def test_the_sign_is_written_unless_the_number_rounds_to_nothing(value: float) -> None:
    (text,) = numbers.changes("difference", value)
    shown = parsed(text)
    if shown == 0:
        assert not text.startswith(("+", numbers.MINUS))
    else:
        assert text.startswith("+" if value > 0 else numbers.MINUS)
        assert math.copysign(1, shown) == math.copysign(1, value)


@given(st.lists(reasonable, min_size=2, max_size=5))
def test_numbers_that_belong_together_have_the_same_decimals(values: list[float]) -> None:
    texts = numbers.changes("difference", *values)
    assert len({len(text.partition(".")[2]) for text in texts}) == 1


@given(st.lists(reasonable, min_size=2, max_size=5))
def test_writing_keeps_the_order(values: list[float]) -> None:
    read = [parsed(text) for text in numbers.changes("ratio", *sorted(values))]
    assert read == sorted(read)


@given(st.integers(0, 10**9))
def test_japanese_counts_read_back(value: int) -> None:
    text = numbers.count(value, "ja")
    found = re.fullmatch(r"(?:([\d,]+)万)?([\d,]*)", text)
    assert found
    tens, rest = (int((part or "0").replace(",", "")) for part in found.groups())
    assert tens * 10_000 + rest == value


@given(st.floats(0, 1))
def test_no_harm_is_rounded_away_and_none_is_rounded_to_certainty(share: float) -> None:
    text = numbers.hundredths(share)
    assert (text == "0") == (share <= 1e-9)
    assert (text == "100") == (share >= 1 - 1e-9)


@pytest.mark.parametrize(
    ("value", "language", "text"),
    [
        (10_000, "en", "10,000"),
        (10_000, "ja", "1万"),
        (12_500, "ja", "1万2500"),
        (2_000, "ja", "2,000"),
    ],
)
def test_counts(value: int, language: str, text: str) -> None:
    assert numbers.count(value, language) == text


@pytest.mark.parametrize(
    ("iso", "english", "japanese"),
    [
        ("2026-06-01", "1 June 2026", "2026年6月1日"),
        ("2026-06", "June 2026", "2026年6月"),
        ("2026", "2026", "2026年"),
    ],
)
def test_dates(iso: str, english: str, japanese: str) -> None:
    assert numbers.day(iso, "en") == english
    assert numbers.day(iso, "ja") == japanese


def test_a_date_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValueError, match="day"):
        numbers.day("2026-02-30", "en")


@pytest.mark.parametrize("value", [math.nan, math.inf])
def test_what_is_no_number_is_refused(value: float) -> None:
    with pytest.raises(ValueError, match="not a number"):
        numbers.decimal(value, 1)


def test_shares_outside_0_to_1_are_refused() -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        numbers.share(1.2)
