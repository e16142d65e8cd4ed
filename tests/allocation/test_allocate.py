"""The public call: its tables, against what they must be by definition."""

from dataclasses import replace

import numpy as np
import pytest

import ite
from ite.errors import IteError
from tests.allocation.fitted_trial import two_arms, two_treated_arms


@pytest.mark.known_truth
def test_contract_of_the_public_call() -> None:
    trial, effects = two_arms()
    found = ite.allocate(trial, effects, arm="treated", budget=0.4, equity="sex")
    assert found.points["level"].is_monotonic_increasing
    assert (found.points["lower"] < found.points["delivered"]).all()
    assert set(found.groups["group"]) == {"female", "male"}
    last = found.groups[found.groups["position"] == 1.0]
    np.testing.assert_allclose(last["share_offered"], 0.4, atol=1e-9)
    assert found.baselines["rule"].tolist() == ["by lot", "by risk", "everybody"]


@pytest.mark.independent
def test_gain_of_the_whole_is_the_gain_of_its_groups() -> None:
    trial, effects = two_arms()
    found = ite.allocate(trial, effects, budget=0.4, equity="sex")
    groups = found.groups[found.groups["position"] == 0.0]
    share = groups["members"] / trial.n
    # Folds hold slightly different shares of the groups than the trial as a whole.
    assert float(share @ groups["delivered"]) == pytest.approx(found.points["delivered"][0], abs=0.01)


@pytest.mark.known_truth
def test_gain_over_a_lot_has_the_paired_error() -> None:
    gains, errors = [], []
    for seed in range(60):
        trial, effects = two_arms(300, slope=0.0, seed=seed)
        noise = np.random.default_rng(seed).normal(0, 0.1, trial.n)
        # The average effect is large, so that all are predicted to benefit and the budget alone says who is served.
        effects = replace(
            effects,
            scores=effects.scores + 5.0,
            sequential=effects.sequential.where(effects.sequential.isna(), noise[:, None]),
        )
        found = ite.allocate(trial, effects, budget=0.4).baselines.set_index("rule")
        gains.append(found["gain_over"]["by lot"])
        errors.append(found["gain_over_se"]["by lot"])
    # Predictions of no worth gain nothing over a lot, and are known to with the error that is stated.
    assert np.mean(gains) == pytest.approx(0, abs=3.5 * np.std(gains) / np.sqrt(60))
    assert np.mean(errors) == pytest.approx(np.std(gains), rel=0.3)  # the scatter of 60 is known to within 9 %


@pytest.mark.known_truth
def test_chosen_point_is_the_nearest() -> None:
    trial, effects = two_treated_arms()
    found = ite.allocate(trial, effects, budget=0.3, equity="sex", position=0.52)
    assert found.position[found.chosen] == pytest.approx(0.5)


@pytest.mark.known_truth
@pytest.mark.parametrize("settings", [{"arm": "unheard of"}, {"equity": "colour"}, {"budget": 40}, {"budgets": 1}])
def test_what_is_not_there_is_refused(settings: dict[str, object]) -> None:
    trial, effects = two_arms()
    with pytest.raises(IteError):
        ite.allocate(trial, effects, **{"budget": 0.4, **settings})  # type: ignore[arg-type]
