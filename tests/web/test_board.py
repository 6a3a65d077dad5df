"""The lever board in a real browser: sliders by keyboard, an address that follows and brings it all back."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

SMALL = "M15.50.2031.u.USA-GBR-FRA~M24.25.2028.u.USA-GBR-FRA~M49.75.2028.r.USA-RUS-CHN"
HASTE = 120_000

pytestmark = pytest.mark.usefixtures("prepared")


def settled(page: Page) -> None:
    """All futures are shown and nothing is under way."""
    expect(page.locator(".results .status")).not_to_have_class(re.compile("busy"), timeout=HASTE)
    expect(page.locator("#board")).not_to_have_class(re.compile("htmx-request"), timeout=HASTE)


def open_board(page: Page, query: str = f"a={SMALL}", language: str = "en") -> None:
    page.goto(f"/{language}/board?{query}")
    settled(page)


def picture(page: Page) -> list[str]:
    """What the charts draw and the gauges say."""
    drawn = page.locator(".results svg.chart").evaluate_all("all => all.map(s => s.innerHTML)")
    return [*drawn, *page.locator(".gauge .line").all_inner_texts()]


def test_lever_by_keyboard_changes_gauges_and_address_and_survives_a_reload(page: Page) -> None:
    open_board(page)
    before = picture(page)
    slider = page.get_by_label("Adopt sole purpose")
    slider.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(page.locator("#w-M15")).to_have_text("far-reaching")
    page.wait_for_url(re.compile(r"M15\.100\.2031"), timeout=HASTE)
    settled(page)
    after = picture(page)
    assert after != before
    assert slider.evaluate("s => s === document.activeElement && s.value") == "4"
    assert slider.get_attribute("aria-valuetext") == "far-reaching"
    expect(page.locator("#said")).to_contain_text("Nuclear-use risk", timeout=HASTE)
    page.reload()
    settled(page)
    assert picture(page) == after


def test_lever_is_dragged(page: Page) -> None:
    """With the mouse held down the word follows; the address and the gauges hold where it was let go."""
    open_board(page)
    before = picture(page)
    box = page.get_by_label("Adopt sole purpose").bounding_box()
    assert box is not None
    y = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] / 2, y)
    page.mouse.down()
    page.mouse.move(box["x"] + 0.76 * box["width"], y, steps=6)
    expect(page.locator("#w-M15")).to_have_text("substantial")
    page.mouse.move(box["x"] + box["width"] - 2, y, steps=6)
    page.mouse.up()
    expect(page.locator("#w-M15")).to_have_text("far-reaching")
    page.wait_for_url(re.compile(r"M15\.100\.2031"), timeout=HASTE)
    settled(page)
    assert picture(page) != before


def test_other_language_shows_the_same_numbers(page: Page) -> None:
    open_board(page)
    page.get_by_label("Adopt sole purpose").focus()
    page.keyboard.press("ArrowLeft")
    page.wait_for_url(re.compile(r"M15\.25\.2031"), timeout=HASTE)
    settled(page)
    medians = page.locator(".says-who").all_inner_texts()
    page.get_by_role("link", name="日本語").click()
    settled(page)
    assert "/ja/board?" in page.url
    assert "M15.25.2031" in page.url
    assert page.locator("html").get_attribute("lang") == "ja"
    assert page.locator(".says-who").all_inner_texts() == medians
    expect(page.locator("#w-M15")).to_have_text("わずか")


def test_undo_redo_replay_and_reset(page: Page) -> None:
    open_board(page)
    start = picture(page)
    page.get_by_label("Adopt sole purpose").focus()
    page.keyboard.press("End")
    page.wait_for_url(re.compile(r"M15\.100"), timeout=HASTE)
    settled(page)
    changed = picture(page)
    expect(page.locator(".status")).to_contain_text("Adopt sole purpose: moderate → far-reaching")
    page.get_by_role("link", name="Replay last change").click()
    expect(page.locator(".status")).to_contain_text("Before the last change", timeout=HASTE)
    expect(page.locator(".status")).not_to_contain_text("Before the last change", timeout=HASTE)
    settled(page)
    assert picture(page) == changed
    page.get_by_role("link", name="Undo").click()
    page.wait_for_url(re.compile(r"M15\.50"), timeout=HASTE)
    settled(page)
    assert picture(page) == start
    assert page.locator("#s-M15").input_value() == "2"
    page.get_by_role("link", name="Redo").click()
    page.wait_for_url(re.compile(r"M15\.100"), timeout=HASTE)
    settled(page)
    assert picture(page) == changed
    page.get_by_role("link", name="Reset").click()
    page.wait_for_url(re.compile(r"M01\.50"), timeout=HASTE)


def test_lens_series_and_compare_tray(page: Page) -> None:
    open_board(page)
    page.get_by_role("link", name="Spiral model").click()
    page.wait_for_url(re.compile("lens=spiral_model"), timeout=HASTE)
    expect(page.locator(".gauge").first).to_contain_text("under this lens only")
    page.get_by_text("Other series (Reliance index)").click()
    page.locator(".fan").first.get_by_role("link", name="Domestic support").click()
    page.wait_for_url(re.compile("left=domestic_support"), timeout=HASTE)
    expect(page.locator(".fan h2").first).to_have_text("Domestic support")
    page.get_by_role("link", name="Keep A as it is now and change a copy").click()
    page.wait_for_url(re.compile("edit=b"), timeout=HASTE)
    expect(page.locator(".slot-b")).to_contain_text("on the sliders")
    settled(page)
    page.get_by_label("Adopt sole purpose").focus()
    page.keyboard.press("Home")
    page.wait_for_url(re.compile(r"b=M15\.0\."), timeout=HASTE)
    assert "a=M15.50." in page.url
    settled(page)
    page.get_by_role("link", name="Change A", exact=True).click()
    page.wait_for_url(re.compile(r"^(?!.*edit=b)"), timeout=HASTE)
    page.get_by_role("link", name="Remove B").click()
    page.wait_for_url(re.compile(r"^(?!.*[?&]b=)"), timeout=HASTE)


def test_measure_is_found_added_set_and_taken_out(page: Page) -> None:
    open_board(page)
    page.get_by_role("link", name="Add a measure (12 more)").first.click()
    panel = page.get_by_role("dialog")
    panel.get_by_label("Search").fill("reject status")
    expect(panel.get_by_role("listitem")).to_have_count(1, timeout=HASTE)
    panel.get_by_role("button", name="Add “Reject nuclear weapons as source of status”").click()
    page.wait_for_url(re.compile(r"M04\..*#M04"), timeout=HASTE)
    settled(page)
    page.locator("#M04 .settings").click()
    panel = page.get_by_role("dialog")
    panel.get_by_label("First year").fill("2040")
    panel.get_by_label("reciprocal").check()
    panel.get_by_role("button", name="Set", exact=True).click()
    page.wait_for_url(re.compile(r"M04\.\d+\.2040\.r\."), timeout=HASTE)
    expect(page.locator("#M04")).to_contain_text("from 2040 · reciprocal")
    page.locator("#M04 .settings").click()
    page.get_by_role("dialog").get_by_role("button", name="Take it out").click()
    page.wait_for_url(re.compile(r"^(?!.*M04)"), timeout=HASTE)


def test_says_who_opens_by_keyboard(page: Page) -> None:
    open_board(page)
    page.locator(".says-who").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#who-use_risk")).to_be_visible()
    expect(page.locator("#who-use_risk")).to_contain_text("Spiral model")
    page.keyboard.press("Escape")
    expect(page.locator("#who-use_risk")).to_be_hidden()


def test_other_screens_are_reached_with_the_package_on_the_sliders(page: Page) -> None:
    """From the bar, from the effects, and back again after a screen that has no package."""
    open_board(page)
    page.get_by_label("Adopt sole purpose").focus()
    page.keyboard.press("Home")
    page.wait_for_url(re.compile(r"a=M15\.0\."), timeout=HASTE)
    settled(page)
    moved = re.compile(r"a=M15\.0\.")
    for name in ("Why", "Assumptions", "Robustness", "Brief", "Lever board"):
        link = page.locator("#screens").get_by_role("link", name=name, exact=True)
        expect(link).to_have_attribute("href", moved)
    expect(page.locator(".gauges-head").get_by_role("link", name="Why")).to_have_attribute("href", moved)
    page.locator("#screens").get_by_role("link", name="Record").click()
    page.wait_for_url("**/en/record")
    page.locator("#screens").get_by_role("link", name="Lever board").click()
    page.wait_for_url(moved, timeout=HASTE)


def test_one_median_reads_the_same_in_gauge_tray_and_table(page: Page) -> None:
    open_board(page)
    for name in ("Reliance index", "Nuclear-use risk", "Allied assurance"):
        gauge = page.locator(".gauge", has_text=name).locator(".says-who").inner_text()
        row = page.locator(".slot tr", has=page.get_by_role("rowheader", name=name))
        assert row.locator("td").nth(1).inner_text() == gauge
