"""The chance that one beta-distributed share is above another, against integrals and closed forms."""

import pytest
from scipy import stats

from ite.trial.beta_shares import probability_above


@pytest.mark.independent
@pytest.mark.parametrize(
    ("beta", "other"),
    [((15, 5), (12, 8)), ((0.5, 0.5), (0.7, 3.0)), ((300, 200), (280, 240)), ((1, 1), (1, 1)), ((2, 900), (5, 800))],
)
def test_probability_above_equals_an_integral_over_densities(
    beta: tuple[float, float], other: tuple[float, float]
) -> None:
    expected = stats.beta(*beta).expect(stats.beta(*other).cdf, limit=500)
    assert probability_above(beta, other) == pytest.approx(expected, abs=1e-6)


@pytest.mark.known_truth
@pytest.mark.parametrize("share", [0.3, 0.005])
def test_a_share_that_is_all_but_known_is_met_by_a_flat_one_with_its_complement(share: float) -> None:
    known = (share * 1e9, (1 - share) * 1e9)
    assert probability_above((1, 1), known) == pytest.approx(1 - share, abs=1e-9)
    assert probability_above(known, (1, 1)) == pytest.approx(share, abs=1e-9)
