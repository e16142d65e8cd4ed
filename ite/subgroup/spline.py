"""Natural cubic spline regression of scores on a biomarker, with a simultaneous band."""

from dataclasses import dataclass

import numpy as np
from scipy.stats import f

from ite.subgroup.contrast import small_sample_multiplier
from ite.trial.data import FloatArray, IntArray

GRID = 61
_DRAWS = 4000
_NEGLIGIBLE = 1e-10
_SEGMENT = 8192


@dataclass(frozen=True, kw_only=True, eq=False)
class SplineFit:
    """A fitted curve on a grid.

    Attributes
    ----------
    value, estimate, lower, upper : arrays, shape (grid,)
        Biomarker, mean score there, and its simultaneous 95 % band.
    knots : int
    critical_value : float
        On the normal scale.
    p_value : float
        Robust joint test of "the curve is flat"; NaN where the biomarker does not vary.
    """

    value: FloatArray
    estimate: FloatArray
    lower: FloatArray
    upper: FloatArray
    knots: int
    critical_value: float
    p_value: float


def knots_for(n: int) -> int:
    """Knots by number of patients in the smaller arm, ends included: 4 below 50, then 5, 7 from 100, 9 from 350.

    More than a smooth curve needs: with fewer knots a threshold is rounded off by more than the band is wide. With
    still more, the band is wide and the line wiggles (benchmarks/curve_knots.py).
    """
    return (4, 5, 7, 9)[int(np.searchsorted([50, 100, 350], n, side="right"))]


def fit_spline(
    biomarker: FloatArray, scores: FloatArray, knots: int, seed: int, cluster: IntArray | None = None
) -> SplineFit:
    """Regress the scores on a natural cubic spline of the biomarker.

    Estimates  mean score along the biomarker, between its 2.5 % and 97.5 % quantiles (at every value where there are
               no more values than knots: then the fit is the mean score at each value).
    Assumes    a curve that bends no faster than the knots allow. Otherwise the band is for the closest such curve, in
               which a jump is a slope.
    Source     HC3 covariance (MacKinnon & White 1985, J. Econometrics 29:305-325), by cluster where there are clusters;
               supremum of Gaussian multipliers over the grid; degrees of freedom by Satterthwaite at each point.
    """
    places = _knots(biomarker, knots)
    grid = _grid(biomarker, places)
    design, at_grid = _orthonormal(_natural_basis(biomarker, places), _natural_basis(grid, places))
    coefficients = design.T @ scores
    leverage = np.minimum(np.sum(design**2, axis=1), 1 - 1e-9)
    residual = scores - design @ coefficients
    covariance = _sandwich(design, residual, leverage, cluster)
    se = np.sqrt(np.sum((at_grid @ covariance) * at_grid, axis=1))
    df = _degrees_of_freedom(design, at_grid, residual, cluster)
    critical = _critical_value(at_grid, covariance, se, seed)
    half = small_sample_multiplier(critical, df) * se
    estimate = at_grid @ coefficients
    return SplineFit(
        value=grid,
        estimate=estimate,
        lower=estimate - half,
        upper=estimate + half,
        knots=len(places),
        critical_value=critical,
        p_value=_flatness(coefficients[1:], covariance[1:, 1:], _residual_df(design, cluster)),
    )


def _knots(biomarker: FloatArray, knots: int) -> FloatArray:
    distinct = np.unique(biomarker)
    if len(distinct) <= knots:
        return distinct
    inner = np.unique(np.quantile(biomarker, np.linspace(0.05, 0.95, knots)))
    # Where most patients share one value, the quantiles fall together: spread the knots over the values instead.
    return inner if len(inner) > 2 else np.unique(np.quantile(distinct, np.linspace(0.05, 0.95, 3)))


def _grid(biomarker: FloatArray, places: FloatArray) -> FloatArray:
    distinct = np.unique(biomarker)
    if len(distinct) <= len(places):
        return distinct
    low, high = np.quantile(biomarker, [0.025, 0.975])
    if low == high:
        low, high = distinct[0], distinct[-1]
    return np.linspace(low, high, GRID)


