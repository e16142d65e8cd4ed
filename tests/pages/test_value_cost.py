"""Cost-effectiveness on the Value page: typed strategies, and the arms of a fitted trial."""

from typing import Any

import numpy as np
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

import ite
from ite.value.strategies import EXAMPLES
from pages.panels.value.cost_trial_found import THRESHOLDS, THRESHOLDS_CODE
from tests.allocation.fitted_trial import two_arms, two_treated_arms
from tests.pages.next_trial import Blocks, collected, put, study, told
from tests.pages.opened import desk, opened, words
from tests.pages.shown import assert_code_gives_the_numbers

pytestmark = pytest.mark.page
FITTED = two_arms()


@pytest.fixture
def blocks(monkeypatch: pytest.MonkeyPatch) -> Blocks:
    """Collect the results that the page shows in place of drawing them."""
    monkeypatch.setattr(ite, "read_trial", lambda *_: FITTED[0], raising=False)
    monkeypatch.setattr(ite, "estimate", lambda *_: FITTED[1], raising=False)
    return collected(monkeypatch)


def _typed() -> AppTest:
    with desk():
        app = opened("value", question="Cost-effectiveness")
    assert not app.exception
    return app


def _trial(made: Any = FITTED, view: str = "Price and plane") -> AppTest:  # noqa: ANN401 - a trial and its effects
    with desk():
        app = opened("value", study(*made), question="Cost-effectiveness")
    put(app, "vc-figures", "From this trial")
    put(app, "vc-view", view)
    return app


def test_each_example_is_a_click_away_with_its_published_prices(blocks: Blocks) -> None:
    app = _typed()
    assert "one time 37,500 USD, every 5 years 58,286 USD, every 3 years 100,800 USD" in blocks["cost-steps"].sentence
    assert "Dominated: every year." in blocks["cost-frontier"].sentence
    put(app, "vc-example", "Bypass or medical therapy")
    assert "against medical therapy each further QALY costs 44,000 USD" in blocks["cost-frontier"].sentence
    put(app, "vc-example", "A marker in 20 % of patients")
    assert "treat with the marker 25,000 USD, treat everybody 400,000 USD" in blocks["cost-steps"].sentence
    assert "At 50,000 USD per QALY, treat with the marker is best" in blocks["cost-frontier"].sentence


def test_the_slider_moves_the_choice(blocks: Blocks) -> None:
    app = _typed()
    for threshold, best in ((30_000, "status quo"), (60_000, "every 5 years"), (120_000, "every 3 years")):
        put(app, "vc-threshold", threshold)
        assert f"{best} is best" in blocks["cost-frontier"].sentence
        assert blocks["cost-frontier"].data.loc[lambda frame: frame["best"], "strategy"].tolist() == [best]


def test_each_input_of_typed_strategies_changes_what_is_said(blocks: Blocks) -> None:
    app = _typed()
    changes = {
        "vc-currency": "EUR",
        "vc-threshold-source": "a guideline",
        "vc-source-Screening for HIV": "ours",
        "vc-comparator": "every year",
    }
    for key, value in changes.items():
        before = told(blocks)
        put(app, key, value)
        assert told(blocks) != before, key


def test_no_price_stands_where_its_sign_would_mislead(blocks: Blocks) -> None:
    app = _typed()
    put(app, "vc-comparator", "every year")
    table = blocks["cost-against"].data.set_index("Strategy")
    assert table.loc["every 3 years", "Price"] == "dominates: better, no dearer"
    assert table.loc["status quo", "Price"] == "80,941 USD saved per QALY given up"
    assert "what is saved per QALY given up is above the willingness to pay" in blocks["cost-against"].sentence


def test_code_of_typed_strategies_gives_their_numbers(blocks: Blocks) -> None:
    _typed()
    assert set(blocks) == {"cost-frontier", "cost-steps", "cost-against"}
    for block in blocks.values():
        assert_code_gives_the_numbers(block)


def test_what_is_typed_into_the_table_counts_and_a_bad_one_keeps_the_last_result(blocks: Blocks) -> None:
    app = _typed()
    example = EXAMPLES["Screening for HIV"]
    table = pd.DataFrame({"Strategy": example.names, "Cost": example.cost, "QALYs": example.effect})
    table.loc[4, "QALYs"] = 23.3
    app.session_state["_panel_vc-table-Screening for HIV-start"] = table
    put(app, "vc-threshold", 51_000)
    assert "every year is best" in blocks["cost-frontier"].sentence
    for wrong, sentence in (
        (table.assign(Strategy="same"), "Strategies need names that differ"),
        (table.assign(Cost=[None, *example.cost[1:]]), "'Cost' has an empty cell"),
        (table.iloc[:1], "it has 1"),
    ):
        app.session_state["_panel_vc-table-Screening for HIV-start"] = wrong
        put(app, "vc-threshold", 52_000)
        assert sentence in app.error[0].value
        assert "every year is best" in blocks["cost-frontier"].sentence
    app.session_state["_panel_vc-table-Screening for HIV-start"] = table
    put(app, "vc-currency", " ")
    assert "need a currency" in app.error[0].value


