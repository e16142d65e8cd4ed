"""Log-rank tests of many trials at once are what statsmodels finds for each trial alone."""

import numpy as np
import pytest
from statsmodels.duration.survfunc import survdiff

from ite.design.enrichment.patient_log_rank import LogRank, in_risk_order, increment, log_rank, stratified

POPULATIONS = np.array([[True, True, True], [True, False, False], [True, True, False]])
TRIALS = 4


def patients(seed: int, coarse: float) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Return times, events, arms and strata; `coarse` rounds times up, so that many are tied."""
    rng = np.random.default_rng(seed)
    shape = (TRIALS, int(rng.integers(30, 220)))
    time = rng.exponential(10, shape)
    if coarse:
        time = np.ceil(time / coarse) * coarse
    stratum = rng.integers(0, 3, shape).astype(np.uint8)
    return time, rng.random(shape) < rng.uniform(0.3, 1.0), rng.random(shape) < 0.6, stratum


def chi_square(time: np.ndarray, event: np.ndarray, treated: np.ndarray, strata: np.ndarray | None = None) -> float:
    return float(survdiff(time, event.astype(int), treated, strata=strata)[0])


@pytest.mark.independent
@pytest.mark.parametrize("seed", range(15))
@pytest.mark.parametrize("coarse", [0.0, 1.0, 6.0])
def test_equals_statsmodels_with_and_without_ties(seed: int, coarse: float) -> None:
    time, event, treated, stratum = patients(seed, coarse)
    order = in_risk_order(time, event, treated, stratum)
    pooled = log_rank(order, POPULATIONS)
    split = stratified(log_rank(order, np.eye(3, dtype=bool)), POPULATIONS)
    for trial in range(TRIALS):
        for row, strata in enumerate(POPULATIONS):
            who = strata[stratum[trial]]
            data = time[trial, who], event[trial, who], treated[trial, who]
            assert pooled.z[row, trial] ** 2 == pytest.approx(chi_square(*data), rel=1e-10, abs=1e-12)
            by_stratum = chi_square(*data, strata=stratum[trial, who])
            assert split.z[row, trial] ** 2 == pytest.approx(by_stratum, rel=1e-10, abs=1e-12)
            assert pooled.events[row, trial] == split.events[row, trial] == data[1].sum()


@pytest.mark.known_truth
def test_four_patients_by_hand() -> None:
    """Event times 1 (control), 2 (treated), 3 (control); the second control patient leaves at 3 as well."""
    time = np.array([[1.0, 2.0, 3.0, 3.0]])
    event = np.array([[True, True, True, False]])
    treated = np.array([[False, True, False, False]])
    found = log_rank(in_risk_order(time, event, treated, np.zeros((1, 4), dtype=np.uint8)), np.array([[True]]))
    # At risk are 4, 3 and 2 patients, one treated at the first two times, none at the third.
    assert found.score[0, 0] == pytest.approx(1 / 4 + 1 / 3 + 0 - 1)
    assert found.variance[0, 0] == pytest.approx(3 / 16 + 2 / 9)
    assert found.events[0, 0] == 3


@pytest.mark.known_truth
def test_benefit_is_positive_and_swapping_the_arms_turns_the_sign() -> None:
    rng = np.random.default_rng(3)
    treated = np.tile([True, False], (5, 200))
    time = rng.exponential(np.where(treated, 2.0, 1.0))
    event, stratum = np.ones_like(treated), np.zeros(treated.shape, dtype=np.uint8)
    z = log_rank(in_risk_order(time, event, treated, stratum), np.array([[True]])).z
    swapped = log_rank(in_risk_order(time, event, ~treated, stratum), np.array([[True]])).z
    assert (z > 3).all()
    np.testing.assert_allclose(swapped, -z, rtol=1e-12)


@pytest.mark.known_truth
def test_a_patient_who_has_not_entered_changes_nothing() -> None:
    time, event, treated, stratum = patients(4, coarse=1.0)
    found = log_rank(in_risk_order(time, event, treated, stratum), POPULATIONS)
    nobody = np.zeros((TRIALS, 7))
    padded = in_risk_order(
        np.hstack([time, nobody]),
        np.hstack([event, nobody.astype(bool)]),
        np.hstack([treated, nobody.astype(bool)]),
        np.hstack([stratum, nobody.astype(np.uint8)]),
    )
    np.testing.assert_allclose(log_rank(padded, POPULATIONS).z, found.z, rtol=1e-12)


@pytest.mark.known_truth
def test_without_events_the_statistic_is_unknown() -> None:
    nobody = np.zeros((1, 3), dtype=bool)
    order = in_risk_order(np.ones((1, 3)), nobody, nobody, nobody.astype(np.uint8))
    assert np.isnan(log_rank(order, np.array([[True]])).z).all()


@pytest.mark.known_truth
def test_increments_and_looks_add_up() -> None:
    one = LogRank(score=np.ones((1, 2)), variance=np.full((1, 2), 4.0), events=np.full((1, 2), 9))
    whole = LogRank(score=np.full((1, 2), 3.0), variance=np.full((1, 2), 8.0), events=np.full((1, 2), 20))
    gained = increment(whole, one)
    assert gained.z.tolist() == [[1.0, 1.0]]
    assert gained.events.tolist() == [[11, 11]]
