import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import ndtr
from scipy.stats import multivariate_normal

from ite.design.sequential.crossing import START, Continuing, first_crossing
from ite.trial.columns import FloatArray

NONE = -np.inf


def _normal_probabilities(
    fractions: FloatArray, upper: FloatArray, lower: FloatArray, drift: float
) -> tuple[list[float], list[float]]:
    """Derive the same from the multivariate normal distribution: reach look k inside all bounds, then leave."""
    covariance = np.sqrt(np.minimum.outer(fractions, fractions) / np.maximum.outer(fractions, fractions))
    mean = drift * np.sqrt(fractions)
    above, below = [], []
    for look in range(len(fractions)):
        part = slice(0, look + 1)

        def box(low: float, high: float, part: slice = part, look: int = look) -> float:
            return float(
                multivariate_normal.cdf(
                    np.append(upper[:look], high),
                    mean[part],
                    covariance[part, part],
                    maxpts=1_000_000,
                    abseps=2e-7,
                    lower_limit=np.append(lower[:look], low),
                    rng=1,
                )
            )

        above.append(box(upper[look], np.inf))
        below.append(box(-np.inf, lower[look]))
    return above, below


@pytest.mark.independent
@pytest.mark.parametrize("drift", [0.0, 2.8, -1.0])
@pytest.mark.parametrize(
    ("fractions", "upper", "lower"),
    [
        ([0.5, 1.0], [2.8, 2.0], [0.0, 2.0]),
        ([0.3, 0.65, 1.0], [3.9, 2.5, 2.0], [-0.5, 0.8, 2.0]),
        ([0.05, 0.6, 0.8, 1.0], [4.0, 2.2, 2.3, 1.9], [-8.0, 0.5, -8.0, 1.9]),
        ([0.2, 0.4, 0.6, 0.8, 1.0], [4.5, 3.2, 2.6, 2.3, 2.0], [NONE, -1.0, 0.0, 1.0, 2.0]),
    ],
)
def test_probabilities_are_those_of_the_multivariate_normal(
    fractions: list[float], upper: list[float], lower: list[float], drift: float
) -> None:
    looks = [np.array(values) for values in (fractions, upper, lower)]
    crossing = first_crossing(*looks, np.array([drift]))
    above, below = _normal_probabilities(*looks, drift)
    assert crossing.upper[:, 0] == pytest.approx(above, abs=2e-6)
    assert crossing.lower[:, 0] == pytest.approx(below, abs=2e-6)


@pytest.mark.known_truth
def test_without_interim_bounds_only_the_last_look_counts() -> None:
    fractions = np.array([0.1, 0.101, 0.5, 0.998, 1.0])
    upper = np.array([np.inf, np.inf, np.inf, np.inf, 1.7])
    drifts = np.array([-3.0, 0.0, 4.0])
    crossing = first_crossing(fractions, upper, np.full(5, NONE), drifts)
    assert crossing.upper[-1] == pytest.approx(ndtr(drifts - 1.7), abs=1e-12)
    assert not crossing.upper[:-1].any()
    assert not crossing.lower.any()


@pytest.mark.known_truth
@given(
    st.lists(st.floats(0.01, 1.0), min_size=1, max_size=7),
    st.floats(-2.0, 4.0),
    st.lists(st.tuples(st.floats(-3.0, 1.0), st.floats(1.0, 4.0)), min_size=8, max_size=8),
)
def test_every_trial_ends_once(steps: list[float], drift: float, bounds: list[tuple[float, float]]) -> None:
    fractions = np.cumsum([*steps, 0.05])
    fractions /= fractions[-1]
    lower, upper = np.array(bounds[: len(fractions)]).T
    lower[-1] = upper[-1]
    crossing = first_crossing(fractions, upper, lower, np.array([drift]))
    assert (crossing.upper.sum() + crossing.lower.sum()) == pytest.approx(1.0, abs=1e-11)


@pytest.mark.known_truth
def test_up_and_down_are_mirror_images() -> None:
    fractions, upper = np.array([0.4, 0.7, 1.0]), np.array([2.9, 2.4, 2.0])
    up = first_crossing(fractions, upper, np.full(3, NONE), np.array([1.5])).upper
    down = first_crossing(fractions, np.full(3, np.inf), -upper, np.array([-1.5])).lower
    assert up == pytest.approx(down, abs=1e-14)


@pytest.mark.known_truth
def test_drifts_together_are_drifts_one_by_one() -> None:
    fractions, upper, lower = np.array([0.3, 0.8, 1.0]), np.array([3.0, 2.3, 2.0]), np.array([-0.5, 0.9, 2.0])
    drifts = np.array([-2.0, 0.0, 3.0, 9.0, 40.0])
    together = first_crossing(fractions, upper, lower, drifts)
    near = first_crossing(fractions, upper, lower, drifts[:4])
    for place, drift in enumerate(drifts):
        alone = first_crossing(fractions, upper, lower, np.array([drift]))
        assert together.upper[:, place] == pytest.approx(alone.upper[:, 0], abs=1e-12)
        assert together.lower[:, place] == pytest.approx(alone.lower[:, 0], abs=1e-12)
        if place < 4:
            assert near.upper[:, place] == pytest.approx(alone.upper[:, 0], abs=1e-12)


@pytest.mark.known_truth
def test_bounds_that_meet_stop_every_trial() -> None:
    meet = np.array([1.0, 2.0])
    crossing = first_crossing(np.array([0.5, 1.0]), meet, meet, np.array([0.7]))
    assert crossing.upper[0] + crossing.lower[0] == pytest.approx(1.0)
    assert crossing.upper[1] == crossing.lower[1] == 0.0


@pytest.mark.known_truth
def test_crossed_bounds_are_a_mistake() -> None:
    with pytest.raises(ValueError, match="above its upper"):
        first_crossing(np.array([0.5, 1.0]), np.array([1.0, 2.0]), np.array([1.5, 2.0]), np.zeros(1))


@pytest.mark.known_truth
def test_what_remains_is_what_no_look_stopped() -> None:
    trials = Continuing.at(START, np.array([0.0, 2.0]))
    later = trials.after(0.5, lower=-1.0, upper=1.5, following=1.0)
    stopped = trials.above(1.5, 0.5) + trials.below(-1.0, 0.5)
    assert trials.remaining() == pytest.approx([1.0, 1.0])
    assert later.remaining() == pytest.approx(1.0 - stopped, abs=1e-14)
