"""The Trial design page: every input of a size counts, and an error loses nothing."""

from collections.abc import Callable
from typing import Any

import pytest

from pages.panels.design.question import QUESTIONS
from tests.pages.opened import words
from tests.pages.shown import Shown, assert_code_gives_the_numbers

pytestmark = pytest.mark.page


@pytest.fixture
def page(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Shown]:
    return lambda **link: Shown(monkeypatch, **link)


Page = Callable[..., Shown]
SIZE_INPUTS: dict[str, dict[str, tuple[str, Any]]] = {
    "Means": {
        "Difference of means": ("number_input", 0.5),
        "Standard deviation": ("number_input", 1.2),
        "Power": ("slider", 80),
        "One-sided level (%)": ("number_input", 5.0),
        "Treated per control patient": ("number_input", 2.0),
        "Drop-out (%)": ("number_input", 10.0),
        "Accrual (months)": ("number_input", 18.0),
        "Follow-up (months)": ("number_input", 6.0),
        "What if the effect is only …": ("slider", 50),
        "Weakest plausible effect (difference)": ("number_input", 0.1),
        "Strongest plausible effect (difference)": ("number_input", 0.9),
    },
    "Rates": {
        "Rate under control (%)": ("number_input", 25.0),
        "Rate under treatment (%)": ("number_input", 50.0),
        "Drop-out (%)": ("number_input", 10.0),
        "Weakest plausible effect (% points)": ("number_input", 0.0),
        "Strongest plausible effect (% points)": ("number_input", 30.0),
    },
    "Event times": {
        "Hazard ratio": ("number_input", 0.6),
        "Median under control (months)": ("number_input", 18.0),
        "Drop-out (%)": ("number_input", 10.0),
        "Accrual (months)": ("number_input", 18.0),
        "Follow-up (months)": ("number_input", 6.0),
        "Weakest plausible effect (hazard ratio)": ("number_input", 0.95),
        "Strongest plausible effect (hazard ratio)": ("number_input", 0.5),
    },
}


@pytest.mark.parametrize("outcome", SIZE_INPUTS)
def test_each_input_of_a_size_changes_what_is_said(page: Page, outcome: str) -> None:
    shown = page(outcome=outcome)
    for label, (kind, value) in SIZE_INPUTS[outcome].items():
        before = shown.told()
        shown.put(kind, label, value)
        assert shown.told() != before, label


@pytest.mark.parametrize(
    ("outcome", "title"),
    [
        # 2 (1.96 + 1.28)^2 / 0.4^2 = 131.3 per arm, and 133 by the t-test.
        ("Means", "266 patients, 133 in each arm"),
        # (1.96 sqrt(2 x 0.375 x 0.625) + 1.28 sqrt(0.45 x 0.55 + 0.3 x 0.7))^2 / 0.15^2 = 216.9 per arm.
        ("Rates", "434 patients, 217 in each arm"),
        # 4 (1.96 + 1.28)^2 / log(0.7)^2 = 330.4 events.
        ("Event times", "for 331 events"),
    ],
)
def test_the_size_is_the_textbook_s(page: Page, outcome: str, title: str) -> None:
    assert page(outcome=outcome).blocks["size"].title.endswith(title)


def test_a_size_that_is_impossible_says_so_and_keeps_the_last_result(page: Page) -> None:
    shown = page()
    before = shown.told()
    shown.put("number_input", "Difference of means", 0.0)
    (error,) = shown.app.error
    assert "a mean difference of 0 needs infinitely many" in str(error.value)
    assert "last result that was possible" in words(shown.app)
    assert shown.told() == before
    shown.put("number_input", "Difference of means", 0.4)
    assert not shown.app.error
    assert shown.told() == before


@pytest.mark.parametrize(
    ("outcome", "label", "impossible"),
    [
        ("Means", "Standard deviation", 0.0),
        ("Means", "One-sided level (%)", 60.0),
        ("Means", "Treated per control patient", 0.0),
        ("Means", "Accrual (months)", -3.0),
        ("Means", "Follow-up (months)", -1.0),
        ("Means", "Drop-out (%)", 100.0),
        ("Rates", "Rate under control (%)", 0.0),
        ("Rates", "Rate under treatment (%)", 100.0),
        ("Event times", "Hazard ratio", 0.0),
        ("Event times", "Median under control (months)", 0.0),
    ],
)
def test_an_impossible_input_is_named_by_its_label(page: Page, outcome: str, label: str, impossible: float) -> None:
    shown = page(outcome=outcome)
    shown.put("number_input", label, impossible)
    (error,) = shown.app.error
    # The page's Markdown puts a backslash before some signs.
    said = str(error.value).replace("\\", "")
    assert said.startswith(f"{label} should ")
    assert said.endswith(f", but {impossible:g} was given.")


def test_harm_is_no_effect_to_plan_for(page: Page) -> None:
    shown = page(outcome="Event times")
    shown.put("number_input", "Hazard ratio", 1.3)
    assert "the assumed effect is harm" in str(shown.app.error[0].value)


def test_only_event_times_have_a_calendar(page: Page) -> None:
    assert set(page().blocks) == {"size", "assurance"}
    assert set(page(outcome="Event times").blocks) == {"size", "calendar", "assurance"}


def test_a_link_brings_question_and_assumptions_back(page: Page) -> None:
    shown = page(outcome="Rates", power="80", level="5")
    assert "with a power of 80." in shown.blocks["size"].sentence
    assert "one-sided level 5 %" in shown.blocks["size"].method


def test_every_question_is_offered() -> None:
    offered = [question.words for question in QUESTIONS]
    assert {"How many patients?", "Looks on the way"} <= set(offered)


@pytest.mark.parametrize("outcome", SIZE_INPUTS)
def test_shown_code_of_a_size_gives_its_numbers(page: Page, outcome: str) -> None:
    blocks = page(outcome=outcome, dropout="10").blocks
    for block in blocks.values():
        assert_code_gives_the_numbers(block)
