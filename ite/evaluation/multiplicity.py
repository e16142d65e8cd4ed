"""P-values adjusted for how many were looked at."""

from typing import Literal

import numpy as np
import numpy.typing as npt

from ite.trial.data import FloatArray

Adjustment = Literal["bonferroni", "holm", "benjamini_hochberg", "hommel"]
_NAME_IN_STATSMODELS = {
    "bonferroni": "bonferroni",
    "holm": "holm",
    "benjamini_hochberg": "fdr_bh",
    "hommel": "hommel",
}


def adjust_p_values(p: npt.ArrayLike, method: Adjustment) -> FloatArray:
    """Return adjusted p-values in the order given, at most 1.

    Bonferroni, Holm and Hommel bound the chance of any false finding; Benjamini-Hochberg the expected share of false
    findings among all findings.

    Parameters
    ----------
    p : array, shape (tests,)
        Unadjusted p-values.
    method : bonferroni, holm, benjamini_hochberg or hommel
        How to adjust.

    Raises
    ------
    ValueError
        If there is no p-value, or one is outside [0, 1] or missing.

    Source: Holm 1979, Scandinavian Journal of Statistics 6:65-70; Hommel 1988, Biometrika 75:383-386; Benjamini &
    Hochberg 1995, Journal of the Royal Statistical Society B 57:289-300.
    """
    from statsmodels.stats.multitest import multipletests  # noqa: PLC0415 - heavy; a screen must not load it

    values = np.asarray(p, dtype=float)
    if values.size == 0 or not ((values >= 0) & (values <= 1)).all():
        raise ValueError(f"p-values between 0 and 1 are needed, not {values.tolist()}")
    adjusted: FloatArray = multipletests(values, method=_NAME_IN_STATSMODELS[method])[1]
    return adjusted
