import itertools

import numpy as np
import pytest
from scipy.special import ndtr, ndtri
from scipy.stats import multivariate_normal

from ite.design.enrichment.closed_test import ClosedTest
from ite.design.enrichment.intersection import intersection_p, spiessens_debois_z
from ite.design.enrichment.maximum import probability_all_below
from ite.design.fixed.bivariate_normal import both_below
from ite.design.sequential.boundary import Boundary, critical_values

THREE = np.array([[1.0, 0.6, 0.5], [0.6, 1.0, 0.3], [0.5, 0.3, 1.0]])
FOUR = np.array([[1.0, 0.6, 0.5, 0.4], [0.6, 1.0, 0.3, 0.2], [0.5, 0.3, 1.0, 0.1], [0.4, 0.2, 0.1, 1.0]])


@pytest.mark.independent
@pytest.mark.parametrize("correlation", [THREE[:2, :2], THREE, FOUR], ids=["two", "three", "four"])
def test_probability_of_the_maximum_is_the_multivariate_normal_one(correlation: np.ndarray) -> None:
    limits = np.array([-1.0, 0.0, 1.3, 2.2, 3.5])
    expected = [
        multivariate_normal.cdf(np.full(len(correlation), x), np.zeros(len(correlation)), correlation, maxpts=10**6)
        for x in limits
    ]
    assert probability_all_below(limits, correlation) == pytest.approx(expected, abs=5e-5)


@pytest.mark.independent
def test_bivariate_normal_with_different_limits_and_signs() -> None:
    for h, k, rho in itertools.product((-1.2, 0.0, 0.7), (-0.4, 0.0, 2.0), (-0.9, 0.0, 0.5)):
        expected = multivariate_normal.cdf([h, k], [0, 0], [[1, rho], [rho, 1]])
        assert both_below(np.array([h]), np.array([k]), rho)[0] == pytest.approx(expected, abs=1e-7), (h, k, rho)


@pytest.mark.known_truth
def test_a_full_population_made_of_its_two_subgroups_is_no_trouble() -> None:
    """Singular correlation: P(all <= x) by integrating over the two independent subgroups."""
    share = 0.7
    correlation = np.array([[1, share**0.5, (1 - share) ** 0.5], [share**0.5, 1, 0], [(1 - share) ** 0.5, 0, 1]])
    x, nodes, weights = 1.4, *np.polynomial.legendre.leggauss(400)
    one = (x + 9) / 2 * (nodes + 1) - 9
    below = np.minimum(x, (x - share**0.5 * one) / (1 - share) ** 0.5)
    expected = (x + 9) / 2 * np.sum(weights * np.exp(-(one**2) / 2) / np.sqrt(2 * np.pi) * ndtr(below))
    assert probability_all_below(np.array([x]), correlation)[0] == pytest.approx(expected, abs=1e-4)


@pytest.mark.known_truth
def test_simes_sorts_what_was_studied_and_nothing_else() -> None:
    p = np.array([[0.04, 0.04], [0.03, 0.03], [0.01, 0.5]])
    all_studied = np.ones((3, 2), dtype=bool)
    assert intersection_p("simes", p, all_studied) == pytest.approx([0.03, 0.06])
    without_last = all_studied.copy()
    without_last[2] = False
    assert intersection_p("simes", p, without_last) == pytest.approx([0.04, 0.04])
    assert intersection_p("bonferroni", p, without_last) == pytest.approx([0.06, 0.06])
    assert intersection_p("sidak", p, without_last) == pytest.approx([1 - 0.97**2] * 2)
    nobody = np.zeros((3, 2), dtype=bool)
    assert np.isnan(intersection_p("simes", p, nobody)).all()


@pytest.mark.known_truth
def test_tabulated_and_direct_spiessens_debois_agree() -> None:
    largest = np.linspace(-4, 5.5, 997)
    table = spiessens_debois_z(largest, np.array([[1.0, 0.6], [0.6, 1.0]]))
    assert table == pytest.approx(spiessens_debois_z(largest, np.full(997, 0.6)), abs=2e-5)
    assert (table <= largest).all()


@pytest.mark.independent
def test_closed_test_equals_a_loop_over_trials_and_intersections() -> None:
    rng = np.random.default_rng(1)
    boundary = Boundary(family="pocock", information_fractions=(0.4, 1.0), alpha=0.1)
    trials, limits = 400, critical_values(boundary)
    z = rng.standard_normal((2, 3, trials)) + 1.0
    studied = np.ones((2, 3, trials), dtype=bool)
    studied[1] = rng.random((3, trials)) < 0.6
    test = ClosedTest.start("simes", "inverse_normal", boundary, 3, trials)
    test.look(z[0], studied[0])
    test.look(z[1], studied[1])
    for trial in range(trials):
        assert set(np.flatnonzero(test.rejected[:, trial])) == _slow(z[:, :, trial], studied[:, :, trial], limits), (
            trial
        )


def _slow(z: np.ndarray, studied: np.ndarray, limits: np.ndarray) -> set[int]:
    crossed: set[tuple[int, ...]] = set()
    rejected: set[int] = set()
    hypotheses = [h for size in (1, 2, 3) for h in itertools.combinations(range(3), size)]
    for stage in (0, 1):
        for hypothesis in hypotheses:
            values = []
            for earlier in range(stage + 1):
                p = sorted(float(ndtr(-z[earlier, i])) for i in hypothesis if studied[earlier, i])
                values.append(min(len(p) * value / rank for rank, value in enumerate(p, 1)) if p else None)
            if None in values:
                continue
            weights = [np.sqrt(0.4), np.sqrt(0.6)][: stage + 1]
            combined = sum(w * -ndtri(p) for w, p in zip(weights, values, strict=True)) / np.sqrt(
                sum(w**2 for w in weights)
            )
            if combined >= limits[stage]:
                crossed.add(hypothesis)
        for population in range(3):
            if studied[stage, population] and all(h in crossed for h in hypotheses if population in h):
                rejected.add(population)
    return rejected
