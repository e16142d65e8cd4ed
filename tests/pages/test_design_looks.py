"""Looks on the way: every input counts, each rule has its field, and an error loses nothing."""

from collections.abc import Callable
from typing import Any

import pytest

from ite.charts.reading_looks import FAMILIES
from pages.panels.design.looks_futility import SCALES
from tests.pages.opened import words
from tests.pages.shown import Shown, assert_code_gives_the_numbers

pytestmark = pytest.mark.page


@pytest.fixture
def page(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Shown]:
    return lambda **link: Shown(monkeypatch, **link)


Page = Callable[..., Shown]
LOOKS_INPUTS: dict[str, tuple[str, Any]] = {
    "Analyses": ("slider", 4),
    "Looks at (% of the information)": ("text_input", "30, 50, 80"),
    "Difference of means": ("number_input", 0.5),
    "Standard deviation": ("number_input", 1.2),
    "Power": ("slider", 80),
    "One-sided level (%)": ("number_input", 5.0),
    "Treated per control patient": ("number_input", 2.0),
    "Drop-out (%)": ("number_input", 10.0),
    "Accrual (months)": ("number_input", 18.0),
    "Follow-up (months)": ("number_input", 6.0),
    "Stopping for futility": ("selectbox", "z"),
    "Futility bound (z)": ("text_input", "0.2"),
    "Futility is binding": ("checkbox", True),
    "Looks for futility only": ("multiselect", [1]),
    "At look": ("selectbox", 2),
    "Estimated difference": ("number_input", 0.3),
    "Weakest plausible effect (difference)": ("number_input", 0.1),
    "Strongest plausible effect (difference)": ("number_input", 0.9),
}
LOOKS = "Looks on the way"
USUAL = ("bounds", "expected", "looks", "interim", "assurance")
ENLARGED = ("second-stage", "enlarged-power", "enlarged-level")


def test_each_input_of_looks_changes_what_is_said(page: Page) -> None:
    shown = page(question=LOOKS)
    for label, (kind, value) in LOOKS_INPUTS.items():
        before = shown.told()
        shown.put(kind, label, value)
        assert not shown.app.error, label
        assert shown.told() != before, label


@pytest.mark.parametrize("family", FAMILIES)
def test_each_boundary_has_its_field_and_its_bounds(page: Page, family: str) -> None:
    shown = page(question=LOOKS)
    usual = shown.blocks["bounds"].data
    shown.put("selectbox", "Stopping for benefit", family)
    assert not shown.app.error
    bounds = shown.blocks["bounds"].data
    assert FAMILIES[family] in shown.blocks["bounds"].method
    assert (family == "obrien_fleming") == bounds["z_benefit"].equals(usual["z_benefit"])
    assert bounds["benefit_if_none"].sum() == pytest.approx(2.5, abs=1e-6)
    assert bounds["benefit_if_effect"].sum() == pytest.approx(90.0, abs=1e-6)


@pytest.mark.parametrize("scale", [scale for scale in SCALES if scale != "none"])
def test_each_scale_of_futility_has_its_field_and_its_bounds(page: Page, scale: str) -> None:
    shown = page(question=LOOKS)
    shown.put("selectbox", "Stopping for futility", scale)
    assert not shown.app.error
    bounds = shown.blocks["bounds"].data
    assert bounds["z_futility"].notna().tolist() == [True, True, False]
    assert bounds["benefit_if_effect"].sum() == pytest.approx(90.0, abs=1e-6)


def test_looks_of_the_log_rank_test_are_in_events_and_months(page: Page) -> None:
    bounds = page(question=LOOKS, outcome="Event times").blocks["bounds"]
    assert bounds.title.startswith("At most 336 events in ")
    assert bounds.data["month"].is_monotonic_increasing
    assert bounds.data["month"].iloc[-1] == pytest.approx(36.0)


@pytest.mark.parametrize(
    ("label", "value", "sentence"),
    [
        ("Looks at (% of the information)", "50", "3 analyses have 2 looks before the last, but 1 times were given"),
        ("Looks at (% of the information)", "50, half", "Numbers parted by commas are expected, but 'half' was typed"),
        ("Looks at (% of the information)", "80, 40", "Looks come at increasing shares"),
        ("Futility bound (z)", "0, 0, 0", "one for each of the 2 before the last, but 3"),
        ("Futility bound (z)", "nan", "finite"),
    ],
)
def test_impossible_looks_say_so_and_keep_the_last_result(page: Page, label: str, value: str, sentence: str) -> None:
    shown = page(question=LOOKS)
    shown.put("selectbox", "Stopping for futility", "z")
    before = shown.told()
    shown.put("text_input", label, value)
    assert sentence in str(shown.app.error[0].value)
    assert shown.told() == before


@pytest.mark.parametrize("outcome", ["Means", "Rates", "Event times"])
def test_shown_code_of_looks_gives_their_numbers(page: Page, outcome: str) -> None:
    shown = page(question=LOOKS, outcome=outcome)
    shown.put("selectbox", "Stopping for futility", "beta_spending")
    shown.put("selectbox", "Stopping for benefit", "hwang_shih_decani")
    assert set(shown.blocks) == set(USUAL)
    for block in shown.blocks.values():
        assert_code_gives_the_numbers(block)


@pytest.mark.parametrize("outcome", ["Means", "Rates", "Event times"])
def test_a_trial_of_two_analyses_may_be_enlarged(page: Page, outcome: str) -> None:
    shown = page(question=LOOKS, outcome=outcome, analyses="2")
    assert set(shown.blocks) == {*USUAL, *ENLARGED}
    for label, value in [("Wanted conditional power", 90), ("Largest trial", 300)]:
        before = shown.told()
        shown.put("slider", label, value)
        assert shown.told() != before, label
    for key in ENLARGED:
        assert_code_gives_the_numbers(shown.blocks[key])


def test_a_trial_of_three_analyses_says_why_it_is_not_enlarged(page: Page) -> None:
    shown = page(question=LOOKS)
    assert "second-stage" not in shown.blocks
    assert "Choose two analyses" in words(shown.app)


def test_both_questions_are_about_the_same_trial(page: Page) -> None:
    shown = page()
    shown.put("number_input", "Difference of means", 0.5)
    shown.put("button_group", "Question", LOOKS)
    assert "a difference of means of 0.5" in shown.blocks["bounds"].sentence
