"""Table 1: the covariates of each arm at baseline and their standardised differences."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from ite.trial.data import FloatArray, IntArray, TrialData


@dataclass(frozen=True, kw_only=True, eq=False)
class TableOne:
    """Covariates by arm.

    Attributes
    ----------
    frame : DataFrame, one row per numeric covariate or level of a categorical one
        covariate, level (empty for a numeric one, "1" for one of 0 and 1), one text column per arm (mean with SD, or
        count with percent of those known), "SMD <arm>" per treated arm, and "missing <arm>" per arm (patients; on a
        covariate's first row).
    numbers : DataFrame, the same in long form
        covariate, level, arm, n (known), mean, sd (numeric), count, share (categorical), missing. Unknown is NaN.
    """

    frame: pd.DataFrame
    numbers: pd.DataFrame


def table_one(trial: TrialData) -> TableOne:
    """Describe each covariate by arm; nothing is imputed."""
    arm_index = trial.arm_index
    numbers = pd.DataFrame([row for name in trial.roles.covariates for row in _rows(trial, arm_index, name)])
    keys = ["covariate", "level"]
    frame = numbers[keys].drop_duplicates(ignore_index=True)
    columns = [numbers[name].to_numpy(dtype=np.float64) for name in ("n", "mean", "sd", "count", "share")]
    text = numbers.assign(text=[_words(*row) for row in zip(*columns, strict=True)])
    for arm in trial.arms:
        frame[arm] = text.loc[text["arm"] == arm, "text"].to_numpy()
    smd = standardised_differences(trial)
    for arm in trial.treated_arms:
        frame[f"SMD {arm}"] = smd.loc[smd["arm"] == arm, "smd"].to_numpy()
    first = ~frame["covariate"].duplicated()
    for arm in trial.arms:
        missing = numbers.loc[numbers["arm"] == arm, "missing"].reset_index(drop=True)
        frame[f"missing {arm}"] = missing.where(first).astype("Int64")
    return TableOne(frame=frame, numbers=numbers)


def standardised_mean_difference(treated: npt.ArrayLike, control: npt.ArrayLike) -> float:
    """Return (mean treated - mean control) / sqrt((s_treated^2 + s_control^2) / 2), variances with divisor n - 1.

    Not weighted by arm size; missing values are left out. NaN where an arm has fewer than two values or neither varies.

    Source: Austin 2009, Stat Med 28:3083-3107.
    """
    active, passive = (_known(values) for values in (treated, control))
    if min(len(active), len(passive)) < 2:
        return float("nan")
    spread = np.sqrt((active.var(ddof=1) + passive.var(ddof=1)) / 2)
    return float((active.mean() - passive.mean()) / spread) if spread > 0 else float("nan")


def standardised_differences(trial: TrialData) -> pd.DataFrame:
    """Return every standardised difference: covariate, level, arm, smd, and se under equal arms, sqrt(1/n1 + 1/n0)."""
    rows, arm_index = [], trial.arm_index
    for name, column in trial.covariates.items():
        for level, values in _levels(column):
            passive = values[arm_index == 0]
            for index, arm in enumerate(trial.treated_arms, start=1):
                active = values[arm_index == index]
                sizes = [max(int((~np.isnan(part)).sum()), 1) for part in (active, passive)]
                smd = standardised_mean_difference(active, passive)
                se = float(np.sqrt(1 / sizes[0] + 1 / sizes[1]))
                rows.append((str(name), level, arm, smd, se))
    return pd.DataFrame(rows, columns=["covariate", "level", "arm", "smd", "se"])


def _known(values: npt.ArrayLike) -> FloatArray:
    array = np.asarray(values, dtype=np.float64)
    return array[~np.isnan(array)]


def _levels(column: pd.Series) -> list[tuple[str, FloatArray]]:
    """Return the column itself, or one 0/1 column per level, NaN where missing."""
    if not isinstance(column.dtype, pd.CategoricalDtype):
        return [("1" if _counted(column) else "", column.to_numpy(dtype=np.float64))]
    codes = column.cat.codes.to_numpy()
    return [
        (str(level), np.where(codes < 0, np.nan, (codes == index).astype(np.float64)))
        for index, level in enumerate(column.cat.categories)
    ]


def _counted(column: pd.Series) -> bool:
    """Whether a column is counted rather than averaged: a category, or 0 and 1 only."""
    return isinstance(column.dtype, pd.CategoricalDtype) or bool(column.dropna().isin((0.0, 1.0)).all())


def _rows(trial: TrialData, arm_index: IntArray, name: str) -> list[dict[str, object]]:
    column = trial.covariates[name]
    numeric = not _counted(column)
    rows: list[dict[str, object]] = []
    for level, values in _levels(column):
        for index, arm in enumerate(trial.arms):
            own = values[arm_index == index]
            known = _known(own)
            n = len(known)
            rows.append(
                {
                    "covariate": name,
                    "level": level,
                    "arm": arm,
                    "n": n,
                    "mean": known.mean() if numeric and n else np.nan,
                    "sd": known.std(ddof=1) if numeric and n > 1 else np.nan,
                    "count": np.nan if numeric else known.sum(),
                    "share": np.nan if numeric or not n else known.mean(),
                    "missing": len(own) - n,
                }
            )
    return rows


def _words(n: float, mean: float, sd: float, count: float, share: float) -> str:
    if not n:
        return "none known"
    return f"{mean:.4g} ({sd:.3g})" if np.isnan(count) else f"{count:.0f} ({100 * share:.0f} %)"
