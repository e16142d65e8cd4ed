import csv
import io

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ite.report.table import frame_csv, safe_cell, to_csv
from ite.trial.reading import read_table
from tests.report.examples import ARM, DATA, example_block

FORMULA_STARTS = tuple("=+-@\t\r")
WORDS = st.text(st.characters(exclude_categories=("Cs",)), max_size=12)
ATTACKS = st.builds(
    lambda start, rest: start + rest, st.sampled_from(["=", "+", "-", "@", "\t", "\r", "\n", " ", "\u200b"]), WORDS
)


def written(frame: pd.DataFrame) -> list[list[str]]:
    """Cells of a written table as another program finds them."""
    return list(csv.reader(io.StringIO(frame_csv(frame).decode("utf-8-sig"), newline="")))


def is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


@pytest.mark.known_truth
@given(st.lists(st.one_of(WORDS, ATTACKS), min_size=1, max_size=6), st.one_of(WORDS, ATTACKS))
@example(
    ["=1+1", "+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1", " =1", "\ufeff=1", "-", "-inf", "-1e5x"], "=cmd|' /C calc'!A0"
)
def test_no_cell_can_start_a_formula(texts: list[str], name: str) -> None:
    cells = [cell for row in written(pd.DataFrame({name: texts})) for cell in row]
    assert len(cells) == len(texts) + 1
    for cell in cells:
        assert not cell.startswith(FORMULA_STARTS) or is_number(cell)
        assert not cell.strip().startswith(FORMULA_STARTS[:4]) or is_number(cell)


@pytest.mark.known_truth
@given(WORDS)
def test_an_apostrophe_is_all_that_is_ever_added(text: str) -> None:
    assert safe_cell(text) in {text, f"'{text}"}


@pytest.mark.known_truth
@given(st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=1))
def test_numbers_stay_the_same_numbers(values: list[float]) -> None:
    assert [float(row[0]) for row in written(pd.DataFrame({"estimate": values}))[1:]] == values


@pytest.mark.known_truth
def test_a_negative_number_is_no_formula_but_minus_infinity_is_guarded() -> None:
    frame = pd.DataFrame({"a": [-1.5, -np.inf, np.nan], "b": ["-1.5", "-1.5e-7", "-1.5+2"], "c": [-3, 4, 5]})
    assert written(frame) == [["a", "b", "c"], ["-1.5", "-1.5", "-3"], ["'-inf", "-1.5e-7", "4"], ["", "'-1.5+2", "5"]]


@pytest.mark.independent
def test_pandas_and_our_own_reader_give_the_table_back() -> None:
    made = to_csv(example_block())
    expected = DATA.assign(arm=f"'{ARM}")
    for back in (pd.read_csv(io.BytesIO(made)), read_table(made, "result.csv").frame):
        pd.testing.assert_frame_equal(back, expected, check_dtype=False)


@pytest.mark.known_truth
def test_begins_with_a_byte_order_mark_and_holds_nothing_but_the_table() -> None:
    made = to_csv(example_block())
    assert made.startswith(b"\xef\xbb\xbfnodes,estimate,arm,upper\r\n")
    assert made.count(b"\r\n") == len(DATA) + 1


@pytest.mark.known_truth
def test_unknown_of_every_kind_is_an_empty_cell() -> None:
    frame = pd.DataFrame({"a": [None, pd.NA, pd.NaT, float("nan")], "b": [1, 2, 3, 4]}, dtype=object)
    assert [row[0] for row in written(frame)[1:]] == [""] * 4
