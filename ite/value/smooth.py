"""Conditional means of draws given one or two of their inputs, by penalised splines."""

from dataclasses import dataclass

import numpy as np
from scipy.interpolate import BSpline
from scipy.linalg import eigh

from ite.trial.columns import FloatArray

_DEGREE = 3
#: B-splines for one input, and for each of two.
_BASIS = {1: 20, 2: 8}
#: Inputs of no more different values than this are not smoothed: each value has its own mean.
_FEW_VALUES = 12
_PENALTIES = np.geomspace(1e-6, 1e8, 57)
_RIDGE = 1e-9


def conditional_means(inputs: FloatArray, outcomes: FloatArray) -> FloatArray:
    """Return the fitted mean of each outcome given the inputs, at the draws themselves.

    Estimates  E[outcome | inputs], smooth in the inputs.
    Method     cubic B-splines with knots at quantiles and a penalty on changes of slope (two inputs: their tensor
               product); the penalty of each outcome has the smallest generalised cross-validation.
    Source     Eilers & Marx 1996, Statistical Science 11:89-121; Li & Cao 2022, arXiv:2201.06808 (uneven knots);
               Strong, Oakley & Brennan 2014, Medical Decision Making 34:311-326.

    Parameters
    ----------
    inputs : array, shape (draws, 1 or 2)
    outcomes : array, shape (draws, outcomes)

    Returns
    -------
    array, shape (draws, outcomes)
    """
    different = [np.unique(column) for column in inputs.T]
    if all(len(values) <= _FEW_VALUES for values in different):
        return _means_by_value(inputs, outcomes)
    size = _BASIS[inputs.shape[1]]
    parts = [_spline(column, min(size, len(values))) for column, values in zip(inputs.T, different, strict=True)]
    design, penalty = parts[0].design, parts[0].penalty
    if len(parts) == 2:
        first, second = parts
        design = (first.design[:, :, None] * second.design[:, None, :]).reshape(len(inputs), -1)
        penalty = np.kron(first.penalty, np.eye(len(second.penalty))) + np.kron(
            np.eye(len(first.penalty)), second.penalty
        )
    return _penalised(design, penalty, outcomes)


@dataclass(frozen=True, kw_only=True, eq=False)
class _Spline:
    """B-splines of one input at the draws, shape (draws, functions), and the penalty on their coefficients."""

    design: FloatArray
    penalty: FloatArray


def _means_by_value(inputs: FloatArray, outcomes: FloatArray) -> FloatArray:
    _, cell = np.unique(inputs, axis=0, return_inverse=True)
    cell = cell.reshape(-1)
    size = np.bincount(cell)
    means = np.column_stack([np.bincount(cell, column) / size for column in outcomes.T])
    return np.asarray(means[cell])


def _spline(values: FloatArray, size: int) -> _Spline:
    """Return cubic B-splines with knots at the quantiles; a straight line in the input has no penalty."""
    unit = (values - values.min()) / np.ptp(values)
    inner = np.unique(np.quantile(unit, np.linspace(0, 1, max(size - _DEGREE + 1, 2))))
    knots = np.concatenate([np.zeros(_DEGREE), inner, np.ones(_DEGREE)])
    # A straight line has the coefficients of its values at these means of neighbouring knots (Greville).
    places = np.array([knots[at + 1 : at + 1 + _DEGREE].mean() for at in range(len(knots) - _DEGREE - 1)])
    slopes = np.diff(np.eye(len(places)), axis=0) / np.diff(places)[:, None]
    bends = np.diff(slopes, axis=0)
    return _Spline(
        design=np.asarray(BSpline.design_matrix(unit, knots, _DEGREE).toarray()), penalty=np.asarray(bends.T @ bends)
    )


def _penalised(design: FloatArray, penalty: FloatArray, outcomes: FloatArray) -> FloatArray:
    """Return penalised least squares fits; one decomposition serves every penalty (Demmler & Reinsch 1975)."""
    count, size = design.shape
    gram = design.T @ design
    gram += _RIDGE * np.trace(gram) / size * np.eye(size)
    # In these directions the Gram matrix is 1 and the penalty diagonal.
    roughness, directions = eigh(penalty, gram)
    roughness = np.maximum(roughness, 0.0)
    centre = outcomes.mean(axis=0)
    centred = outcomes - centre
    load = directions.T @ (design.T @ centred)
    kept = 1 / (1 + _PENALTIES[:, None] * count * roughness)  # penalties x directions
    total = np.einsum("ij,ij->j", centred, centred)
    unexplained = total - (2 * kept - kept**2) @ load**2
    score = unexplained / (count - kept.sum(axis=1, keepdims=True)) ** 2
    best = kept[score.argmin(axis=0)].T
    return np.asarray(centre + design @ (directions @ (best * load)))
