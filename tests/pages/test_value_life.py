"""The question "Life and quality": every input counts, the shown code gives the numbers, bad input loses nothing."""

from collections.abc import Sequence

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.next_trial import Blocks, collected, put, told
from tests.pages.opened import desk, opened
from tests.pages.shown import assert_code_gives_the_numbers

pytestmark = pytest.mark.page

NOTHING = None


@pytest.fixture
def blocks(monkeypatch: pytest.MonkeyPatch) -> Blocks:
    """Collect the results that the page shows in place of drawing them."""
    return collected(monkeypatch)


def _visit() -> AppTest:
    with desk():
        app = opened("value", question="Life and quality")
    assert not app.exception
    return app


def _typed(app: AppTest, *rows: Sequence[float | None]) -> None:
    """Put a table in place of the one the page starts with."""
    app.session_state["_panel_vl-table-start"] = pd.DataFrame(rows, columns=["time", "first", "second"]).astype(float)
    with desk():
        app.run()
    assert not app.exception


def test_the_example_is_there_from_the_start(blocks: Blocks) -> None:
    _visit()
    assert set(blocks) == {"value-life", "value-life-totals", "value-life-years"}
    sentence = blocks["value-life"].sentence
    assert sentence.startswith("Bypass brings 6.22 QALYs per person, Medical therapy 5.80: 0.419 more, discounted")
    for block in blocks.values():
        assert_code_gives_the_numbers(block)


def test_typed_utilities_are_counted(blocks: Blocks) -> None:
    app = _visit()
    _typed(app, (0, 1, 0.5), (2, 1, 0.5))
    put(app, "vl-rate", 0.0)
    assert "Bypass brings 2.00 QALYs per person, Medical therapy 1.00: 1.000 more, with no discounting." in (
        blocks["value-life"].sentence
    )
    put(app, "vl-shape", "Steps")
    assert "Bypass brings 2.00 QALYs" in blocks["value-life"].sentence


def test_a_cell_left_empty_is_a_time_without_a_measurement(blocks: Blocks) -> None:
    app = _visit()
    put(app, "vl-rate", 0.0)
    _typed(app, (0, 1, 0.4), (1, 0.2, NOTHING), (2, 0.2, 0.8))
    assert "Bypass brings 0.80 QALYs per person, Medical therapy 1.20: 0.400 fewer" in blocks["value-life"].sentence


def test_each_input_changes_what_is_said(blocks: Blocks) -> None:
    app = _visit()
    changes = {
        "vl-first": "Stent",
        "vl-second": "Tablets",
        "vl-shape": "Steps",
        "vl-rate": 5.0,
        "vl-timing": "Continuous",
        "vl-rate-source": "a guideline",
        "vl-utility-source": "EQ-5D",
    }
    for key, value in changes.items():
        before = told(blocks)
        put(app, key, value)
        assert told(blocks) != before, key
    for block in blocks.values():
        assert_code_gives_the_numbers(block)


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("vl-rate", 300.0, "A discount rate is at least 0 % and below 100 % a year, but 300 % was given."),
        ("vl-rate", -1.0, "A discount rate is at least 0 % and below 100 % a year, but -1 % was given."),
        ("vl-first", "Medical therapy", "The two options need two different names."),
        ("vl-utility-source", "", "Source of the utilities"),
        ("vl-rate-source", " ", "A number needs words on where it comes from"),
    ],
)
def test_an_impossible_input_is_refused_and_the_last_picture_stays(
    blocks: Blocks, key: str, value: object, words: str
) -> None:
    app = _visit()
    blocks.clear()
    put(app, key, value)
    (error,) = [error.value for error in app.error]
    assert words in error
    assert "0.419 more" in blocks["value-life"].sentence


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([(0, 0.8, 0.7), (0, 0.8, 0.7)], "Times should rise"),
        ([(0, 80, 0.7), (1, 80, 0.7)], "For 80 %, give 0.8."),
        ([(0, 0.8, 0.7), (1, 0.8, 0.7), (2, 0.8, NOTHING)], "Give both a utility at the first and at the last time."),
        ([(NOTHING, 0.8, 0.7), (1, 0.8, 0.7)], "Each row needs its time in years"),
        ([(0, 0.8, 0.7)], "Times (years)"),
    ],
)
def test_an_impossible_table_is_refused(blocks: Blocks, rows: Sequence[Sequence[float | None]], words: str) -> None:
    app = _visit()
    _typed(app, *rows)
    (error,) = [error.value for error in app.error]
    assert words in error
    assert "0.419 more" in blocks["value-life"].sentence


def test_a_rate_typed_as_a_fraction_is_pointed_out(blocks: Blocks) -> None:
    app = _visit()
    put(app, "vl-rate", 0.035)
    assert "This is 0.035 % a year. For 3.5 %, type 3.5." in [str(caption.value) for caption in app.caption]
    assert blocks
