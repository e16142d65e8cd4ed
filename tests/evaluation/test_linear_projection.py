"""The best linear projection against statsmodels."""

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from scipy import stats

from ite.errors import EstimateError
from ite.evaluation.linear_projection import least_squares, linear_projection
from tests.evaluation.by_hand import ARM, at_most, by_hand

CLUSTER = np.repeat(np.arange(50), 6)


@pytest.mark.independent
@pytest.mark.parametrize("clustered", [False, True])
def test_coefficients_and_errors_are_those_of_statsmodels(*, clustered: bool) -> None:
    rng = np.random.default_rng(3)
    design = np.column_stack([np.ones(300), rng.standard_normal((300, 3))])
    outcome = design @ np.array([1.0, 0.5, 0.0, -0.2]) + rng.standard_normal(300) * (1 + design[:, 1] ** 2)
    ours = least_squares(design, outcome, CLUSTER if clustered else None)
    kind = {"cov_type": "cluster", "cov_kwds": {"groups": CLUSTER}} if clustered else {"cov_type": "HC3"}
    theirs = sm.OLS(outcome, design).fit(**kind)
    np.testing.assert_allclose(ours.coefficient, theirs.params, rtol=1e-9)
    np.testing.assert_allclose(ours.se, theirs.bse, rtol=1e-9)
    assert ours.freedom == (49 if clustered else 296)


@pytest.mark.independent
def test_terms_are_standardised_numbers_and_levels_against_the_most_frequent() -> None:
    trial, effects = by_hand(300, 1, slope=1.0)
    level = np.where(np.arange(300) < 180, "a", np.where(np.arange(300) < 240, "b", "c"))
    age = trial.frame["x0"].to_numpy(float) * 10 + 50
    frame = trial.frame.assign(level=level, age=age)
    frame.loc[:19, "age"] = np.nan
    roles = trial.roles.model_copy(update={"covariates": ("age", "level")})
    table = linear_projection(type(trial).from_frame(frame, roles), effects, ARM, ("age", "level"))
    assert [term.split(" (")[0] for term in table["term"]] == ["per SD", "b against a", "c against a"]
    known = frame["age"]
    standard = ((known - known.mean()) / known.std(ddof=0)).fillna(0.0)
    design = np.column_stack([np.ones(300), standard, level == "b", level == "c"]).astype(float)
    fit = sm.OLS(effects.scores[ARM].to_numpy(), design).fit(cov_type="HC3")
    np.testing.assert_allclose(table["estimate"], fit.params[1:], rtol=1e-9)
    np.testing.assert_allclose(table["se"], fit.bse[1:], rtol=1e-9)
    width = stats.t.isf(0.025 / 3, 296)
    np.testing.assert_allclose(table["upper"] - table["estimate"], width * table["se"], rtol=1e-9)


@pytest.mark.known_truth
def test_all_intervals_hold_together() -> None:
    missed = 0
    for seed in range(300):
        trial, effects = by_hand(120, seed, slope=0.5)
        table = linear_projection(trial, effects, ARM, ("x0", "x1", "x2"))
        truth = np.array([0.5 * trial.covariates["x0"].std(ddof=0), 0.0, 0.0])
        missed += bool(((table["lower"] > truth) | (table["upper"] < truth)).any())
    assert at_most(missed, 300, 0.05)


@pytest.mark.known_truth
def test_what_cannot_be_fitted_is_refused_in_a_sentence() -> None:
    trial, effects = by_hand(200, 1)
    doubled = type(trial).from_frame(
        trial.frame.assign(twice=2 * trial.frame["x0"], same=1.0),
        trial.roles.model_copy(update={"covariates": ("x0", "twice", "same")}),
    )
    with pytest.raises(EstimateError, match="follows from the others"):
        linear_projection(doubled, effects, ARM, ("x0", "twice"))
    with pytest.raises(EstimateError, match="none was given"):
        linear_projection(doubled, effects, ARM, ("same",))
    few, of_few = by_hand(200, 1, cluster=np.repeat(np.arange(20), 10))
    with pytest.raises(EstimateError, match="at least 40 patients or clusters; there are 20"):
        linear_projection(few, of_few, ARM, ("x0", "x1", "x2"))
    assert isinstance(linear_projection(few, of_few, ARM, ("x0",)), pd.DataFrame)