def _natural_basis(values: FloatArray, knots: FloatArray) -> FloatArray:
    """Constant, line and one cubic per inner knot, linear beyond the outer knots; shape (values, knots)."""
    span = max(float(knots[-1] - knots[0]), 1e-300)
    unit, place = (values - knots[0]) / span, (knots - knots[0]) / span
    columns = [np.ones_like(unit)]
    if len(knots) > 1:
        columns.append(unit)
    if len(knots) > 2:
        last = _bend(unit, place[-2], place[-1])
        columns += [_bend(unit, inner, place[-1]) - last for inner in place[:-2]]
    return np.column_stack(columns)


def _orthonormal(design: FloatArray, at_grid: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Turn the basis so that its columns are orthonormal over the patients, the constant first.

    The cubics nearly coincide where knots are close; sums of squares of the plain basis would lose the digits that the
    band rests on.
    """
    centre = design[:, 1:].mean(axis=0)
    left, size, right = np.linalg.svd(design[:, 1:] - centre, full_matrices=False)
    kept = size > _NEGLIGIBLE * size.max(initial=0.0)
    constant = 1 / np.sqrt(len(design))
    turned = (at_grid[:, 1:] - centre) @ (right[kept].T / size[kept])
    return (
        np.column_stack([np.full(len(design), constant), left[:, kept]]),
        np.column_stack([np.full(len(at_grid), constant), turned]),
    )


def _bend(unit: FloatArray, knot: float, end: float) -> FloatArray:
    return np.asarray((np.maximum(unit - knot, 0) ** 3 - np.maximum(unit - end, 0) ** 3) / (end - knot), dtype=float)


def _sandwich(design: FloatArray, residual: FloatArray, leverage: FloatArray, cluster: IntArray | None) -> FloatArray:
    moments = design * (residual / (1 - leverage))[:, None]
    factor = 1.0
    if cluster is not None:
        _, code = np.unique(cluster, return_inverse=True)
        moments = np.column_stack([np.bincount(code, weights=column) for column in moments.T])
        factor = len(moments) / (len(moments) - 1)
    return np.asarray(factor * moments.T @ moments, dtype=float)


def _degrees_of_freedom(
    design: FloatArray, weights: FloatArray, residual: FloatArray, cluster: IntArray | None
) -> FloatArray:
    """Degrees of freedom of the variance at each grid point, from the spread of each patient's share in it."""
    most = _residual_df(design, cluster)
    if cluster is not None:
        return np.full(len(weights), most)
    squares, fourths = np.zeros(len(weights)), np.zeros(len(weights))
    for start in range(0, len(design), _SEGMENT):
        share = (design[start : start + _SEGMENT] @ weights.T) ** 2
        squares += share.sum(axis=0)
        fourths += (share**2).sum(axis=0)
    variance = float(np.mean(residual**2))
    tails = 3.0 if variance == 0 else float(np.mean(residual**4)) / variance**2
    return np.clip(2 * squares**2 / np.maximum(fourths * (tails - 1), 1e-300), 1.0, most)


def _residual_df(design: FloatArray, cluster: IntArray | None) -> float:
    units = len(design) if cluster is None else len(np.unique(cluster))
    return float(max(units - design.shape[1], 1))


def _critical_value(at_grid: FloatArray, covariance: FloatArray, se: FloatArray, seed: int) -> float:
    """Upper 5 % point of the largest absolute studentised deviation of the curve over the grid."""
    scale = np.where(se > 0, se, 1.0)
    correlation = (at_grid @ covariance @ at_grid.T) / np.outer(scale, scale)
    # The symmetric root belongs to the curve alone: units and the turn of the basis do not change the draws.
    values, vectors = np.linalg.eigh((correlation + correlation.T) / 2)
    root = (vectors * np.sqrt(np.maximum(values, 0.0))) @ vectors.T
    normal = np.random.default_rng(seed).standard_normal((len(root), _DRAWS))
    return float(np.quantile(np.abs(root @ normal).max(axis=0), 0.95, method="higher"))


def _flatness(slopes: FloatArray, covariance: FloatArray, df: float) -> float:
    """Robust joint test that every coefficient but the constant is 0: the scaled F reference of Hotelling."""
    rank = len(slopes)
    if rank == 0:
        return float("nan")
    statistic = float(slopes @ np.linalg.pinv(covariance) @ slopes)
    rest = max(df - rank + 1, 1.0)
    return float(f.sf(statistic * rest / (rank * max(df, 1.0)), rank, rest))
