"""The prevention paradox: closed forms, a population drawn person by person, and what cannot be."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.stats import beta

from ite.allocation.prevention import MIXED, PreventionSpec, prevention, prevention_curve
from ite.allocation.risk_distribution import BetaRisk, RiskGroups, predicted_risks, two_risks
from ite.errors import AllocationError
from ite.trial.data import TrialData
from tests.allocation.fitted_trial import two_arms

SPEC = PreventionSpec(
    relative_risk_reduction=0.3,
    light_risk_reduction=0.1,
    unit_cost=50,
    light_cost=5,
    screening_cost=8,
    value_per_case=4000,
)


@pytest.mark.independent
def test_strategies_are_sums_over_people() -> None:
    risk = np.random.default_rng(1).beta(1, 12, 5000)
    found = prevention(RiskGroups(risk=risk, people=np.ones(5000)), 0.1, SPEC)
    high = risk >= 0.1
    by_name = found.strategies.set_index("strategy")
    np.testing.assert_allclose(by_name["treated"], [high.sum(), 5000, high.sum()])
    np.testing.assert_allclose(by_name["light"], [0, 0, (~high).sum()])
    np.testing.assert_allclose(
        by_name["prevented"],
        [0.3 * risk[high].sum(), 0.3 * risk.sum(), 0.3 * risk[high].sum() + 0.1 * risk[~high].sum()],
    )
    np.testing.assert_allclose(
        by_name["cost"], [50 * high.sum() + 40_000, 250_000, 50 * high.sum() + 5 * (~high).sum() + 40_000]
    )
    np.testing.assert_allclose(by_name["net_benefit"], 4000 * by_name["prevented"] - by_name["cost"])
    np.testing.assert_allclose(by_name["nnt"], (by_name["treated"] + by_name["light"]) / by_name["prevented"])
    assert found.share_of_cases_below == pytest.approx(risk[~high].sum() / risk.sum())
    assert found.nnt_below == pytest.approx(1 / (0.3 * risk[~high].mean()))


@pytest.mark.known_truth
def test_at_the_crossover_both_strategies_are_worth_the_same() -> None:
    risks = BetaRisk(people=1e6, mean=0.04, sd=0.05)
    value = prevention(risks, 0.1, SPEC).crossover_value
    same = prevention(risks, 0.1, SPEC.model_copy(update={"value_per_case": value})).strategies["net_benefit"]
    assert same[0] == pytest.approx(same[1])
    better = prevention(risks, 0.1, SPEC.model_copy(update={"value_per_case": value + 1})).strategies["net_benefit"]
    assert better[1] > better[0]


@pytest.mark.independent
@pytest.mark.parametrize("threshold", [0.0, 0.03, 0.2, 0.9])
def test_beta_risks_are_integrals_of_their_density(threshold: float) -> None:
    risks = BetaRisk(people=1000, mean=0.08, sd=0.06)
    first, second = risks.shapes
    assert beta.mean(first, second) == pytest.approx(0.08)
    assert beta.std(first, second) == pytest.approx(0.06)
    people, cases = risks.at_least(threshold)
    assert people == pytest.approx(1000 * quad(lambda r: beta.pdf(r, first, second), threshold, 1)[0], abs=1e-6)
    assert cases == pytest.approx(1000 * quad(lambda r: r * beta.pdf(r, first, second), threshold, 1)[0], abs=1e-6)


@pytest.mark.known_truth
def test_curve_runs_from_the_population_strategy_to_nobody() -> None:
    curve = prevention_curve(two_risks(1000, 0.1, 0.2, 0.02), [0.0, 0.1, 0.5], SPEC)
    high = curve[curve["strategy"] == "high risk"]
    np.testing.assert_allclose(high["treated"], [1000, 100, 0])
    np.testing.assert_allclose(high["prevented"], [0.3 * 38, 0.3 * 20, 0])
    assert np.isnan(high["nnt"].iloc[-1])
    mixed = curve[curve["strategy"] == MIXED]
    np.testing.assert_allclose(mixed["light"], [0, 900, 1000])


@pytest.mark.known_truth
def test_without_a_light_measure_there_is_no_mixed_strategy() -> None:
    found = prevention(two_risks(1000, 0.1, 0.2, 0.02), 0.1, PreventionSpec(relative_risk_reduction=0.3))
    assert list(found.strategies["strategy"]) == ["high risk", "population"]


@pytest.mark.known_truth
def test_where_all_are_at_high_risk_nothing_is_left_to_compare() -> None:
    found = prevention(two_risks(1000, 0.1, 0.2, 0.02), 0.01, SPEC)
    assert found.share_of_cases_below == 0
    assert np.isnan(found.nnt_below)
    assert np.isnan(found.crossover_value)


@pytest.mark.known_truth
def test_what_cannot_be_is_refused() -> None:
    with pytest.raises(AllocationError, match="threshold of risk lies between 0 and 100 %, but 120 % was given"):
        prevention(two_risks(1000, 0.1, 0.2, 0.02), 1.2, SPEC)
    with pytest.raises(
        AllocationError, match=r"Relative risk reduction \(%\) should be at most 100, but 120 was given"
    ):
        PreventionSpec(relative_risk_reduction=1.2)
    with pytest.raises(AllocationError, match="standard deviation between 0 and 30 %"):
        BetaRisk(people=10, mean=0.1, sd=0.4)
    with pytest.raises(AllocationError, match="mean risk"):
        BetaRisk(people=10, mean=1.1, sd=0.4)
    with pytest.raises(AllocationError, match="number of people"):
        BetaRisk(people=0, mean=0.1, sd=0.1)
    with pytest.raises(AllocationError, match="high risk should be above the low one"):
        two_risks(1000, 0.1, 0.02, 0.2)
    with pytest.raises(AllocationError, match="share at high risk"):
        two_risks(1000, 10, 0.2, 0.1)
    with pytest.raises(AllocationError, match="A risk lies between"):
        RiskGroups(risk=np.array([1.5]), people=np.ones(1))
    with pytest.raises(AllocationError, match="number of people"):
        RiskGroups(risk=np.array([0.5]), people=np.zeros(1))
    with pytest.raises(AllocationError, match="need a binary outcome"):
        predicted_risks(*two_arms(100), people=1000)


@pytest.mark.known_truth
@pytest.mark.parametrize(("good", "outlook"), [(True, [0.9, 0.7, 1.1]), (False, [-0.1, -0.3, 0.1])])
def test_predicted_risks_are_of_the_bad_outcome(outlook: list[float], *, good: bool) -> None:
    trial, effects = two_arms(90)
    frame = trial.frame.assign(outcome=np.arange(90) % 2)
    binary = TrialData.from_frame(frame, trial.roles.model_copy(update={"higher_is_better": good}))
    risks = predicted_risks(binary, replace(effects, baseline_risk=np.tile(outlook, 30)), people=900)
    np.testing.assert_allclose(risks.risk, np.tile([0.1, 0.3, 0.0], 30))
    assert risks.at_least(0.3).people == pytest.approx(300)
