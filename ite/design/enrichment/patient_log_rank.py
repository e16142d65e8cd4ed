"""Log-rank tests of many trials at once: patients are put in order once, and every population is tested on that order.

Sorting is the dear step. Time, arm, stratum and censoring of a patient share one 64-bit integer, so that sorting the
integers sorts the patients and nothing has to be looked up afterwards.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ite.trial.columns import BoolArray, FloatArray, IntArray

#: Strata that fit into the integer beside arm and censoring.
MOST_STRATA = 8
# The last bits of a time hold what is known of the patient; times that differ by less than 1 in 10^12 count as tied.
_CENSORED, _TREATED, _FIRST_STRATUM, _PAYLOAD_BITS = 1 << 9, 1, 1, 10
_TIME = np.uint64(2**64 - 2**_PAYLOAD_BITS)


@dataclass(frozen=True, kw_only=True, eq=False)
class RiskOrder:
    """Patients of each trial from the longest follow-up to the shortest; arrays of shape (trials, patients).

    Attributes
    ----------
    strata
        Bit s is set for a patient of stratum s.
    treated, event
        Arm, and whether follow-up ended with an event.
    closing
        Whether no later patient of the row has the same time; None where no two events are tied.
    """

    strata: npt.NDArray[np.uint16]
    treated: BoolArray
    event: BoolArray
    closing: BoolArray | None


@dataclass(frozen=True, kw_only=True, eq=False)
class LogRank:
    """Log-rank scores; arrays of shape (rows, trials), a row being a population or a stratum.

    Attributes
    ----------
    score
        Expected minus observed events of the treatment arm: positive is benefit.
    variance
        Its hypergeometric variance under the null hypothesis.
    events
        Events of both arms.
    """

    score: FloatArray
    variance: FloatArray
    events: IntArray

    @property
    def z(self) -> FloatArray:
        """Return score / sqrt(variance); NaN where no event tells the arms apart."""
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.where(self.variance > 0, self.score / np.sqrt(self.variance), np.nan)


def in_risk_order(time: FloatArray, event: BoolArray, treated: BoolArray, stratum: npt.NDArray[np.uint8]) -> RiskOrder:
    """Put the patients of each trial in order.

    Parameters
    ----------
    time
        Follow-up, shape (trials, patients), not negative. A patient with time 0 and no event is never at risk.
    event, treated
        Same shape.
    stratum
        Number of the stratum, 0 to 7, same shape.
    """
    # At equal times the censored are still at risk, so that in falling order they come before the events.
    payload = (np.uint16(1) << (stratum + np.uint8(_FIRST_STRATUM))) | treated | (~event * np.uint16(_CENSORED))
    key = (time.view(np.uint64) & _TIME) | payload
    key.sort(axis=1)
    key = key[:, ::-1]
    payload = key.astype(np.uint16) & np.uint16(2**_PAYLOAD_BITS - 1)
    event = payload < _CENSORED
    return RiskOrder(
        strata=(payload >> np.uint16(_FIRST_STRATUM)) & np.uint16(2**MOST_STRATA - 1),
        treated=(payload & np.uint16(_TREATED)).astype(np.bool_),
        event=event,
        closing=_closing(key, event),
    )


def _closing(key: npt.NDArray[np.uint64], event: BoolArray) -> BoolArray | None:
    tied = (key[:, 1:] ^ key[:, :-1]) <= ~_TIME
    if not (tied & event[:, 1:] & event[:, :-1]).any():
        return None
    return np.concatenate([~tied, np.ones((len(key), 1), dtype=np.bool_)], axis=1)


def log_rank(order: RiskOrder, members: BoolArray) -> LogRank:
    """Return the log-rank test of each set of strata, the patients of a set pooled.

    Parameters
    ----------
    order
        Patients in order of follow-up.
    members
        Which strata make up a set, shape (sets, strata).

    Source: Mantel, Cancer Chemotherapy Reports 50 (1966). Tied events share the risk set of their time, and the
    variance is the hypergeometric d n1 n0 (n - d) / (n^2 (n - 1)), with d events among n patients at risk, n1 of them
    treated, n0 not.
    """
    parts = [_one_test(order, np.flatnonzero(row)) for row in members]
    return LogRank(
        score=np.array([score for score, _, _ in parts]),
        variance=np.array([variance for _, variance, _ in parts]),
        events=np.array([events for _, _, events in parts]),
    )


def stratified(strata: LogRank, membership: BoolArray) -> LogRank:
    """Return the stratified log-rank test of each population: scores and variances of its strata are added.

    Parameters
    ----------
    strata
        Tests within each stratum.
    membership
        Which strata are in a population, shape (populations, strata).
    """
    within = membership.astype(np.int64)
    return LogRank(score=within @ strata.score, variance=within @ strata.variance, events=within @ strata.events)


def increment(later: LogRank, earlier: LogRank) -> LogRank:
    """Return what the log-rank scores gained between two looks."""
    return LogRank(
        score=later.score - earlier.score,
        variance=later.variance - earlier.variance,
        events=later.events - earlier.events,
    )


def _one_test(order: RiskOrder, strata: IntArray) -> tuple[FloatArray, FloatArray, IntArray]:
    member = (order.strata & np.uint16(sum(1 << int(stratum) for stratum in strata))) != 0
    event, treated = order.event & member, order.treated & member
    died = event if order.closing is None else _events_by_time(event, order.closing)
    # Only times with events count, and they are few: from here on the arrays hold those alone.
    times = np.flatnonzero(died)
    trial = times // died.shape[1]
    n = np.cumsum(member, axis=1, dtype=np.int32).ravel()[times].astype(np.float64)
    share = np.cumsum(treated, axis=1, dtype=np.int32).ravel()[times] / n
    d = died.ravel()[times].astype(np.float64)
    variance = d * share * (1 - share) * (n - d) / np.maximum(n - 1, 1)
    observed = np.count_nonzero(event & treated, axis=1)
    return (
        np.asarray(np.bincount(trial, d * share, len(died)) - observed, dtype=np.float64),
        np.bincount(trial, variance, len(died)).astype(np.float64),
        np.count_nonzero(event, axis=1),
    )


def _events_by_time(event: BoolArray, closing: BoolArray) -> IntArray:
    """Count the events of each distinct time, noted at the last patient who has it."""
    so_far = np.cumsum(event, axis=1)
    noted = np.maximum.accumulate(np.where(closing, so_far, 0), axis=1)
    before = np.concatenate([np.zeros((len(event), 1), dtype=noted.dtype), noted[:, :-1]], axis=1)
    return np.where(closing, so_far - before, 0)
