"""What kind of covariate is it: one that tells the outcome, one that tells the effect, both, or neither."""

from typing import Literal

import numpy as np
import pandas as pd

from ite.estimation.features import encode
from ite.estimation.result import EffectEstimate
from ite.evaluation.basis import Basis, modifier_basis
from ite.evaluation.global_test import MaxTest, max_association
from ite.trial.data import TrialData

Kind = Literal["neither", "prognostic", "effect modifier", "both"]
_AXES = ("prognostic", "predictive")


def covariate_map(trial: TrialData, effects: EffectEstimate, arm: str) -> pd.DataFrame:
    """Set each covariate's association with the outcome under control beside that with the effect of an arm.

    Both are the largest studentised association over the covariate's columns, in the way of the primary test: of the
    scores of the control arm (prognostic), and of the scores of the effect (the strength of `Evidence.modifiers`). A
    band holds the largest of all covariates in 95 of 100 trials in which none is associated.

    Returns
    -------
    DataFrame, strongest effect modifier first
        covariate, prognostic, prognostic_p, prognostic_band, predictive, predictive_p, predictive_band, kind (by the
        bands; None where a strength is unknown). P-values are adjusted for the covariates, not for several arms.

    Raises
    ------
    ValueError
        Where the scores were made elsewhere.

    Source: Sechidis et al. 2018, Bioinformatics 34:3365-3376 (the two axes); Westfall & Young 1993 (max-T).
    """
    basis = modifier_basis(encode(trial.covariates), trial.arm_index)
    control = effects.known_scored().arm_scores[:, 0]
    table = pd.DataFrame({"covariate": list(dict.fromkeys(basis.covariate))})
    for axis, scores in zip(_AXES, (control, effects.scores[arm].to_numpy(dtype=float)), strict=True):
        test = max_association(scores, basis.columns, effects.spec.seed, effects.cluster)
        table = table.merge(_by_covariate(axis, basis, test), on="covariate")
    strengths = table[["prognostic", "prognostic_band", "predictive", "predictive_band"]].to_numpy(dtype=float)
    table["kind"] = [_kind(*row) for row in strengths.tolist()]
    table = table.sort_values("predictive", ascending=False, kind="stable").reset_index(drop=True)
    return table[["covariate", *(f"{axis}{part}" for axis in _AXES for part in ("", "_p", "_band")), "kind"]]


def _by_covariate(axis: str, basis: Basis, test: MaxTest) -> pd.DataFrame:
    """Return each covariate by its strongest column."""
    columns = pd.DataFrame(
        {"covariate": basis.covariate, axis: test.column_statistic, f"{axis}_p": test.column_p_value}
    ).assign(**{f"{axis}_band": test.critical_value})
    return columns.sort_values(axis, ascending=False, kind="stable").drop_duplicates("covariate")


def _kind(prognostic: float, prognostic_band: float, predictive: float, predictive_band: float) -> Kind | None:
    if np.isnan([prognostic, predictive]).any():
        return None
    tells_outcome, tells_effect = prognostic > prognostic_band, predictive > predictive_band
    if tells_outcome and tells_effect:
        return "both"
    if tells_effect:
        return "effect modifier"
    return "prognostic" if tells_outcome else "neither"
