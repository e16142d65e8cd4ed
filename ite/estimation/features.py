"""Baseline covariates as one numeric matrix, the same for every model."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from ite.trial.data import FloatArray

#: A category with fewer patients is pooled with the other rare ones of its covariate.
MINIMUM_LEVEL_SIZE = 10


@dataclass(frozen=True, kw_only=True, eq=False)
class Features:
    """Covariates encoded once, blind to treatment and outcome.

    Attributes
    ----------
    matrix : array, shape (patients, features)
        Standardised to mean 0 and SD 1.
    covariate : tuple of str, one per feature
        The covariate each feature comes from.
    imputed : dict covariate -> number of patients whose missing value was filled
    unused : tuple of str
        Covariates without any variation left, which no model can use.
    """

    matrix: FloatArray
    covariate: tuple[str, ...]
    imputed: dict[str, int]
    unused: tuple[str, ...]


def encode(covariates: pd.DataFrame) -> Features:
    """Encode covariates: numbers as they are, categories as 0/1 columns.

    A missing number becomes the covariate's median, with a 0/1 column that marks it; a missing category is a category
    of its own; categories of fewer than `MINIMUM_LEVEL_SIZE` patients are pooled. Nobody is dropped. The rule uses
    neither treatment nor outcome, so it can be applied before the data are split into folds.
    """
    columns: list[FloatArray] = []
    names: list[str] = []
    imputed: dict[str, int] = {}
    for name in covariates.columns:
        values = covariates[name]
        encoded = _encode_number(values) if pd.api.types.is_numeric_dtype(values) else _encode_category(values)
        missing = int(values.isna().sum())
        if missing:
            imputed[str(name)] = missing
        columns.extend(encoded)
        names.extend([str(name)] * len(encoded))
    matrix = np.column_stack(columns) if columns else np.empty((len(covariates), 0))
    kept = np.ptp(matrix, axis=0) > 0 if matrix.size else np.zeros(matrix.shape[1], dtype=bool)
    spread = matrix.std(axis=0)
    used = {name for name, keep in zip(names, kept, strict=True) if keep}
    standardised = (matrix[:, kept] - matrix[:, kept].mean(axis=0)) / spread[kept]
    return Features(
        matrix=standardised,
        covariate=tuple(name for name, keep in zip(names, kept, strict=True) if keep),
        imputed=imputed,
        unused=tuple(str(name) for name in covariates.columns if str(name) not in used),
    )


def _encode_number(values: pd.Series) -> list[FloatArray]:
    number = values.to_numpy(dtype=float)
    missing = np.isnan(number)
    if missing.all():
        return []
    filled = np.where(missing, np.nanmedian(number), number)
    if MINIMUM_LEVEL_SIZE <= missing.sum() <= len(number) - MINIMUM_LEVEL_SIZE:
        return [filled, missing.astype(float)]
    return [filled]


def _encode_category(values: pd.Series) -> list[FloatArray]:
    text = values.astype(object).where(values.notna(), "missing").astype(str)
    sizes = text.value_counts()
    rare = sizes.index[sizes < MINIMUM_LEVEL_SIZE]
    text = text.where(~text.isin(rare), "other")
    levels = sorted(text.unique())
    # Two levels need one column; with more, each has its own (the models are regularised).
    shown = levels[1:] if len(levels) == 2 else levels
    return [(text == level).to_numpy(dtype=float) for level in shown] if len(levels) > 1 else []
