"""The enrolment rule that the next trial would use: the model of all source patients and an enrolled fraction, frozen.

It is never used to judge itself: every effect of the design comes from models that did not see the patients they rank.
"""

import hashlib
from typing import Self

import numpy as np
import pandas as pd
from pydantic import Field

from ite.compute import spawn_seeds
from ite.design.fitted.new_patients import encode_new
from ite.design.fitted.next_trial import NextTrial
from ite.design.fixed.spec import DesignSpec
from ite.errors import DesignError
from ite.estimation.features import encode
from ite.estimation.result import EffectEstimate
from ite.estimation.spec import EffectSpec
from ite.trial.columns import covariate
from ite.trial.data import FloatArray, TrialData
from ite.version import RESULTS_VERSION, __version__

#: Twentieths at which the predictions of the source patients are kept, to tell whether a refit is the same model.
_TWENTIETHS = np.linspace(0.0, 1.0, 21)
_SAME = 1e-6


class FrozenRule(DesignSpec):
    """How to decide whether a new patient is enrolled; JSON round trip, no code and no patient in it.

    The model is frozen by what determines it: data, settings, seed and version. Fitting it again gives the same
    predictions, which is checked against those that are kept here.

    Attributes
    ----------
    arm
        The treated arm.
    covariates
        What must be known of a new patient.
    effect_spec
        Learner, horizon and seed.
    source_digest
        SHA-256 of data and roles of the source trial.
    version, results_version
        Release, and generation of numbers.
    fraction
        Share of the source patients above the cut.
    cut
        Prediction, centred over the source patients, from which on a patient is enrolled.
    twentieths
        Quantiles of the predictions of the source patients, from 0 to 1 in steps of 0.05.
    """

    arm: str
    covariates: tuple[str, ...]
    effect_spec: EffectSpec
    source_digest: str
    version: str = __version__
    results_version: int = RESULTS_VERSION
    fraction: float = Field(gt=0, le=1)
    cut: float
    twentieths: tuple[float, ...] = Field(min_length=21, max_length=21)

    @property
    def digest(self) -> str:
        """Return the SHA-256 of the rule, in hex."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()

    @classmethod
    def of(cls, trial: TrialData, effects: EffectEstimate, design: NextTrial) -> Self:
        """Fit the model on all patients and set its cut; takes as long as one fold of the estimation.

        Raises
        ------
        DesignError
            Where the design enrols by covariates: such a rule needs no model.
        """
        if design.enrolment.fraction is None:
            raise DesignError("The design enrols by covariates, which is a rule already. Export the design alone.")
        prediction = _predict(trial, effects.spec, design.spec.arm, None)
        fraction = design.enrolment.fraction
        return cls(
            arm=design.spec.arm,
            covariates=trial.roles.covariates,
            effect_spec=effects.spec,
            source_digest=trial.digest,
            fraction=fraction,
            cut=float(np.quantile(prediction, 1.0 - fraction)),
            twentieths=tuple(float(value) for value in np.quantile(prediction, _TWENTIETHS)),
        )

    def predict(self, trial: TrialData, patients: pd.DataFrame) -> FloatArray:
        """Return the prediction of each new patient by the frozen model, shape (patients,).

        Parameters
        ----------
        trial : TrialData
            The source trial.
        patients : DataFrame
            The covariates of new patients.

        Raises
        ------
        DesignError
            Where the trial is not the source, the refit gives other predictions, or a covariate cannot be read.
        """
        if trial.digest != self.source_digest:
            raise DesignError(
                "The rule was frozen on other data than these. Load the source trial with the same roles."
            )
        n = trial.n
        prediction = _predict(trial, self.effect_spec, self.arm, patients)
        again = np.quantile(prediction[:n], _TWENTIETHS)
        spread = max(float(np.ptp(self.twentieths)), 1e-12)
        if np.max(np.abs(again - self.twentieths)) > _SAME * spread:
            raise DesignError(
                f"The model fitted again differs from the frozen one of version {self.version} (results "
                f"{self.results_version}). Use that version, or freeze the rule anew."
            )
        return prediction[n:]

    def enrols(self, trial: TrialData, patients: pd.DataFrame) -> pd.Series:
        """Return whether each new patient is enrolled, in the order of the rows; see `predict`."""
        return pd.Series(self.predict(trial, patients) >= self.cut, index=patients.index, name="enrolled")


def _predict(trial: TrialData, spec: EffectSpec, arm: str, patients: pd.DataFrame | None) -> FloatArray:
    """Fit on all patients of the two arms; predictions of source and new patients, centred over the source."""
    from ite.design.fitted.full_model import training_fold  # noqa: PLC0415 - brings scikit-learn, for workers only
    from ite.estimation.learners.registry import fit_learner  # noqa: PLC0415 - as above

    features = encode(trial.covariates).matrix
    asked = features
    if patients is not None:
        typed = pd.DataFrame({name: covariate(patients[name]) for name in patients.columns}, index=patients.index)
        asked = np.vstack([features, encode_new(trial.covariates, typed)])
    seed = spawn_seeds(spec.seed + 2, 1)[0]
    prediction = fit_learner(spec.learner, training_fold(trial, features, spec, arm, seed), asked)
    return np.asarray(prediction - prediction[: trial.n].mean())
