import numpy as np
import pytest
from scipy.stats import norm

from ite.design.alternatives.assay import Assay
from ite.design.comparison.as_tested import as_tested
from ite.design.comparison.error_map import error_map
from ite.design.comparison.needs import Resources
from ite.design.comparison.pooled_analysis import pooled_error, require_adaptive_analysis
from ite.design.comparison.regret import regret
from ite.design.comparison.side_by_side import compare_strategies
from ite.design.comparison.tornado import tornado
from ite.design.enrichment.outcome import HazardsByStratum, MeansByStratum, RatesByStratum
from ite.design.enrichment.reestimation import Reestimation
from ite.design.enrichment.scenario import Scenario
from ite.design.enrichment.selection import Selection
from ite.design.enrichment.spec import EnrichmentDesign
from ite.design.sequential.boundary import Boundary
from ite.errors import DesignError
from tests.design.enrichment.examples import one_subgroup, two_overlapping

ONE_LOOK = Boundary(information_fractions=(1.0,))
PRICES = Resources(candidates_per_month=20.0, cost_per_patient=10_000.0, cost_per_screen=500.0, follow_up_months=6.0)


@pytest.mark.known_truth
def test_strategies_in_one_look_have_their_closed_forms() -> None:
    effects = (0.45, 0.05)
    design = EnrichmentDesign(
        scenario=Scenario.one_subgroup(0.4, MeansByStratum(effects=effects, sds=(1.0, 1.0))),
        cumulative_sizes=(400.0,),
        boundary=ONE_LOOK,
    )
    found = compare_strategies(design, trials=100_000, seed=1).strategies
    limit = norm.isf(0.025)
    exact = {
        "all-comers": norm.sf(limit - (0.4 * effects[0] + 0.6 * effects[1]) * 10),
        "enriched": norm.sf(limit - effects[0] * 10),
        "marker strategy": norm.sf(limit - 0.4 * effects[0] * 10),
    }
    for name, power in exact.items():
        assert abs(found.loc[name, "any"] - power) < 4 * max(found.loc[name, "any_se"], 1e-4), name
    assert found.loc["stratified", "any"] == pytest.approx(found.loc["adaptive enrichment", "any"])


@pytest.mark.known_truth
def test_common_random_numbers_make_differences_tighter_than_independent_ones() -> None:
    found = compare_strategies(one_subgroup(), trials=20_000, seed=2).strategies
    independent = np.hypot(found.loc["stratified", "any_se"], found.loc["all-comers", "any_se"])
    assert found.loc["stratified", "gain_se"] < 0.8 * independent


@pytest.mark.known_truth
def test_needs_follow_from_sizes_and_prices() -> None:
    found = compare_strategies(one_subgroup(), PRICES, trials=2_000, seed=3).strategies
    enriched, everybody = found.loc["enriched"], found.loc["all-comers"]
    assert enriched["screened"] == pytest.approx(enriched["size"] / 0.4)
    assert enriched["months"] == pytest.approx(enriched["screened"] / 20 + 6)
    assert enriched["cost"] == pytest.approx(enriched["size"] * 10_000 + enriched["screened"] * 500)
    assert everybody["screened"] == 0
    assert everybody["cost"] == pytest.approx(everybody["size"] * 10_000)
    assert enriched["size"] < found.loc["adaptive enrichment", "screened"] < enriched["screened"]


@pytest.mark.known_truth
def test_equal_cost_makes_costs_equal_and_needs_prices() -> None:
    found = compare_strategies(one_subgroup(), PRICES, equal="cost", trials=5_000, seed=4).strategies
    assert found["cost"].to_numpy() == pytest.approx(found.loc["all-comers", "cost"], rel=0.002)
    # With rates patients are whole, and a strategy that stops early costs little more when it plans more.
    rates = compare_strategies(one_subgroup("rates"), PRICES, equal="cost", trials=2_000, seed=4).strategies
    assert rates["cost"].to_numpy() == pytest.approx(rates.loc["all-comers", "cost"], rel=0.005)
    with pytest.raises(DesignError, match="price"):
        compare_strategies(one_subgroup(), equal="cost", trials=1_000)


