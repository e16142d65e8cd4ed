"""Simulated trials: the stated truth is what the outcomes follow."""

import numpy as np
import pytest
from scipy import integrate
from scipy.stats import skew

from ite.trial.simulated import SimulatedSpec, simulate_trial
from ite.trial.simulated_outcomes import Baseline, event_times, hazard_of_mean
from ite.trial.survival import restricted_mean

FORMS = ["constant", "one_modifier", "scenario_1", "scenario_2", "scenario_3", "scenario_4"]
LARGE = 20_000


@pytest.mark.known_truth
@pytest.mark.parametrize("outcome", ["continuous", "binary", "time_to_event"])
@pytest.mark.parametrize("effect", FORMS)
def test_difference_of_the_arms_is_the_mean_true_effect(outcome: str, effect: str) -> None:
    drawn = simulate_trial(SimulatedSpec(n=LARGE, outcome=outcome, effect=effect, allocation=0.4, seed=11))
    trial, treated = drawn.trial, drawn.trial.arm_index == 1
    assert treated.sum() == round(0.4 * LARGE)
    if outcome == "time_to_event":
        active = restricted_mean(trial.time[treated], trial.event[treated], drawn.spec.horizon)
        control = restricted_mean(trial.time[~treated], trial.event[~treated], drawn.spec.horizon)
        difference, se = active.rmst - control.rmst, np.hypot(active.se, control.se)
    else:
        active, control = trial.outcome[treated], trial.outcome[~treated]
        difference = active.mean() - control.mean()
        se = np.sqrt(active.var() / len(active) + control.var() / len(control))
    assert difference == pytest.approx(drawn.true_effect.mean(), abs=4 * se)


@pytest.mark.known_truth
@pytest.mark.parametrize("effect", FORMS)
def test_effect_has_the_stated_mean_and_sd(effect: str) -> None:
    effects = simulate_trial(SimulatedSpec(n=LARGE, effect=effect, seed=2)).true_effect
    assert effects.mean() == pytest.approx(0.25, abs=4 * 0.25 / np.sqrt(LARGE))
    assert effects.std() == pytest.approx(0 if effect == "constant" else 0.25, abs=0.006)
    wide = simulate_trial(
        SimulatedSpec(n=LARGE, effect="one_modifier", effect_sd=0.5, effect_mean=-1, seed=2)
    ).true_effect
    assert (wide.mean(), wide.std()) == (pytest.approx(-1, abs=0.015), pytest.approx(0.5, abs=0.01))


@pytest.mark.known_truth
@pytest.mark.parametrize("outcome", ["binary", "time_to_event"])
def test_null_is_constant_on_the_scored_scale_while_baseline_risk_varies(outcome: str) -> None:
    drawn = simulate_trial(SimulatedSpec(n=LARGE, outcome=outcome, seed=4))
    np.testing.assert_allclose(drawn.true_effect, drawn.true_effect[0], rtol=1e-10)
    trial, prognosis = drawn.trial, drawn.trial.frame["x11"] + 0.5 * drawn.trial.frame["x1"]
    treated = trial.arm_index == 1
    levels = []
    for stratum in (prognosis < 0.5, prognosis > 1.0):
        means = []
        for arm in (stratum & treated, stratum & ~treated):
            if outcome == "binary":
                means.append((trial.outcome[arm].mean(), trial.outcome[arm].std() / np.sqrt(arm.sum())))
            else:
                means.append(restricted_mean(trial.time[arm], trial.event[arm], drawn.spec.horizon))
        (active, active_se), (control, control_se) = means
        assert active - control == pytest.approx(drawn.true_effect[0], abs=4 * np.hypot(active_se, control_se))
        levels.append(control)
    assert levels[1] - levels[0] > 1.5 * drawn.true_effect[0]


@pytest.mark.independent
def test_restricted_means_by_quadrature() -> None:
    """The survival functions behind the event times integrate to the stated restricted means, patient by patient."""
    means = np.array([0.03, 0.2, 0.5, 0.8, 0.97])
    hazards = hazard_of_mean(means)
    for mean, hazard in zip(means, hazards, strict=True):
        assert integrate.quad(lambda t, rate=hazard: np.exp(-rate * t), 0, 1)[0] == pytest.approx(mean, rel=1e-10)


@pytest.mark.known_truth
def test_drop_out_hazard_is_the_share_that_leaves() -> None:
    baseline = Baseline(np.full(LARGE, 0.0), (0, 1))
    columns, truth = event_times(
        np.random.default_rng(5), baseline, np.full(LARGE, 6.0), np.ones(LARGE, bool), 24.0, np.full(LARGE, 0.3)
    )
    hazard = hazard_of_mean(np.array([0.35 + 6 / 24]))[0]
    still = np.exp(-hazard - 0.3)
    assert (columns["months"] >= 24).mean() == pytest.approx(still, abs=4 * np.sqrt(still * (1 - still) / LARGE))
    np.testing.assert_allclose(truth, 6.0)


