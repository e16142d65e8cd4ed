"""The shipped trials: in order, readable, and as their sources say."""

import io

import numpy as np
import pandas as pd
import pytest

from ite.trial.samples import DATA_FOLDER, SAMPLES, load_sample, sample
from ite.trial.simulated_sample import sample_effect, sample_trial
from ite.trial.survival import competing_count, default_horizon


@pytest.mark.known_truth
def test_samples_come_in_the_order_that_teaches() -> None:
    assert [(each.key, each.expected) for each in SAMPLES] == [
        ("simulated", "real difference"),
        ("actg320", "suggestive"),
        ("colon", "no credible difference"),
    ]
    with pytest.raises(ValueError, match="no sample 'aspirin'"):
        sample("aspirin")


@pytest.mark.known_truth
@pytest.mark.parametrize(
    ("key", "arms", "kind"),
    [
        ("simulated", {"placebo": 400, "biologic": 400}, "continuous"),
        ("actg320", {"2 NRTI": 577, "indinavir + 2 NRTI": 574}, "time_to_event"),
        ("colon", {"Obs": 315, "Lev+5FU": 304, "Lev": 310}, "time_to_event"),
    ],
)
def test_each_sample_loads_with_its_arms(key: str, arms: dict[str, int], kind: str) -> None:
    trial = load_sample(key)
    assert trial.arms == tuple(arms)
    assert np.bincount(trial.arm_index).tolist() == list(arms.values())
    assert trial.outcome_kind == kind
    assert not trial.outcome_missing.any()


@pytest.mark.known_truth
def test_horizons_and_competing_deaths_of_the_real_trials() -> None:
    colon, actg = load_sample("colon"), load_sample("actg320")
    deaths = competing_count(colon)
    assert deaths is not None
    assert deaths.sum() == 38
    assert deaths["Obs"] + deaths["Lev+5FU"] == 28
    assert competing_count(actg) is None
    assert default_horizon(actg) == 300
    assert default_horizon(colon) == 2400


@pytest.mark.golden
def test_the_simulated_sample_is_drawn_again_to_the_byte() -> None:
    drawn = io.StringIO()
    sample_trial().to_csv(drawn, index=False, lineterminator="\n")
    assert drawn.getvalue() == (DATA_FOLDER / "simulated.csv").read_text(encoding="utf-8")


@pytest.mark.known_truth
def test_the_simulated_sample_holds_the_effect_it_states() -> None:
    """Regressing the outcome on arm x true effect, given prognosis, recovers a slope of 1 and an arm effect of 0."""
    frame = pd.read_csv(DATA_FOLDER / "simulated.csv")
    effect, treated = sample_effect(frame), (frame["arm"] == "biologic").to_numpy(dtype=float)
    design = np.column_stack(
        [
            np.ones(len(frame)),
            frame["age"] - 50,
            frame["fev1_percent_predicted"] - 60,
            frame["exacerbations_last_year"],
            frame["sex"] == "female",
            treated,
            treated * effect,
        ]
    ).astype(float)
    found, *_ = np.linalg.lstsq(design, frame["fev1_change_ml"].to_numpy(dtype=float), rcond=None)
    residual = frame["fev1_change_ml"] - design @ found
    se = np.sqrt(np.diag(np.linalg.inv(design.T @ design)) * residual.var())
    np.testing.assert_array_less(np.abs(found - [60, -2, -1.5, -15, 20, 0, 1]) / se, 3.5)
    assert effect.std() > 70
