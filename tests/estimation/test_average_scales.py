"""The average effect on every scale: closed forms of a two-by-two table, g-computation, coverage, what is undefined."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from scipy.stats import binomtest

from ite.estimation.average_effect import average_effects
from ite.estimation.average_scales import average_on_scales
from ite.estimation.nnt import number_needed_to_treat, wald_risk_reduction
from ite.estimation.result import EffectEstimate
from ite.estimation.scores import arm_score
from ite.trial.data import FloatArray, IntArray, TrialData
from ite.trial.roles import Roles
from tests.charts.examples import ARM, binary_trial, continuous_trial, effects_of, survival_trial

TRIALS = 400


def scored_by(trial: TrialData, expected: FloatArray, cluster: IntArray | None = None) -> EffectEstimate:
    """Effects whose scores of each arm come from given predictions and from the shares of the arms."""
    turn = 1.0 if trial.roles.higher_is_better else -1.0
    arm = trial.arm_index
    shares = np.bincount(arm) / trial.n
    scores = np.column_stack(
        [arm_score(turn * trial.outcome, (arm == a) / shares[a], turn * expected[:, a]) for a in range(len(shares))]
    )
    effects = effects_of(trial)
    contrasts = pd.DataFrame(scores[:, 1:] - scores[:, [0]], columns=effects.scores.columns)
    return replace(
        effects,
        scores=contrasts,
        ate=average_effects(contrasts, cluster),
        scored=replace(effects.known_scored(), arm_scores=scores),
        cluster=cluster,
    )


def unadjusted(trial: TrialData, cluster: IntArray | None = None) -> EffectEstimate:
    means = [np.mean(trial.outcome[trial.arm_index == a]) for a in range(len(trial.arms))]
    return scored_by(trial, np.tile(means, (trial.n, 1)), cluster)


def two_by_two(events: tuple[int, int], sizes: tuple[int, int], *, good: bool) -> TrialData:
    """A trial with these events of these patients, under control and under treatment."""
    response = np.concatenate([np.arange(n) < count for count, n in zip(events, sizes, strict=True)]).astype(float)
    arm = np.repeat(["control", ARM], sizes)
    frame = pd.DataFrame({"arm": arm, "y": response, "marker": np.arange(sum(sizes)) % 7.0})
    roles = Roles(treatment="arm", control="control", outcome="y", covariates=("marker",), higher_is_better=good)
    return TrialData.from_frame(frame, roles)


def on(table: pd.DataFrame, scale: str) -> pd.Series:
    return table.set_index("scale").loc[scale]


@pytest.mark.known_truth
@pytest.mark.parametrize("good", [True, False])
def test_without_covariates_the_ratios_are_those_of_the_two_by_two_table(*, good: bool) -> None:
    (control, treated), (n_control, n_treated) = (90, 60), (200, 180)
    trial = two_by_two((control, treated), (n_control, n_treated), good=good)
    table = average_on_scales(trial, unadjusted(trial))
    p1, p0 = treated / n_treated, control / n_control
    finite = np.sqrt(trial.n / (trial.n - 1))
    katz = finite * np.sqrt((1 - p1) / treated + (1 - p0) / control)
    woolf = finite * np.sqrt(1 / treated + 1 / (n_treated - treated) + 1 / control + 1 / (n_control - control))
    for scale, ratio, se in (
        ("risk ratio", p1 / p0, katz),
        ("odds ratio", p1 / (1 - p1) / (p0 / (1 - p0)), woolf),
    ):
        row = on(table, scale)
        assert row["estimate"] == pytest.approx(ratio, rel=1e-12)
        assert row["upper"] / row["estimate"] == pytest.approx(np.exp(1.959963985 * se), rel=1e-8)
        assert row["favours"] == ("control" if good else ARM)
        assert ("Above" if good else "Below") in row["note"]


@pytest.mark.independent
def test_patients_to_treat_are_those_of_the_wald_interval() -> None:
    trial = two_by_two((90, 60), (200, 180), good=False)
    row = on(average_on_scales(trial, unadjusted(trial)), "number needed to treat")
    reduction, _, lower, upper = wald_risk_reduction(events_treated=60, n_treated=180, events_control=90, n_control=200)
    needed = number_needed_to_treat(reduction, lower, upper)
    assert row["estimate"] == pytest.approx(needed.nnt)
    assert (row["lower"], row["upper"]) == pytest.approx((needed.at_upper, needed.at_lower), rel=0.02)
    assert row["note"].startswith("NNTB 9")


@pytest.mark.known_truth
def test_an_interval_through_infinity_has_no_ends_but_says_so() -> None:
    trial = two_by_two((50, 52), (150, 150), good=True)
    row = on(average_on_scales(trial, unadjusted(trial)), "number needed to treat")
    assert np.isnan(row["lower"])
    assert np.isnan(row["upper"])
    assert "to infinity to" in row["note"]
    assert row["favours"] == "neither"


@pytest.mark.known_truth
def test_the_difference_is_the_average_effect_of_the_page() -> None:
    for trial in (binary_trial(), continuous_trial(arms=("placebo", "low", "high"))):
        effects = unadjusted(trial)
        table = average_on_scales(trial, effects)
        own = table[table["scale"].str.endswith("difference")].set_index("arm")
        for column in ("estimate", "lower", "upper"):
            np.testing.assert_allclose(own[column], effects.ate[column], rtol=1e-12)


@pytest.mark.independent
def test_with_covariates_the_ratios_agree_with_standardised_logistic_regression() -> None:
    trial = prognostic_trial(4_000, seed=3)
    expected, design = logistic_predictions(trial)
    table = average_on_scales(trial, scored_by(trial, expected))
    fit = sm.GLM(trial.outcome, design, family=sm.families.Binomial()).fit()
    risks = [fit.predict(np.column_stack([design[:, 0], np.full(trial.n, a), design[:, 2:]])).mean() for a in (0, 1)]
    row = on(table, "risk ratio")
    # Within each arm the residuals of a canonical model sum to 0, so that the two estimators are the same.
    assert row["estimate"] == pytest.approx(risks[1] / risks[0], rel=1e-6)


@pytest.mark.independent
def test_with_clusters_the_error_is_that_of_a_clustered_log_linear_model() -> None:
    rng = np.random.default_rng(2)
    cluster = np.repeat(np.arange(60), 12)
    site = rng.normal(0, 0.5, 60)[cluster]
    trial = continuous_trial(n=720)
    trial = replace(trial, frame=trial.frame.assign(outcome=np.exp(0.3 * (trial.arm_index == 1) + site)))
    row = on(average_on_scales(trial, unadjusted(trial, cluster)), "ratio of means")
    treated = (trial.arm_index == 1).astype(float)
    fit = sm.GLM(trial.outcome, sm.add_constant(treated), family=sm.families.Poisson()).fit(
        cov_type="cluster", cov_kwds={"groups": cluster, "use_correction": False}
    )
    assert np.log(row["estimate"]) == pytest.approx(fit.params[1], rel=1e-6)
    # The clusters' t quantile with 59 degrees of freedom; 60 / 59 corrects the variance.
    se = np.log(row["upper"] / row["estimate"]) / 2.000995
    assert se == pytest.approx(fit.bse[1] * np.sqrt(60 / 59), rel=1e-3)


def prognostic_trial(n: int, seed: int) -> TrialData:
    """A binary outcome whose log odds are 2 x, with an odds ratio of 2 among patients alike."""
    rng = np.random.default_rng(seed)
    x = rng.standard_normal(n)
    arm = rng.permutation(n) % 2
    response = rng.random(n) < 1 / (1 + np.exp(-(2 * x - 0.5 + np.log(2) * arm)))
    frame = pd.DataFrame({"arm": np.where(arm == 1, ARM, "control"), "marker": x, "y": response.astype(float)})
    roles = Roles(treatment="arm", control="control", outcome="y", covariates=("marker",))
    return TrialData.from_frame(frame, roles)


def logistic_predictions(trial: TrialData) -> tuple[FloatArray, FloatArray]:
    arm, x = trial.arm_index.astype(float), trial.frame["marker"].to_numpy()
    design = np.column_stack([np.ones(trial.n), arm, x])
    coefficients = np.zeros(3)
    for _ in range(8):
        risk = 1 / (1 + np.exp(-design @ coefficients))
        coefficients += np.linalg.solve(
            (design * (risk * (1 - risk))[:, None]).T @ design, design.T @ (trial.outcome - risk)
        )
    both = [np.column_stack([np.ones(trial.n), np.full(trial.n, a), x]) for a in (0.0, 1.0)]
    return np.column_stack([1 / (1 + np.exp(-each @ coefficients)) for each in both]), design


@pytest.mark.known_truth
def test_ratios_cover_the_truth_of_the_population() -> None:
    x = np.random.default_rng(0).standard_normal(2_000_000)
    p0, p1 = (float(np.mean(1 / (1 + np.exp(-(2 * x - 0.5 + np.log(2) * a))))) for a in (0, 1))
    truth = {"risk ratio": p1 / p0, "odds ratio": p1 / (1 - p1) / (p0 / (1 - p0)), "risk difference": p1 - p0}
    assert truth["odds ratio"] < 1.8  # the odds ratio of the whole is nearer to 1 than the 2 among patients alike
    hits = dict.fromkeys(truth, 0)
    for seed in range(TRIALS):
        trial = prognostic_trial(400, seed=1_000 + seed)
        table = average_on_scales(trial, scored_by(trial, logistic_predictions(trial)[0])).set_index("scale")
        for scale, value in truth.items():
            hits[scale] += int(table.loc[scale, "lower"] <= value <= table.loc[scale, "upper"])
    for scale, count in hits.items():
        accepted = binomtest(count, TRIALS).proportion_ci(0.99, method="exact")
        assert accepted.low <= 0.95 <= accepted.high, (scale, count)


@pytest.mark.known_truth
def test_times_have_ratios_of_time_gained_and_of_time_lost() -> None:
    trial = survival_trial()
    effects = effects_of(trial)
    scores = np.column_stack([np.linspace(500, 700, trial.n), np.linspace(600, 800, trial.n)])
    effects = replace(
        effects,
        spec=effects.spec.model_copy(update={"horizon": 1000.0}),
        scored=replace(effects.known_scored(), arm_scores=scores),
    )
    table = average_on_scales(trial, effects)
    assert list(table["scale"]) == ["RMST difference", "RMST ratio", "RMTL ratio"]
    np.testing.assert_allclose(table["estimate"], [100, 700 / 600, 300 / 400])
    assert list(table["favours"]) == [ARM] * 3


@pytest.mark.known_truth
def test_what_is_undefined_is_unknown_and_says_why() -> None:
    nobody = two_by_two((0, 12), (60, 60), good=True)
    table = average_on_scales(nobody, unadjusted(nobody))
    for scale in ("risk ratio", "odds ratio"):
        assert np.isnan(on(table, scale)[["estimate", "lower", "upper"]].to_numpy(float)).all()
        assert on(table, scale)["favours"] == "unknown"
        assert "no patient of control has the outcome" in on(table, scale)["note"]
    everybody = two_by_two((30, 60), (60, 60), good=True)
    table = average_on_scales(everybody, unadjusted(everybody))
    assert on(table, "risk ratio")["estimate"] == pytest.approx(2.0)
    assert "An arm has 0 patients" in on(table, "risk ratio")["note"]
    assert "every patient of active has the outcome" in on(table, "odds ratio")["note"]
    below = continuous_trial()
    below = replace(below, frame=below.frame.assign(outcome=below.frame["outcome"] - 10))
    assert "cannot be negative" in on(average_on_scales(below, unadjusted(below)), "ratio of means")["note"]
