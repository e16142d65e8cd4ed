"""Umbrella and platform trials: several treatments against one shared control.

Sources: Dunnett 1955, JASA 50:1096-1121 (sqrt-k allocation and adjustment); Woodcock & LaVange 2017, NEJM 377:62-70.
"""

from dataclasses import dataclass
from typing import Annotated, Literal

import numpy as np
import pandas as pd
from pydantic import Field
from scipy.optimize import brentq
from scipy.special import ndtr, ndtri

from ite.design.alternatives.fields import Alpha, Positive, Real, Share, within
from ite.design.alternatives.normal_test import power_of_means
from ite.design.alternatives.one_factor import all_rejected, dunnett_critical_value, none_rejected
from ite.design.alternatives.resources import Resources
from ite.design.fixed.spec import DesignSpec
from ite.errors import DesignError
from ite.trial.data import FloatArray

METHOD = (
    "Joint power of correlated z-tests by a one-dimensional integral over the shared control's mean (Dunnett); exact "
    "for known variance: no simulation."
)
ASSUMPTIONS = (
    "Known standard deviation, the same in every arm; all arms run at the same time as the control.",
    "Where arms are sorted by marker, the outcome under control does not depend on the marker.",
)
MOST_PATIENTS = 10_000_000


class SharedControl(DesignSpec):
    """Treatments that share one control arm.

    Attributes
    ----------
    n_total
        Patients in all arms together.
    effects
        Difference of means of each treatment to control, larger is better.
    prevalences
        For an umbrella, the share of patients who carry the marker of each arm (nobody carries two); None where every
        patient may enter any arm.
    sd
        Standard deviation within each arm.
    allocation
        Control patients for each patient of one treatment arm: "sqrt" takes the square root of the number of arms,
        which makes the comparisons most precise; "equal" takes 1.
    adjustment
        "none" tests each comparison at alpha; "bonferroni" and "dunnett" hold the family-wise error.
    alpha
        One-sided level.
    resources
        Patients per month and prices; without prevalences nobody is screened.
    """

    n_total: Annotated[float, within(4, MOST_PATIENTS)]
    effects: tuple[Real, ...] = Field(min_length=1, max_length=50)
    prevalences: tuple[Share, ...] | None = None
    sd: Positive = 1.0
    allocation: Literal["equal", "sqrt"] | Positive = "sqrt"
    adjustment: Literal["none", "bonferroni", "dunnett"] = "dunnett"
    alpha: Alpha = 0.025
    resources: Resources = Resources()

    @property
    def control_ratio(self) -> float:
        """Control patients for each patient of one treatment arm."""
        return self.control_ratio_of(len(self.effects))

    @property
    def n_arm(self) -> float:
        """Patients in each treatment arm, fractional."""
        return self.n_total / (len(self.effects) + self.control_ratio)

    def control_ratio_of(self, arms: int) -> float:
        """Return the control patients for each patient of one arm while so many arms enrol."""
        if self.allocation == "sqrt":
            return float(np.sqrt(arms))
        return 1.0 if self.allocation == "equal" else float(self.allocation)


@dataclass(frozen=True, kw_only=True, eq=False)
class SharedControlCharacteristics:
    """What sharing the control gives.

    Attributes
    ----------
    arms : DataFrame, one row per treatment
        Columns effect, n, power, power_separate (of a two-arm trial of its own, the patients shared out equally and
        tested at the same critical value) and screened (to fill the arm and its part of the control; NaN without
        prevalences).
    n_control : float
        Patients in the control arm, fractional.
    critical : float
        Critical value of each z statistic.
    power_any, power_all : float
        Probability that some, and that every comparison is significant.
    family_wise_error, family_wise_error_unadjusted : float
        Probability of any significant comparison without any effect, as adjusted and with each test at alpha.
    eligible : float
        Share of screened patients who carry one of the markers; 1 without prevalences.
    screened : float
        Patients to screen until the rarest arm is full.
    months, cost : float
        What they take; NaN where a rate or price is not known.
    method, assumptions : str, tuple of str
        How the figures come about.
    """

    spec: SharedControl
    arms: pd.DataFrame
    n_control: float
    critical: float
    power_any: float
    power_all: float
    family_wise_error: float
    family_wise_error_unadjusted: float
    eligible: float
    screened: float
    months: float
    cost: float
    method: str = METHOD
    assumptions: tuple[str, ...] = ASSUMPTIONS


