"""Indices of inequality: their properties, closed forms, and what is not defined."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import gmean, lognorm, pmean

from ite.allocation.inequality import atkinson, atkinson_ede, gini, kolm, kolm_ede, lorenz_curve
from ite.errors import AllocationError
from ite.trial.columns import FloatArray

LEVELS = st.lists(st.integers(1, 400).map(lambda level: level / 4), min_size=2, max_size=9).map(np.array)
AVERSIONS = st.sampled_from([0.0, 1e-9, 0.3, 1.0, 1.0 + 1e-9, 2.5, 11.0])
INDICES = {
    "gini": lambda levels, _, people=None: gini(levels, people),
    "atkinson": atkinson,
    "kolm": lambda levels, aversion, people=None: kolm(levels, aversion / 10, people),
}
EACH_INDEX = pytest.mark.parametrize("index", INDICES.values(), ids=INDICES.keys())


@pytest.mark.known_truth
@EACH_INDEX
@given(levels=LEVELS, aversion=AVERSIONS, seed=st.integers(0, 99))
def test_who_has_what_and_how_many_there_are_do_not_matter(index, levels: FloatArray, aversion: float, seed: int):  # noqa: ANN001, ANN201
    expected = pytest.approx(index(levels, aversion), abs=1e-9)
    assert index(np.random.default_rng(seed).permutation(levels), aversion) == expected
    assert index(np.tile(levels, 3), aversion) == expected
    assert index(levels, aversion, np.full(len(levels), 250.0)) == expected


@pytest.mark.known_truth
@EACH_INDEX
@given(levels=LEVELS, aversion=AVERSIONS, people=st.lists(st.integers(0, 4), min_size=9, max_size=9))
def test_people_are_rows_written_out(index, levels: FloatArray, aversion: float, people: list[int]) -> None:  # noqa: ANN001
    counts = np.array(people[: len(levels)])
    if counts.any():
        written = np.repeat(levels, counts)
        assert index(levels, aversion, counts) == pytest.approx(index(written, aversion), abs=1e-9)


@pytest.mark.known_truth
@given(levels=LEVELS, aversion=AVERSIONS, factor=st.sampled_from([0.01, 3.0, 1e6]))
def test_relative_indices_ignore_the_unit(levels: FloatArray, aversion: float, factor: float) -> None:
    assert gini(factor * levels) == pytest.approx(gini(levels), abs=1e-9)
    assert atkinson(factor * levels, aversion) == pytest.approx(atkinson(levels, aversion), abs=1e-9)
    assert atkinson_ede(factor * levels, aversion) == pytest.approx(factor * atkinson_ede(levels, aversion))


@pytest.mark.known_truth
@given(levels=LEVELS, aversion=AVERSIONS, more=st.sampled_from([-1000.0, 0.5, 300.0]))
def test_kolm_ignores_what_is_added_to_all(levels: FloatArray, aversion: float, more: float) -> None:
    assert kolm(levels + more, aversion) == pytest.approx(kolm(levels, aversion), abs=1e-8)
    assert kolm_ede(levels + more, aversion) == pytest.approx(kolm_ede(levels, aversion) + more, abs=1e-8)


@pytest.mark.known_truth
@EACH_INDEX
@pytest.mark.parametrize("aversion", [0.3, 1.0, 2.5])
@given(levels=LEVELS)
def test_giving_to_a_poorer_person_lowers_every_index(index, aversion: float, levels: FloatArray) -> None:  # noqa: ANN001
    poor, rich = int(levels.argmin()), int(levels.argmax())
    gap = levels[rich] - levels[poor]
    given_away = levels.copy()
    given_away[poor] += gap / 4
    given_away[rich] -= gap / 4
    if gap > 0:
        assert index(given_away, aversion) < index(levels, aversion)


@pytest.mark.known_truth
@EACH_INDEX
@pytest.mark.parametrize("aversion", [0.0, 0.5, 1.0, 12.0])
def test_equal_levels_are_not_unequal(index, aversion: float) -> None:  # noqa: ANN001
    assert index([0.3, 0.3, 0.3], aversion) == pytest.approx(0, abs=1e-15)
    assert index([71.0], aversion) == pytest.approx(0, abs=1e-15)


@pytest.mark.known_truth
@given(levels=LEVELS)
def test_without_aversion_the_mean_counts_alone(levels: FloatArray) -> None:
    assert atkinson_ede(levels) == kolm_ede(levels) == pytest.approx(levels.mean())
    assert atkinson(levels) == pytest.approx(0, abs=1e-12)
    assert kolm(levels) == pytest.approx(0, abs=1e-12)
    assert atkinson_ede(-levels) == pytest.approx(-levels.mean())


@pytest.mark.known_truth
@given(levels=LEVELS)
def test_more_aversion_brings_the_ede_from_the_mean_to_the_worst_off(levels: FloatArray) -> None:
    for ede, aversions in ((atkinson_ede, (0, 0.5, 1, 2, 20, 2000)), (kolm_ede, (0, 0.01, 0.1, 1, 5000))):
        found = [ede(levels, aversion) for aversion in aversions]
        assert (np.diff(found) <= 1e-9).all()
        assert found[-1] == pytest.approx(levels.min(), rel=0.02)


@pytest.mark.independent
@given(levels=LEVELS)
def test_closed_forms_of_scipy_and_of_pairs(levels: FloatArray) -> None:
    pairs = np.abs(levels[:, None] - levels).mean() / (2 * levels.mean())
    assert gini(levels) == pytest.approx(pairs, abs=1e-12)
    assert atkinson_ede(levels, 1.0) == pytest.approx(gmean(levels))
    assert atkinson_ede(levels, 3.5) == pytest.approx(pmean(levels, -2.5))
    assert kolm_ede(levels, 0.02) == pytest.approx(-np.log(np.exp(-0.02 * levels).mean()) / 0.02)


@pytest.mark.known_truth
def test_log_normal_levels_have_the_indices_of_their_distribution() -> None:
    sigma = 0.6
    levels = lognorm(sigma).ppf((np.arange(200_000) + 0.5) / 200_000)
    assert atkinson(levels, 2.0) == pytest.approx(1 - np.exp(-(sigma**2)), abs=1e-4)
    assert gini(levels) == pytest.approx(0.328630, abs=1e-4)  # 2 Phi(0.6 / sqrt 2) - 1
    assert kolm(np.log(levels), 0.5) == pytest.approx(0.5 * sigma**2 / 2, abs=1e-4)


@pytest.mark.known_truth
def test_a_small_aversion_loses_no_digits() -> None:
    levels = np.array([60.0, 65.0, 80.0])
    assert kolm(levels, 1e-9) == pytest.approx(1e-9 * levels.var() / 2, rel=1e-4)
    assert atkinson_ede(levels, 1 - 1e-12) == pytest.approx(gmean(levels), rel=1e-10)


@pytest.mark.known_truth
def test_lorenz_curve_runs_from_nobody_to_all_below_the_diagonal() -> None:
    curve = lorenz_curve([3.0, 0.0, 1.0], [1, 2, 1])
    np.testing.assert_allclose(curve["people"], [0, 0.5, 0.75, 1])
    np.testing.assert_allclose(curve["held"], [0, 0, 0.25, 1])


@pytest.mark.known_truth
def test_somebody_with_nothing() -> None:
    assert atkinson_ede([0.0, 4.0], 0.5) == pytest.approx(1.0)  # (sqrt(4) / 2)^2
    assert atkinson_ede([0.0, 4.0], 1.0) == 0
    assert atkinson([0.0, 4.0], 3.0) == 1
    assert atkinson_ede([0.0, 4.0], 3.0, [0, 5]) == pytest.approx(4.0)


@pytest.mark.known_truth
@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: gini([-1.0, 3.0]), "not defined for levels below 0, but -1 was given"),
        (lambda: gini([0.0, 0.0]), "mean level, which should be above 0, but is 0"),
        (lambda: atkinson([-1.0, 3.0], 0.5), "Use levels of 0 or more, or Kolm's index"),
        (lambda: atkinson([0.0, 0.0], 0.0), "mean level, which should be above 0"),
        (lambda: kolm([1.0, 2.0], -0.1), "should be 0 or more, but -0.1 was given"),
        (lambda: kolm([1.0, np.nan], 0.1), "Levels should be finite numbers"),
        (lambda: kolm([1.0, 2.0], 0.1, [0, 0]), "above 0 in one group at least"),
        (lambda: kolm([1.0, 2.0], 0.1, [2, -1]), "should be 0 or more"),
    ],
)
def test_what_is_not_defined_is_refused(call, sentence: str) -> None:  # noqa: ANN001
    with pytest.raises(AllocationError, match=sentence):
        call()
