import numpy as np
import pytest
from scipy import stats

from ite.design.alternatives.screening_yield import screening_yield
from ite.design.alternatives.shared_control import SharedControl
from ite.errors import DesignError

UMBRELLA = SharedControl(n_total=120, effects=(0.4, 0.3, 0.3), prevalences=(0.2, 0.1, 0.09))


@pytest.mark.known_truth
def test_the_arms_are_full_as_often_as_it_says() -> None:
    found, trials = screening_yield(UMBRELLA), 100_000
    carriers = np.random.default_rng(5).multinomial(found.assured, [0.2, 0.1, 0.09, 0.61], trials)[:, :3]
    full = (carriers >= 40).mean(axis=0)
    error = np.sqrt(0.1 * 0.9 / trials)
    assert (carriers >= 40).all(axis=1).mean() == pytest.approx(0.9, abs=0.01)
    assert (carriers >= 40).all(axis=1).mean() >= 0.9 - 4 * error
    exact = stats.binom.sf(39, found.assured, [0.2, 0.1, 0.09])
    np.testing.assert_allclose(full, exact, atol=4 * error)


@pytest.mark.known_truth
def test_one_screened_fewer_is_not_enough() -> None:
    found = screening_yield(UMBRELLA)
    short = np.sum(stats.binom.cdf(39, found.assured - 1, np.array([0.2, 0.1, 0.09])))
    assert short > 0.1


@pytest.mark.known_truth
def test_yield_is_the_share_who_enrol() -> None:
    found = screening_yield(UMBRELLA)
    np.testing.assert_allclose(found.arms["expected"], [200, 400, 40 / 0.09])
    assert found.eligible == pytest.approx(0.39)
    assert found.enrolled == pytest.approx(120 / found.assured)
    assert found.assured >= found.arms["assured"].max()


@pytest.mark.known_truth
def test_a_single_arm_is_filled_like_one_marker() -> None:
    found = screening_yield(UMBRELLA.model_copy(update={"effects": (0.4,), "prevalences": (0.2,)}))
    assert found.assured == found.arms["assured"].item()


@pytest.mark.known_truth
def test_without_markers_nobody_is_screened() -> None:
    with pytest.raises(DesignError, match="no markers"):
        screening_yield(UMBRELLA.model_copy(update={"prevalences": None}))
