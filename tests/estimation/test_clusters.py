"""Clusters: intervals that hold with few of them, and sentences where there are too few."""

import numpy as np
import pandas as pd
import pytest
from scipy.stats import binom, t

from ite.errors import EstimateError
from ite.estimation.average_effect import average_effects, critical_value
from ite.estimation.clusters import clusters_of
from ite.trial.data import TrialData
from tests.estimation.trials import roles, trial_frame

TRIALS, CLUSTERS, PATIENTS = 4_000, 20, 15


def site_trial(sites: int, *, whole: bool, n: int = 240) -> TrialData:
    frame = trial_frame(n, 1)
    site = np.arange(n) % sites
    if whole:
        frame["arm"] = np.where(site % 2 == 0, "control", "treated")
    return TrialData.from_frame(frame.assign(site=site), roles(cluster="site"))


@pytest.mark.known_truth
def test_the_interval_covers_with_twenty_clusters() -> None:
    """Whole clusters are randomised and share half of the noise; the truth is 0."""
    rng = np.random.default_rng(8)
    cluster = np.repeat(np.arange(CLUSTERS), PATIENTS)
    covered = {"t": 0, "normal": 0}
    for _ in range(TRIALS):
        sign = np.repeat(rng.permutation(np.repeat([-1.0, 1.0], CLUSTERS // 2)), PATIENTS)
        noise = np.repeat(rng.standard_normal(CLUSTERS), PATIENTS) + rng.standard_normal(len(cluster))
        found = average_effects(pd.DataFrame({"treated": 2 * sign * noise}), cluster).iloc[0]
        covered["t"] += found["lower"] <= 0 <= found["upper"]
        covered["normal"] += abs(found["estimate"]) <= 1.959964 * found["se"]
    low, high = (float(binom.ppf(limit, TRIALS, 0.95)) for limit in (0.005, 0.995))
    assert low <= covered["t"] <= high
    assert covered["normal"] < low


@pytest.mark.independent
def test_the_critical_value_is_that_of_t_with_a_degree_fewer_than_clusters() -> None:
    assert critical_value(np.repeat([0, 4, 7], 5)) == pytest.approx(t.ppf(0.975, 2))
    assert critical_value(None) == pytest.approx(1.959964, abs=1e-6)


@pytest.mark.known_truth
def test_too_few_clusters_are_refused_in_an_arm_or_in_all() -> None:
    with pytest.raises(EstimateError, match="in each arm to tell how sure an effect is; arm control has 9"):
        clusters_of(site_trial(18, whole=True))
    with pytest.raises(EstimateError, match=r"At least 10 clusters .* there are 9"):
        clusters_of(site_trial(9, whole=False))
    assert clusters_of(site_trial(20, whole=True)) is not None
    assert clusters_of(site_trial(10, whole=False)) is not None
