"""Trial design without any data: a size, an impossible wish, looks on the way, and the link to all of it."""

import time
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browsing import SOON, Visitor
from tests.journeys.conftest import Visit
from tests.journeys.steps import download

#: Seconds; ten times what a slider may take, a bound against hangs.
HANG = 10.0  # seconds; a bound against hangs on a busy machine, not a target


def type_number(someone: Visitor, label: str, value: str) -> None:
    field = someone.page.get_by_role("spinbutton", name=label).first
    field.fill(value, timeout=SOON)
    field.press("Enter")
    someone.settled()


def slide(someone: Visitor, label: str, key: str) -> float:
    """Move a slider by one step; return the seconds until the first result says something else."""
    slider = someone.page.get_by_role("slider", name=label).first
    said = someone.page.get_by_test_id("stMarkdownContainer").filter(has_text="with a p").first
    before = said.inner_text()
    slider.focus(timeout=SOON)
    started = time.monotonic()
    slider.press(key)
    expect(said).not_to_have_text(before, timeout=SOON)
    return time.monotonic() - started


@pytest.mark.journey
def test_a_size_follows_its_inputs_and_survives_an_impossible_one(visit: Visit, tmp_path: Path) -> None:
    someone = visit()
    someone.open("/design")
    someone.see_heading("266 patients, 133 in each arm")
    type_number(someone, "Difference of means", "0.5")
    someone.see_heading("172 patients, 86 in each arm")
    type_number(someone, "Difference of means", "0")
    someone.see("needs infinitely many")
    someone.see_heading("172 patients, 86 in each arm")
    type_number(someone, "Difference of means", "0.5")
    expect(someone.page.get_by_text("needs infinitely many")).to_have_count(0, timeout=SOON)
    assert b"effect_share" in download(someone, "size", "CSV of the data", tmp_path)
    someone.settled()
    assert slide(someone, "What if the effect is only …", "ArrowRight") < HANG


@pytest.mark.journey
def test_looks_follow_the_sliders_and_the_link_brings_them_back(visit: Visit) -> None:
    someone = visit()
    someone.open("/design?difference=0.5")
    someone.see_heading("172 patients, 86 in each arm")
    someone.page.get_by_role("radio", name="Looks on the way").click(timeout=SOON)
    someone.see_heading("At most 174 patients, 87 in each arm")
    someone.settled()
    assert slide(someone, "Analyses", "ArrowRight") < HANG
    someone.settled()
    assert slide(someone, "Power", "ArrowLeft") < HANG
    someone.see("4 analyses")
    headline = someone.page.get_by_role("heading", level=2).first.inner_text()

    someone.go("Start")
    someone.see("The way through")
    someone.go("Trial design")
    someone.see_heading(headline)
    someone.settled()
    friend = visit()
    friend.page.goto(someone.page.url)
    friend.see_heading(headline)
    friend.see("4 analyses")
    # Who came by a link has clicked on no question, and still finds it again.
    friend.settled()
    friend.go("Start")
    friend.see("The way through")
    friend.go("Trial design")
    friend.see_heading(headline)