@pytest.mark.known_truth
def test_costs_that_cannot_be_made_equal_are_refused() -> None:
    """Not shown as equal: unknown patients, free ones, a test dearer than the trial, a second stage that is fixed."""

    def refused(words: str, design: EnrichmentDesign, **prices: float) -> None:
        resources = Resources(**({"cost_per_patient": 100.0, "cost_per_screen": 10.0} | prices))
        with pytest.raises(DesignError, match=words):
            compare_strategies(design, resources, equal="cost", trials=500)

    refused("share of them with an event is missing", one_subgroup("events"))
    refused("price of a patient, above 0", one_subgroup(), cost_per_patient=0.0)
    refused("could plan only", one_subgroup(), cost_per_screen=1e7)
    dear_second_stage = Reestimation(target_conditional_power=0.8, least=5_000, most=5_000)
    refused("adaptive enrichment cost", one_subgroup().model_copy(update={"reestimation": dear_second_stage}))


@pytest.mark.known_truth
def test_unknown_prices_stay_unknown_and_a_strategy_that_is_not_defined_says_why() -> None:
    found = compare_strategies(one_subgroup("events"), trials=1_000)
    assert found.strategies[["patients", "months", "cost"]].isna().all().all()
    assert found.strategies.loc[["stratified", "enriched", "adaptive enrichment"], "screened"].isna().all()
    rated = compare_strategies(one_subgroup("events"), PRICES, trials=1_000).strategies
    assert rated[["months", "cost"]].isna().all().all()
    assert dict(found.left_out).keys() == {"marker strategy"}
    with_events = compare_strategies(one_subgroup("events"), Resources(events_per_patient=0.5), trials=1_000).strategies
    assert with_events["patients"].to_numpy() == pytest.approx(2 * with_events["size"].to_numpy())


@pytest.mark.known_truth
def test_regret_is_never_negative_and_somebody_has_none() -> None:
    found = regret(one_subgroup(), trials=2_000)
    assert (found.truths["regret"] >= 0).all()
    assert (found.truths.groupby("complement")["regret"].min() == 0).all()
    # With the same effect everywhere, enriching leaves most of the benefit unclaimed.
    same = found.truths[found.truths["complement"] == 1.0].set_index("strategy")
    assert same.loc["enriched", "regret"] > same.loc["all-comers", "regret"]


@pytest.mark.known_truth
def test_the_map_finds_where_a_level_is_broken() -> None:
    """A design that spends 0.05 while it declares 0.025 (which validation would refuse) is caught by the map."""
    spends = Boundary(
        family="user_spending", information_fractions=(0.5, 1.0), alpha=0.05, cumulative_alpha=(0.03, 0.05)
    )
    honest = one_subgroup(boundary=spends)
    broken = honest.model_copy(update={"boundary": spends.model_copy(update={"alpha": 0.025})})
    assert error_map(honest, trials=1_000, again=20_000).held
    assert not error_map(broken, trials=1_000, again=20_000).held


@pytest.mark.known_truth
@pytest.mark.parametrize(
    "design", [one_subgroup("rates"), one_subgroup("events"), two_overlapping((0.4, 0.2, 0.1, 0.0))]
)
def test_the_map_holds_every_kind_of_null(design: EnrichmentDesign) -> None:
    found = error_map(design, trials=200, again=2_000)
    assert (found.grid[list(design.scenario.strata)] == 0).all(axis=1).any()
    only_full = found.grid[found.grid["null"] == "full"]
    assert len(only_full) > 0  # the full population is null while a subgroup benefits
    assert len(found.worst) == 5
    assert (found.worst["lower"] <= found.worst["error"]).all()


@pytest.mark.known_truth
@pytest.mark.parametrize("higher_is_better", [True, False])
def test_the_map_of_rates_holds_truths_that_cancel_out_exactly(*, higher_is_better: bool) -> None:
    """The harm outside stops where a rate is 0 or 1; within that, benefit in 37 % is cancelled by harm in 63 %."""
    treatment = (0.5, 0.35) if higher_is_better else (0.2, 0.3)
    outcome = RatesByStratum(control=(0.4, 0.3), treatment=treatment, higher_is_better=higher_is_better)
    design = one_subgroup("rates").under(Scenario.one_subgroup(0.37, outcome))
    grid = error_map(design, trials=200, again=200).grid
    inside, outside = grid["subgroup"], grid["complement"]
    cancelled = grid[(inside > 0.01) & ((0.37 * inside + 0.63 * outside).abs() < 1e-9)]
    assert len(cancelled) == 3
    assert (cancelled["null"] == "full").all()


@pytest.mark.known_truth
def test_pooling_after_selection_breaks_the_level_and_is_refused() -> None:
    found = pooled_error(one_subgroup(selection=Selection(rule="best")), trials=100_000)
    assert found.pooled > 0.025 + 10 * found.pooled_se
    assert found.closed <= 0.025 + 4 * found.closed_se
    with pytest.raises(DesignError, match="closed test"):
        require_adaptive_analysis(population_may_change=True, analysis="pooled")
    require_adaptive_analysis(population_may_change=False, analysis="pooled")
    require_adaptive_analysis(population_may_change=True, analysis="closed test")


