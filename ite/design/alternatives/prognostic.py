"""Prognostic enrichment: enrol patients likely to have the event, so that fewer patients give the events needed.

Legend: p is the event probability without a marker, a = sqrt(2) Phi^{-1}(AUC) how far the marker of patients with an
event lies above that of the others (binormal, equal variances), c the cut. The share above the cut is
(1 - p) Phi(-c) + p Phi(a - c), and the event probability there p Phi(a - c) over that share.

Source: Schoenfeld 1983, Biometrics 39:499-503 (events); Kerr et al. 2017, Clinical Trials 14:629-638 (the questions).
"""

from dataclasses import dataclass
from typing import Annotated

import numpy as np
import numpy.typing as npt
import pandas as pd
from pydantic import Field
from scipy.special import ndtr, ndtri

from ite.design.alternatives.fields import Alpha, InnerShare, Positive, within
from ite.design.alternatives.resources import Resources
from ite.design.fixed.log_rank import LogRank
from ite.design.fixed.spec import DesignSpec
from ite.trial.data import FloatArray

METHOD = (
    "Schoenfeld's events for the hazard ratio; event probability above each cut of a binormal marker with the given "
    "AUC. Exact within the approximations: no simulation."
)
ASSUMPTIONS = (
    "The hazard ratio is the same above every cut: the marker is prognostic, not predictive.",
    "Among patients with and without the event the marker is normal with the same variance.",
    "Event probabilities are averages over both arms; with nobody left out nobody is tested for the marker.",
)
EXCLUDED = tuple(float(share) for share in np.round(np.arange(0, 0.96, 0.05), 2))
MOST_EXCLUDED = 0.99
GRID = 1000


class PrognosticEnrichment(DesignSpec):
    """A marker of risk, and a trial that enrols above a cut of it.

    Attributes
    ----------
    auc
        Area under the marker's ROC curve for the event; 0.5 is no information.
    event_probability
        Probability of the event during the trial among all who come, averaged over both arms.
    hazard_ratio
        Treatment over control: below 1 where the event is bad, above 1 where it is good.
    excluded
        Shares of patients below the cut, each in [0, 0.99].
    alpha, power
        One-sided level and power.
    resources
        Patients per month and prices.
    """

    auc: Annotated[float, within(0.5, 0.999)]
    event_probability: InnerShare
    hazard_ratio: Positive
    excluded: tuple[Annotated[float, within(0.0, MOST_EXCLUDED)], ...] = Field(default=EXCLUDED, min_length=1)
    alpha: Alpha = 0.025
    power: InnerShare = 0.9
    resources: Resources = Resources()


@dataclass(frozen=True, kw_only=True, eq=False)
class PrognosticCurve:
    """What leaving out patients at low risk gives.

    Attributes
    ----------
    events : float
        Events that the trial needs, whatever the cut.
    curve : DataFrame, one row per share excluded
        Columns excluded, event_probability (above the cut), randomised, screened, months, cost; NaN where a rate or
        price is not known.
    cheapest, fewest_screened : Series
        The row of least cost, and of fewest patients screened, on a grid of shares 0.001 apart; None for the cost where
        a price is not known.
    method, assumptions : str, tuple of str
        How the figures come about.
    """

    spec: PrognosticEnrichment
    events: float
    curve: pd.DataFrame
    cheapest: pd.Series | None
    fewest_screened: pd.Series
    method: str = METHOD
    assumptions: tuple[str, ...] = ASSUMPTIONS


def prognostic_curve(spec: PrognosticEnrichment) -> PrognosticCurve:
    """Return events, patients and cost above each cut, and the cut of least cost.

    Raises
    ------
    DesignError
        If the hazard ratio is 1, or the power is not above alpha.
    """
    events = LogRank(hazard_ratio=spec.hazard_ratio).size(alpha=spec.alpha, power=spec.power)
    grid = _curve(spec, events, np.arange(round(MOST_EXCLUDED * GRID) + 1) / GRID)
    known = bool(grid["cost"].notna().all())
    return PrognosticCurve(
        spec=spec,
        events=events,
        curve=_curve(spec, events, np.asarray(spec.excluded)),
        cheapest=grid.iloc[int(np.argmin(grid["cost"]))] if known else None,
        fewest_screened=grid.iloc[int(np.argmin(grid["screened"]))],
    )


def patients_for_events(
    events: float, event_probability: npt.ArrayLike, enrolled: npt.ArrayLike
) -> tuple[FloatArray, FloatArray]:
    """Return the patients randomised and screened for so many events.

    Parameters
    ----------
    events
        Events needed.
    event_probability
        Probability of an event during the trial among the enrolled, averaged over both arms.
    enrolled
        Share of the screened who are enrolled.
    """
    randomised = events / np.asarray(event_probability, dtype=float)
    return randomised, randomised / np.asarray(enrolled, dtype=float)


def event_probability_above(excluded: npt.ArrayLike, *, auc: float, event_probability: float) -> FloatArray:
    """Return the event probability among the patients left when the given share with the lowest marker is excluded."""
    kept = 1 - np.asarray(excluded, dtype=float)
    distance = np.sqrt(2) * ndtri(auc)
    cut = _cut_above_which(kept, distance, event_probability)
    return np.asarray(event_probability * ndtr(distance - cut) / kept)


def _cut_above_which(kept: FloatArray, distance: float, event_probability: float) -> FloatArray:
    """Return the marker value above which the given share lies, by bisection to 1e-12."""
    low, high = np.full(kept.shape, -40.0), np.full(kept.shape, 40.0 + distance)
    for _ in range(60):
        middle = (low + high) / 2
        above = (1 - event_probability) * ndtr(-middle) + event_probability * ndtr(distance - middle)
        low, high = np.where(above >= kept, middle, low), np.where(above >= kept, high, middle)
    return np.where(kept >= 1, -np.inf, (low + high) / 2)


def _curve(spec: PrognosticEnrichment, events: float, excluded: FloatArray) -> pd.DataFrame:
    probability = event_probability_above(excluded, auc=spec.auc, event_probability=spec.event_probability)
    randomised, screened = patients_for_events(events, probability, 1 - excluded)
    return pd.DataFrame(
        {
            "excluded": excluded,
            "event_probability": probability,
            "randomised": randomised,
            "screened": screened,
            "months": spec.resources.months(screened),
            "cost": spec.resources.cost(randomised, np.where(excluded > 0, screened, 0.0)),
        }
    )
