"""Bars to both sides of zero."""

from typing import Any

import pandas as pd
import pytest

from ite.charts.signed_bars import signed_bars
from ite.charts.theme import alt_text

FRAME = pd.DataFrame({"name": ["gain", "loss"], "value": [2.0, -6.0], "words": ["2 in all", "−6 in all"]})
COLOURS = {"gain": "#0072B2", "loss": "#D55E00"}


def _drawn(frame: pd.DataFrame) -> dict[str, Any]:
    spec: dict[str, Any] = signed_bars(frame, COLOURS, title="Utility", theme="light").to_dict()
    return spec


@pytest.mark.known_truth
def test_bars_begin_at_zero_and_words_stand_right_of_them_and_of_zero() -> None:
    spec = _drawn(FRAME)
    (rows,) = [rows for rows in spec["datasets"].values() if len(rows) == 2]
    assert [row["most"] for row in rows] == [2.0, 0.0]
    low, high = spec["layer"][0]["encoding"]["x"]["scale"]["domain"]
    assert low == -6.0
    assert high > 2.0 + (8.0 * len("2 in all") * 7.6 / 480)
    assert alt_text(signed_bars(FRAME, COLOURS, title="Utility", theme="dark")) == (
        "Utility: gain 2 in all; loss −6 in all."
    )


@pytest.mark.known_truth
def test_an_interval_is_drawn_and_kept_in_view() -> None:
    spec = _drawn(FRAME.assign(lower=[1.0, -9.0], upper=[5.0, 1.0]))
    low, high = spec["layer"][0]["encoding"]["x"]["scale"]["domain"]
    assert low == -9.0
    assert high > 5.0
    marks = [layer["mark"]["type"] for layer in spec["layer"]]
    assert marks == ["bar", "rule", "rule", "text"]


@pytest.mark.known_truth
def test_bars_of_nothing_still_have_an_axis() -> None:
    low, high = _drawn(FRAME.assign(value=0.0))["layer"][0]["encoding"]["x"]["scale"]["domain"]
    assert (low, high > low) == (0.0, True)
