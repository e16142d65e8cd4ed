"""The best linear projection of the effects on chosen covariates."""

from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.stats import t as student

from ite.errors import EstimateError
from ite.estimation.result import EffectEstimate
from ite.evaluation.contrast import sum_by_cluster
from ite.evaluation.described_covariates import DescribedColumn, described_columns
from ite.trial.data import FloatArray, IntArray, TrialData

#: Patients (or clusters) needed for each coefficient.
FEWEST_PER_TERM = 10


class LeastSquares(NamedTuple):
    """Coefficients, their robust standard errors, and the degrees of freedom of their intervals."""

    coefficient: FloatArray
    se: FloatArray
    freedom: int


def linear_projection(trial: TrialData, effects: EffectEstimate, arm: str, covariates: tuple[str, ...]) -> pd.DataFrame:
    """Regress the scores on covariates: how the effect changes with each while the others stay the same.

    Numbers count per standard deviation, a missing one as the mean; levels are compared with the most frequent level.
    The intervals hold for all terms together (Bonferroni). Standard errors are HC3, or cluster-robust where the roles
    name clusters.

    Parameters
    ----------
    covariates : tuple of str
        Named without regard to the effects; choosing those that look strongest would make the intervals too narrow.

    Returns
    -------
    DataFrame, one row per term
        covariate, term ("per SD (12.3)" or "male against female"), estimate, se, lower, upper.

    Raises
    ------
    EstimateError
        If there is no covariate that varies, too few patients for so many terms, or one covariate follows from others.

    Source: Semenova & Chernozhukov 2021, Econometrics Journal 24:264-289; MacKinnon & White 1985, J Econometrics
    29:305-325 (HC3); Liang & Zeger 1986, Biometrika 73:13-22.
    """
    terms = [term for name in covariates for term in _terms(trial.covariates[[name]])]
    independent = trial.n if effects.cluster is None else len(np.unique(effects.cluster))
    _require(terms, independent)
    design = np.column_stack([np.ones(trial.n), *(term.numbers for term in terms)])
    if np.linalg.matrix_rank(design) < design.shape[1]:
        raise EstimateError(
            f"Of {', '.join(covariates)} one follows from the others, so that their parts in the effect cannot be told "
            "apart. Leave one of them out."
        )
    fit = least_squares(design, effects.scores[arm].to_numpy(dtype=float), effects.cluster)
    half_width = float(student.isf(0.025 / len(terms), fit.freedom)) * fit.se[1:]
    estimate = fit.coefficient[1:]
    return pd.DataFrame(
        {
            "covariate": [term.covariate for term in terms],
            "term": [str(term.level) for term in terms],
            "estimate": estimate,
            "se": fit.se[1:],
            "lower": estimate - half_width,
            "upper": estimate + half_width,
        }
    )


def least_squares(design: FloatArray, outcome: FloatArray, cluster: IntArray | None) -> LeastSquares:
    """Fit by least squares with HC3 standard errors, or with clusters those of Liang and Zeger.

    The latter take the usual correction G / (G - 1) * (n - 1) / (n - k) for G clusters and k coefficients.
    """
    n, k = design.shape
    inverse = np.linalg.inv(design.T @ design)
    coefficient = inverse @ design.T @ outcome
    residual = outcome - design @ coefficient
    if cluster is None:
        leverage = np.einsum("ij,jk,ik->i", design, inverse, design)
        parts = design * (residual / np.maximum(1.0 - leverage, 1e-8))[:, None]
        factor, freedom = 1.0, n - k
    else:
        parts = sum_by_cluster(design * residual[:, None], cluster)
        groups = len(parts)
        factor, freedom = groups / (groups - 1) * (n - 1) / (n - k), groups - 1
    covariance = factor * inverse @ (parts.T @ parts) @ inverse
    return LeastSquares(coefficient, np.sqrt(np.diag(covariance)), freedom)


def _terms(covariate: pd.DataFrame) -> list[DescribedColumn]:
    """Columns of one covariate, named by what one unit of them is."""
    columns = described_columns(covariate)
    if not columns or columns[0].level is None:
        return [_per_deviation(column) for column in columns]
    text = covariate.iloc[:, 0].astype(object).where(covariate.iloc[:, 0].notna(), "missing").astype(str)
    reference = str(text.value_counts().index[0])
    return [
        column._replace(level=f"{column.level} against {reference}") for column in columns if column.level != reference
    ]


def _per_deviation(column: DescribedColumn) -> DescribedColumn:
    spread = float(np.nanstd(column.numbers))
    standardised = np.nan_to_num((column.numbers - np.nanmean(column.numbers)) / spread, nan=0.0)
    return DescribedColumn(column.covariate, f"per SD ({spread:.3g})", standardised)


def _require(terms: list[DescribedColumn], independent: int) -> None:
    if not terms:
        raise EstimateError(
            "The linear projection needs a covariate that differs between patients; none was given. Name one."
        )
    needed = FEWEST_PER_TERM * (len(terms) + 1)
    if independent < needed:
        raise EstimateError(
            f"These covariates make {len(terms)} terms, which need at least {needed} patients or clusters; there are "
            f"{independent}. Name fewer covariates."
        )
