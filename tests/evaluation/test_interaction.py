import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given
from hypothesis import strategies as st

from ite.evaluation.interaction import additive_interaction, interaction_variance_ratio, logistic_interaction

CELL = st.integers(4, 60).flatmap(lambda n: st.tuples(st.integers(1, n - 1), st.just(n)))
TABLE = st.lists(CELL, min_size=4, max_size=4)


def patients(table: list[tuple[int, int]]) -> tuple[np.ndarray, np.ndarray]:
    """Outcome and design (intercept, arm, subgroup, product), one row per patient."""
    rows = [
        (event < events, 1, cell % 2, cell // 2, (cell % 2) * (cell // 2))
        for cell, (events, n) in enumerate(table)
        for event in range(n)
    ]
    values = np.array(rows, dtype=float)
    return values[:, 0], values[:, 1:]


@pytest.mark.independent
@given(TABLE)
def test_logistic_equals_a_regression_on_patients(table: list[tuple[int, int]]) -> None:
    outcome, design = patients(table)
    full = sm.Logit(outcome, design).fit(disp=0, method="newton", maxiter=100)
    reduced = sm.Logit(outcome, design[:, :3]).fit(disp=0, method="newton", maxiter=100)
    counts = np.array(table).reshape(2, 2, 2)
    result = logistic_interaction(counts[..., 0], counts[..., 1])
    assert np.log(result.ratio_of_odds_ratios) == pytest.approx(full.params[3], abs=1e-6)
    assert result.wald_z == pytest.approx(full.tvalues[3], abs=1e-5)
    assert result.wald_p == pytest.approx(full.pvalues[3], abs=1e-6)
    assert result.likelihood_ratio == pytest.approx(2 * (full.llf - reduced.llf), abs=1e-6)


@pytest.mark.independent
def test_additive_equals_a_saturated_linear_model() -> None:
    table = [(12, 50), (9, 40), (20, 60), (7, 50)]
    outcome, design = patients(table)
    fit = sm.OLS(outcome, design).fit(cov_type="HC0")
    counts = np.array(table).reshape(2, 2, 2)
    result = additive_interaction(counts[..., 0], counts[..., 1])
    assert result.difference == pytest.approx(-fit.params[3])
    assert result.z == pytest.approx(-fit.tvalues[3])
    assert result.p == pytest.approx(fit.pvalues[3])


@pytest.mark.independent
@pytest.mark.parametrize("share", [0.1, 0.25, 0.5, 0.8])
def test_variance_ratio_equals_that_of_least_squares(share: float) -> None:
    subgroup = np.repeat([0.0, 1.0], [round(200 * (1 - share)), round(200 * share)])
    arm = np.tile([0.5, -0.5], 100)
    overall = np.linalg.inv(sum_of_products(np.column_stack([np.ones(200), arm])))[1, 1]
    interaction = np.linalg.inv(
        sum_of_products(np.column_stack([np.ones(200), arm, subgroup, arm * subgroup])),
    )[3, 3]
    assert interaction_variance_ratio(share) == pytest.approx(interaction / overall)


def sum_of_products(design: np.ndarray) -> np.ndarray:
    return design.T @ design
