"""Cox's model against the reference of the colon trial, small cases, and a hand-written partial likelihood."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import minimize_scalar

from ite.errors import EstimateError
from ite.estimation.cox import cox_effect, fit_cox, likelihood_ratio_test, proportional_hazards_test, wald_test
from ite.trial.data import TrialData
from ite.trial.roles import Roles
from ite.trial.samples import load_sample

REFERENCE = json.loads((Path(__file__).parents[1] / "reference" / "colon_recurrence.json").read_text())


def efron_log_likelihood(log_ratio: float, time: np.ndarray, event: np.ndarray, treated: np.ndarray) -> float:
    """Return Efron's partial log likelihood of one 0/1 covariate, term by term."""
    risk, total = np.exp(log_ratio * treated), 0.0
    for moment in np.unique(time[event == 1]):
        tied = (time == moment) & (event == 1)
        at_risk, own = risk[time >= moment].sum(), risk[tied].sum()
        total += log_ratio * treated[tied].sum()
        total -= sum(np.log(at_risk - order / tied.sum() * own) for order in range(tied.sum()))
    return total


@pytest.mark.independent
def test_colon_hazard_ratio() -> None:
    found, expected = cox_effect(load_sample("colon"), "Lev+5FU"), REFERENCE["overall"]
    assert (found.n, found.events, found.n_treated, found.events_treated) == (
        expected["n"],
        expected["events"],
        expected["n_trt"],
        expected["ev_trt"],
    )
    figures = [found.log_hazard_ratio, found.se, found.hazard_ratio, found.lower, found.upper]
    np.testing.assert_allclose(figures, [expected[key] for key in ("loghr", "se", "hr", "lo", "hi")], rtol=1e-5)
    assert found.proportional_p_value == pytest.approx(REFERENCE["ph_test_p"], rel=1e-5)


@pytest.mark.independent
@pytest.mark.parametrize("seed", range(3))
def test_maximises_efrons_likelihood_with_heavy_ties(seed: int) -> None:
    rng = np.random.default_rng(seed)
    time, event = np.ceil(rng.exponential(4, 120)), rng.binomial(1, 0.7, 120)
    treated = rng.binomial(1, 0.5, 120).astype(float)
    fit = fit_cox(time, event, treated[:, None])
    best = minimize_scalar(lambda b: -efron_log_likelihood(b, time, event, treated), bracket=(-1, 1), tol=1e-12)
    assert fit.coefficients[0] == pytest.approx(best.x, abs=1e-6)
    assert fit.log_likelihood == pytest.approx(-best.fun, rel=1e-9)
    step = 1e-4
    curvature = (
        efron_log_likelihood(best.x + step, time, event, treated)
        + efron_log_likelihood(best.x - step, time, event, treated)
        + 2 * best.fun
    ) / step**2
    assert fit.covariance[0, 0] == pytest.approx(-1 / curvature, rel=1e-4)


@pytest.mark.known_truth
def test_a_hazard_ratio_that_changes_over_time_is_seen_and_a_constant_one_is_not() -> None:
    """Piecewise hazards: treatment halves the hazard before time 1 and doubles it after, or halves it throughout."""
    rng = np.random.default_rng(6)
    treated, work = np.repeat([0.0, 1.0], 400), rng.exponential(1, 800)
    halved = np.where(treated == 1, work * 2, work)
    crossing = np.where((treated == 1) & (halved > 1), 1 + (halved - 1) / 4, halved)
    p_values = []
    for time in (halved, crossing):
        event = (time < 3).astype(float)
        fit = fit_cox(np.minimum(time, 3), event, treated[:, None])
        p_values.append(
            proportional_hazards_test(np.minimum(time, 3), event, treated, float(fit.coefficients[0])).p_value
        )
    assert p_values[0] > 1e-3
    assert p_values[1] < 1e-6


@pytest.mark.known_truth
def test_units_of_a_covariate_do_not_change_the_fit() -> None:
    rng = np.random.default_rng(4)
    age, time = rng.normal(60, 10, 200), rng.exponential(1, 200)
    event = np.ones(200)
    years, days = (fit_cox(time, event, (age * unit)[:, None]) for unit in (1.0, 365.25))
    assert years.log_likelihood == pytest.approx(days.log_likelihood, rel=1e-10)
    assert years.coefficients[0] == pytest.approx(days.coefficients[0] * 365.25, rel=1e-6)


@pytest.mark.known_truth
def test_a_useless_column_has_a_small_likelihood_ratio_close_to_its_wald_statistic() -> None:
    rng = np.random.default_rng(5)
    design, time = rng.normal(size=(2000, 2)), rng.exponential(1, 2000)
    full, reduced = fit_cox(time, np.ones(2000), design), fit_cox(time, np.ones(2000), design[:, :1])
    ratio = likelihood_ratio_test(full, reduced)
    wald = wald_test(full.coefficients[1:], full.covariance[1:, 1:])
    assert ratio.degrees_of_freedom == wald.degrees_of_freedom == 1
    assert ratio.statistic == pytest.approx(wald.statistic, rel=0.02)
    assert ratio.p_value > 1e-3


@pytest.mark.known_truth
def test_an_arm_without_events_is_named() -> None:
    frame = pd.DataFrame({"arm": ["a", "b"] * 30, "t": np.arange(1, 61), "d": [1, 0] * 30, "age": np.arange(60)})
    trial = TrialData.from_frame(frame, Roles(treatment="arm", control="a", time="t", event="d", covariates=("age",)))
    with pytest.raises(EstimateError, match="events in both arms, but arm 'b' has none"):
        cox_effect(trial, "b")
