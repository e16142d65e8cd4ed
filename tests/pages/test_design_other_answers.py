"""Trial design, question "Other designs": what single designs answer, at their usual settings and at the edges."""

import numpy as np
import pytest

from pages.panels.design.other import DESIGNS
from pages.ui import figure
from tests.pages.other_designs import Blocks, put, visit

pytestmark = pytest.mark.page


@pytest.fixture
def blocks(monkeypatch: pytest.MonkeyPatch) -> Blocks:
    """Collect the results that the page shows in place of drawing them."""
    found: Blocks = {}
    monkeypatch.setattr(figure, "show", lambda block, key, **_: found.update({key: block}))
    return found


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
    assert "above percentile 60 screens the fewest" in blocks["fixed-cut"].title
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


def test_a_platform_without_treatments_says_what_to_type() -> None:
    app = visit("Umbrella or platform")
    put(app, "pf-effects", "")
    assert "A platform needs the effect of at least one treatment; none was typed." in str(app.error[0].value)
