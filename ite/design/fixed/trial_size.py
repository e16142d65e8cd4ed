"""A trial with one analysis, from its assumptions to whole patients and months."""

import math
from dataclasses import dataclass
from typing import Annotated, Self

import numpy as np
import pandas as pd
from pydantic import Field, model_validator

from ite.design.fixed.calendar_limits import patients_for_events
from ite.design.fixed.design import Endpoint
from ite.design.fixed.event_times import EventTimes, expected_events, hazard_of_median, mean_event_probability
from ite.design.fixed.log_rank import LogRank
from ite.design.fixed.means import Means
from ite.design.fixed.piecewise import NotNegative, Piecewise
from ite.design.fixed.rates import Rates
from ite.design.fixed.spec import Alpha, DesignSpec, Positive, Rate
from ite.errors import DesignError
from ite.trial.columns import FloatArray

#: A number this little above a whole one is that whole one.
_ROUNDING = 1e-9
_CURVE_POINTS = 61
#: The curve of power begins at this share of the planned patients and ends at that one.
_CURVE_FROM, _CURVE_TO = 0.1, 2.0
#: The t-test needs more patients than this with an outcome.
_LEAST_EVALUATED = 2.5
_MONTHS_PER_YEAR = 12.0


class OneAnalysis(DesignSpec):
    """What is assumed of a trial with one analysis.

    Attributes
    ----------
    endpoint
        The outcome with its assumed effect, which is a benefit.
    alpha, power
        One-sided level, and the power to reach.
    accrual_months
        Months until the last patient enters; patients enter evenly.
    follow_up_months
        Months from the last patient's entry to the analysis.
    dropout
        Share of the patients without an outcome; of event times the share lost within twelve months.
    control_median_months
        Median time to the event under control; for event times and only there.
    """

    endpoint: Endpoint
    alpha: Alpha = 0.025
    power: Rate = 0.9
    accrual_months: Positive = 24.0
    follow_up_months: NotNegative = 12.0
    dropout: Annotated[float, Field(ge=0.0, lt=1.0)] = 0.0
    control_median_months: Positive | None = None

    @model_validator(mode="after")
    def _check(self) -> Self:
        if (self.control_median_months is not None) != isinstance(self.endpoint, LogRank):
            raise DesignError("A median time belongs to event times, which need it, and to no other endpoint.")
        if self.endpoint.standardised(1.0) < 0.0:
            raise DesignError(
                "A trial is sized to show a benefit, but the assumed effect is harm. For event times the hazard ratio "
                "of a benefit is below 1, for means the difference is above 0."
            )
        return self

    @property
    def final_month(self) -> float:
        """Month of the analysis, counted from the first patient."""
        return self.accrual_months + self.follow_up_months

    def event_times(self) -> EventTimes:
        """Return when patients enter, have their event and drop out; for event times only."""
        if not isinstance(self.endpoint, LogRank) or self.control_median_months is None:
            raise ValueError("only event times have hazards")
        return EventTimes(
            control_hazard=hazard_of_median(self.control_median_months),
            hazard_ratio=Piecewise.constant(self.endpoint.hazard_ratio),
            dropout_hazard=Piecewise.constant(-math.log1p(-self.dropout) / _MONTHS_PER_YEAR),
            accrual_months=self.accrual_months,
            allocation_ratio=self.endpoint.allocation_ratio,
        )

    def information_per_patient(self) -> float:
        """Return the share of the patients with an outcome, or the events expected per patient at the analysis."""
        if isinstance(self.endpoint, LogRank):
            return float(mean_event_probability(self.event_times(), self.final_month))
        return 1.0 - self.dropout

    def with_effect(self, share: float) -> Self:
        """Return the same trial where the true effect is a share of the assumed one, on the log scale of a ratio."""
        return self.model_copy(update={"endpoint": endpoint_at_share(self.endpoint, share)})


