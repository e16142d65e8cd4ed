"""Screening yield of an umbrella: how many are screened until every arm is full, and who of them enrols."""

from dataclasses import dataclass
from math import ceil

import numpy as np
import pandas as pd
from scipy import stats

from ite.design.alternatives.screening import Screening, screening_count
from ite.design.alternatives.shared_control import SharedControl, require_prevalences
from ite.errors import DesignError
from ite.trial.data import FloatArray

ASSURANCE = 0.9
METHOD = (
    "Negative binomial mean and smallest number with an exact binomial assurance for each arm; for all arms together "
    "the probabilities that an arm is not full are added, so that the assurance is at least the stated one."
)
ASSUMPTIONS = (
    "Each patient who is screened carries a marker independently, with its prevalence, and nobody carries two.",
    "Every carrier enters while there is a place; each marker has an equal share of the trial, its controls included.",
)


@dataclass(frozen=True, kw_only=True, eq=False)
class ScreeningYield:
    """What it takes to fill the arms of an umbrella.

    Attributes
    ----------
    arms : DataFrame, one row per arm
        Columns prevalence, needed (patients of the arm and its part of the control), expected (mean number screened
        until it is full) and assured (screened to have it full with the assurance).
    assurance : float
        Probability with which the numbers of `assured` are enough.
    assured : int
        Patients to screen to have every arm full with at least the assurance.
    eligible : float
        Share of those screened who carry one of the markers.
    enrolled : float
        Share of the `assured` who enrol: the yield. Carriers of a marker whose arm is full do not.
    method, assumptions : str, tuple of str
        How the figures come about.
    """

    design: SharedControl
    arms: pd.DataFrame
    assurance: float
    assured: int
    eligible: float
    enrolled: float
    method: str = METHOD
    assumptions: tuple[str, ...] = ASSUMPTIONS


def screening_yield(design: SharedControl, assurance: float = ASSURANCE) -> ScreeningYield:
    """Return how many patients to screen for each arm and for all of them, and how many of these enrol.

    Raises
    ------
    DesignError
        If the arms have no markers, or prevalences that do not fit.
    """
    require_prevalences(design)
    if design.prevalences is None:
        raise DesignError("Nobody is screened where arms have no markers; enter the share of patients with each.")
    prevalence, needed = np.array(design.prevalences), ceil(design.n_total / len(design.effects) - 1e-9)
    counts = [
        screening_count(Screening(prevalence=share, needed_positives=needed, assurance=assurance))
        for share in design.prevalences
    ]
    arms = pd.DataFrame(
        {
            "prevalence": prevalence,
            "needed": needed,
            "expected": [count.expected_screened for count in counts],
            "assured": [count.screened_for_assurance for count in counts],
        }
    )
    assured = _enough_for_all(int(arms["assured"].max()), needed, prevalence, assurance)
    return ScreeningYield(
        design=design,
        arms=arms,
        assurance=assurance,
        assured=assured,
        eligible=float(prevalence.sum()),
        enrolled=needed * len(prevalence) / assured,
    )


def _enough_for_all(start: int, needed: int, prevalence: FloatArray, assurance: float) -> int:
    """Return the smallest number at which the probabilities that an arm is not full add up to 1 - assurance or less.

    `start` is enough for each arm on its own, so that it is the least that can be.
    """

    def is_enough(screened: int) -> bool:
        return bool(np.sum(stats.binom.cdf(needed - 1, screened, prevalence)) <= 1 - assurance)

    if is_enough(start):
        return start
    too_few, enough = start, 2 * start
    while not is_enough(enough):
        too_few, enough = enough, 2 * enough
    while enough - too_few > 1:
        middle = (too_few + enough) // 2
        too_few, enough = (too_few, middle) if is_enough(middle) else (middle, enough)
    return enough
