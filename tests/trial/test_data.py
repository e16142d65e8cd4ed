"""TrialData: how the columns of a table become arms, covariates and outcomes."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ite.trial.data import TrialData
from ite.trial.roles import Roles
from tests.trial.bad_files.roles import GOOD_ROLES, PATIENTS, TIMED, good_frame


def _trial(frame: pd.DataFrame | None = None, **changes: object) -> TrialData:
    return TrialData.from_frame(good_frame() if frame is None else frame, Roles(**{**GOOD_ROLES, **changes}))


@pytest.mark.known_truth
def test_control_comes_first_then_arms_as_they_appear() -> None:
    frame = good_frame().assign(arm=np.resize([" high ", "low", "none", "high"], PATIENTS))
    trial = _trial(frame, control="none")
    assert trial.arms == ("none", "high", "low")
    assert trial.control == "none"
    assert trial.treated_arms == ("high", "low")
    assert trial.arm_index[:4].tolist() == [1, 2, 0, 1]


@pytest.mark.known_truth
@pytest.mark.parametrize("values", [[0, 1], [0.0, 1.0], ["0", "1"], [" 0", "1 "]])
def test_coded_arms_are_matched_as_text(values: list[object]) -> None:
    frame = good_frame().assign(arm=np.resize(np.array(values), PATIENTS))
    trial = _trial(frame, control=0)
    assert trial.arms == ("0", "1")
    assert trial.arm_index.tolist() == [0, 1] * (PATIENTS // 2)


@pytest.mark.known_truth
def test_covariates_are_numbers_or_categories() -> None:
    frame = good_frame()
    frame["smoker"] = [True, False] * (PATIENTS // 2)
    frame["visits"] = ["3", " 4", "5", None] * (PATIENTS // 4)
    frame["grade"] = pd.Categorical(["low", "high", None, " low "] * (PATIENTS // 4))
    covariates = _trial(frame, covariates=["smoker", "visits", "grade", "age"]).covariates
    assert list(covariates) == ["smoker", "visits", "grade", "age"]
    assert covariates["smoker"].tolist()[:2] == [1.0, 0.0]
    np.testing.assert_array_equal(covariates["visits"].to_numpy()[:4], [3.0, 4.0, 5.0, np.nan])
    assert [str(dtype) for dtype in covariates.dtypes] == ["float64", "float64", "category", "float64"]
    assert covariates["grade"].cat.categories.tolist() == ["high", "low"]
    assert covariates["grade"].isna().sum() == PATIENTS // 4


@pytest.mark.known_truth
def test_a_caller_cannot_change_the_trial_through_its_covariates() -> None:
    trial = _trial()
    covariates = trial.covariates
    covariates.loc[0, "age"] = -1.0
    assert trial.covariates.loc[0, "age"] == 40.0


@pytest.mark.known_truth
@pytest.mark.parametrize(
    ("values", "positive", "kind", "expected"),
    [
        ([0, 1, None], None, "binary", [0.0, 1.0, np.nan]),
        ([0, 1], None, "binary", [0.0, 1.0]),
        ([True, False], None, "binary", [1.0, 0.0]),
        (["Yes", "No", " "], None, "binary", [1.0, 0.0, np.nan]),
        (["TRUE", "FALSE"], None, "binary", [1.0, 0.0]),
        (["alive", "dead"], "alive", "binary", [1.0, 0.0]),
        ([1, 2], 2, "binary", [0.0, 1.0]),
        ([0, 1, 2], None, "continuous", [0.0, 1.0, 2.0]),
        (["1.5", "2", "-3e1"], None, "continuous", [1.5, 2.0, -30.0]),
        ([0.5, None, 7, 8], None, "continuous", [0.5, np.nan, 7.0, 8.0]),
    ],
)
def test_kind_and_values_of_an_outcome(
    values: list[object], positive: object, kind: str, expected: list[float]
) -> None:
    column = pd.Series([values[i % len(values)] for i in range(PATIENTS)])
    trial = _trial(good_frame().assign(score=column), positive=positive)
    assert trial.outcome_kind == kind
    np.testing.assert_array_equal(trial.outcome[: len(expected)], expected)
    np.testing.assert_array_equal(trial.outcome_missing, np.isnan(trial.outcome))
    assert np.isnan(expected).sum() == trial.outcome_missing[: len(expected)].sum()


@pytest.mark.known_truth
@pytest.mark.parametrize(
    ("values", "event_value", "expected"),
    [
        ([0, 1], "1", [0.0, 1.0]),
        ([0, 1], 0, [1.0, 0.0]),
        ([0, 1, 2], 0, [1.0, 0.0, 0.0]),
        ([1, 2], 2, [0.0, 1.0]),
        (["Dead", "Alive", "Lost"], "Dead", [1.0, 0.0, 0.0]),
        (["yes", "no"], "1", [1.0, 0.0]),
        ([True, False], "1", [1.0, 0.0]),
        ([0.0, 1.0, None], "1", [0.0, 1.0, np.nan]),
        ([0, 0], "1", [0.0, 0.0]),
    ],
)
def test_event_values(values: list[object], event_value: object, expected: list[float]) -> None:
    frame = good_frame().assign(died=pd.Series([values[i % len(values)] for i in range(PATIENTS)]))
    trial = _trial(frame, **TIMED, event_value=event_value)
    assert trial.outcome_kind == "time_to_event"
    np.testing.assert_array_equal(trial.event[: len(expected)], expected)
    assert trial.time[0] == 100.0


@pytest.mark.known_truth
def test_a_missing_time_or_event_is_a_missing_outcome() -> None:
    frame = good_frame()
    frame["died"] = frame["died"].astype(float)
    frame.loc[2, "days"] = np.nan
    frame.loc[4, "died"] = np.nan
    trial = _trial(frame, **TIMED)
    assert np.flatnonzero(trial.outcome_missing).tolist() == [2, 4]


@pytest.mark.known_truth
def test_composite_counts_the_competing_event_of_patients_without_the_event() -> None:
    own, other = good_frame()["died"].to_numpy(), good_frame()["other"].to_numpy()
    alone = _trial(**TIMED, competing="other")
    composite = _trial(**TIMED, competing="other", competing_as_event=True)
    np.testing.assert_array_equal(alone.event, own)
    np.testing.assert_array_equal(composite.event, np.maximum(own, other))
    assert composite.event.sum() > alone.event.sum()


@pytest.mark.known_truth
def test_known_probabilities_by_design_and_by_patient() -> None:
    by_design = _trial(randomization={"drug": 0.75, "placebo": 0.25})
    assert by_design.known_propensity is not None
    np.testing.assert_array_equal(by_design.known_propensity, np.tile([0.25, 0.75], (PATIENTS, 1)))
    frame = good_frame().assign(chance_drug=np.linspace(0.1, 0.9, PATIENTS))
    by_patient = _trial(frame, propensity={"drug": "chance_drug"})
    assert by_patient.known_propensity is not None
    np.testing.assert_allclose(by_patient.known_propensity[:, 1], frame["chance_drug"])
    np.testing.assert_allclose(by_patient.known_propensity.sum(axis=1), 1)
    assert _trial().known_propensity is None


@pytest.mark.known_truth
def test_frame_keeps_used_columns_in_the_order_of_the_table() -> None:
    frame = good_frame().set_index(pd.Index(range(5, 5 + PATIENTS)))
    trial = _trial(frame, covariates=["sex", "age"])
    assert list(trial.frame) == ["arm", "age", "sex", "score"]
    assert trial.frame.index.equals(pd.RangeIndex(PATIENTS))
    assert trial.name == "data frame"


@pytest.mark.known_truth
def test_the_table_given_is_not_changed() -> None:
    frame = good_frame().assign(arm=lambda table: " " + table["arm"])
    before = frame.copy()
    _trial(frame)
    pd.testing.assert_frame_equal(frame, before)


@pytest.mark.known_truth
def test_digest_depends_on_what_is_used_and_on_nothing_else() -> None:
    digest = _trial().digest
    assert len(digest) == 64
    assert _trial(good_frame().drop(columns=["id", "days"])).digest == digest
    assert _trial(good_frame().assign(note="x")).digest == digest
    assert _trial(good_frame()[list(reversed(good_frame().columns))]).digest == digest
    assert _trial(good_frame().astype({"score": "float32", "arm": "category"})).digest == digest
    assert _trial(good_frame().set_index("id", drop=False)).digest == digest
    assert _trial(good_frame().iloc[::-1]).digest != digest
    assert _trial(covariates=["age"]).digest != digest
    assert _trial(higher_is_better=False).digest != digest


@pytest.mark.known_truth
@given(
    row=st.integers(0, PATIENTS - 1),
    column=st.sampled_from(["age", "score"]),
    step=st.floats(0.25, 100, allow_nan=False),
)
def test_any_changed_value_in_use_changes_the_digest(row: int, column: str, step: float) -> None:
    frame = good_frame()
    frame.loc[row, column] += step
    assert _trial(frame).digest != _trial().digest


@pytest.mark.known_truth
@given(order=st.permutations(list(good_frame().columns)), extra=st.text(min_size=1, max_size=5))
def test_digest_ignores_the_order_of_columns_and_unused_ones(order: list[str], extra: str) -> None:
    frame = good_frame()[order]
    if extra not in frame:
        frame = frame.assign(**{extra: 1})
    assert _trial(frame).digest == _trial().digest


@pytest.mark.known_truth
def test_text_that_looks_like_another_column_does_not_share_its_digest() -> None:
    swapped = good_frame().rename(columns={"age": "sex", "sex": "age"})
    assert _trial(swapped).digest != _trial().digest
    missing = good_frame()
    missing.loc[0, "sex"] = None
    written = good_frame()
    written.loc[0, "sex"] = "null"
    assert _trial(missing).digest != _trial(written).digest
