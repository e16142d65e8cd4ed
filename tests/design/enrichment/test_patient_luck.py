"""Randomisation balances as it should, and uncertain shares vary as a Dirichlet distribution."""

import numpy as np
import pytest

from ite.design.enrichment.patient_luck import draw_arms, draw_luck
from ite.errors import DesignError
from tests.design.enrichment.patients import level, one_subgroup


@pytest.mark.known_truth
@pytest.mark.parametrize(("ratio", "block"), [(1.0, 4), (2.0, 6), (0.5, 3), (1.5, 10)])
@pytest.mark.parametrize("randomisation", ["permuted_blocks", "alternating"])
def test_every_block_holds_the_ratio(ratio: float, block: int, randomisation: str) -> None:
    chosen = level(block_size=block, randomisation=randomisation)
    arms = draw_arms(chosen, ratio, 50, np.random.default_rng(1))
    assert arms.shape == (50, 600)
    treated = arms.reshape(50, -1, block).sum(axis=2)
    assert (treated == round(block * ratio / (1 + ratio))).all()
    assert (len(np.unique(arms, axis=0)) == 1) == (randomisation == "alternating")


@pytest.mark.known_truth
def test_every_order_of_a_block_is_as_likely() -> None:
    blocks = draw_arms(level(), 1.0, 400, np.random.default_rng(2)).reshape(-1, 4)
    counts = np.unique(blocks @ (1 << np.arange(4)), return_counts=True)[1]
    assert len(counts) == 6
    assert np.abs(counts - len(blocks) / 6).max() < 4 * np.sqrt(len(blocks) * 5 / 36)


@pytest.mark.known_truth
def test_a_block_that_cannot_hold_the_ratio_is_refused_with_one_that_can() -> None:
    with pytest.raises(DesignError, match="Use a block of 3"):
        draw_arms(level(block_size=4), 2.0, 1, np.random.default_rng(0))


@pytest.mark.known_truth
def test_arrivals_are_a_poisson_process() -> None:
    luck = draw_luck(level(), one_subgroup(), 2_000, np.random.default_rng(3))
    by_hundred = (luck.arrivals < 100).sum(axis=1)
    assert by_hundred.mean() == pytest.approx(100, abs=4 * 10 / np.sqrt(2_000))
    assert by_hundred.var() == pytest.approx(100, abs=4 * 100 * np.sqrt(2.0 / 2_000))


@pytest.mark.known_truth
def test_uncertain_shares_have_the_variance_of_their_prior() -> None:
    scenario = one_subgroup(prevalence_prior_patients=50)
    shares = draw_luck(level(patients=10), scenario, 20_000, np.random.default_rng(4)).shares
    variance = 0.4 * 0.6 / 51
    assert shares[:, 0].mean() == pytest.approx(0.4, abs=4 * np.sqrt(variance / 20_000))
    assert shares[:, 0].var() == pytest.approx(variance, rel=4 * np.sqrt(2.0 / 20_000))
    np.testing.assert_allclose(shares.sum(axis=1), 1.0)