@dataclass(frozen=True, kw_only=True, eq=False)
class TrialSize:
    """Whole patients for the power that was asked for.

    Attributes
    ----------
    n_treatment, n_control : int
        Patients to enrol in each arm, rounded up.
    information : float
        Of all these, the patients expected to have an outcome; for event times the expected events.
    needed : float
        The information that gives exactly the power asked for.
    power : float
        With these patients.
    final_month : float
        Month of the analysis.
    patients_per_month : float
        To be enrolled, on average.
    """

    n_treatment: int
    n_control: int
    information: float
    needed: float
    power: float
    final_month: float
    patients_per_month: float

    @property
    def n_total(self) -> int:
        """Patients in both arms."""
        return self.n_treatment + self.n_control


def endpoint_at_share(endpoint: Endpoint, share: float) -> Endpoint:
    """Return the endpoint with a share of its effect, on the log scale for a hazard ratio."""
    effect = endpoint.effect_at_share(share)
    if isinstance(endpoint, Means):
        return endpoint.model_copy(update={"mean_difference": effect})
    if isinstance(endpoint, Rates):
        return endpoint.model_copy(update={"rate_treatment": endpoint.rate_control + effect})
    return endpoint.model_copy(update={"hazard_ratio": effect})


def whole_arms(n_total: float, allocation_ratio: float) -> tuple[int, int]:
    """Return the patients under treatment and under control, each rounded up to a whole patient."""
    control = n_total / (1.0 + allocation_ratio)
    return math.ceil(control * allocation_ratio - _ROUNDING), math.ceil(control - _ROUNDING)


def size_trial(trial: OneAnalysis) -> TrialSize:
    """Return the patients that give the power, and when they are analysed.

    Raises
    ------
    DesignError
        If no feasible size gives it, or the calendar cannot deliver the events.
    """
    needed = trial.endpoint.size(alpha=trial.alpha, power=trial.power)
    if isinstance(trial.endpoint, LogRank):
        patients = patients_for_events(trial.event_times(), events=needed, month=trial.final_month)
    else:
        patients = needed / trial.information_per_patient()
    treatment, control = whole_arms(patients, trial.endpoint.allocation_ratio)
    information = (treatment + control) * trial.information_per_patient()
    return TrialSize(
        n_treatment=treatment,
        n_control=control,
        information=information,
        needed=needed,
        power=trial.endpoint.power(information, alpha=trial.alpha),
        final_month=trial.final_month,
        patients_per_month=(treatment + control) / trial.accrual_months,
    )


def evaluable_sizes(trial: OneAnalysis, patients: FloatArray) -> FloatArray:
    """Return those numbers of patients that leave enough with an outcome, or enough events, for the test."""
    return patients[patients * trial.information_per_patient() >= _LEAST_EVALUATED]


def power_curve(trial: OneAnalysis, n_total: float, effect_shares: tuple[float, ...] = (1.0,)) -> pd.DataFrame:
    """Return the power of trials around a size, where the true effect is a share of the assumed one.

    Returns
    -------
    DataFrame with columns effect_share, patients, information (with an outcome, or events) and power.
    """
    parts = []
    for share in effect_shares:
        under = trial.with_effect(share)
        per_patient = under.information_per_patient()
        least = min(max(_CURVE_FROM * n_total, _LEAST_EVALUATED / per_patient), n_total)
        patients = np.linspace(least, _CURVE_TO * n_total, _CURVE_POINTS)
        power = [under.endpoint.power(size, alpha=trial.alpha) for size in (patients * per_patient).tolist()]
        columns = {"patients": patients, "information": patients * per_patient, "power": power}
        parts.append(pd.DataFrame({"effect_share": share, **columns}))
    return pd.concat(parts, ignore_index=True)


def trial_calendar(trial: OneAnalysis, n_total: float) -> pd.DataFrame:
    """Return the expected course by month, some time beyond the analysis, as `expected_events` does."""
    months = np.linspace(0.0, 1.25 * trial.final_month, _CURVE_POINTS)
    return expected_events(trial.event_times(), months, n_total=n_total)
