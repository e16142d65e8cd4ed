import numpy as np
import pytest
from scipy.stats import norm

from ite.design.enrichment.engine import run_trials, statistics
from ite.design.enrichment.outcome import MeansByStratum, RatesByStratum
from ite.design.enrichment.reestimation import Reestimation
from ite.design.enrichment.scenario import Scenario
from ite.design.enrichment.selection import Selection
from ite.design.enrichment.simulate import simulate_enrichment
from ite.design.enrichment.spec import EnrichmentDesign
from ite.design.sequential.boundary import Boundary
from ite.errors import DesignError
from tests.design.enrichment.examples import MEANS, one_subgroup, two_overlapping


def _within(estimate: float, truth: float, trials: int) -> bool:
    return abs(estimate - truth) <= 4 * np.sqrt(max(truth * (1 - truth), 1e-6) / trials)


@pytest.mark.known_truth
def test_one_stage_in_one_population_is_the_z_test() -> None:
    scenario = Scenario(
        strata=("all",),
        shares=(1.0,),
        populations=({"name": "full", "strata": ("all",)},),
        outcome=MeansByStratum(effects=(0.3,), sds=(1.0,)),
    )
    design = EnrichmentDesign(
        scenario=scenario, cumulative_sizes=(200.0,), boundary=Boundary(information_fractions=(1.0,))
    )
    found = simulate_enrichment(design, trials=100_000, seed=3)
    power = norm.sf(norm.isf(0.025) - 0.3 * np.sqrt(200) / 2)
    assert _within(found.populations.loc["full", "power"], power, 100_000)


@pytest.mark.known_truth
def test_bonferroni_in_one_stage_is_the_bivariate_normal() -> None:
    """Disjunctive power of Bonferroni and Simes at prevalence 0.4: closed forms, 0.6940438 and 0.7079950."""
    scenario = Scenario.one_subgroup(0.4, MeansByStratum(effects=(0.45, 0.1), sds=(1.0, 1.0)))
    for method, power in (("bonferroni", 0.6940438218), ("simes", 0.7079950493), ("spiessens_debois", 0.7117138249)):
        design = EnrichmentDesign(
            scenario=scenario,
            cumulative_sizes=(320.0,),
            boundary=Boundary(information_fractions=(1.0,)),
            intersection=method,
        )
        found = simulate_enrichment(design, trials=200_000, seed=4)
        assert _within(found.summary.loc["any", "estimate"], power, 200_000), method


@pytest.mark.known_truth
@pytest.mark.parametrize("intersection", ["simes", "bonferroni", "sidak", "spiessens_debois"])
def test_family_wise_error_of_overlapping_subgroups_stays_at_the_level(intersection: str) -> None:
    design = two_overlapping(intersection=intersection, selection=Selection(rule="epsilon", epsilon=0.1))
    found = simulate_enrichment(design, trials=200_000, seed=5)
    error = found.summary.loc["family_wise_error"]
    assert error["estimate"] <= 0.025 + 4 * error["standard_error"]
    assert error["estimate"] > 0.010  # the test is not empty


@pytest.mark.known_truth
def test_naive_estimate_of_the_winner_is_biased_and_the_last_stage_is_not() -> None:
    found = simulate_enrichment(one_subgroup(), trials=100_000, seed=6).estimates
    subgroup = found[found["population"] == "subgroup"].set_index("method")
    assert subgroup.loc["naive", "bias"] > 10 * subgroup.loc["naive", "bias_se"]
    assert abs(subgroup.loc["last stage only", "bias"]) < 4 * subgroup.loc["last stage only", "bias_se"]
    covered = subgroup.loc["last stage only"]
    assert abs(covered["coverage"] - 0.95) < 4 * covered["coverage_se"]
    assert subgroup.loc["shrunken", "rmse"] < subgroup.loc["naive", "rmse"]
    assert np.isnan(subgroup.loc["shrunken", "coverage"])


