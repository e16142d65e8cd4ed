"""Trial design, question "Other designs": every input of every design counts, and what is impossible is said."""

import re
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from ite.report.block import ResultBlock
from pages.panels.design.other import DESIGNS
from pages.ui import figure
from tests.pages.opened import desk, opened, words

pytestmark = pytest.mark.page
Blocks = dict[str, ResultBlock]
# Of each design: the keys of its inputs, each with another value than the one it starts with.
INPUTS: dict[str, dict[str, Any]] = {
    "Enrichment efficiency": {
        "ee-effect": 0.5,
        "ee-effect-out": 0.2,
        "ee-sd": 1.5,
        "ee-prevalence": 30,
        "ee-seen": 30,
        "ee-sensitivity": 80,
        "ee-specificity": 80,
        "ee-power": 80,
        "ee-level": 5.0,
        "ee-per-month": 10.0,
        "ee-test": 900.0,
        "ee-patient": 9_000.0,
        "ee-outcome": "Rates",
        "ee-control": 20.0,
        "ee-rate": 60.0,
        "ee-rate-out": 40.0,
        "ee-known": False,
    },
    "Prognostic enrichment": {
        "pe-auc": 0.8,
        "pe-events": 30.0,
        "pe-hazard": 0.6,
        "pe-per-month": 10.0,
        "pe-test": 900.0,
        "pe-patient": 9_000.0,
        "pe-power": 80,
        "pe-level": 5.0,
        "pe-known": False,
    },
    "Cut-point adaptive": {
        "cp-low": 0.1,
        "cp-high": 0.6,
        "cp-change": 60,
        "cp-patients": 300,
        "cp-sd": 1.2,
        "cp-level": 5.0,
        "cp-part": 60,
        "cp-seed": 1,
        "cp-power": 80,
        "cp-per-month": 10.0,
        "cp-test": 900.0,
        "cp-patient": 9_000.0,
        "cp-known": False,
        "cp-shape": "A straight line",
    },
    "Umbrella or platform": {
        "pf-effects": "0.5, 0.2",
        "pf-shares": "10, 20",
        "pf-patients": 700,
        "pf-ratio": "As many as an arm",
        "pf-adjust": "None",
        "pf-level": 5.0,
        "pf-sd": 1.2,
        "pf-size": "Power of each",
        "pf-power": 80,
        "pf-joins": "0, 6",
        "pf-per-month": 10.0,
        "pf-patient": 9_000.0,
        "pf-test": 900.0,
    },
    "Response-adaptive": {
        "ra-control": 25.0,
        "ra-treated": 55.0,
        "ra-patients": 160,
        "ra-trend": 10.0,
        "ra-burn": 10,
        "ra-block": 40,
        "ra-cap": 30,
        "ra-level": 5.0,
        "ra-seed": 1,
    },
    "Treatment sequences": {
        "ts-entrants": 2_000,
        "ts-levels": 3,
        "ts-arms": 3,
        "ts-response": 40.0,
        "ts-kept": 50,
        "ts-retained": 60,
        "ts-share": 30,
        "ts-opposite": 10.0,
        "ts-level": 1.0,
    },
    "Marker interaction": {
        "ti-share": 30,
        "ti-effect": 0.6,
        "ti-effect-out": 0.1,
        "ti-sd": 1.5,
        "ti-power": 90,
        "ti-level": 1.0,
    },
}


@pytest.fixture
def blocks(monkeypatch: pytest.MonkeyPatch) -> Blocks:
    """Collect the results that the page shows in place of drawing them."""
    found: Blocks = {}
    monkeypatch.setattr(figure, "show", lambda block, key, **_: found.update({key: block}))
    return found


def visit(design: str, **link: str) -> AppTest:
    with desk():
        app = opened("design", question="Other designs", other=design, **link)
    assert not app.exception
    return app


def put(app: AppTest, key: str, value: object) -> None:
    kinds = (app.number_input, app.slider, app.selectbox, app.text_input, app.toggle)
    field: Any = next(widget for kind in kinds for widget in kind if widget.key == key)
    with desk():
        field.set_value(value).run()
    assert not app.exception


def told(blocks: Blocks) -> tuple[str, ...]:
    texts = [(block.title, block.sentence, block.method, block.data.to_csv()) for block in blocks.values()]
    return tuple(text for block in texts for text in block)


def test_every_design_is_tested() -> None:
    assert set(INPUTS) == set(DESIGNS)


