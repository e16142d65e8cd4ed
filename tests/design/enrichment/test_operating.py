import numpy as np
import pandas as pd
import pytest
from scipy.stats import norm

from ite.design.enrichment.engine import correlation_of
from ite.design.enrichment.estimation import estimates_after_selection
from ite.design.enrichment.outcome import MeansByStratum
from ite.design.enrichment.scenario import Scenario
from ite.design.enrichment.simulate import simulate_enrichment, simulate_trials
from ite.design.enrichment.spec import EnrichmentDesign
from ite.design.sequential.boundary import Boundary
from tests.design.enrichment.examples import one_subgroup

_SEEDS = 100
#: Four standard errors of a standard deviation from so many seeds, relative to it.
_NEAR = 4 / np.sqrt(2 * (_SEEDS - 1))


def _spread_over_stated(frame: pd.DataFrame, name: str) -> "pd.Series[float]":
    """Return the standard deviation of a figure over seeds, relative to its stated Monte-Carlo error."""
    by = frame.groupby(level=0)
    return by[name].std() / np.sqrt(by[f"{name}_se"].apply(lambda errors: np.mean(errors**2)))


@pytest.mark.independent
def test_errors_of_powers_by_look_and_of_rmse_are_the_spread_over_seeds() -> None:
    found = [simulate_enrichment(one_subgroup(), trials=500, seed=seed) for seed in range(_SEEDS)]
    powers = pd.concat([each.populations for each in found])
    for name in ("power", "power_stage_1", "power_stage_2"):
        np.testing.assert_allclose(_spread_over_stated(powers, name), 1.0, atol=_NEAR)
    estimates = pd.concat([each.estimates.set_index(["population", "method"]) for each in found])
    estimates.index = estimates.index.map(" ".join)
    # A square root bends, and trials that studied a population vary with the seed: hence a little more room.
    np.testing.assert_allclose(_spread_over_stated(estimates, "rmse"), 1.0, atol=1.3 * _NEAR)
    np.testing.assert_allclose(_spread_over_stated(estimates, "bias"), 1.0, atol=1.3 * _NEAR)


@pytest.mark.known_truth
def test_powers_by_look_add_up() -> None:
    found = simulate_enrichment(one_subgroup(), trials=2_000, seed=1).populations
    np.testing.assert_allclose(found["power_stage_1"] + found["power_stage_2"], found["power"])


@pytest.mark.known_truth
def test_candidates_are_patients_until_only_the_subgroup_enrols() -> None:
    design = one_subgroup(prevalence=0.25)
    runs = simulate_trials(design, 2_000, 2)
    narrowed = runs.studied[1, 1] & ~runs.studied[1, 0]
    open_to_all = runs.studied[1, 0]
    found = simulate_enrichment(design, 2_000, 2).summary.loc["expected_candidates"]
    each = 150 + 150 * open_to_all + 150 / 0.25 * narrowed
    assert narrowed.any()
    assert found["estimate"] == pytest.approx(each.mean())
    assert found["standard_error"] == pytest.approx(each.std(ddof=1) / np.sqrt(2_000))


@pytest.mark.known_truth
def test_candidates_of_an_event_driven_trial_are_not_known() -> None:
    assert simulate_enrichment(one_subgroup("events"), 200).summary.loc["expected_candidates"].isna().all()


@pytest.mark.known_truth
@pytest.mark.parametrize(
    ("settings", "between"), [({"subgroup_sizes": "random"}, 0.0), ({"prevalence_prior_patients": 50.0}, 1 / 51)]
)
def test_effects_that_cancel_out_are_rejected_beyond_the_level_where_sizes_vary(
    settings: dict[str, object], between: float
) -> None:
    """The share of the subgroup varies between trials, and with it the true effect of those who came.

    The share has variance p (1 - p) (b + (1 - b) / n), b = 0 for a known prevalence and 1 / (prior + 1) else; it moves
    the difference of means, which has variance 4 / n around the truth of its patients.
    """
    n, p, trials = 300, 0.4, 200_000
    scenario = Scenario.one_subgroup(p, MeansByStratum(effects=(0.6, -0.4), sds=(1.0, 1.0)), **settings)
    everybody = scenario.model_copy(update={"populations": scenario.populations[:1]})
    boundary = Boundary(information_fractions=(1.0,))
    design = EnrichmentDesign(scenario=everybody, cumulative_sizes=(float(n),), boundary=boundary)
    found = simulate_enrichment(design, trials, 5).populations.loc["full"]
    wider = np.sqrt(1 + p * (1 - p) * (between + (1 - between) / n) * n / 4)
    expected = norm.sf(norm.isf(0.025) / wider)
    assert expected > 0.028
    assert abs(found["power"] - expected) < 4 * found["power_se"]


@pytest.mark.known_truth
@pytest.mark.filterwarnings("error")
def test_a_variance_that_falls_between_two_looks_is_no_error_of_the_estimate() -> None:
    """Log-rank increments of a rare subgroup: the first trial has a last stage whose variance is below 0."""
    design = one_subgroup("events")
    runs = simulate_trials(design, 100, 3)
    runs.ended[:], runs.studied[:] = 2, True
    runs.sizes[1], runs.variances[1] = 50.0, 200.0
    runs.scores[1] = runs.sizes[1] * design.scenario.outcome.benefits[:, None]
    runs.variances[1, :, 0] = -0.1
    found = estimates_after_selection(design, runs).set_index("method").loc["last stage only"]
    assert (found["trials"] == 100).all()
    assert (found["coverage"] == 1.0).all()
    correlation = correlation_of(design.scenario, runs.variances[1])
    np.testing.assert_array_equal(correlation[:, :, 0], 0.0)
    np.testing.assert_array_less(0.0, correlation[:, :, 1:])
