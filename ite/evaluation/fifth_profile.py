"""Who is in the top fifth of predicted benefit and who in the bottom fifth: their covariates compared."""

import numpy as np
import pandas as pd
from scipy.stats import norm

from ite.estimation.result import EffectEstimate
from ite.evaluation.described_covariates import described_columns
from ite.evaluation.held_out_fifths import held_out_fifths
from ite.trial.data import TrialData


def fifth_profile(trial: TrialData, effects: EffectEstimate, arm: str) -> pd.DataFrame:
    """Compare the covariates of the top and the bottom fifth of predicted benefit (CLAN).

    It describes whom the model ranks first and last. Fifths are cut within sequential folds; the intervals hold for all
    rows together (Bonferroni).

    Returns
    -------
    DataFrame, largest standardised difference first
        covariate, level ("" for a number), bottom, top (means, or shares of the level), difference, se, lower, upper,
        standardised (difference over the covariate's standard deviation), standardised_lower, standardised_upper;
        empty where nobody is ranked.

    Source: Chernozhukov et al. 2025, Econometrica 93:1121-1164 (classification analysis).
    """
    fifths = held_out_fifths(effects, arm)
    names = ["covariate", "level", "bottom", "top", "difference", "se"]
    if fifths is None:
        return pd.DataFrame(columns=[*names, "lower", "upper", *_STANDARDISED])
    rows, spread = [], []
    for column in described_columns(trial.covariates):
        means = fifths.means(column.numbers)
        found = fifths.top_minus_bottom(means)
        rows.append((column.covariate, column.level or "", means.estimate[0], means.estimate[-1], *found))
        spread.append(float(np.nanstd(column.numbers)))
    table = pd.DataFrame(rows, columns=names)
    half_width = float(norm.isf(0.025 / max(len(table), 1))) * table["se"]
    table = table.assign(lower=table["difference"] - half_width, upper=table["difference"] + half_width)
    for name, of in zip(_STANDARDISED, ("difference", "lower", "upper"), strict=True):
        table[name] = table[of] / np.asarray(spread)
    order = table["standardised"].abs().sort_values(ascending=False, kind="stable").index
    return table.loc[order].reset_index(drop=True)


_STANDARDISED = ("standardised", "standardised_lower", "standardised_upper")
