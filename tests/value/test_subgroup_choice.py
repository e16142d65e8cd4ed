"""Decisions by subgroup: coverage, individualised care, and the value of heterogeneity."""

import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import norm

from ite.errors import ValuationError
from ite.value.coverage import coverage, individualised_care
from ite.value.discounting import Discounting
from ite.value.draws import Draws
from ite.value.normal_benefit import normal_heterogeneity, preposterior_sd, unit_normal_loss, value_of_resolving
from ite.value.plane import plane
from ite.value.population import AffectedPopulation
from ite.value.sourced import Sourced
from ite.value.subgroup_choice import heterogeneity_value, subgroup_table
from ite.value.uncertain_choice import decision_curves
from tests.value.uncertain import drawn

groups = st.lists(st.tuples(st.floats(0.01, 1), st.floats(-1e4, 1e4), st.floats(0, 1e4)), min_size=1, max_size=6)


@pytest.mark.known_truth
def test_a_bad_buy_turns_good_for_those_it_helps() -> None:
    found = coverage([0.2, 0.8], [20_000, -17_500])
    assert found.overall == pytest.approx(-10_000)
    assert (found.together, found.by_subgroup, found.gain) == (0.0, pytest.approx(4000), pytest.approx(4000))
    assert found.bad_buy_turned_good
    assert not found.good_buy_too_wide
    assert found.covered.tolist() == [True, False]
    assert found.covered_share == pytest.approx(0.2)
    wide = coverage([0.5, 0.5], [3000, -1000])
    assert (wide.good_buy_too_wide, wide.bad_buy_turned_good) == (True, False)
    assert wide.gain == pytest.approx(500)


@pytest.mark.known_truth
@given(groups)
def test_deciding_by_subgroup_never_loses_and_equals_two_strategies(drawn_: list[tuple[float, float, float]]) -> None:
    share, mean, sd = np.array(drawn_).T
    share = share / share.sum()
    found = coverage(share, mean)
    assert found.gain >= -1e-9
    care = individualised_care(share, np.vstack([np.zeros_like(mean), mean]))
    assert care.gain == pytest.approx(found.gain, abs=1e-8)
    value = normal_heterogeneity(share, mean, sd)
    assert value.static == pytest.approx(found.gain, abs=1e-8)
    assert value.dynamic >= -1e-6  # knowing all, deciding by subgroup cannot lose


@pytest.mark.independent
@pytest.mark.parametrize(("mean", "sd"), [(1000.0, 2000.0), (-50.0, 700.0), (0.0, 3.0)])
def test_the_loss_function_is_the_mean_gain_of_choosing(mean: float, sd: float) -> None:
    expected = norm(mean, sd).expect(lambda value: max(value, 0.0)) - max(mean, 0.0)
    assert float(value_of_resolving(mean, sd)) == pytest.approx(expected, rel=1e-5)
    assert float(unit_normal_loss(0.0)) == pytest.approx(1 / np.sqrt(2 * np.pi))


@pytest.mark.known_truth
def test_nothing_to_learn_is_worth_nothing() -> None:
    assert value_of_resolving([5.0, 0.0], [0.0, 0.0]).tolist() == [0.0, 0.0]
    assert float(value_of_resolving(1e6, 1.0)) == 0.0
    assert (preposterior_sd(3, 10, 0), preposterior_sd(0, 10, 5)) == (0.0, 0.0)
    assert preposterior_sd(3, 10, 1e12) == pytest.approx(3)
    with pytest.raises(ValuationError, match="at least 0"):
        value_of_resolving(1, -1)
    with pytest.raises(ValuationError, match="at least 0"):
        preposterior_sd(1, 1, -1)
    for wrong in ((np.inf, 1.0, 5.0), (1.0, np.nan, 5.0), (1.0, 1.0, np.nan)):
        with pytest.raises(ValuationError, match="Standard deviations are finite"):
            preposterior_sd(*wrong)
    assert preposterior_sd(3, 10, np.inf) == 3