def shared_control_characteristics(spec: SharedControl) -> SharedControlCharacteristics:
    """Return sizes, power, family-wise error and screening of a trial with a shared control.

    Raises
    ------
    DesignError
        If prevalences are not one for each arm, or together exceed 1.
    """
    require_prevalences(spec)
    count, from_control = len(spec.effects), 1 / (1 + spec.control_ratio)
    critical, mean, null = critical_value(spec), _means(spec), np.zeros(count)
    screened = _screened(spec, spec.n_total / count)
    last = float(np.max(screened))
    at_same_level = {"sd": spec.sd, "alpha": float(ndtr(-critical))}
    arms = pd.DataFrame(
        {
            "effect": spec.effects,
            "n": spec.n_arm,
            "power": ndtr(mean - critical),
            "power_separate": power_of_means(spec.effects, spec.n_total / count, **at_same_level),
            "screened": np.nan if spec.prevalences is None else screened,
        }
    )
    return SharedControlCharacteristics(
        spec=spec,
        arms=arms,
        n_control=spec.n_arm * spec.control_ratio,
        critical=critical,
        power_any=1 - none_rejected(mean, critical, from_control),
        power_all=all_rejected(mean, critical, from_control),
        family_wise_error=1 - none_rejected(null, critical, from_control),
        family_wise_error_unadjusted=1 - none_rejected(null, float(ndtri(1 - spec.alpha)), from_control),
        eligible=1.0 if spec.prevalences is None else sum(spec.prevalences),
        screened=last,
        months=float(spec.resources.months(last)),
        cost=float(spec.resources.cost(spec.n_total, 0.0 if spec.prevalences is None else last)),
    )


def shared_control_size(spec: SharedControl, power: float, criterion: Literal["each", "any", "all"] = "each") -> float:
    """Return the patients, all arms together, at which each comparison, some or all of them have the power.

    The `n_total` of `spec` is not used.

    Raises
    ------
    DesignError
        If the power cannot be reached because treatments do not benefit, or takes more than 10 million patients.
    """

    def reached(n_total: float) -> float:
        result = shared_control_characteristics(spec.model_copy(update={"n_total": n_total}))
        return {"each": float(result.arms["power"].min()), "any": result.power_any, "all": result.power_all}[criterion]

    largest = reached(MOST_PATIENTS)
    if not reached(4) < power < largest:
        raise DesignError(
            f"The power must lie between what 4 and what {MOST_PATIENTS:,} patients give, {reached(4):.3g} and "
            f"{largest:.3g}; found {power:g}. Choose one in between, or larger effects."
        )
    return float(np.exp(brentq(lambda log_n: reached(np.exp(log_n)) - power, np.log(4), np.log(MOST_PATIENTS))))


def critical_value(spec: SharedControl) -> float:
    """Return the critical value of each z statistic under the adjustment asked for."""
    count = len(spec.effects)
    if spec.adjustment == "dunnett":
        return dunnett_critical_value(count, spec.alpha, 1 / (1 + spec.control_ratio))
    return float(ndtri(1 - spec.alpha / (count if spec.adjustment == "bonferroni" else 1)))


def _means(spec: SharedControl) -> FloatArray:
    """Return the mean of each z statistic: effect / (sd sqrt(1/n_arm + 1/n_control))."""
    return np.asarray(np.array(spec.effects) / (spec.sd * np.sqrt((1 + 1 / spec.control_ratio) / spec.n_arm)))


def _screened(spec: SharedControl, n_group: float) -> FloatArray:
    """Return the patients to screen for each arm and its equal part of the control, in expectation."""
    shares = np.ones(1) / len(spec.effects) if spec.prevalences is None else np.asarray(spec.prevalences)
    return np.asarray(n_group / shares)


def require_prevalences(spec: SharedControl) -> None:
    """Raise `DesignError` unless there is a prevalence for each arm, or none, and they can be those of one disease."""
    if spec.prevalences is None:
        return
    if len(spec.prevalences) != len(spec.effects):
        raise DesignError(
            f"Each of the {len(spec.effects)} treatments needs the prevalence of its marker; "
            f"found {len(spec.prevalences)}."
        )
    if (total := sum(spec.prevalences)) > 1 + 1e-9:
        nearest = ", ".join(f"{share / total:.3g}" for share in spec.prevalences)
        raise DesignError(
            f"Nobody carries two markers, so the prevalences add up to at most 1; found {total:.4g}. "
            f"In the same proportions the largest possible are {nearest}."
        )