@pytest.mark.known_truth
def test_covariates_are_binary_or_uniform_and_correlated_as_stated() -> None:
    x = simulate_trial(SimulatedSpec(n=LARGE, seed=6)).trial.covariates
    assert set(np.unique(x["x8"])) == {0.0, 1.0}
    assert x["x8"].mean() == pytest.approx(0.5, abs=0.015)
    assert x["x9"].var() == pytest.approx(1 / 12, rel=0.04)
    # Spearman's correlation of a Gaussian copula with correlation 0.5 is 6 asin(0.25) / pi.
    assert np.corrcoef(x["x20"], x["x21"])[0, 1] == pytest.approx(6 / np.pi * np.arcsin(0.25), abs=0.03)
    assert np.corrcoef(x["x20"], x["x23"])[0, 1] == pytest.approx(6 / np.pi * np.arcsin(0.0625), abs=0.03)


@pytest.mark.known_truth
def test_noise_has_variance_one_and_the_stated_shape() -> None:
    def residual(noise: str) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        drawn = simulate_trial(SimulatedSpec(n=LARGE, noise=noise, seed=7))
        x, treated = drawn.trial.covariates, drawn.trial.arm_index
        return (
            drawn.trial.outcome - (x["x1"] + 2 * x["x11"]) - treated * drawn.true_effect,
            x["x14"].to_numpy(),
            treated,
        )

    for noise in ("normal", "heteroscedastic", "skewed"):
        values, x14, treated = residual(noise)
        assert values.mean() == pytest.approx(0, abs=0.04)
        assert values.var() == pytest.approx(1, abs=0.12)
        assert (skew(values) > 2) == (noise == "skewed")
        quiet, loud = values[(x14 < 0.2) & (treated == 0)].std(), values[(x14 > 0.8) & (treated == 1)].std()
        assert (loud > 3 * quiet) == (noise == "heteroscedastic")


@pytest.mark.known_truth
def test_options_change_what_they_name() -> None:
    rare = simulate_trial(SimulatedSpec(n=LARGE, rare_category=True, seed=8)).trial.covariates["x30"]
    assert rare.value_counts(normalize=True)["rare"] == pytest.approx(0.02, abs=0.004)
    unequal = simulate_trial(SimulatedSpec(n=300, allocation=2 / 3, seed=8)).trial
    assert (unequal.arm_index == 1).sum() == 200
    assert unequal.known_propensity is not None
    np.testing.assert_allclose(unequal.known_propensity[0], [1 / 3, 2 / 3])
    informative = simulate_trial(SimulatedSpec(n=LARGE, outcome="time_to_event", censoring="covariate", seed=8)).trial
    x14, treated = informative.covariates["x14"].to_numpy(), informative.arm_index
    left = (informative.event == 0) & (informative.time < 36)
    late, early = left[(x14 > 0.8) & (treated == 1)].mean(), left[(x14 < 0.2) & (treated == 1)].mean()
    assert late > 1.4 * early
    complete = simulate_trial(SimulatedSpec(n=500, outcome="time_to_event", censoring="administrative", seed=8)).trial
    assert not ((complete.event == 0) & (complete.time < 36)).any()


@pytest.mark.golden
def test_same_spec_same_trial_and_stated_equations() -> None:
    spec = SimulatedSpec(n=60, effect="scenario_2", seed=9)
    first, second = simulate_trial(spec), simulate_trial(SimulatedSpec.model_validate_json(spec.model_dump_json()))
    assert first.trial.digest == second.trial.digest
    assert first.trial.digest != simulate_trial(spec.model_copy(update={"seed": 10})).trial.digest
    assert first.equations == (
        "outcome = f + treated * effect + normal noise of variance 1; f = 1.4 (x14 - (1 - x8)); "
        "effect = 0.25 + 0.25 (g - 0.5) / 0.2887, g = x14"
    )


@pytest.mark.known_truth
@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"outcome": "binary", "noise": "skewed"}, "continuous outcome only"),
        ({"effect": "constant", "effect_sd": 0.1}, "no SD"),
        ({"outcome": "binary", "effect_mean": 0.4}, "smaller effect_mean"),
    ],
)
def test_impossible_settings_are_refused(settings: dict[str, object], sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        simulate_trial(SimulatedSpec.model_validate(settings))
