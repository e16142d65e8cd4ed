"""Two paths of utility compared."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import trapezoid

from ite.errors import ValuationError
from ite.value.discounting import Discounting
from ite.value.qaly import UtilityPath
from ite.value.sourced import Sourced
from ite.value.two_lives import TwoLives, compare_lives

UTILITIES = st.lists(st.floats(-0.5, 1), min_size=4, max_size=4)
TIMES = (0.0, 0.7, 2.0, 5.5)


def path(times: tuple[float, ...], utility: tuple[float, ...], shape: str = "straight lines") -> UtilityPath:
    return UtilityPath(time_years=times, utility=utility, shape=shape, source="test")


def asked(first: UtilityPath, second: UtilityPath, rate: float | None = None) -> TwoLives:
    settled = None if rate is None else Discounting(rate=Sourced(value=rate, unit="per year", source="test"))
    return TwoLives(names=("new", "old"), paths=(first, second), discounting=settled)


@pytest.mark.known_truth
def test_discounting_at_the_middle_of_the_year_by_hand() -> None:
    found = compare_lives(asked(path((0, 3), (0.9,), "constant"), path((0, 3), (0.5,), "constant"), 0.05))
    weights = 1.05 ** -np.array([0.5, 1.5, 2.5])
    assert found.frame["discounted"].to_numpy() == pytest.approx(np.array([0.9, 0.5, 0.4]) * weights.sum())
    assert found.by_year["discounted"].to_numpy() == pytest.approx(0.4 * weights)
    assert (found.gain, found.undiscounted_gain) == (pytest.approx(0.4 * weights.sum()), pytest.approx(1.2))


@pytest.mark.independent
@given(UTILITIES, UTILITIES)
def test_the_area_between_the_points_drawn_is_the_difference(first: list[float], second: list[float]) -> None:
    found = compare_lives(asked(path(TIMES, tuple(first)), path(TIMES, tuple(second))))
    points = found.points
    gap = points["first"] - points["second"]
    assert trapezoid(gap, points["time_years"]) == pytest.approx(found.undiscounted_gain, abs=1e-9)
    assert found.by_year["undiscounted"].sum() == pytest.approx(found.undiscounted_gain, abs=1e-9)
    # Between two points no line crosses the other, so that a shaded piece belongs to one option.
    assert (gap.to_numpy()[:-1] * gap.to_numpy()[1:] >= -1e-12).all()


@pytest.mark.known_truth
def test_measurements_at_different_times_are_joined() -> None:
    found = compare_lives(asked(path((0, 2), (0.4, 0.8)), path((0, 1, 2), (0.5, 0.5, 0.5))))
    assert found.points["time_years"].tolist() == pytest.approx([0, 0.5, 1, 2])
    assert found.points["first"].tolist() == pytest.approx([0.4, 0.5, 0.6, 0.8])


@pytest.mark.known_truth
def test_what_cannot_be_compared_is_refused() -> None:
    whole, part = path((0, 2), (0.4, 0.8)), path((0, 1), (0.4, 0.8))
    with pytest.raises(ValuationError, match="one runs from 0 to 2 years and the other from 0 to 1"):
        asked(whole, part)
    with pytest.raises(ValuationError, match="same shape"):
        asked(whole, path((0, 2), (0.4,), "constant"))
    with pytest.raises(ValuationError, match="two different names"):
        TwoLives(names=("one", " one"), paths=(whole, whole))
