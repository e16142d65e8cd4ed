"""From a fitted trial to draws of costs and QALYs."""

import numpy as np
import pandas as pd
import pytest
from statsmodels.regression.linear_model import OLS

from ite.errors import ValuationError
from ite.estimation.result import EffectEstimate
from ite.estimation.spec import EffectSpec
from ite.trial.columns import FloatArray
from ite.value.chance_heterogeneity import chance_heterogeneity
from ite.value.normal_benefit import normal_heterogeneity
from ite.value.partial_information import value_of_input
from ite.value.sourced import Sourced
from ite.value.subgroup_choice import subgroup_table
from ite.value.subgroup_effects import subgroup_draws
from ite.value.trial_draws import TreatmentValue, trial_draws

N, DRAWS = 600, 20_000


def sourced(value: float, se: float | None = None) -> Sourced:
    return Sourced(value=value, unit="unit", source="test", se=se)


def fitted(*, clustered: bool = False) -> tuple[EffectEstimate, FloatArray]:
    """Effects of two arms over three groups, and the groups; clusters share a part of their scores."""
    rng = np.random.default_rng(1)
    groups = rng.choice(["a", "b", "c"], N, p=[0.2, 0.3, 0.5])
    cluster = rng.integers(0, 40, N)
    shared = rng.normal(size=(40, 2))[cluster] if clustered else 0.0
    scores = pd.DataFrame(rng.normal(0.5, 2.0, (N, 2)) + shared + (groups == "a")[:, None], columns=["low", "high"])
    fold = np.arange(N) % 5
    return (
        EffectEstimate(
            spec=EffectSpec(learner="x_lasso", repeats=1),
            scale="days",
            ate=pd.DataFrame({"estimate": scores.mean(), "se": 0.1, "lower": 0.0, "upper": 1.0}),
            scores=scores,
            benefit=scores,
            ranking=scores,
            sequential=scores,
            fold=fold,
            factor=pd.Series({"low": 1.0, "high": 1.0}),
            baseline_risk=np.zeros(N),
            cluster=cluster if clustered else None,
        ),
        groups,
    )


@pytest.mark.independent
@pytest.mark.parametrize("clustered", [False, True])
def test_means_and_errors_are_those_of_a_robust_regression_on_the_groups(*, clustered: bool) -> None:
    effects, groups = fitted(clustered=clustered)
    found = subgroup_draws(effects, ("low", "high"), groups, draws=DRAWS, seed=2)
    dummies = pd.get_dummies(pd.Series(groups)).to_numpy(float)
    assert found.mean.index.tolist() == ["a", "b", "c"]
    for at, arm in enumerate(("low", "high")):
        options = {"cov_type": "HC0"}
        scale = N / (N - 1)
        if clustered:
            options = {"cov_type": "cluster", "cov_kwds": {"groups": effects.cluster, "use_correction": False}}
            scale = 40 / 39
        fit = OLS(effects.scores[arm].to_numpy(), dummies).fit(**options)
        np.testing.assert_allclose(found.mean[arm], fit.params)
        np.testing.assert_allclose(found.se[arm], fit.bse * np.sqrt(scale))
        drawn = found.draws[:, at]
        np.testing.assert_allclose(drawn.mean(axis=0), fit.params, atol=4 * fit.bse.max() / np.sqrt(DRAWS))
        expected = fit.cov_params() * scale
        spread = np.sqrt(np.outer(np.diag(expected), np.diag(expected)))
        np.testing.assert_allclose(np.cov(drawn.T) / spread, expected / spread, atol=6 / np.sqrt(DRAWS))


@pytest.mark.known_truth
def test_patients_in_two_arms_move_together() -> None:
    effects, _ = fitted()
    both = effects.scores.assign(high=effects.scores["low"] * 2)
    same = EffectEstimate(**{**vars(effects), "scores": both})
    found = subgroup_draws(same, ("low", "high"), None, draws=100, seed=0)
    np.testing.assert_allclose(found.draws[:, 1], 2 * found.draws[:, 0], atol=1e-6)


@pytest.mark.known_truth
def test_draws_become_costs_and_qalys_by_the_factors_given() -> None:
    effects, groups = fitted()
    value = TreatmentValue(
        arms=("high",), costs=(sourced(3000),), qaly_per_effect=sourced(0.1), saving_per_effect=sourced(200)
    )
    found = trial_draws(effects, value, groups, draws=DRAWS, seed=4)
    assert found.draws.strategies == ("control", "high")
    np.testing.assert_allclose(found.draws.weights, [(groups == name).mean() for name in "abc"])
    gained = found.group_effects.draws[:, 0]
    np.testing.assert_allclose(found.draws.effect[:, 1], 0.1 * gained)
    np.testing.assert_allclose(found.draws.cost[:, 1], 3000 - 200 * gained)
    assert (found.draws.cost[:, 0] == 0).all()
    table = subgroup_table(found.draws, "high", "control", 50_000).set_index("group")
    mean = effects.scores["high"].mean()
    error = table.loc["everybody", "net_monetary_benefit_se"]
    assert table.loc["everybody", "net_monetary_benefit"] == pytest.approx(5200 * mean - 3000, abs=4 * error)
    assert set(found.inputs) == {"effect of high in a", "effect of high in b", "effect of high in c"}


