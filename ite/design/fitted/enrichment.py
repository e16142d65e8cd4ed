"""The public `Enrichment`: an adaptive design from typed assumptions, or the next trial from a fitted one."""

from typing import Unpack

from ite.design.enrichment.spec import EnrichmentDesign
from ite.design.fitted.next_trial import NextTrial, next_trial
from ite.design.fitted.spec import NextTrialSpec, Settings
from ite.estimation.result import EffectEstimate
from ite.trial.data import TrialData


class Enrichment(EnrichmentDesign):
    """An enrichment trial with one to three subgroups, from typed assumptions; see `EnrichmentDesign` for the fields.

    `Enrichment.from_effects` designs the next trial from a fitted one instead. Both are simulated by `simulate`.
    """

    @classmethod
    def from_effects(
        cls, trial: TrialData, effects: EffectEstimate, *, arm: str, **settings: Unpack[Settings]
    ) -> NextTrial:
        """Design the next trial of an arm in the patients who are predicted to benefit from it.

        Parameters
        ----------
        trial : TrialData
        effects : EffectEstimate
            Of the same trial.
        arm : str
            The treated arm.
        settings
            Exactly one of `enrol` (share of patients, such as 0.6, or "best"), `min_benefit` (on the scale of the
            effects), `slice` and `rule` (a `TwoMarkerRule`); and fields of `NextTrialSpec`: `n` or `events`, `alpha`,
            `looks`, `target`, `drop_out`, `goal`, `resources`.

        Raises
        ------
        IteError
            Where the settings do not fit each other or the trial, or no size reaches the target assurance.
        """
        return next_trial(trial, effects, NextTrialSpec(arm=arm, **settings))
