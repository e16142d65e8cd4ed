from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from scipy.stats import norm

import ite
from ite.design.alternatives.resources import Resources
from ite.design.fitted.believed import power_at
from ite.design.fitted.sizing import unit_variance
from ite.design.fitted.spec import NextTrialSpec, TwoMarkerRule
from ite.errors import DesignError, IteError
from ite.subgroup.slice import Slice
from tests.design.fitted.closed_form import assurance_at
from tests.design.fitted.examples import ARM, fitted

_TRIALS = 20_000


def _design(trial_seed: int = 0, difference: float = 1.0, factor: float = 1.0, **settings: object) -> object:
    trial, effects = fitted(seed=trial_seed, difference=difference, factor=factor)
    return ite.Enrichment.from_effects(trial, effects, arm=ARM, **settings)


@pytest.mark.known_truth
def test_factor_zero_makes_enriched_and_all_comers_the_same() -> None:
    """The contract's call; nothing of the difference is believed, so whom one enrols is all one."""
    design = _design(factor=0.0, enrol=0.6, n=400)
    found = ite.simulate(design, trials=_TRIALS, seed=1)
    assert design.enrolment.believed.kept == 0.0
    enrolled, everybody = found.summary.loc["enrolled"], found.summary.loc["everybody"]
    assert enrolled["effect"] == pytest.approx(everybody["effect"], abs=1e-12)
    assert enrolled["effect_sd"] == pytest.approx(everybody["effect_sd"], abs=1e-12)
    # The same luck in both; only the outcome's spread among the enrolled differs a little.
    assert enrolled["assurance"] == pytest.approx(everybody["assurance"], abs=0.02)
    alone = ite.simulate(_design(factor=0.0, enrol=1.0, n=400), trials=_TRIALS, seed=1)
    assert alone.summary.loc["enrolled", "assurance"] == pytest.approx(everybody["assurance"], abs=0.01)
    assert "too weak to enrich" in found.basis


@pytest.mark.independent
def test_simulation_agrees_with_the_closed_forms_of_one_look() -> None:
    design = _design(enrol=0.3, n=150)
    found = ite.simulate(design, trials=_TRIALS, seed=2).summary.loc["enrolled"]
    believed = design.enrolment.believed
    standard_error = float(
        np.sqrt(unit_variance(design.outcome, design.enrolment.weight, np.array([believed.mean]))[0] / 150)
    )
    critical = float(norm.isf(0.025))
    assert found["assurance_se"] == pytest.approx(
        np.sqrt(found["assurance"] * (1 - found["assurance"]) / _TRIALS), rel=1e-9
    )
    # The bootstrap varies the standard error from trial to trial, which the closed form leaves out.
    assert found["assurance"] == pytest.approx(
        assurance_at(believed, standard_error, critical), abs=4 * found["assurance_se"] + 0.004
    )
    assert found["power_at_estimate"] == pytest.approx(
        power_at(believed.estimate, standard_error, critical), abs=4 * found["power_at_estimate_se"] + 0.004
    )
    assert found["assurance"] < found["power_at_estimate"]


@pytest.mark.known_truth
def test_without_an_effect_looks_keep_the_level() -> None:
    trial, effects = fitted(average=0.0)
    flat = replace(effects, scores=effects.scores - effects.scores.mean(), factor=effects.factor * 0.0)
    design = ite.Enrichment.from_effects(trial, flat, arm=ARM, enrol=1.0, n=300, looks=4)
    found = ite.simulate(design, trials=40_000, seed=3).summary.loc["enrolled"]
    assert found["power_at_estimate"] == pytest.approx(0.025, abs=4 * found["power_at_estimate_se"])
    assert found["expected_randomised"] < 300


@pytest.mark.known_truth
def test_the_target_assurance_is_reached() -> None:
    design = _design(enrol=0.3, target=0.85)
    found = ite.simulate(design, trials=_TRIALS, seed=4).summary.loc["enrolled"]
    assert found["assurance"] == pytest.approx(0.85, abs=4 * found["assurance_se"] + 0.005)
    lost = _design(enrol=0.3, target=0.85, drop_out=0.5)
    assert lost.randomised == pytest.approx(2 * design.randomised, abs=2)


@pytest.mark.known_truth
def test_the_same_numbers_on_any_number_of_workers() -> None:
    design = _design(enrol=0.5, n=200, looks=2)
    one = ite.simulate(design, trials=11_000, seed=5)
    two = ite.simulate(design, trials=11_000, seed=5, workers=2)
    pd.testing.assert_frame_equal(one.summary, two.summary)
    pd.testing.assert_frame_equal(one.looks, two.looks)


@pytest.mark.known_truth
def test_screening_follows_the_enrolled_share_and_prices_count() -> None:
    prices = Resources(candidates_per_month=10.0, cost_per_screen=100.0, cost_per_patient=1_000.0)
    design = _design(enrol=0.4, n=200, resources=prices)
    found = ite.simulate(design, trials=2_000, seed=6).summary
    assert found.loc["enrolled", "screened"] == pytest.approx(500, rel=0.01)
    assert found.loc["enrolled", "months"] == pytest.approx(50, rel=0.01)
    assert found.loc["enrolled", "cost"] == pytest.approx(200 * 1_000 + 500 * 100, rel=0.01)
    assert found.loc["everybody", "cost"] == pytest.approx(200_000)