@pytest.mark.known_truth
def test_tornado_is_sorted_and_agrees_with_closed_forms() -> None:
    scenario = Scenario(
        strata=("all",), shares=(1.0,), populations=({"name": "full", "strata": ("all",)},),
        outcome=MeansByStratum(effects=(0.3,), sds=(1.0,)),
    )  # fmt: skip
    design = EnrichmentDesign(scenario=scenario, cumulative_sizes=(300.0,), boundary=ONE_LOOK)
    found = tornado(design, trials=50_000)
    rows = found.assumptions.set_index("assumption")
    expected = norm.sf(norm.isf(0.025) - np.array([0.24, 0.36]) * np.sqrt(300) / 2)
    assert rows.loc["effect in the all", ["low", "high"]].to_numpy(dtype=float) == pytest.approx(expected, abs=0.01)
    changes = tornado(one_subgroup("rates"), trials=2_000).assumptions["change"]
    assert changes.is_monotonic_decreasing
    with pytest.raises(DesignError, match="between 0 and 1"):
        tornado(design, change=2.0)


@pytest.mark.known_truth
def test_an_imperfect_assay_mixes_the_strata() -> None:
    scenario = Scenario.one_subgroup(0.3, MeansByStratum(effects=(0.5, 0.05), sds=(1.0, 1.0)))
    tested = as_tested(scenario, Assay(sensitivity=0.85, specificity=0.9))
    assert tested.shares == pytest.approx((0.325, 0.675))
    assert tested.outcome.benefits[0] == pytest.approx(0.4030769231)
    overall = scenario.share_array @ scenario.outcome.benefits
    assert tested.share_array @ tested.outcome.benefits == pytest.approx(overall)
    rates = as_tested(
        Scenario.one_subgroup(0.3, RatesByStratum(control=(0.2, 0.4), treatment=(0.5, 0.4))),
        Assay(sensitivity=0.8, specificity=0.7),
    )
    assert rates.share_array @ np.array(rates.outcome.treatment) == pytest.approx(0.3 * 0.5 + 0.7 * 0.4)
    events = as_tested(Scenario.one_subgroup(0.3, HazardsByStratum(hazard_ratios=(0.5, 1.0))), Assay(sensitivity=0.8))
    assert 0.5 < events.outcome.hazard_ratios[0] < 0.5 + 1e-9 or events.outcome.hazard_ratios[0] == pytest.approx(0.5)
    with pytest.raises(DesignError, match="one subgroup"):
        as_tested(two_overlapping().scenario, Assay(sensitivity=0.8))


@pytest.mark.known_truth
def test_hazards_after_an_imperfect_assay_are_those_of_a_mixture_with_few_events() -> None:
    """Brute force: with 1 % of events, events per patient in the mixed arms have the ratio of the mean hazards."""
    scenario = Scenario.one_subgroup(0.3, HazardsByStratum(hazard_ratios=(0.5, 1.0)))
    tested = as_tested(scenario, Assay(sensitivity=0.8, specificity=0.8))
    ppv = 0.3 * 0.8 / (0.3 * 0.8 + 0.7 * 0.2)
    events = ppv * -np.expm1(-0.5 * 1e-4) + (1 - ppv) * -np.expm1(-1e-4)
    assert tested.outcome.hazard_ratios[0] == pytest.approx(events / -np.expm1(-1e-4), rel=1e-3)


@pytest.mark.known_truth
def test_spread_of_effects_after_an_assay_counts_in_the_treated_arm_only() -> None:
    """Variance of a difference of means, 4 treated for 1 control, simulated from mixed patients."""
    scenario = Scenario.one_subgroup(0.5, MeansByStratum(effects=(2.0, 0.0), sds=(1.0, 1.0)), allocation_ratio=4.0)
    tested = as_tested(scenario, Assay(sensitivity=0.7, specificity=0.7))
    rng = np.random.default_rng(1)
    treated = rng.standard_normal((40_000, 80)) + 2.0 * (rng.random((40_000, 80)) < 0.7)
    difference = treated.mean(axis=1) - rng.standard_normal((40_000, 20)).mean(axis=1)
    expected = tested.outcome.sds[0] ** 2 * 25 / 4 / 100
    assert difference.var() == pytest.approx(expected, rel=4 * np.sqrt(2 / 40_000))
