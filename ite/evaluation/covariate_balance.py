"""How alike the arms are where treatment was chosen: before weighting, after it, and what the weighting costs."""

import numpy as np
import pandas as pd

from ite.estimation.result import EffectEstimate
from ite.estimation.scored import PROBABILITY_FLOOR
from ite.trial.data import BoolArray, FloatArray, TrialData

#: Standardised differences beyond this are usually called imbalance.
USUAL_LIMIT = 0.1
_ROUNDING = 1e-9


def covariate_balance(trial: TrialData, effects: EffectEstimate, arm: str) -> pd.DataFrame:
    """Compare each covariate between an arm and control, before and after weighting, most different first.

    Each patient stands for 1 / (probability of the own arm) patients. Both differences are divided by the same
    unweighted standard deviation, so that they can be compared.

    Returns
    -------
    DataFrame, one row per number, and per level of a category
        covariate, level (empty for a number), before, after: mean of the arm minus mean of control, in standard
        deviations; NaN where neither arm varies.

    Source: Austin & Stuart 2015, Statistics in Medicine 34:3661-3679.
    """
    trial = effects.patients_of(trial)
    position = trial.arms.index(arm)
    weight = own_arm_weights(trial, effects)
    rows = []
    for name in trial.roles.covariates:
        for level, values in _columns(trial.covariates[name]).items():
            known = ~np.isnan(values)
            parts = [_moments(values, weight, known & (trial.arm_index == index)) for index in (position, 0)]
            spread = float(np.sqrt((parts[0][2] + parts[1][2]) / 2))
            before, after = ((parts[0][k] - parts[1][k]) / spread if spread > 0 else np.nan for k in (0, 1))
            rows.append({"covariate": name, "level": level, "before": before, "after": after})
    table = pd.DataFrame(rows)
    return table.iloc[np.argsort(-table["before"].abs().to_numpy(float), kind="stable")].reset_index(drop=True)


def own_arm_weights(trial: TrialData, effects: EffectEstimate) -> FloatArray:
    """Return for how many patients each analysed one stands: 1 / (probability of the own arm). Shape (patients,)."""
    own: FloatArray = effects.known_scored().probabilities[np.arange(trial.n), trial.arm_index]
    return 1.0 / own


def weights_by_arm(trial: TrialData, effects: EffectEstimate) -> pd.DataFrame:
    """Say what the weighting costs in each arm.

    Returns
    -------
    DataFrame, one row per arm, control first
        patients; effective (unweighted patients that would tell as much: squared sum of weights over the sum of their
        squares); lowest (probability of the own arm); largest_weight (patients that one stands for); at_bound (share of
        patients whose probability was held at its least value).

    Source: Kish 1965, Survey Sampling, section 11.7 (effective size).
    """
    trial = effects.patients_of(trial)
    weight = own_arm_weights(trial, effects)
    rows = {}
    for index, arm in enumerate(trial.arms):
        own = weight[trial.arm_index == index]
        rows[arm] = {
            "patients": len(own),
            "effective": float(own.sum() ** 2 / (own**2).sum()),
            "lowest": float(1 / own.max()),
            "largest_weight": float(own.max()),
            "at_bound": float(np.mean(1 / own <= PROBABILITY_FLOOR + _ROUNDING)),
        }
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("arm")


def probability_bins(trial: TrialData, effects: EffectEstimate, arm: str, bins: int = 20) -> pd.DataFrame:
    """Count the patients who had an arm, and those who had control, by their probability of that arm.

    Returns
    -------
    DataFrame, one row per arm and bin
        arm, lower, upper (of the probability), share (of the patients who had that arm).
    """
    trial = effects.patients_of(trial)
    position = trial.arms.index(arm)
    probability = effects.known_scored().probabilities[:, position]
    edges = np.linspace(0.0, 1.0, bins + 1)
    tables = []
    for index in (0, position):
        counts = np.histogram(probability[trial.arm_index == index], bins=edges)[0]
        row = {"arm": trial.arms[index], "lower": edges[:-1], "upper": edges[1:], "share": counts / counts.sum()}
        tables.append(pd.DataFrame(row))
    return pd.concat(tables, ignore_index=True)


def _columns(values: pd.Series) -> dict[str, FloatArray]:
    """Return a number as it is, a category as one 0/1 column per level; missing values are NaN."""
    if pd.api.types.is_numeric_dtype(values):
        return {"": values.to_numpy(dtype=float)}
    missing = values.isna().to_numpy()
    levels = values.astype(str)
    return {
        str(level): np.where(missing, np.nan, (levels == level).to_numpy(dtype=float))
        for level in sorted(levels[~missing].unique())
    }


def _moments(values: FloatArray, weight: FloatArray, rows: BoolArray) -> tuple[float, float, float]:
    """Return the mean, the weighted mean and the unweighted variance of some patients; NaN of too few."""
    own = values[rows]
    if len(own) < 2:
        return float("nan"), float("nan"), float("nan")
    return float(own.mean()), float(np.average(own, weights=weight[rows])), float(own.var(ddof=1))
