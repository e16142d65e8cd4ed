"""The Trial design page: every input of a size or of looks counts, and an error loses nothing."""

from collections.abc import Callable
from typing import Any

import pytest

from ite.charts.reading_looks import FAMILIES
from ite.report.block import ResultBlock
from pages.panels.design.looks_futility import SCALES
from pages.panels.design.question import QUESTIONS
from pages.ui import figure
from tests.pages.opened import desk, opened, words

pytestmark = pytest.mark.page


class Shown:
    """The Trial design page of a visitor, with the results it draws."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, **link: str) -> None:
        self.blocks: dict[str, ResultBlock] = {}
        monkeypatch.setattr(figure, "show", lambda block, key, **_: self.blocks.update({key: block}))
        with desk():
            self.app = opened("design", **link)
        assert not self.app.exception

    def put(self, kind: str, label: str, value: object) -> None:
        """Set one input and run the page again."""
        self.blocks.clear()
        field = next(field for field in self.app.get(kind) if field.label == label)
        with desk():
            field.set_value(value).run()
        assert not self.app.exception

    def told(self) -> tuple[str, ...]:
        """Everything that depends on the inputs."""
        texts = [(block.title, block.sentence, block.method, block.data.to_csv()) for block in self.blocks.values()]
        return tuple(text for block in texts for text in block)


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
        "Uncertainty of the effect": ("slider", 50),
    },
    "Rates": {
        "Rate under control (%)": ("number_input", 25.0),
        "Rate under treatment (%)": ("number_input", 50.0),
        "Drop-out (%)": ("number_input", 10.0),
    },
    "Event times": {
        "Hazard ratio": ("number_input", 0.6),
        "Median under control (months)": ("number_input", 18.0),
        "Drop-out (%)": ("number_input", 10.0),
        "Accrual (months)": ("number_input", 18.0),
        "Follow-up (months)": ("number_input", 6.0),
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
    assert set(page().blocks) == {"size"}
    assert set(page(outcome="Event times").blocks) == {"size", "calendar"}


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


def assert_code_gives_the_numbers(block: ResultBlock) -> None:
    namespace: dict[str, Any] = {}
    exec(compile(block.code, "shown code", "exec"), namespace)  # noqa: S102 - this is the test
    shown, data = namespace["shown"], block.data
    assert list(shown.columns) == list(data.columns)
    assert shown.to_csv() == data.to_csv()


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
}
LOOKS = "Looks on the way"


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


@pytest.mark.parametrize("outcome", SIZE_INPUTS)
def test_shown_code_of_looks_gives_their_numbers(page: Page, outcome: str) -> None:
    shown = page(question=LOOKS, outcome=outcome)
    shown.put("selectbox", "Stopping for futility", "beta_spending")
    shown.put("selectbox", "Stopping for benefit", "hwang_shih_decani")
    assert set(shown.blocks) == {"bounds", "expected", "looks", "interim"}
    for block in shown.blocks.values():
        assert_code_gives_the_numbers(block)


def test_both_questions_are_about_the_same_trial(page: Page) -> None:
    shown = page()
    shown.put("number_input", "Difference of means", 0.5)
    shown.put("button_group", "Question", LOOKS)
    assert "a difference of means of 0.5" in shown.blocks["bounds"].sentence
