import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import ndtr, ndtri
from scipy.stats import multivariate_normal

from ite.design.fixed.bivariate_normal import both_above, both_below
from ite.design.fixed.two_populations import (
    TwoPopulations,
    spiessens_debois_bound,
    two_populations_power,
    unadjusted_family_wise_error,
)
from ite.errors import DesignError


@pytest.mark.independent
@given(
    st.sampled_from([-2.0, -0.7, 0.0, 0.3, 1.9, 4.0]),
    st.sampled_from([-3.0, -0.7, 0.0, 0.3, 1.2]),
    st.floats(-0.99, 0.99),
)
def test_bivariate_probabilities_are_those_of_scipy(first: float, second: float, correlation: float) -> None:
    theirs = multivariate_normal.cdf([first, second], cov=[[1, correlation], [correlation, 1]])
    assert both_below(first, second, correlation) == pytest.approx(theirs, abs=1e-9)
    assert both_above(-first, -second, correlation) == pytest.approx(theirs, abs=1e-9)


@pytest.mark.known_truth
def test_orthants_and_independence() -> None:
    assert both_below(0.0, 0.0, 0.5) == pytest.approx(1.0 / 3.0)
    assert both_below(1.0, -0.4, 0.0) == pytest.approx(ndtr(1.0) * ndtr(-0.4))


@pytest.mark.known_truth
def test_under_the_null_the_exact_test_spends_the_level_and_bonferroni_less() -> None:
    power = two_populations_power(
        TwoPopulations(prevalence=0.3, effect_subgroup=0.0, effect_complement=0.0, n_total=500, alpha=0.04)
    )
    assert power.disjunctive_spiessens_debois == pytest.approx(0.04, abs=1e-10)
    assert power.disjunctive_bonferroni < power.disjunctive_simes < 0.04
    assert power.unadjusted_subgroup == pytest.approx(0.04)
    assert unadjusted_family_wise_error(0.3, 0.04) > 0.04


@pytest.mark.known_truth
def test_the_exact_bound_lies_between_no_and_bonferroni_adjustment() -> None:
    bounds = [spiessens_debois_bound(prevalence, 0.025) for prevalence in (0.001, 0.3, 0.7, 0.999)]
    assert bounds == sorted(bounds, reverse=True)
    assert -ndtri(0.025) < bounds[-1] < bounds[0] < -ndtri(0.0125)


@pytest.mark.known_truth
@given(st.floats(0.05, 0.95), st.floats(-0.5, 0.8), st.floats(-0.5, 0.8))
def test_powers_are_ordered_as_their_regions(prevalence: float, subgroup: float, complement: float) -> None:
    power = two_populations_power(
        TwoPopulations(prevalence=prevalence, effect_subgroup=subgroup, effect_complement=complement, n_total=240)
    )
    slack = 1e-12
    assert power.conjunctive_bonferroni <= power.conjunctive_simes + slack
    assert power.disjunctive_bonferroni <= power.disjunctive_simes + slack
    assert power.conjunctive_simes <= min(power.unadjusted_subgroup, power.unadjusted_full) + slack
    assert max(power.unadjusted_subgroup, power.unadjusted_full) <= 1.0
    assert power.correlation == math.sqrt(prevalence)


@pytest.mark.known_truth
def test_a_population_is_a_proper_share() -> None:
    with pytest.raises(DesignError, match=r"Share with the marker \(%\) should be less than 100, but"):
        TwoPopulations(prevalence=1.0, effect_subgroup=0.1, effect_complement=0.1, n_total=100)
