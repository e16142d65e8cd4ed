"""What a marker's assay makes of the marker: who tests positive, and how many of them are."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ite.design.alternatives.fields import Probability, Share
from ite.design.fixed.spec import DesignSpec
from ite.trial.data import FloatArray


class Assay(DesignSpec):
    """How well a marker is measured; the default is without error.

    Attributes
    ----------
    sensitivity
        Probability that a marker-positive patient tests positive.
    specificity
        Probability that a marker-negative patient tests negative.
    """

    sensitivity: Share = 1.0
    specificity: Probability = 1.0


@dataclass(frozen=True, kw_only=True, eq=False)
class Reading:
    """What is found where the marker has a given prevalence; arrays of the shape of the prevalence.

    Attributes
    ----------
    positive_rate
        Share of screened patients who test positive.
    ppv
        Share of marker-positives among those who test positive.
    npv
        Share of marker-negatives among those who test negative; NaN where nobody does.
    """

    positive_rate: FloatArray
    ppv: FloatArray
    npv: FloatArray


def read_marker(assay: Assay, prevalence: npt.ArrayLike) -> Reading:
    """Apply Bayes' rule to an assay and the prevalence of the marker."""
    share = np.asarray(prevalence, dtype=float)
    found = share * assay.sensitivity
    positive = found + (1 - share) * (1 - assay.specificity)
    with np.errstate(invalid="ignore", divide="ignore"):
        npv = (1 - share) * assay.specificity / (1 - positive)
    return Reading(positive_rate=positive, ppv=found / positive, npv=npv)