@pytest.mark.known_truth
def test_chance_alone_in_closed_form() -> None:
    """With one arm and independent groups it is what resolving their noise would seem to bring, group by group."""
    effects, groups = fitted()
    value = TreatmentValue(arms=("low",), costs=(sourced(3500),), qaly_per_effect=sourced(0.1))
    found = subgroup_draws(effects, ("low",), groups, draws=DRAWS, seed=3)
    chance = chance_heterogeneity(found, value, 50_000)
    overall = 5000 * float(effects.scores["low"].mean()) - 3500
    expected = normal_heterogeneity(found.share, np.full(3, overall), 5000 * found.se["low"])
    assert chance.mean == pytest.approx(expected.dynamic, abs=4 * chance.mean_se)
    assert chance.upper > chance.mean > 0


@pytest.mark.known_truth
def test_groups_that_do_not_differ_show_as_much_as_chance_says() -> None:
    rng = np.random.default_rng(7)
    effects, groups = fitted()
    value = TreatmentValue(arms=("low", "high"), costs=(sourced(500), sourced(520)), qaly_per_effect=sourced(0.01))
    shown, above = [], 0
    for seed in range(200):
        scores = pd.DataFrame(rng.normal(1.0, 2.0, (N, 2)), columns=["low", "high"])
        trial = trial_draws(EffectEstimate(**{**vars(effects), "scores": scores}), value, groups, draws=400, seed=seed)
        # The draws scatter around the means that a static value is read from.
        mean = np.vstack([np.zeros(3), trial.group_effects.mean.to_numpy().T * 500 - [[500], [520]]])
        shown.append(mean.max(axis=0) @ trial.draws.weights - (mean @ trial.draws.weights).max())
        above += shown[-1] > chance_heterogeneity(trial.group_effects, value, 50_000).upper
    same = EffectEstimate(**{**vars(effects), "scores": scores - scores.mean() + 1.0})
    expected = chance_heterogeneity(subgroup_draws(same, value.arms, groups, draws=DRAWS, seed=1), value, 50_000)
    assert np.mean(shown) == pytest.approx(expected.mean, abs=4 * np.std(shown) / 200**0.5 + 0.05 * expected.mean)
    assert above <= 0.05 * 200 + 3 * np.sqrt(200 * 0.05 * 0.95)


@pytest.mark.known_truth
def test_uncertain_prices_vary_and_can_be_learnt() -> None:
    effects, _ = fitted()
    value = TreatmentValue(
        arms=("low", "high"), costs=(sourced(2000, 500), sourced(2500)), qaly_per_effect=sourced(0.1, 0.03)
    )
    found = trial_draws(effects, value, draws=2000, seed=4)
    assert found.draws.groups == ("everybody",)
    assert {"cost of low", "QALYs per unit of effect"} < set(found.inputs)
    assert "cost of high" not in found.inputs
    benefit = found.draws.net_benefit(50_000)[:, :, 0]
    price = value_of_input(benefit, {"cost of low": found.inputs["cost of low"]})
    factor = value_of_input(benefit, {"factor": found.inputs["QALYs per unit of effect"]})
    assert price.value >= 0
    assert factor.value >= 0


@pytest.mark.known_truth
def test_one_seed_one_answer() -> None:
    effects, groups = fitted()
    value = TreatmentValue(arms=("low",), costs=(sourced(2000, 500),), qaly_per_effect=sourced(0.1, 0.02))
    first, again, other = (trial_draws(effects, value, groups, draws=50, seed=seed).draws for seed in (1, 1, 2))
    np.testing.assert_array_equal(first.cost, again.cost)
    np.testing.assert_array_equal(first.effect, again.effect)
    assert not np.allclose(first.cost, other.cost)


@pytest.mark.known_truth
def test_what_the_trial_cannot_tell_is_refused() -> None:
    effects, groups = fitted()
    with pytest.raises(ValuationError, match="low, high; middle"):
        subgroup_draws(effects, ("middle",), None, draws=10, seed=0)
    few = np.where(np.arange(N) < 7, "few", "many")
    with pytest.raises(ValuationError, match="'few' has 7"):
        subgroup_draws(effects, ("low",), few, draws=10, seed=0)
    with pytest.raises(ValueError, match="one label"):
        subgroup_draws(effects, ("low",), groups[:5], draws=10, seed=0)
    with pytest.raises(ValuationError, match="2 arms, 1 costs"):
        TreatmentValue(arms=("low", "high"), costs=(sourced(1),), qaly_per_effect=sourced(1))
    with pytest.raises(ValuationError, match="named twice"):
        TreatmentValue(arms=("low",), costs=(sourced(1),), qaly_per_effect=sourced(1), comparator="low")
    with pytest.raises(ValuationError, match="above 0"):
        TreatmentValue(arms=("low",), costs=(sourced(1),), qaly_per_effect=sourced(-1))
