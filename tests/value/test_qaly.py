"""Quality-adjusted life years."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import quad

from ite.errors import ValuationError
from ite.value.discounting import Discounting, Timing
from ite.value.qaly import UtilityPath, quality_adjusted_years
from ite.value.sourced import Sourced


def discounting(rate: float, timing: Timing) -> Discounting:
    return Discounting(rate=Sourced(value=rate, unit="per year", source="test"), timing=timing)


def path(times: list[float], utility: list[float], shape: str = "straight lines") -> UtilityPath:
    return UtilityPath(time_years=tuple(times), utility=tuple(utility), shape=shape, source="test")


@pytest.mark.known_truth
@pytest.mark.parametrize(("timing", "point"), [("start of year", 0), ("middle of year", 0.5), ("end of year", 1)])
def test_constant_utility_is_an_annuity(timing: Timing, point: float) -> None:
    found = quality_adjusted_years(path([0, 7], [0.6], "constant"), discounting(0.05, timing))
    annuity = (1 - 1.05**-7) / (1 - 1 / 1.05)
    assert found.total == pytest.approx(0.6 * annuity * 1.05**-point)
    assert found.undiscounted == pytest.approx(4.2)
    assert found.by_year["year"].tolist() == list(range(1, 8))


@pytest.mark.known_truth
def test_continuous_discounting_of_a_constant() -> None:
    found = quality_adjusted_years(path([0, 12.5], [0.8], "constant"), discounting(0.035, "continuous"))
    assert found.total == pytest.approx(0.8 * (1 - np.exp(-0.035 * 12.5)) / 0.035)


@pytest.mark.independent
@pytest.mark.parametrize("shape", ["straight lines", "constant"])
@pytest.mark.parametrize("timing", ["start of year", "continuous"])
def test_equals_numerical_integration(shape: str, timing: Timing) -> None:
    times, utility = [0.2, 0.9, 1.4, 3.0, 3.7], [0.9, -0.2, 0.5, 0.4, 0.1]
    way = path(times, utility if shape == "straight lines" else utility[:-1], shape)
    rate = discounting(0.1, timing)

    def integrand(year: float) -> float:
        at = np.array([year])
        return float(way.at(at)[0] * rate.weight(at)[0])

    expected, _ = quad(integrand, 0.2, 3.7, points=[0.9, 1.0, 1.4, 2.0, 3.0], limit=200)
    assert quality_adjusted_years(way, rate).total == pytest.approx(expected, abs=1e-9)


@pytest.mark.known_truth
@given(
    st.lists(st.floats(0.01, 3), min_size=2, max_size=6),
    st.lists(st.floats(-1, 1), min_size=6, max_size=6),
    st.floats(0.0, 0.9),
)
def test_more_discounting_never_helps_a_path_above_zero(steps: list[float], utility: list[float], rate: float) -> None:
    times = np.cumsum(steps)
    way = path(list(times), [abs(value) for value in utility[: len(times)]])
    none = quality_adjusted_years(way)
    assert none.total == pytest.approx(np.trapezoid(way.utility, times), abs=1e-12)
    some = quality_adjusted_years(way, discounting(rate, "middle of year"))
    assert some.total <= some.undiscounted + 1e-12
    assert some.undiscounted == pytest.approx(none.total)


@pytest.mark.known_truth
def test_a_rate_of_three_is_refused_in_a_sentence_that_says_what_was_meant() -> None:
    with pytest.raises(ValuationError, match=r"For 3 % per year, give 0\.03"):
        discounting(3, "start of year")
    with pytest.raises(ValuationError, match=r"give 0\.005 with the unit 'per year'"):
        Discounting(rate=Sourced(value=0.5, unit="% per year", source="test"))
    with pytest.raises(ValuationError, match="at least 0"):
        discounting(-0.01, "start of year")
    with pytest.raises(ValuationError, match="agreed, not estimated"):
        Discounting(rate=Sourced(value=0.03, unit="per year", source="test", se=0.01))


@pytest.mark.known_truth
@pytest.mark.parametrize(
    ("times", "utility", "shape", "words"),
    [
        ([0, 1, 1], [0.5, 0.5, 0.5], "straight lines", "rise"),
        ([0, 1], [0.5], "straight lines", "2 utilities, but 1"),
        ([0, 1], [0.5, 0.5], "constant", "1 utilities, but 2"),
        ([0, 1], [80, 60], "straight lines", r"For 80 %, give 0\.8"),
        ([0, 400], [0.5, 0.5], "straight lines", "Divide months by 12"),
        ([-1, 1], [0.5, 0.5], "straight lines", "at least 0"),
    ],
)
def test_a_path_that_is_none_is_refused(times: list[float], utility: list[float], shape: str, words: str) -> None:
    with pytest.raises(ValuationError, match=words):
        path(times, utility, shape)
