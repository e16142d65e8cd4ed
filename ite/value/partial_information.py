"""What it is worth to learn one input of a decision, or to study it in so many patients."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from ite.errors import ValuationError
from ite.trial.columns import FloatArray
from ite.trial.monte_carlo import mean_error
from ite.value.normal_benefit import preposterior_sd
from ite.value.smooth import conditional_means
from ite.value.uncertain_choice import uncertain_choice


@dataclass(frozen=True, kw_only=True, eq=False)
class InputValue:
    """What the choice gains from an input, per person in money.

    Attributes
    ----------
    name : str
        Of the input, or of two joined by "and".
    value, se : float
        Expected value of partial perfect information, and its standard error from the draws.
    gains : array, shape (draws, strategies)
        Fitted net benefit given the input, against the strategy that is best now.
    best : int
        Position of the strategy that is best now.
    """

    name: str
    value: float
    se: float
    gains: FloatArray
    best: int


def value_of_input(net_benefit: npt.ArrayLike, inputs: Mapping[str, npt.ArrayLike]) -> InputValue:
    """Return the expected value of knowing one or two inputs for certain (EVPPI).

    E max_d E[NB_d | inputs] - max_d E NB_d, with the conditional mean smoothed. The standard error is that of the net
    benefit of choosing by the fit over that of the best choice now, so that it counts the error of the fit too; a fit
    to few draws exaggerates the value. Where knowing the input changes no choice in any draw, both are 0.

    Parameters
    ----------
    net_benefit : array, shape (draws, strategies)
    inputs : draws of the inputs by name, shape (draws,) each; one or two

    Raises
    ------
    ValuationError
        For more than two inputs, fewer than 100 draws, or an input that is constant or of another length.

    Source: Strong, Oakley & Brennan 2014, Medical Decision Making 34:311-326.
    """
    benefit = np.asarray(net_benefit, dtype=float)
    known = _inputs(inputs, len(benefit))
    best = uncertain_choice(benefit).best
    over_best = benefit - benefit[:, [best]]
    gains = np.zeros_like(benefit)
    others = np.arange(benefit.shape[1]) != best
    gains[:, others] = conditional_means(known, over_best[:, others])
    chosen = over_best[np.arange(len(benefit)), gains.argmax(axis=1)]
    return InputValue(
        name=" and ".join(inputs),
        value=_value(gains),
        se=float(mean_error(chosen)),
        gains=gains,
        best=best,
    )


def value_of_each_input(net_benefit: npt.ArrayLike, inputs: Mapping[str, npt.ArrayLike]) -> pd.DataFrame:
    """Return input, value and se of each input alone, the most valuable first."""
    found = [value_of_input(net_benefit, {name: values}) for name, values in inputs.items()]
    frame = pd.DataFrame({"input": list(inputs), "value": [x.value for x in found], "se": [x.se for x in found]})
    return frame.sort_values("value", ascending=False, kind="stable", ignore_index=True)


def value_of_study(learnt: InputValue, *, prior_sd: float, patient_sd: float, patients: npt.ArrayLike) -> pd.DataFrame:
    """Return the expected value of studying a normal input in so many patients (EVSI), the cost not deducted.

    A study moves the mean of the input by preposterior_sd; the fitted net benefits are drawn together towards their
    means by the same share, which matches the moments of the net benefit expected after the study.

    Estimates  EVSI by moment matching; exact where net benefit is a straight line in a normal input.
    Assumes    a normal prior, and a study that observes the input's mean with patient_sd / sqrt(patients).
    Source     Heath, Manolopoulou & Baio 2018, Medical Decision Making 38:163-173; Jalal & Alarid-Escudero 2018,
               Medical Decision Making 38:174-188.

    Parameters
    ----------
    learnt : InputValue
        Of the one input that the study observes.
    prior_sd, patient_sd : float
        What is known of the input now, and how much single patients vary; in the input's unit.
    patients : array, shape (studies,)

    Returns
    -------
    DataFrame
        patients, value, se (per person in money; Monte-Carlo error of the draws).
    """
    sizes = np.atleast_1d(np.asarray(patients, dtype=float))
    if not prior_sd > 0:
        raise ValuationError("What is known already leaves nothing to learn: give a prior standard deviation above 0.")
    centre = learnt.gains.mean(axis=0)
    rows = []
    for size in sizes:
        share = preposterior_sd(prior_sd, patient_sd, float(size)) / prior_sd
        after = centre + share * (learnt.gains - centre)
        highest = after.max(axis=1) - after[:, learnt.best]
        se = float(mean_error(highest))
        rows.append({"patients": float(size), "value": _value(after), "se": se})
    return pd.DataFrame(rows)


def _value(gains: FloatArray) -> float:
    """Return E max - max E, which is never below 0."""
    return float(gains.max(axis=1).mean() - gains.mean(axis=0).max())


def _inputs(inputs: Mapping[str, npt.ArrayLike], count: int) -> FloatArray:
    if not 1 <= len(inputs) <= 2:
        raise ValuationError(
            f"The value of one or two inputs together can be found, but {len(inputs)} were given. Choose two at most."
        )
    if count < 100:
        raise ValuationError(f"The value of an input needs at least 100 draws, but there are {count}. Draw more.")
    columns = []
    for name, values in inputs.items():
        column = np.asarray(values, dtype=float)
        if column.shape != (count,) or not np.isfinite(column).all() or np.ptp(column) == 0:
            raise ValuationError(
                f"Input '{name}' should be {count:,} finite draws that are not all equal. Leave it out where it is "
                "taken as known."
            )
        columns.append(column)
    return np.column_stack(columns)
