"""Three kinds of outcome whose effect differs between marker-positive and marker-negative patients.

Each answers the same question: among patients of whom a given share is marker-positive, how large is the effect, and
how many patients must be randomised to show it?
"""

from typing import Annotated, Literal

import numpy as np
import numpy.typing as npt
from pydantic import Field

from ite.design.alternatives.fields import InnerShare, Positive, Probability, Real, Share
from ite.design.alternatives.normal_test import events_of_hazards, size_of_means, size_of_rates
from ite.design.fixed.spec import DesignSpec
from ite.trial.data import FloatArray


class MarkerMeans(DesignSpec):
    """A mean outcome; effects are treatment minus control in its units, larger is better.

    Attributes
    ----------
    effect_subgroup, effect_complement
        Difference of means among marker-positive and among marker-negative patients.
    sd
        Known standard deviation within each arm; the spread of effects is not added to it.
    """

    kind: Literal["means"] = "means"
    effect_subgroup: Real
    effect_complement: Real
    sd: Positive = 1.0

    def effect_at(self, positives: npt.ArrayLike) -> FloatArray:
        """Return the difference of means where the given share is marker-positive."""
        return _mixture(self.effect_subgroup, self.effect_complement, positives)

    def size_at(self, positives: npt.ArrayLike, *, alpha: float, power: float) -> FloatArray:
        """Return the patients to randomise where the given share is marker-positive."""
        return size_of_means(self.effect_at(positives), sd=self.sd, alpha=alpha, power=power)


class MarkerRates(DesignSpec):
    """The rate of a good outcome; the marker says nothing about the rate under control.

    Attributes
    ----------
    rate_control
        Rate under control, the same with and without the marker.
    rate_treatment_subgroup, rate_treatment_complement
        Rate under treatment among marker-positive and among marker-negative patients.
    """

    kind: Literal["rates"] = "rates"
    rate_control: InnerShare
    rate_treatment_subgroup: Probability
    rate_treatment_complement: Probability

    def effect_at(self, positives: npt.ArrayLike) -> FloatArray:
        """Return the difference of rates where the given share is marker-positive."""
        return self.rate_treatment_at(positives) - self.rate_control

    def rate_treatment_at(self, positives: npt.ArrayLike) -> FloatArray:
        """Return the rate under treatment where the given share is marker-positive."""
        return _mixture(self.rate_treatment_subgroup, self.rate_treatment_complement, positives)

    def size_at(self, positives: npt.ArrayLike, *, alpha: float, power: float) -> FloatArray:
        """Return the patients to randomise where the given share is marker-positive."""
        return size_of_rates(self.rate_treatment_at(positives), self.rate_control, alpha=alpha, power=power)


class MarkerSurvival(DesignSpec):
    """Time to a bad event under proportional hazards within each marker group.

    Attributes
    ----------
    hazard_ratio_subgroup, hazard_ratio_complement
        Treatment over control; below 1 is benefit. A mixed population has the share-weighted mean of their logarithms,
        which is close as long as few patients have had the event.
    event_probability
        Probability of an event during the trial, averaged over both arms, the same with and without the marker.
    """

    kind: Literal["survival"] = "survival"
    hazard_ratio_subgroup: Positive
    hazard_ratio_complement: Positive
    event_probability: Share

    def effect_at(self, positives: npt.ArrayLike) -> FloatArray:
        """Return minus the log hazard ratio (positive means benefit) where the given share is marker-positive."""
        return -_mixture(np.log(self.hazard_ratio_subgroup), np.log(self.hazard_ratio_complement), positives)

    def size_at(self, positives: npt.ArrayLike, *, alpha: float, power: float) -> FloatArray:
        """Return the patients to randomise where the given share is marker-positive."""
        return events_of_hazards(-self.effect_at(positives), alpha=alpha, power=power) / self.event_probability


Endpoint = Annotated[MarkerMeans | MarkerRates | MarkerSurvival, Field(discriminator="kind")]


def _mixture(subgroup: float, complement: float, positives: npt.ArrayLike) -> FloatArray:
    share = np.asarray(positives, dtype=float)
    return share * subgroup + (1 - share) * complement
