"""Responders over thresholds: the curve and its words."""

import pandas as pd
import pytest

from ite.charts.responders import responder_curve, responder_words
from ite.charts.theme import alt_text

pytestmark = pytest.mark.known_truth


def shares() -> pd.DataFrame:
    own = {"threshold": [0.0, 10.0, 20.0], "n": 50, "chosen": [False, True, False]}
    placebo = pd.DataFrame(own).assign(arm="placebo", share=[0.8, 0.4, 0.1])
    return pd.concat([placebo, pd.DataFrame(own).assign(arm="active", share=[0.7, 0.65, 0.1])], ignore_index=True)


def test_the_words_name_the_chosen_cut_and_what_other_cuts_would_have_shown() -> None:
    assert responder_words(shares()) == (
        "Responders at 10: placebo 40%; active 65%. Over all thresholds active minus placebo runs from −10.0 to 25.0 "
        "percentage points."
    )


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_curve_marks_the_chosen_threshold_among_all(theme: str) -> None:
    drawn = responder_curve(shares(), ("placebo", "active"), "Threshold of score", theme)
    assert "runs from" in alt_text(drawn)
    specification = drawn.to_dict()
    lengths = sorted(len(rows) for rows in specification["datasets"].values())
    assert lengths == [1, 6]
    assert specification["layer"][0]["encoding"]["strokeDash"]["field"] == "arm"