@pytest.mark.parametrize("design", INPUTS)
def test_each_input_changes_what_is_said(blocks: Blocks, design: str) -> None:
    app = visit(design)
    for key, value in INPUTS[design].items():
        before = told(blocks)
        put(app, key, value)
        assert told(blocks) != before, key


@pytest.mark.parametrize("design", INPUTS)
def test_shown_code_gives_the_shown_numbers(blocks: Blocks, design: str) -> None:
    visit(design)
    assert blocks
    for block in blocks.values():
        namespace: dict[str, Any] = {}
        exec(compile(block.code, "shown code", "exec"), namespace)  # noqa: S102 - this is the test
        assert namespace["shown"].to_csv() == block.data.to_csv()


@pytest.mark.parametrize("design", INPUTS)
def test_each_design_says_what_it_assumes_and_how_it_was_computed(blocks: Blocks, design: str) -> None:
    visit(design)
    first = next(iter(blocks.values()))
    assert first.paragraphs[-1].startswith("Assumed: ")
    assert re.search(r"simulat|[Cc]losed form|exact", first.method)
    simulated = {"Cut-point adaptive", "Response-adaptive"}
    assert ("±" in first.sentence) == (design in simulated)


@pytest.mark.parametrize(
    ("design", "link", "sentence"),
    [
        ("Umbrella or platform", {"pf-effects": "a lot"}, "Numbers parted by commas are expected, but 'a' was typed"),
        ("Umbrella or platform", {"pf-shares": "60, 30, 30"}, "the prevalences add up to at most 1; found 1.2"),
        ("Prognostic enrichment", {"pe-hazard": "1"}, "hazard ratio"),
        ("Response-adaptive", {"ra-patients": "201"}, "number of patients must be even; found 201"),
        ("Treatment sequences", {"ts-opposite": "90"}, "Response (%) must lie between 0 and 100"),
        ("Marker interaction", {"ti-effect": "0.2"}, "difference"),
        ("Enrichment efficiency", {"ee-effect": "-1", "ee-effect-out": "-1"}, "better than control"),
    ],
)
def test_what_is_impossible_is_said_in_a_sentence(
    blocks: Blocks, design: str, link: dict[str, str], sentence: str
) -> None:
    app = visit(design, **link)
    (error,) = app.error
    assert sentence in str(error.value)
    assert not blocks


def test_after_an_error_the_last_result_stays(blocks: Blocks) -> None:
    app = visit("Umbrella or platform")
    before = told(blocks)
    put(app, "pf-effects", "a lot")
    assert "Shown below is the last result that was possible." in words(app)
    assert told(blocks) == before


def test_an_unknown_price_leaves_the_cost_unknown_and_the_patients_known(blocks: Blocks) -> None:
    app = visit("Enrichment efficiency")
    put(app, "ee-known", value=False)
    table = blocks["enrichment-efficiency"].data.set_index("figure")["number"]
    assert table.loc["cost"].isna().all()
    assert np.isfinite(table.loc["randomised"]).all()
    chart = blocks["enrichment-efficiency"].chart
    assert chart is not None
    assert "cost" not in str(chart("light").to_dict()["description"])


def test_where_others_are_harmed_only_enrichment_can_work(blocks: Blocks) -> None:
    visit("Enrichment efficiency", **{"ee-effect-out": "-0.5"})
    block = blocks["enrichment-efficiency"]
    assert block.title == "Only an enriched trial can show a benefit"
    assert "no size is enough (all comers)" in block.alt


def test_where_the_assay_is_too_poor_no_trial_is_promised(blocks: Blocks) -> None:
    visit("Enrichment efficiency", **{"ee-effect-out": "-0.3", "ee-prevalence": "3", "ee-specificity": "80"})
    assert blocks["enrichment-efficiency"].title == "With this assay not even an enriched trial can show a benefit"


def test_a_platform_of_a_wanted_power_has_it(blocks: Blocks) -> None:
    visit("Umbrella or platform", **{"pf-size": "Power of all", "pf-power": "80"})
    table = blocks["shared-control"].data
    power = table[(table["claim"] == "all of them") & (table["design"] == "shared control")]["probability"].item()
    assert 0.8 <= power < 0.805


def test_an_umbrella_tells_its_screening_yield(blocks: Blocks) -> None:
    visit("Umbrella or platform", **{"pf-effects": "0.4, 0.3", "pf-shares": "20, 5", "pf-patients": "100"})
    block = blocks["screening-yield"]
    assert list(block.data["screened on average"]) == [250.0, 1000.0]
    assert "25 % of those screened carry one of the markers. The rarest, of treatment 2" in block.sentence


