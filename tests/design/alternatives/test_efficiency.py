import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ite.design.alternatives.assay import Assay, read_marker
from ite.design.alternatives.efficiency import EnrichmentComparison, compare_enrichment
from ite.design.alternatives.endpoints import MarkerMeans, MarkerRates, MarkerSurvival
from ite.design.alternatives.resources import Resources
from ite.errors import DesignError

MEANS = MarkerMeans(effect_subgroup=0.5, effect_complement=0.1)


@pytest.mark.known_truth
@given(st.floats(0.02, 1.0), st.floats(0.1, 1.0), st.floats(0.0, 1.0))
def test_randomised_ratio_is_the_square_of_the_ratio_of_effects(prevalence: float, effect: float, other: float) -> None:
    spec = EnrichmentComparison(
        endpoint=MarkerMeans(effect_subgroup=effect, effect_complement=other), prevalence=prevalence
    )
    result = compare_enrichment(spec)
    average = prevalence * effect + (1 - prevalence) * other
    assert result.ratios["randomised"] == pytest.approx((effect / average) ** 2)
    assert result.ratios["screened"] == pytest.approx(prevalence * (effect / average) ** 2)


@pytest.mark.known_truth
def test_predictive_values_are_those_of_simulated_patients() -> None:
    rng, n = np.random.default_rng(3), 400_000
    marker = rng.random(n) < 0.3
    positive = rng.random(n) < np.where(marker, 0.85, 0.1)
    reading = read_marker(Assay(sensitivity=0.85, specificity=0.9), 0.3)
    for found, expected, size in (
        (positive.mean(), reading.positive_rate, n),
        (marker[positive].mean(), reading.ppv, positive.sum()),
        (1 - marker[~positive].mean(), reading.npv, (~positive).sum()),
    ):
        assert found == pytest.approx(float(expected), abs=4 * np.sqrt(expected * (1 - expected) / size))


@pytest.mark.known_truth
def test_a_useless_assay_gives_the_trial_in_all_comers_with_screening_on_top() -> None:
    assay = Assay(sensitivity=0.4, specificity=0.6)
    designs = compare_enrichment(EnrichmentComparison(endpoint=MEANS, prevalence=0.3, assay=assay)).designs
    assert designs["randomised"]["enriched"] == pytest.approx(designs["randomised"]["all comers"])
    assert designs["screened"]["enriched"] == pytest.approx(designs["randomised"]["all comers"] / 0.4)


@pytest.mark.known_truth
def test_power_of_the_enriched_trial_is_reached_in_simulated_patients() -> None:
    rates = MarkerRates(rate_control=0.3, rate_treatment_subgroup=0.55, rate_treatment_complement=0.3)
    assay = Assay(sensitivity=0.8, specificity=0.9)
    result = compare_enrichment(EnrichmentComparison(endpoint=rates, prevalence=0.4, assay=assay, power=0.8))
    arm, trials, rng = round(result.designs["randomised"]["enriched"] / 2), 20_000, np.random.default_rng(5)
    positives = rng.binomial(arm, float(result.reading.ppv), trials)
    treated = (rng.binomial(positives, 0.55) + rng.binomial(arm - positives, 0.3)) / arm
    control = rng.binomial(arm, 0.3, trials) / arm
    se = np.sqrt((treated * (1 - treated) + control * (1 - control)) / arm)
    power = np.mean(treated - control > 1.959964 * se)
    # 0.005 for the normal approximation beside the Monte-Carlo error
    assert power == pytest.approx(0.8, abs=4 * np.sqrt(0.16 / trials) + 0.005)


@pytest.mark.known_truth
def test_survival_needs_events_and_patients_for_them() -> None:
    endpoint = MarkerSurvival(hazard_ratio_subgroup=0.6, hazard_ratio_complement=1.0, event_probability=0.5)
    designs = compare_enrichment(EnrichmentComparison(endpoint=endpoint, prevalence=0.5)).designs
    assert designs["randomised"]["all comers"] / designs["randomised"]["enriched"] == pytest.approx(4.0)
    assert designs["effect"]["enriched"] == pytest.approx(-np.log(0.6))


@pytest.mark.known_truth
def test_months_and_money_follow_from_patients_and_stay_unknown_without_prices() -> None:
    spec = EnrichmentComparison(endpoint=MEANS, prevalence=0.25)
    assert compare_enrichment(spec).designs[["months", "cost"]].isna().all(axis=None)
    resources = Resources(candidates_per_month=20, cost_per_screen=500, cost_per_patient=10_000)
    designs = compare_enrichment(spec.model_copy(update={"resources": resources})).designs
    enriched, everybody = designs.loc["enriched"], designs.loc["all comers"]
    assert enriched["months"] == pytest.approx(enriched["screened"] / 20)
    assert enriched["cost"] == pytest.approx(10_000 * enriched["randomised"] + 500 * enriched["screened"])
    assert everybody["cost"] == pytest.approx(10_000 * everybody["randomised"])


@pytest.mark.known_truth
def test_what_is_free_costs_nothing_and_what_has_no_price_is_unknown() -> None:
    assert Resources(cost_per_patient=10.0).cost(5.0, 0.0) == 50.0
    assert np.isnan(Resources(cost_per_patient=10.0).cost(5.0, 1.0))
    assert Resources(cost_per_patient=0.0, cost_per_screen=0.0).cost(np.inf, np.inf) == 0.0


@pytest.mark.known_truth
def test_harm_without_the_marker_may_put_all_comers_out_of_reach() -> None:
    harm = MarkerMeans(effect_subgroup=0.4, effect_complement=-0.4)
    result = compare_enrichment(EnrichmentComparison(endpoint=harm, prevalence=0.3))
    assert np.isinf(result.designs["randomised"]["all comers"])
    assert np.isfinite(result.designs["randomised"]["enriched"])


@pytest.mark.known_truth
def test_bad_input_is_a_sentence_with_the_nearest_value() -> None:
    with pytest.raises(DesignError, match=r"marker \(%\) must lie between 0\.0001 and 100; found 120\..*value is 100"):
        EnrichmentComparison(endpoint=MEANS, prevalence=1.2)
    with pytest.raises(DesignError, match="found no number"):
        EnrichmentComparison(endpoint=MEANS, prevalence=np.nan)
    with pytest.raises(DesignError, match="no benefit"):
        compare_enrichment(
            EnrichmentComparison(endpoint=MarkerMeans(effect_subgroup=-0.1, effect_complement=0.0), prevalence=0.5)
        )


@pytest.mark.known_truth
def test_effects_too_small_for_any_trial_name_the_factor_that_is_missing() -> None:
    tiny = MarkerMeans(effect_subgroup=1e-5, effect_complement=0.0)
    with pytest.raises(DesignError, match=r"Effects (\S+) times as large are within reach") as error:
        compare_enrichment(EnrichmentComparison(endpoint=tiny, prevalence=0.5))
    factor = float(str(error.value).split("Effects ")[1].split(" ")[0])
    enough = MarkerMeans(effect_subgroup=1.01e-5 * factor, effect_complement=0.0)
    compare_enrichment(EnrichmentComparison(endpoint=enough, prevalence=0.5))


@pytest.mark.known_truth
def test_a_spec_survives_json() -> None:
    spec = EnrichmentComparison(endpoint=MEANS, prevalence=0.3, assay=Assay(sensitivity=0.9))
    assert EnrichmentComparison.model_validate_json(spec.model_dump_json()) == spec
