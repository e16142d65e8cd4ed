"""The groups that a column of a trial makes: its levels, or thirds of many numbers."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pandas as pd

from ite.errors import SubgroupError
from ite.trial.columns import as_text, is_number
from ite.trial.data import BoolArray, FloatArray, IntArray, TrialData

EVERYBODY = "everybody"
#: A column of more different values is cut into thirds where it holds numbers, and refused where it holds text.
MOST_GROUPS = 8
_PARTS = 3
_MISSING = "missing"


@dataclass(frozen=True, kw_only=True, eq=False)
class Groups:
    """Group of each patient: its position in the names."""

    of: IntArray
    names: tuple[str, ...]


def groups_of(trial: TrialData, column: str | None) -> Groups:
    """Return the groups that a column of the trial makes: its levels, or thirds of many numbers.

    Missing values are a group of their own; None puts everybody into one. Equal numbers are never parted, so that of
    numbers with many ties there may be fewer than three groups, but none without patients.

    Raises
    ------
    SubgroupError
        For a column the trial does not use, or a text of more than 8 levels.
    """
    if column is None:
        return Groups(of=np.zeros(trial.n, dtype=np.int64), names=(EVERYBODY,))
    offered = [*dict.fromkeys([*trial.roles.protected, *trial.roles.covariates])]
    if column not in offered:
        raise SubgroupError(
            f"Groups come from a covariate or a protected column, one of {', '.join(offered)}, but '{column}' was "
            "given. Choose one of them."
        )
    values = trial.frame[column]
    if values.nunique() <= MOST_GROUPS:
        labels = as_text(values).astype(object).where(values.notna(), _MISSING)
        names = sorted(labels.unique(), key=lambda name: (name == _MISSING, name))
        return Groups(of=pd.Index(names).get_indexer(pd.Index(labels)).astype(np.int64), names=tuple(names))
    if not is_number(values):
        raise SubgroupError(
            f"'{column}' has {values.nunique()} levels; groups can be made of at most {MOST_GROUPS}. Choose another "
            "column, or join levels."
        )
    return _thirds(values.to_numpy(dtype=float, na_value=np.nan))


def _thirds(values: FloatArray) -> Groups:
    lowest, highest = np.nanmin(values), np.nanmax(values)
    cuts = np.unique(np.nanquantile(values, np.arange(1, _PARTS) / _PARTS))
    cuts = cuts[cuts < highest]  # nobody lies above the highest
    names = [f"{low:g} to {high:g}" for low, high in pairwise([lowest, *cuts, highest])]
    unknown = np.isnan(values)
    part = np.where(unknown, len(names), np.searchsorted(cuts, values, side="left"))
    return Groups(of=part.astype(np.int64), names=(*names, _MISSING) if unknown.any() else tuple(names))


def in_one_cluster(of: IntArray, groups: int, cluster: IntArray | None) -> BoolArray:
    """Return which groups hold patients of a single cluster, so that no error of their mean can be told.

    Parameters
    ----------
    of, cluster : array of int, shape (patients,)
        Group and cluster of each; without clusters no group is meant.
    groups
        How many groups there are.
    """
    if cluster is None:
        return np.zeros(groups, dtype=bool)
    pairs = np.unique(np.column_stack([of, cluster]), axis=0)
    return np.asarray(np.bincount(pairs[:, 0], minlength=groups) == 1)