def test_without_markers_nobody_is_screened_out_and_without_months_no_arm_is_late(blocks: Blocks) -> None:
    visit("Umbrella or platform")
    assert set(blocks) == {"shared-control"}


def test_an_arm_that_joins_later_is_compared_with_concurrent_controls(blocks: Blocks) -> None:
    app = visit("Umbrella or platform", **{"pf-joins": "0, 0, 12", "pf-per-month": "20"})
    table = blocks["later-arms"].data.set_index(["claim", "design"])["probability"]
    late = table["treatment 3, from month 12"]
    assert late["concurrent controls"] < late["earlier controls as well"]
    put(app, "pf-known", value=False)
    assert "enter how many patients come in a month" in str(app.error[0].value)


def test_where_neither_arm_is_better_adapting_only_errs(blocks: Blocks) -> None:
    visit("Response-adaptive", **{"ra-control": "40", "ra-treated": "40", "ra-trend": "20"})
    block = blocks["response-adaptive"]
    assert block.title == "Neither arm is better: adapting the allocation gains nothing"
    assert "Under the time trend a benefit that is not there is found in" in block.sentence
    assert not block.data["claim"].str.startswith("power").any()


def test_where_everybody_is_best_no_cut_is_told(blocks: Blocks) -> None:
    visit("Prognostic enrichment", **{"pe-auc": "0.5"})
    block = blocks["prognostic-enrichment"]
    assert block.title == "Enrolling everybody costs least"
    assert block.sentence == "That takes 1,652 patients; 20 % of those enrolled have an event."


def test_a_fixed_cut_at_the_step_screens_fewest(blocks: Blocks) -> None:
    app = visit("Cut-point adaptive", **{"cp-change": "60"})
    assert "above percentile 60.0 screens the fewest" in blocks["fixed-cut"].title
    blocks.clear()
    put(app, "cp-high", 0.0)
    assert set(blocks) == {"cut-point-adaptive"}


def test_no_column_bears_the_name_of_a_variable(blocks: Blocks) -> None:
    for design in DESIGNS:
        visit(design, **{"pf-shares": "10, 10, 5", "pf-joins": "0, 0, 6"})
    assert len(blocks) >= 12
    assert not [name for block in blocks.values() for name in map(str, block.data.columns) if "_" in name]


def test_opposite_effects_cancel_in_the_average_and_matching_gains(blocks: Blocks) -> None:
    visit("Treatment sequences", **{"ts-levels": "1", "ts-share": "50", "ts-opposite": "20", "ts-response": "33"})
    # One level: 33 % either way on average, and 43 % where each group gets what suits it.
    block = blocks["treatment-sequences"]
    assert block.title == "The sequences differ by 0.0 points on average; matching them to the marker gains 10.0"
    assert "43.0 % if each group gets its own best one" in block.sentence


def test_an_interaction_of_half_the_effect_takes_sixteen_times_the_patients(blocks: Blocks) -> None:
    visit("Marker interaction", **{"ti-share": "50", "ti-effect": "0.5", "ti-effect-out": "0.3"})
    # Overall 0.4, interaction 0.2.
    assert blocks["interaction-power"].title == "The interaction takes 16.0 times the patients of the overall effect"
    times = blocks["interaction-times"].data.set_index("marker-positive").loc["50 %"]
    assert list(times) == [4.0, 7.1, 16.0]


def test_a_trial_for_the_overall_effect_says_what_it_leaves_open(blocks: Blocks) -> None:
    visit("Marker interaction", **{"ti-share": "50", "ti-effect": "0.5", "ti-effect-out": "0.3"})
    power = blocks["interaction-usual"].data.set_index("claim")["probability"]
    assert power["overall effect"] == pytest.approx(0.8, abs=0.005)
    assert power["that the effects differ"] < 0.2 < power["effect with the marker"] < 0.8


def test_where_the_effects_are_opposite_the_overall_one_takes_more_patients(blocks: Blocks) -> None:
    visit("Marker interaction", **{"ti-share": "5", "ti-effect": "1", "ti-effect-out": "-0.05"})
    assert blocks["interaction-power"].title.startswith("The overall effect takes 8,37")
    assert "interaction-usual" not in blocks  # five million patients


def test_the_null_average_is_told_beside_the_sequences(blocks: Blocks) -> None:
    app = visit("Treatment sequences")
    title = "Effects of 20 points average to 0.0; matching treatment to marker gains 10.0"
    assert blocks["null-average"].title == title
    put(app, "ts-opposite", 0.0)
    assert blocks["null-average"].title.startswith("Without opposite effects nothing cancels")