@pytest.mark.known_truth
def test_draws_meet_the_closed_form_of_espinoza_within_their_error() -> None:
    share, mean, sd = np.array([0.2, 0.8]), np.array([20_000.0, -17_500.0]), np.array([15_000.0, 12_000.0])
    benefit = np.random.default_rng(3).normal(mean, sd, (60_000, 2))
    draws = Draws(
        cost=np.zeros((60_000, 2, 2)),
        effect=np.stack([np.zeros_like(benefit), benefit], axis=1),
        strategies=("not", "adopt"),
        groups=("few", "many"),
        share=share,
    )
    found, expected = heterogeneity_value(draws, 1.0), normal_heterogeneity(share, mean, sd)
    for name in ("static", "information_without", "information_with", "resolved", "dynamic"):
        row = found.figures.loc[name]
        assert row["estimate"] == pytest.approx(getattr(expected, name), abs=4 * row["se"])
    assert found.figures.loc["dynamic", "estimate"] < found.figures.loc["static", "estimate"]
    assert (found.best, found.best_by_group) == ("not", {"few": "adopt", "many": "not"})


@pytest.mark.independent
def test_heterogeneity_of_many_strategies_by_brute_force() -> None:
    draws = drawn(500, strategies=4, groups=3, seed=2)
    benefit, share = draws.net_benefit(25_000), draws.weights
    overall = np.einsum("isg,g->is", benefit, share)
    now_all, now_by = overall.mean(0).max(), benefit.mean(0).max(0) @ share
    known_all, known_by = overall.max(1).mean(), benefit.max(1).mean(0) @ share
    figures = heterogeneity_value(draws, 25_000).figures["estimate"]
    expected = [now_by - now_all, known_all - now_all, known_by - now_by, known_by - now_all, known_by - known_all]
    np.testing.assert_allclose(figures, expected, atol=1e-8)
    assert now_by - now_all == pytest.approx(individualised_care(share, benefit.mean(0)).gain)


@pytest.mark.independent
def test_the_table_of_subgroups_holds_each_and_everybody() -> None:
    draws = drawn(2000, groups=3)
    table = subgroup_table(draws, "C", "A", 30_000).set_index("group")
    assert table.index.tolist() == ["everybody", "group 0", "group 1", "group 2"]
    one = draws.of_group("group 2")
    extra = (one.net_benefit(30_000)[:, 2] - one.net_benefit(30_000)[:, 0])[:, 0]
    row = table.loc["group 2"]
    assert row["net_monetary_benefit"] == pytest.approx(extra.mean())
    assert row["net_monetary_benefit_se"] == pytest.approx(extra.std(ddof=1) / np.sqrt(2000))
    assert row["probability"] == pytest.approx((extra > 0).mean())
    assert row["net_monetary_benefit_lower"] == pytest.approx(np.quantile(extra, 0.025))
    assert row["icer"] == pytest.approx(row["delta_cost"] / row["delta_effect"])
    averaged = table.iloc[1:]["net_monetary_benefit"] @ draws.weights
    assert table.loc["everybody", "net_monetary_benefit"] == pytest.approx(averaged)


@pytest.mark.known_truth
def test_a_population_discounts_its_later_years() -> None:
    yearly = Sourced(value=1000, unit="patients per year", source="registry")
    assert AffectedPopulation(patients_per_year=yearly, years=5).patients == pytest.approx(5000)
    rate = Discounting(rate=Sourced(value=0.035, unit="per year", source="test"), timing="start of year")
    found = AffectedPopulation(patients_per_year=yearly, years=5, discounting=rate)
    assert found.patients == pytest.approx(1000 * sum(1.035**-year for year in range(5)))
    value = found.value(2.0, 0.1)
    assert (value.value, value.se) == (pytest.approx(2 * found.patients), pytest.approx(0.1 * found.patients))
    assert np.isnan(found.value(2.0).se)


@pytest.mark.known_truth
def test_shares_that_make_no_whole_are_refused() -> None:
    with pytest.raises(ValuationError, match="100 %"):
        coverage([0.5, 0.6], [1, 2])
    with pytest.raises(ValuationError, match="2 subgroups"):
        individualised_care([0.5, 0.5], [[1, 2, 3]])


@pytest.mark.known_truth
def test_a_slider_stays_live() -> None:
    """Ten times what it should take at most, in processor time."""
    draws, begun = drawn(10_000, strategies=4, groups=12), time.process_time()
    decision_curves(draws, np.linspace(0, 100_000, 51))
    subgroup_table(draws, "B", "A", 30_000)
    heterogeneity_value(draws, 30_000)
    plane(draws, "B", "A", 30_000)
    assert time.process_time() - begun < 2.0
