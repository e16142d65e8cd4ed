"""A choice under uncertainty: what is best on average, how probably, and what it may lose."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from ite.errors import ValuationError
from ite.trial.columns import FloatArray
from ite.trial.monte_carlo import mean_error, share_error
from ite.value.draws import Draws
from ite.value.increments import require_threshold


@dataclass(frozen=True, kw_only=True, eq=False)
class UncertainChoice:
    """What draws of net benefit say of several strategies; each figure has its Monte-Carlo standard error.

    Attributes
    ----------
    expected, expected_se : array, shape (strategies,)
        Mean net benefit.
    best : int
        Position of the highest mean; ties to the first.
    probability, probability_se : array, shape (strategies,)
        Share of the draws in which the strategy is best (ties to the first); they add up to 1.
    expected_loss, expected_loss_se : array, shape (strategies,)
        What choosing the strategy loses on average against the best one of each draw.
    perfect_information, perfect_information_se : float
        Expected value of perfect information per person: the smallest expected loss.
    """

    expected: FloatArray
    expected_se: FloatArray
    best: int
    probability: FloatArray
    probability_se: FloatArray
    expected_loss: FloatArray
    expected_loss_se: FloatArray
    perfect_information: float
    perfect_information_se: float


def uncertain_choice(net_benefit: npt.ArrayLike) -> UncertainChoice:
    """Return the choice that draws of net benefit, shape (draws, strategies), lead to.

    EVPI = E max_d NB_d - max_d E NB_d; its error is that of the mean loss of the chosen strategy.
    Source: Claxton 1999, Journal of Health Economics 18:341-364; Fenwick, Claxton & Sculpher 2001, Health Economics
    10:779-787.
    """
    return _choice(np.ascontiguousarray(np.asarray(net_benefit, dtype=float).T))


def _choice(benefit: FloatArray) -> UncertainChoice:
    """Return the choice from net benefit of shape (strategies, draws), in which each strategy is contiguous."""
    strategies, count = benefit.shape
    if count < 2 or strategies < 2:
        raise ValuationError(
            f"An uncertain choice needs at least 2 draws of 2 strategies, but {count} of {strategies} were given. "
            "Give more."
        )
    highest, winner = benefit[0].copy(), np.zeros(count, dtype=np.int64)
    for position in range(1, strategies):
        winner[benefit[position] > highest] = position
        np.maximum(highest, benefit[position], out=highest)
    lost = highest - benefit
    expected, expected_loss, expected_loss_se = benefit.mean(axis=1), lost.mean(axis=1), mean_error(lost.T)
    probability = np.bincount(winner, minlength=strategies) / count
    best = int(expected.argmax())
    return UncertainChoice(
        expected=expected,
        expected_se=mean_error(benefit.T),
        best=best,
        probability=probability,
        probability_se=share_error(probability, count),
        expected_loss=expected_loss,
        expected_loss_se=expected_loss_se,
        perfect_information=float(expected_loss[best]),
        perfect_information_se=float(expected_loss_se[best]),
    )


def decision_curves(draws: Draws, willingness_to_pay: npt.ArrayLike) -> pd.DataFrame:
    """Return the curves of a decision over the willingness to pay, for the whole population of the draws.

    Acceptability (CEAC): `probability`. Frontier (CEAF): `probability` where `best`. Expected loss: `expected_loss`;
    its lower envelope, where `best`, is the value of perfect information. For one group, pass `draws.of_group(name)`.

    Returns
    -------
    DataFrame, one row per threshold and strategy
        willingness_to_pay, strategy, net_benefit, net_benefit_se, probability, probability_se, expected_loss,
        expected_loss_se, best.
    """
    require_threshold(willingness_to_pay)
    everybody = draws.everybody
    effect, cost = (np.ascontiguousarray(values[:, :, 0].T) for values in (everybody.effect, everybody.cost))
    parts = []
    for threshold in np.atleast_1d(np.asarray(willingness_to_pay, dtype=float)):
        choice = _choice(threshold * effect - cost)
        parts.append(
            {
                "willingness_to_pay": np.full(len(draws.strategies), threshold),
                "strategy": np.array(draws.strategies, dtype=object),
                "net_benefit": choice.expected,
                "net_benefit_se": choice.expected_se,
                "probability": choice.probability,
                "probability_se": choice.probability_se,
                "expected_loss": choice.expected_loss,
                "expected_loss_se": choice.expected_loss_se,
                "best": np.arange(len(draws.strategies)) == choice.best,
            }
        )
    return pd.DataFrame({name: np.concatenate([part[name] for part in parts]) for name in parts[0]})


def perfect_information_curve(curves: pd.DataFrame) -> pd.DataFrame:
    """Return the expected value of perfect information per person over the thresholds of `decision_curves`.

    Returns
    -------
    DataFrame
        willingness_to_pay, evpi, evpi_se: the expected loss of the best strategy.
    """
    best = curves.loc[curves["best"], ["willingness_to_pay", "expected_loss", "expected_loss_se"]]
    names = {"expected_loss": "evpi", "expected_loss_se": "evpi_se"}
    return best.rename(columns=names).reset_index(drop=True)
