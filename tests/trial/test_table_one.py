"""Table 1 and standardised differences against closed forms."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ite.trial.data import TrialData
from ite.trial.roles import Roles
from ite.trial.table_one import standardised_differences, standardised_mean_difference, table_one

CASES = json.loads((Path(__file__).parents[1] / "reference" / "hte_metrics.json").read_text())


def small_trial() -> TrialData:
    frame = pd.DataFrame(
        {
            "arm": ["old", "new", "new", "old", "old", "new"],
            "age": [50, 60, 70, 55, np.nan, 80],
            "sex": ["f", "m", "m", "f", "m", None],
            "smoker": [0, 1, 1, 1, 0, 0],
            "y": [1.0, 2.5, 3.0, 4.0, 5.0, 6.0],
        }
    )
    roles = Roles(treatment="arm", control="old", outcome="y", covariates=("age", "sex", "smoker"))
    return TrialData.from_frame(frame, roles)


@pytest.mark.independent
def test_reference_case() -> None:
    (case,) = (case for case in CASES if case["id"] == "smd")
    found = standardised_mean_difference(case["inputs"]["x_treated"], case["inputs"]["x_control"])
    assert found == pytest.approx(case["expected"]["smd"], abs=case["tolerance"]["value"])


@pytest.mark.known_truth
@given(
    st.lists(st.floats(-100, 100), min_size=2, max_size=20),
    st.lists(st.floats(-100, 100), min_size=2, max_size=20),
    st.floats(0.5, 20),
)
def test_units_and_order_do_not_matter(left: list[float], right: list[float], unit: float) -> None:
    first = standardised_mean_difference(left, right)
    if np.isnan(first) or max(np.var(left), np.var(right)) < 1e-6:
        return
    assert standardised_mean_difference(right, left) == pytest.approx(-first, rel=1e-9)
    scaled = standardised_mean_difference(np.multiply(left, unit) + 3, np.multiply(right, unit) + 3)
    assert scaled == pytest.approx(first, rel=1e-4, abs=1e-6)


@pytest.mark.known_truth
def test_nothing_to_standardise_is_unknown() -> None:
    assert np.isnan(standardised_mean_difference([1, 1, 1], [1, 1]))
    assert np.isnan(standardised_mean_difference([1.0, np.nan], [1, 2]))


@pytest.mark.known_truth
def test_rows_by_hand() -> None:
    table = table_one(small_trial()).frame
    assert list(table["covariate"]) == ["age", "sex", "sex", "smoker"]
    assert list(table["level"]) == ["", "f", "m", "1"]
    assert list(table["old"]) == ["52.5 (3.54)", "2 (67 %)", "1 (33 %)", "1 (33 %)"]
    assert list(table["new"]) == ["70 (10)", "0 (0 %)", "2 (100 %)", "2 (67 %)"]
    assert table["SMD new"].iloc[0] == pytest.approx(17.5 / np.sqrt((100 + 12.5) / 2))
    assert table["missing old"].tolist() == [1, 0, pd.NA, 0]
    assert table["missing new"].tolist() == [0, 1, pd.NA, 0]
    numbers = table_one(small_trial()).numbers
    assert numbers["n"].tolist() == [2, 3, 3, 2, 3, 2, 3, 3]


@pytest.mark.known_truth
def test_each_difference_states_its_chance_error() -> None:
    found = standardised_differences(small_trial()).set_index(["covariate", "level"])
    assert found.loc[("age", ""), "se"] == pytest.approx(np.sqrt(1 / 3 + 1 / 2))
    assert set(found["arm"]) == {"new"}