def test_without_a_trial_the_way_to_one_is_shown(blocks: Blocks) -> None:
    app = _typed()
    blocks.clear()
    put(app, "vc-figures", "From this trial")
    assert "No trial is open yet." in words(app)
    assert not blocks


@pytest.mark.parametrize(
    ("view", "shown"),
    [
        ("Price and plane", {"cost-plane"}),
        ("How sure", {"cost-probability", "cost-expected-loss"}),
        ("By group", {"cost-groups", "cost-heterogeneity"}),
    ],
)
def test_each_view_of_a_trial_follows_its_inputs_and_its_code_gives_the_numbers(
    blocks: Blocks, view: str, shown: set[str]
) -> None:
    app = _trial(view=view)
    assert shown <= set(blocks)
    for block in blocks.values():
        assert_code_gives_the_numbers(block)
    digest = FITTED[0].digest[:8]
    changes: dict[str, Any] = {"vc-threshold": 90_000, f"vc-qalys-{digest}": 0.3, f"vc-qalys-error-{digest}": 0.1}
    changes |= {"vc-qalys-source": "EQ-5D", "vc-threshold-source": "a guideline", "vc-currency": "EUR"}
    if view == "By group":
        changes[f"vc-groups-{digest}"] = "marker"
    if view == "How sure":
        changes["vc-patients"] = 200.0
    for key, value in changes.items():
        before = told(blocks)
        put(app, key, value)
        assert told(blocks) != before, key


def test_the_threshold_needs_no_new_draws(blocks: Blocks) -> None:
    app = _trial()
    kept = app.session_state["_panel_once-cost-draws"]
    put(app, "vc-threshold", 90_000)
    assert app.session_state["_panel_once-cost-draws"] is kept
    put(app, f"vc-qalys-error-{FITTED[0].digest[:8]}", 0.01)
    assert app.session_state["_panel_once-cost-draws"] is not kept
    assert blocks


def test_a_bad_buy_turns_good_where_the_marker_is_high(blocks: Blocks) -> None:
    app = _trial(view="By group")
    digest = FITTED[0].digest[:8]
    put(app, f"vc-groups-{digest}", "marker")
    put(app, "vc-threshold", 70_000)
    block = blocks["cost-groups"]
    assert "is a bad buy for everybody and a good buy for" in block.sentence
    assert block.data["Decision"].tolist() == ["not covered", "not covered", "not covered", "covered"]
    assert "Noise alone would show" in blocks["cost-heterogeneity"].sentence
    put(app, f"vc-groups-{digest}", "No groups")
    assert "Choose a column under Groups" in words(app)


def test_what_an_effect_saves_lowers_its_cost_draw_by_draw(blocks: Blocks) -> None:
    app = _trial()
    digest = FITTED[0].digest[:8]
    put(app, f"vc-qalys-{digest}", 0.3)
    put(app, f"vc-qalys-error-{digest}", 0.0)
    without = blocks["cost-plane"].data
    put(app, f"vc-saving-{digest}", 1_000.0)
    assert "savings assumed" in blocks["cost-plane"].method
    expected = without["delta_cost"] - 1_000.0 * without["delta_effect"] / 0.3
    np.testing.assert_allclose(blocks["cost-plane"].data["delta_cost"], expected, rtol=1e-9)
    assert_code_gives_the_numbers(blocks["cost-plane"])
    put(app, f"vc-saving-{digest}", 0.0)
    put(app, f"vc-saving-error-{digest}", 5.0)
    assert "A value of 0 is taken as known" in app.error[0].value


def test_prices_of_every_arm_count_and_a_missing_one_is_refused(blocks: Blocks) -> None:
    made = two_treated_arms()
    app = _trial(made)
    digest = made[0].digest[:8]
    put(app, f"vc-arm-{digest}", "low")
    assert "low is worth its price against control" in blocks["cost-plane"].sentence
    table = f"_panel_vc-prices-{digest}-start"
    prices = app.session_state[table]
    app.session_state[table] = prices.assign(Cost=[900.0, 900.0], Error=[None, 0.0])
    before = blocks["cost-plane"].sentence
    put(app, "vc-threshold", 51_000)
    assert blocks["cost-plane"].sentence != before
    assert "900 USD of extra cost" in blocks["cost-plane"].sentence
    app.session_state[table] = prices.assign(Source=["", "assumed"])
    put(app, "vc-threshold", 52_000)
    assert app.error[0].value == "The extra cost of high needs an amount and a source. Fill both in."
    assert "900 USD of extra cost" in blocks["cost-plane"].sentence


def test_the_thresholds_of_the_code_are_those_of_the_curves() -> None:
    assert tuple(eval(THRESHOLDS_CODE)) == THRESHOLDS  # noqa: S307 - our own constant
