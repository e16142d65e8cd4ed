"""Whose effect a trial shows in which not everybody is treated as assigned."""

import math

import numpy as np
import pytest
import statsmodels.api as sm
from scipy.optimize import brentq
from statsmodels.sandbox.regression.gmm import IV2SLS

from ite.errors import ValuationError
from ite.value.complier_effect import PrincipalStrata, complier_effect
from ite.value.crossover import MixedArms, adjusted_effect, diluted_effect
from ite.value.one_sided_noncompliance import OneSidedTrial, one_sided_effect

STRATA = PrincipalStrata(
    share_always=0.2, share_never=0.3, share_complier=0.5, effect_always=1, effect_never=0, effect_complier=4
)
TRIAL = OneSidedTrial(
    assigned_n=400, assigned_events=60, compliers_n=300, compliers_events=30, control_n=380, control_events=80
)


@pytest.mark.known_truth
def test_two_stage_least_squares_on_simulated_strata_shows_the_compliers() -> None:
    rng, n = np.random.default_rng(5), 40_000
    kind = rng.choice(3, n, p=[0.2, 0.3, 0.5])
    assigned = rng.integers(0, 2, n)
    treated = np.where(kind == 0, 1, np.where(kind == 1, 0, assigned))
    outcome = np.array([2.0, -1.0, 0.0])[kind] + np.array([1.0, 0.0, 4.0])[kind] * treated + rng.standard_normal(n)
    fit = IV2SLS(outcome, sm.add_constant(treated), sm.add_constant(assigned)).fit()
    found = complier_effect(STRATA)
    assert found.complier == 4
    assert found.average == pytest.approx(2.2)
    assert abs(fit.params[1] - 4) < 4 * fit.bse[1]
    assert abs(fit.params[1] - found.average) > 4 * fit.bse[1]


@pytest.mark.known_truth
def test_without_compliers_there_is_no_complier_effect() -> None:
    spec = STRATA.model_copy(update={"share_never": 0.8, "share_complier": 0.0})
    found = complier_effect(spec)
    assert found.complier is None
    assert found.assignment == 0
    assert found.average == pytest.approx(0.2)


@pytest.mark.known_truth
def test_impossible_shares_are_refused_with_the_nearest() -> None:
    with pytest.raises(ValuationError, match=r"add up to 110 %\. In the same proportions they are 27\.27, 27\.27, 45"):
        complier_effect(STRATA.model_copy(update={"share_always": 0.3}))
    with pytest.raises(ValuationError, match=r"Share of compliers \(%\) should be at most 100, but 120 was given"):
        PrincipalStrata.model_validate({**STRATA.model_dump(), "share_complier": 1.2})
    nobody = {"share_always": 0.0, "share_never": 0.0, "share_complier": 0.0}
    with pytest.raises(ValuationError, match="all are 0"):
        complier_effect(STRATA.model_copy(update=nobody))


@pytest.mark.independent
def test_one_sided_trial_equals_two_stage_least_squares_with_robust_errors() -> None:
    assigned = np.repeat([1.0, 0.0], [400, 380])
    treated = np.repeat([1.0, 0.0, 0.0], [300, 100, 380])
    event = np.repeat([1.0, 0, 1, 0, 1, 0], [30, 270, 30, 70, 80, 300])
    instruments, regressors = sm.add_constant(assigned), sm.add_constant(treated)
    fit = IV2SLS(-event, regressors, instruments).fit()
    # Sandwich of the just-identified estimator: (Z'X)^-1 Z' diag(e^2) Z (X'Z)^-1.
    bread = np.linalg.inv(instruments.T @ regressors)
    robust = bread @ (instruments.T * fit.resid**2) @ instruments @ bread.T
    found = one_sided_effect(TRIAL)
    assert found.complier == pytest.approx(fit.params[1])
    assert found.ratio.se_delta == pytest.approx(math.sqrt(robust[1, 1]))
    assert found.as_treated == pytest.approx(-(event[treated == 1].mean() - event[treated == 0].mean()))
    assert found.assignment == pytest.approx(80 / 380 - 60 / 400)


@pytest.mark.known_truth
def test_a_trial_in_which_nobody_complies_has_no_complier_effect() -> None:
    spec = TRIAL.model_copy(update={"compliers_n": 0, "compliers_events": 0})
    found = one_sided_effect(spec)
    assert found.complier is None
    assert found.as_treated is None
    assert found.ratio.shape == "every value"


@pytest.mark.known_truth
@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"assigned_events": 500}, "at most the 400 people assigned, but 500 was given"),
        ({"compliers_n": 401}, "at most the 400 people assigned"),
        ({"compliers_events": 70}, "at most the 60 events among the assigned"),
        ({"control_events": 381}, "The nearest possible number is 380"),
        ({"compliers_n": 380, "compliers_events": 10}, "Expected at least 40 events"),
    ],
)
def test_counts_that_do_not_fit_are_refused(changed: dict[str, int], words: str) -> None:
    with pytest.raises(ValuationError, match=words):
        one_sided_effect(TRIAL.model_copy(update=changed))


@pytest.mark.known_truth
@pytest.mark.parametrize("events", [(0, 0, 0), (400, 300, 380)])
def test_arms_without_any_contrast_of_events_are_not_taken_for_certainty(events: tuple[int, int, int]) -> None:
    counted = dict(zip(("assigned_events", "compliers_events", "control_events"), events, strict=True))
    with pytest.raises(ValuationError, match="do not tell how sure their risks are"):
        one_sided_effect(TRIAL.model_copy(update=counted))


@pytest.mark.known_truth
def test_crossover_dilutes_and_is_undone() -> None:
    rng, n = np.random.default_rng(9), 200_000
    assigned = rng.integers(0, 2, n)
    treated = np.where(assigned == 1, rng.random(n) >= 0.1, rng.random(n) < 0.3)
    outcome = 0.2 * treated + rng.standard_normal(n)
    arms = MixedArms(crossover=0.3, noncompliance=0.1)
    found = diluted_effect(0.2, arms)
    drawn, se = outcome[assigned == 1].mean() - outcome[assigned == 0].mean(), 2 / math.sqrt(n)
    assert abs(found.assignment - drawn) < 4 * se
    adjusted = adjusted_effect(float(drawn), arms, se=se)
    assert adjusted is not None
    assert adjusted.se == pytest.approx(se / 0.6)
    assert abs(adjusted.effect - 0.2) < 4 * adjusted.se
    size = brentq(lambda factor: found.assignment * math.sqrt(factor) - 0.2, 1, 100)
    assert found.size_factor == pytest.approx(size)


@pytest.mark.known_truth
def test_arms_treated_alike_show_nothing() -> None:
    alike = MixedArms(crossover=0.7, noncompliance=0.3)
    assert diluted_effect(0.2, alike).assignment == 0
    assert diluted_effect(0.2, alike).size_factor is None
    assert adjusted_effect(0.1, alike) is None
    assert diluted_effect(0.2, MixedArms(crossover=0.7, noncompliance=0.7)).assignment == pytest.approx(-0.08)
    with pytest.raises(ValuationError, match=r"Controls who get the treatment \(%\) should be at most 100"):
        MixedArms(crossover=1.01)
    with pytest.raises(ValuationError, match="A standard error should be at least 0, but -1 was given"):
        adjusted_effect(0.1, MixedArms(), se=-1)