@pytest.mark.known_truth
def test_joint_and_conditional_selection_are_told_apart() -> None:
    found = simulate_enrichment(one_subgroup(success="at_least_one"), trials=20_000, seed=7)
    assert found.selection["conditional"].sum() == pytest.approx(1.0)
    stopped = found.summary.loc[["stop_success", "stop_futility"], "estimate"].sum()
    assert found.selection["joint"].sum() == pytest.approx(1 - stopped)
    assert (found.selection["joint"] < found.selection["conditional"]).all()


@pytest.mark.known_truth
def test_a_capped_bonferroni_p_value_is_not_a_futility_stop_unless_one_was_asked_for() -> None:
    settings = {"intersection": "bonferroni", "selection": Selection(rule="all")}
    without = simulate_enrichment(one_subgroup(**settings), trials=20_000, seed=8)
    with_it = simulate_enrichment(one_subgroup(**settings, futility_p=0.5), trials=20_000, seed=8)
    assert without.summary.loc["stop_futility", "estimate"] == 0.0
    assert with_it.summary.loc["stop_futility", "estimate"] > 0.01


@pytest.mark.known_truth
def test_workers_and_repeats_give_the_same_numbers() -> None:
    one = simulate_enrichment(one_subgroup("rates"), trials=25_000, seed=9)
    two = simulate_enrichment(one_subgroup("rates"), trials=25_000, seed=9, workers=2)
    assert one.populations.equals(two.populations)
    assert one.summary.equals(two.summary)
    other = simulate_enrichment(one_subgroup("rates"), trials=25_000, seed=10)
    assert not one.summary.equals(other.summary)


@pytest.mark.known_truth
def test_uncertain_prevalence_varies_more_than_random_arrival_and_both_keep_the_mean() -> None:
    shares = {}
    for name, settings in (
        ("random", {"subgroup_sizes": "random"}),
        ("uncertain", {"prevalence_prior_patients": 50.0}),
    ):
        scenario = Scenario.one_subgroup(0.3, MEANS, **settings)
        design = EnrichmentDesign(scenario=scenario, cumulative_sizes=(150.0, 300.0))
        runs = run_trials(design, 20_000, np.random.default_rng(11))
        shares[name] = runs.sizes[0, 0] / runs.sizes[0].sum(axis=0)
        assert shares[name].mean() == pytest.approx(0.3, abs=4 * shares[name].std() / np.sqrt(20_000))
        assert (runs.sizes == np.rint(runs.sizes)).all()
    assert shares["random"].var() == pytest.approx(0.3 * 0.7 / 150, rel=0.05)
    assert shares["uncertain"].var() == pytest.approx(0.3 * 0.7 / 51 + 0.3 * 0.7 / 150 * (1 - 1 / 51), rel=0.05)


@pytest.mark.known_truth
def test_an_empty_subgroup_is_no_evidence_and_is_never_chosen() -> None:
    scenario = Scenario.one_subgroup(0.01, MeansByStratum(effects=(5.0, 0.0), sds=(1.0, 1.0)), subgroup_sizes="random")
    design = EnrichmentDesign(scenario=scenario, cumulative_sizes=(40.0, 80.0))
    runs = run_trials(design, 5_000, np.random.default_rng(12))
    empty = runs.sizes[0, 0] == 0
    assert empty.any()
    z = statistics(scenario, runs.scores[0], runs.variances[0])
    assert (z[1, empty] == 0).all()
    assert not runs.studied[1, 1, empty].any()


