import numpy as np
import pytest

from ite.design.alternatives.resources import Resources
from ite.design.alternatives.top_fraction import TopFraction, top_fraction_curve


@pytest.mark.known_truth
@pytest.mark.parametrize("correlation", [0.0, 0.5, 1.0])
def test_benefit_of_enrolled_and_excluded_is_that_of_simulated_patients(correlation: float) -> None:
    rng, n = np.random.default_rng(4), 400_000
    true = rng.standard_normal(n)
    predicted = correlation * true + np.sqrt(1 - correlation**2) * rng.standard_normal(n)
    benefit = 0.2 + 0.3 * true
    enrolled = predicted > np.quantile(predicted, 0.7)
    tolerance = 4 * 0.3 / np.sqrt(0.3 * n)
    row = top_fraction_curve(
        TopFraction(benefit_mean=0.2, benefit_sd=0.3, correlation=correlation, fractions=(0.3,))
    ).curve.iloc[0]
    assert row["benefit_enrolled"] == pytest.approx(benefit[enrolled].mean(), abs=tolerance)
    assert row["benefit_excluded"] == pytest.approx(benefit[~enrolled].mean(), abs=tolerance)


@pytest.mark.known_truth
def test_enrolled_and_excluded_average_to_everybody() -> None:
    curve = top_fraction_curve(TopFraction(benefit_mean=0.1, benefit_sd=0.5, correlation=0.7)).curve
    partial = curve[curve["fraction"] < 1]
    mean = partial["fraction"] * partial["benefit_enrolled"] + (1 - partial["fraction"]) * partial["benefit_excluded"]
    np.testing.assert_allclose(mean, 0.1)
    assert curve.loc[0, "benefit_enrolled"] == pytest.approx(0.1)
    assert np.isnan(curve.loc[0, "benefit_excluded"])


@pytest.mark.known_truth
def test_money_counts_screens_only_where_some_are_left_out() -> None:
    prices = Resources(candidates_per_month=10, cost_per_screen=100, cost_per_patient=1_000)
    curve = top_fraction_curve(
        TopFraction(benefit_mean=0.2, benefit_sd=0.3, fractions=(1.0, 0.5), resources=prices)
    ).curve
    assert curve["cost"][0] == pytest.approx(1_000 * curve["randomised"][0])
    assert curve["cost"][1] == pytest.approx(1_000 * curve["randomised"][1] + 100 * curve["screened"][1])
    assert curve["months"][1] == pytest.approx(curve["screened"][1] / 10)