@pytest.mark.known_truth
def test_min_benefit_is_on_the_scale_of_the_outcome() -> None:
    trial, effects = fitted(difference=1.0)
    least = float(effects.benefit[ARM].quantile(0.75))
    design = ite.Enrichment.from_effects(trial, effects, arm=ARM, min_benefit=least, n=100)
    assert design.enrolment.share == pytest.approx(0.25, abs=1 / trial.n)
    chosen = design.enrolment.weight == 1.0
    assert np.array_equal(chosen, (effects.benefit[ARM] >= least).to_numpy())
    with pytest.raises(DesignError, match="Nobody is predicted to benefit"):
        ite.Enrichment.from_effects(trial, effects, arm=ARM, min_benefit=99.0, n=100)


@pytest.mark.known_truth
def test_a_slice_and_a_rule_of_two_markers_enrol_their_patients() -> None:
    trial, effects = fitted(difference=1.0)
    high = Slice(name="high", axis="marker", arm=ARM, lower=0.7, prespecified=True)
    women = Slice(name="women", axis="sex", arm=ARM, levels=("female",), prespecified=True)
    by_slice = ite.Enrichment.from_effects(trial, effects, arm=ARM, slice=high, n=100)
    marker, scores = trial.frame["marker"].to_numpy(), effects.scores[ARM].to_numpy()
    inside = marker > 0.7
    assert by_slice.enrolment.believed.estimate == pytest.approx(scores[inside].mean())
    assert by_slice.enrolment.believed.difference == pytest.approx(scores[inside].mean() - scores[~inside].mean())
    both = TwoMarkerRule(first=high, second=women)
    either = TwoMarkerRule(first=high, second=women, combine="or")
    female = (trial.frame["sex"] == "female").to_numpy()
    assert np.array_equal(both.mask(trial, effects), inside & female)
    assert np.array_equal(either.mask(trial, effects), inside | female)
    design = ite.Enrichment.from_effects(trial, effects, arm=ARM, rule=both, n=100)
    assert design.enrolment.share == pytest.approx(np.mean(inside & female))
    searched = ite.Enrichment.from_effects(
        trial, effects, arm=ARM, slice=high.model_copy(update={"prespecified": False}), n=100
    )
    assert searched.enrolment.believed.kept < by_slice.enrolment.believed.kept
    assert any("found in these data" in warning for warning in searched.warnings)


@pytest.mark.known_truth
@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({}, "exactly one way"),
        ({"enrol": 0.5, "min_benefit": 0.1}, "'enrol' and 'min_benefit' were given"),
        ({"enrol": 0.5, "n": 100, "events": 50}, "both were given"),
        ({"enrol": 1.5}, "enrol"),
        ({"enrol": 0.5, "events": 50}, "Only a time-to-event outcome"),
        ({"enrol": 0.01, "n": 100}, "Enrol at least"),
        ({"slice": Slice(name="all", axis="marker", arm=ARM, lower=-1.0), "n": 100}, "at least 20"),
        ({"slice": Slice(name="top", axis="predicted benefit", arm=ARM, lower=0.0), "n": 100}, "'enrol' or"),
        ({"slice": Slice(name="top", axis="marker", arm="other", lower=0.5), "n": 100}, "Name one arm"),
    ],
)
def test_what_a_user_can_get_wrong_is_said_in_a_sentence(settings: dict[str, object], words: str) -> None:
    with pytest.raises(IteError, match=words):
        _design(**settings)


@pytest.mark.known_truth
def test_a_target_beyond_the_believed_probability_of_benefit_is_refused() -> None:
    trial, effects = fitted(average=0.0, seed=4)
    weak = replace(effects, scores=effects.scores - effects.scores.mean() + 0.01, factor=effects.factor * 0.0)
    with pytest.raises(DesignError, match="believed probability"):
        ite.Enrichment.from_effects(trial, weak, arm=ARM, enrol=0.5)


@pytest.mark.known_truth
def test_typed_designs_are_simulated_by_the_same_call() -> None:
    scenario = {
        "strata": ("all",),
        "shares": (1.0,),
        "populations": ({"name": "full", "strata": ("all",)},),
        "outcome": {"kind": "mean", "effects": (0.3,), "sds": (1.0,)},
    }
    typed = ite.Enrichment(scenario=scenario, cumulative_sizes=(200.0,), boundary={"information_fractions": (1.0,)})
    found = ite.simulate(typed, trials=10_000, seed=1).populations.loc["full", "power"]
    power = norm.sf(norm.isf(0.025) - 0.3 * np.sqrt(200) / 2)
    assert found == pytest.approx(power, abs=4 * np.sqrt(power * (1 - power) / 10_000))
    assert NextTrialSpec(arm="a", enrol=0.5) == NextTrialSpec.model_validate_json(
        NextTrialSpec(arm="a", enrol=0.5).model_dump_json()
    )
