"""The question "Marker test" of the Value page: every input counts, the code gives the numbers, nothing is lost."""

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.next_trial import Blocks, collected, put, told
from tests.pages.opened import desk, opened, words
from tests.pages.shown import assert_code_gives_the_numbers

pytestmark = pytest.mark.page


@pytest.fixture
def blocks(monkeypatch: pytest.MonkeyPatch) -> Blocks:
    """Collect the results that the page shows in place of drawing them."""
    return collected(monkeypatch)


@pytest.fixture
def app(blocks: Blocks) -> AppTest:  # noqa: ARG001 - the results are collected from the first run on
    with desk():
        app = opened("value", question="Marker test")
    assert not app.exception
    return app


def test_the_example_says_what_is_worth_most_and_when(app: AppTest, blocks: Blocks) -> None:
    assert not app.error
    assert blocks["marker-worth"].sentence == (
        "Test and treat is worth most: 2,600 EUR per person against treating nobody. Testing is best up to a price of "
        "2,900 EUR, from a specificity of 76.4 %, from a sensitivity of 25.0 %, where 6.2 % to 87.7 % carry the "
        "marker; each with all else unchanged."
    )
    worth = dict(blocks["marker-worth"].data[["strategy", "net_benefit"]].to_numpy())
    assert worth["treat all"] == pytest.approx(-10_000)
    assert worth["perfect test, free"] == pytest.approx(4_000)
    ratios = blocks["marker-compared"].data.set_index(["Strategy", "Against"])["Cost per QALY"]
    assert ratios["Test and treat", "Treat nobody"] == "32,192"


def test_each_input_changes_what_is_said(app: AppTest, blocks: Blocks) -> None:
    changes: dict[str, Any] = {
        "vm-prevalence": 30,
        "vm-sensitivity": 80,
        "vm-specificity": 85,
        "vm-price": 500.0,
        "vm-threshold": 60_000.0,
        "vm-waiting": 100.0,
        "vm-lost": 10,
        "vm-qaly-with": 0.9,
        "vm-qaly-without": 0.1,
        "vm-cost-with": 18_000.0,
        "vm-cost-without": 15_000.0,
        "vm-currency": "USD",
        "vm-across": "Sensitivity",
        "vm-down": "Specificity",
    }
    for key, value in changes.items():
        before = told(blocks)
        put(app, key, value)
        assert told(blocks) != before, key


def test_the_code_gives_the_numbers(app: AppTest, blocks: Blocks) -> None:
    put(app, "vm-qaly-without", -0.1)
    assert set(blocks) == {"marker-worth", "marker-map", "marker-compared", "marker-limits"}
    for block in blocks.values():
        assert_code_gives_the_numbers(block)


def test_where_treating_harms_and_costs_a_word_stands_for_the_ratio(app: AppTest, blocks: Blocks) -> None:
    put(app, "vm-qaly-with", -0.2)
    put(app, "vm-qaly-without", -0.1)
    table = blocks["marker-compared"].data
    assert "dominated: dearer, no better" in set(table["Cost per QALY"])
    assert "Testing would not be best even if the test were free." in blocks["marker-worth"].sentence


def test_a_bad_price_is_refused_and_the_last_result_stays(app: AppTest, blocks: Blocks) -> None:
    put(app, "vm-price", -5.0)
    assert app.error[0].value == "Price of the test (per person) should be at least 0, but -5 was given."
    assert "2,600 EUR" in blocks["marker-worth"].sentence


def test_a_map_of_one_input_is_refused(app: AppTest, blocks: Blocks) -> None:
    put(app, "vm-down", "Prevalence of the marker")
    assert "varies two different inputs" in app.error[0].value
    assert "marker-worth" in blocks


def test_a_number_needs_its_source(app: AppTest, blocks: Blocks) -> None:
    assert "assumed for this example" in blocks["marker-worth"].method
    put(app, "vm-source-QALYs gained", "Smith 2024")
    assert "QALYs gained: Smith 2024" in blocks["marker-worth"].method
    put(app, "vm-source-QALYs gained", "")
    assert "where it comes from" in app.error[0].value
    assert "What is it worth?" in words(app)