@pytest.mark.known_truth
def test_reestimation_reaches_its_target_when_its_assumption_is_true() -> None:
    """With one population, and a stage 2 within the limits, the conditional power is the target by construction."""
    settings = Reestimation(target_conditional_power=0.8, least=1.0, most=1e6, assumed_effect=0.4)
    scenario = Scenario(
        strata=("all",),
        shares=(1.0,),
        populations=({"name": "full", "strata": ("all",)},),
        outcome=MeansByStratum(effects=(0.4,), sds=(1.0,)),
    )
    design = EnrichmentDesign(
        scenario=scenario, cumulative_sizes=(60.0, 120.0), reestimation=settings, selection=Selection(rule="all")
    )
    runs = run_trials(design, 50_000, np.random.default_rng(13))
    going = (runs.ended == 2) & (runs.sizes[1].sum(axis=0) > 1.0 + 1e-9)
    won = float((runs.rejected[0, going] > 0).mean())
    assert won == pytest.approx(0.8, abs=4 * np.sqrt(0.16 / going.sum()))


@pytest.mark.known_truth
@pytest.mark.parametrize("trials", [10, 10_000_000])
def test_too_few_and_too_many_trials_are_refused_with_the_nearest_number(trials: int) -> None:
    with pytest.raises(DesignError, match="Use"):
        simulate_enrichment(one_subgroup(), trials=trials)


@pytest.mark.known_truth
def test_spiessens_debois_keeps_the_level_of_rates_that_differ_between_strata() -> None:
    """With a common correlation sqrt(prevalence) this design rejects in 3.2 % of null trials."""
    scenario = Scenario.one_subgroup(0.8, RatesByStratum(control=(0.02, 0.5), treatment=(0.02, 0.5)))
    design = EnrichmentDesign(
        scenario=scenario,
        cumulative_sizes=(2000.0,),
        boundary=Boundary(information_fractions=(1.0,)),
        intersection="spiessens_debois",
        selection=Selection(rule="all"),
    )
    error = simulate_enrichment(design, trials=200_000, seed=14).summary.loc["family_wise_error"]
    assert error["estimate"] < 0.0265


@pytest.mark.known_truth
def test_rates_count_whole_patients_and_their_estimate_is_not_diluted() -> None:
    scenario = Scenario.one_subgroup(0.1, RatesByStratum(control=(0.2, 0.2), treatment=(0.7, 0.4)))
    design = EnrichmentDesign(scenario=scenario, cumulative_sizes=(50.0, 100.0), selection=Selection(rule="all"))
    runs = run_trials(design, 50_000, np.random.default_rng(15))
    assert (runs.sizes == np.rint(runs.sizes)).all()
    drawn = runs.scores[0, 0] / runs.sizes[0, 0]
    assert drawn.mean() == pytest.approx(0.5, abs=4 * drawn.std() / np.sqrt(50_000))


@pytest.mark.known_truth
def test_the_final_stage_is_unbiased_with_three_stages_too() -> None:
    boundary = Boundary(family="pocock", information_fractions=(1 / 3, 2 / 3, 1.0))
    scenario = Scenario.one_subgroup(0.4, MeansByStratum(effects=(0.3, 0.3), sds=(1.0, 1.0)))
    design = EnrichmentDesign(
        scenario=scenario, cumulative_sizes=(100.0, 200.0, 300.0), boundary=boundary, futility_p=0.5
    )
    found = simulate_enrichment(design, trials=100_000, seed=16).estimates
    final = found[found["method"] == "last stage only"]
    assert (final["bias"].abs() < 4 * final["bias_se"]).all()


@pytest.mark.known_truth
def test_with_random_sizes_only_a_population_without_any_benefit_is_a_null() -> None:
    cancelling = MeansByStratum(effects=(0.5, -0.5), sds=(1.0, 1.0))
    fixed = EnrichmentDesign(scenario=Scenario.one_subgroup(0.5, cancelling), cumulative_sizes=(200.0, 400.0))
    random = EnrichmentDesign(
        scenario=Scenario.one_subgroup(0.5, cancelling, subgroup_sizes="random"), cumulative_sizes=(200.0, 400.0)
    )
    assert simulate_enrichment(fixed, trials=1_000).populations["true_null"].tolist() == [True, False]
    assert simulate_enrichment(random, trials=1_000).populations["true_null"].tolist() == [False, False]
