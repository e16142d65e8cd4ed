"""What an estimation returns."""

from dataclasses import dataclass

import pandas as pd

from ite.estimation.scored import ScoredTrial
from ite.estimation.spec import EffectSpec
from ite.trial.data import BoolArray, FloatArray, IntArray, TrialData

#: Joins the scale of an effect and the patients it is about, where some were left out.
AMONG = ", among the "


@dataclass(frozen=True, kw_only=True, eq=False)
class EffectEstimate:
    """Conditional average effects of each treated arm against control; positive means benefit.

    Attributes
    ----------
    spec : EffectSpec
        The settings as resolved: learner, horizon and repeats are never "auto" or None where they apply.
    scale : str
        What one unit of effect is, in words, such as "difference in mean <outcome>".
    ate : DataFrame, one row per treated arm
        Columns estimate, se, lower, upper, on that scale.
    scores : DataFrame, shape (patients, treated arms)
        Cross-fitted doubly robust scores: their mean over any fixed group estimates that group's effect.
    benefit, ranking : DataFrame, shape (patients, treated arms)
        Out-of-fold prediction after shrinkage (for magnitude), and unshrunk and centred (for order).
    sequential : DataFrame, shape (patients, treated arms)
        Centred prediction of fold k by a model fitted on folds 1..k-1 only; NaN in fold 1. The basis of every interval
        of the evidence.
    fold : array, shape (patients,)
        Fold of each patient in `sequential`, 0-based.
    factor : Series by treated arm
        Share of the predicted spread that held-out patients support, in [0, 1]; `benefit` = ate + factor * ranking.
    baseline_risk : array, shape (patients,)
        Cross-fitted prediction of the outcome under control, turned so that larger is better.
    cluster : array of int, shape (patients,), or None
        Cluster of each patient where the roles name one.
    interval : DataFrame or None
        Pointwise band around `benefit`, columns (arm, lower | upper); None where its coverage was not measured.
    scored : ScoredTrial or None
        Scores by arm, expected outcomes and probabilities of the arms; None where the scores were made elsewhere.
    kept : array of bool, shape (patients of the trial,), or None
        Who was analysed where some were left out because they could not have had every arm; all else is about them.
    choices : DataFrame or None
        What a learner that chooses among others chose, one row per fit and candidate: arm, sequential, fit, candidate,
        dr_loss, r_loss, above, se, weight; None for other learners.
    notes : tuple of str
        What a reader must know: missing outcomes weighted, censoring weights truncated, nuisance models chosen, ...
    """

    spec: EffectSpec
    scale: str
    ate: pd.DataFrame
    scores: pd.DataFrame
    benefit: pd.DataFrame
    ranking: pd.DataFrame
    sequential: pd.DataFrame
    fold: IntArray
    factor: pd.Series
    baseline_risk: FloatArray
    cluster: IntArray | None = None
    interval: pd.DataFrame | None = None
    scored: ScoredTrial | None = None
    kept: BoolArray | None = None
    choices: pd.DataFrame | None = None
    notes: tuple[str, ...] = ()

    def patients_of(self, trial: TrialData) -> TrialData:
        """Return the trial of the patients who were analysed, in the order of the scores.

        A trial that is already that of the analysed patients is returned as it is.
        """
        if self.kept is None or trial.n == len(self.scores) != len(self.kept):
            return trial
        return trial.only(self.kept, self.population)

    @property
    def population(self) -> str:
        """Who was analysed, as the scale says it; empty where it was everybody."""
        return self.scale.partition(AMONG)[2]

    def known_scored(self) -> ScoredTrial:
        """Return `scored` of an estimate that made its own scores.

        Raises
        ------
        ValueError
            Where the scores were made elsewhere.
        """
        if self.scored is None:
            raise ValueError("these scores were made elsewhere, so that their models are not known")
        return self.scored
