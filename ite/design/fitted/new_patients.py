"""New patients in the features of the source trial, so that its frozen model can be asked about them."""

import numpy as np
import pandas as pd

from ite.errors import DesignError
from ite.estimation.features import MINIMUM_LEVEL_SIZE
from ite.trial.data import FloatArray


def encode_new(source: pd.DataFrame, new: pd.DataFrame) -> FloatArray:
    """Encode new patients by the rule that `encode` applied to the source, shape (new patients, features).

    Medians, pooled categories, means and standard deviations are those of the source.

    Parameters
    ----------
    source : DataFrame
        Covariates of the source trial, typed.
    new : DataFrame
        The same columns for new patients.

    Raises
    ------
    DesignError
        Where a column is not there, a number is a text, or a category is unknown to the source.
    """
    missing = [str(name) for name in source.columns if name not in new.columns]
    if missing:
        raise DesignError(f"The rule reads the covariate '{missing[0]}', which the new patients lack. Add the column.")
    pairs = [_columns(str(name), source[name], new[name]) for name in source.columns]
    known = np.hstack([before for before, _ in pairs])
    asked = np.hstack([after for _, after in pairs])
    kept = np.ptp(known, axis=0) > 0
    return np.asarray((asked[:, kept] - known[:, kept].mean(axis=0)) / known[:, kept].std(axis=0))


def _columns(name: str, source: pd.Series, new: pd.Series) -> tuple[FloatArray, FloatArray]:
    """Return the columns of one covariate for source and for new patients."""
    if pd.api.types.is_numeric_dtype(source):
        return _number(name, source, new)
    return _category(name, source, new)


def _number(name: str, source: pd.Series, new: pd.Series) -> tuple[FloatArray, FloatArray]:
    try:
        asked = pd.to_numeric(new).to_numpy(dtype=float)
    except (TypeError, ValueError):
        raise DesignError(
            f"The covariate '{name}' holds numbers in the source, but a new patient has a text."
        ) from None
    known = source.to_numpy(dtype=float)
    absent = np.isnan(known)
    if absent.all():
        return np.empty((len(known), 0)), np.empty((len(asked), 0))
    marked = MINIMUM_LEVEL_SIZE <= absent.sum() <= len(known) - MINIMUM_LEVEL_SIZE
    middle = float(np.nanmedian(known))

    def filled(values: FloatArray) -> FloatArray:
        value = np.where(np.isnan(values), middle, values)
        return np.column_stack([value, np.isnan(values)] if marked else [value]).astype(float)

    return filled(known), filled(asked)


def _category(name: str, source: pd.Series, new: pd.Series) -> tuple[FloatArray, FloatArray]:
    known, asked = (values.astype(object).where(values.notna(), "missing").astype(str) for values in (source, new))
    sizes = known.value_counts()
    rare = sizes.index[sizes < MINIMUM_LEVEL_SIZE]
    known, asked = (values.where(~values.isin(rare), "other") for values in (known, asked))
    levels = sorted(known.unique())
    strangers = asked[~asked.isin(levels)]
    if len(strangers) and "other" not in levels:
        raise DesignError(
            f"The source trial had no patient whose '{name}' is '{strangers.iloc[0]}' (it had {', '.join(levels)}), so "
            "the rule cannot tell who such a patient is like. Leave these patients out or correct the value."
        )
    asked = asked.where(asked.isin(levels), "other")
    shown = levels[1:] if len(levels) == 2 else levels if len(levels) > 1 else []

    def indicators(text: pd.Series) -> FloatArray:
        return np.column_stack([np.empty((len(text), 0)), *[(text == level).to_numpy(float) for level in shown]])

    return indicators(known), indicators(asked)
