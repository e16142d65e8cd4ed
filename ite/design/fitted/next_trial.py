"""The next trial that a fitted one suggests: whom it enrols, its size, and the truth it is simulated under."""

from dataclasses import dataclass
from math import ceil, isinf

import numpy as np

from ite.design.fitted.enrolment import Enrolment, find_enrolment
from ite.design.fitted.patients import NextOutcome, SourceOutcome, source_outcome
from ite.design.fitted.sizing import success_by_size
from ite.design.fitted.spec import LARGEST_TRIAL, NextTrialSpec
from ite.design.fitted.wording import extrapolation_warnings
from ite.design.sequential.boundary import Boundary, critical_values
from ite.errors import DesignError
from ite.estimation.result import EffectEstimate
from ite.subgroup.axis import resolve_arm
from ite.trial.data import FloatArray, TrialData


@dataclass(frozen=True, kw_only=True, eq=False)
class NextTrial:
    """A design of the next trial with all that its simulation needs; nothing in it names a patient.

    Attributes
    ----------
    spec : NextTrialSpec
    scale : str
        What one unit of effect is, in words.
    source_name, source_digest : str
        The trial it comes from.
    source_n : int
        Patients of that trial.
    enrolment : Enrolment
        Who is enrolled, and what is believed of their effect.
    outcome : NextOutcome
        Moments of each source patient's outcome.
    critical : array, shape (looks,)
        Bounds of the z-statistic.
    randomised : int
        Patients in both arms, from the spec or found for its target assurance.
    warnings : tuple of str
        Where the rule goes beyond what the source shows.
    """

    spec: NextTrialSpec
    scale: str
    source_name: str
    source_digest: str
    source_n: int
    enrolment: Enrolment
    outcome: NextOutcome
    critical: FloatArray
    randomised: int
    warnings: tuple[str, ...]

    @property
    def screened(self) -> float:
        """Return the patients expected to be screened."""
        return self.randomised / self.enrolment.share


def next_trial(
    trial: TrialData, effects: EffectEstimate, spec: NextTrialSpec, source: SourceOutcome | None = None
) -> NextTrial:
    """Design the next trial from a fitted one.

    The test compares the arms on the scale of the effects: means, probabilities, or restricted mean times up to the
    horizon. (By hazards it would be another question than the one the effects answer, and their ratio need not be
    constant.) Its variance is that of the outcomes of such patients, with a drop-out counted as a patient less.

    Parameters
    ----------
    source
        `source_outcome` of the same trial, effects and arm, for a caller who has it already.

    Raises
    ------
    IteError
        Where the rule does not fit the trial, or no size reaches the target.
    """
    trial = effects.patients_of(trial)
    if len(effects.scores) != trial.n:
        raise ValueError("these effects are not of this trial")
    resolve_arm(effects, spec.arm)
    enrolment = find_enrolment(trial, effects, spec)
    source = source_outcome(trial, effects, spec.arm) if source is None else source
    outcome = source.among(enrolment.weight > 0)
    critical = critical_values(boundary_of(spec))
    return NextTrial(
        spec=spec,
        scale=effects.scale,
        source_name=trial.name,
        source_digest=trial.digest,
        source_n=trial.n,
        enrolment=enrolment,
        outcome=outcome,
        critical=critical,
        randomised=_randomised(spec, enrolment, outcome, float(critical[-1])),
        warnings=extrapolation_warnings(trial, effects, spec, enrolment),
    )


def boundary_of(spec: NextTrialSpec) -> Boundary:
    """Return the boundary of the equally spaced looks."""
    fractions = tuple((look + 1) / spec.looks for look in range(spec.looks))
    return Boundary(family="lan_demets_obf", information_fractions=fractions, alpha=spec.alpha)


def _randomised(spec: NextTrialSpec, enrolment: Enrolment, outcome: NextOutcome, critical: float) -> int:
    if spec.n is not None:
        return spec.n
    if spec.events is not None:
        return _patients_for_events(spec.events, enrolment, outcome)
    believed = enrolment.believed
    success = success_by_size(outcome, enrolment.weight, believed, critical=critical, drop_out=spec.drop_out)
    needed = success.randomised_for(spec.target)
    if isinf(needed):
        reachable = believed.probability_above_zero
        raise DesignError(
            f"No trial of up to {LARGEST_TRIAL:,} patients in {enrolment.words} has an assurance of "
            f"{100 * spec.target:.3g} %: the effect is above 0 with a believed probability of {100 * reachable:.3g} % "
            "only, which bounds it. Give the number of patients, or ask for less."
        )
    return int(needed)


def _patients_for_events(events: int, enrolment: Enrolment, outcome: NextOutcome) -> int:
    chance = float(np.average(outcome.event_probability, weights=enrolment.weight))
    if np.isnan(chance):
        raise DesignError("Only a time-to-event outcome is planned by events. Give the number of patients, n.")
    needed = ceil(events / chance)
    if needed > LARGEST_TRIAL:
        raise DesignError(
            f"{events:,} events need {needed:,} patients, more than {LARGEST_TRIAL:,}. Ask for at most "
            f"{int(LARGEST_TRIAL * chance):,}."
        )
    return needed
