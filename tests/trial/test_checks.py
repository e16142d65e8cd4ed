"""The intake report as a whole: silent on a clean trial, ordered, never in the way of itself."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ite.errors import CheckError, RoleError
from ite.trial.checks import check_trial, require_fit
from ite.trial.samples import SAMPLES, load_sample
from tests.trial.flawed import SURVIVAL, change, clean_frame, trial_of


@pytest.mark.known_truth
@pytest.mark.parametrize("roles", [{}, SURVIVAL, {"outcome": "cured"}])
def test_a_clean_trial_is_all_green_and_may_be_fitted(roles: dict[str, object]) -> None:
    report = check_trial(trial_of(clean_frame(), **roles))
    assert [each.sentence for each in report.findings if each.light != "green"] == []
    assert len(report.findings) >= 14
    assert not report.blocks
    require_fit(trial_of(clean_frame(), **roles))


@pytest.mark.known_truth
def test_the_samples_may_be_fitted_and_only_competing_deaths_need_a_look() -> None:
    for sample in SAMPLES:
        report = check_trial(load_sample(sample.key))
        assert not report.blocks
        looks = [each.name for each in report.of_light("amber")]
        assert looks == (["Competing events"] if sample.key == "colon" else [])


@pytest.mark.known_truth
def test_red_comes_first_and_blocks_with_the_remedy() -> None:
    trial = trial_of(change("age", [4, 7], -3.0).assign(marker=1.0))
    report = check_trial(trial)
    assert [each.light for each in report.findings[:2]] == ["red", "amber"]
    with pytest.raises(CheckError, match=r"2 rows hold impossible values of 'age', such as '-3' \(first in row 5\)"):
        require_fit(trial)


@pytest.mark.known_truth
def test_every_look_and_block_has_a_remedy() -> None:
    frame = change("age", [4], -3.0).assign(marker=1.0, sex="female")
    frame.loc[[1, 2], "id"] = "P9"
    findings = check_trial(trial_of(frame)).findings
    concerned = [each for each in findings if each.light != "green"]
    assert {each.name for each in concerned} >= {"Duplicates", "Impossible values", "Constant covariates"}
    assert all(each.remedy.endswith(".") and each.sentence.endswith(".") for each in concerned)


@pytest.mark.known_truth
@given(st.integers(0, 10_000))
@settings(max_examples=40, deadline=None)
def test_whatever_the_table_holds_the_report_comes_back(seed: int) -> None:
    """Empty columns, single patients, all events, nothing but missing outcomes in an arm: a report, never a crash."""
    rng = np.random.default_rng(seed)
    n = int(rng.integers(2, 40))
    frame = clean_frame().head(n).assign(arm=lambda part: np.where(np.arange(len(part)) % 2, "active", "control"))
    for column in ("age", "marker", "y", "days"):
        frame[column] = frame[column].where(rng.random(n) < rng.choice([0.0, 0.2, 0.9, 1.0]))
    frame.loc[frame.index[0], ["y", "days"]] = [1.5, 3.0]
    frame.loc[frame.index[-1], "y"] = 2.5
    frame["y"] = frame["y"].where(np.arange(n) > 0, 7.5)
    frame["sex"] = frame["sex"].where(rng.random(n) < rng.choice([0.0, 0.5, 1.0]))
    frame["died"] = rng.choice([0, 1], n) if rng.random() < 0.5 else int(rng.integers(0, 2))
    for roles in (SURVIVAL, {"outcome": "y"}):
        try:
            trial = trial_of(frame, **roles)
        except RoleError:
            continue
        report = check_trial(trial)
        assert report.findings
        assert all(each.sentence for each in report.findings)
        assert "nan" not in " ".join(each.sentence for each in report.findings)
