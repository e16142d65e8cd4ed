"""The clusters of a trial, such as sites, and whether there are enough of them to say how sure an effect is."""

import numpy as np

from ite.errors import EstimateError
from ite.trial.data import IntArray, TrialData

#: Fewest clusters, in each arm where whole clusters were randomised, else in all: with fewer, standard errors made
#: from the spread between clusters are too small too often.
FEWEST_CLUSTERS = 10


def clusters_of(trial: TrialData) -> IntArray | None:
    """Return the cluster of each patient as a number from 0, shape (patients,); None where the roles name none.

    Raises
    ------
    EstimateError
        Where there are fewer than 10 clusters, or fewer than 10 in an arm to which clusters were assigned as a whole.

    Source: Cameron & Miller 2015, Journal of Human Resources 50:317-372 (few clusters).
    """
    column = trial.roles.cluster
    if column is None:
        return None
    cluster = trial.codes(column)
    patients = np.zeros((int(cluster.max()) + 1, len(trial.arms)), dtype=np.int64)
    np.add.at(patients, (cluster, trial.arm_index), 1)
    _require_enough(patients > 0, trial.arms, column)
    return cluster


def _require_enough(has_arm: np.ndarray, arms: tuple[str, ...], column: str) -> None:
    """Refuse too few clusters; `has_arm` says whether each cluster (row) holds patients of each arm (column)."""
    advice = "Leave the cluster out of the roles only if patients of one cluster are no more alike than others."
    if np.all(has_arm.sum(axis=1) == 1):
        counts = has_arm.sum(axis=0)
        if counts.min() < FEWEST_CLUSTERS:
            raise EstimateError(
                f"Each cluster ({column}) lies wholly in one arm, so that at least {FEWEST_CLUSTERS} clusters are "
                f"needed in each arm to tell how sure an effect is; arm {arms[int(counts.argmin())]} has "
                f"{counts.min()}. {advice}"
            )
    elif len(has_arm) < FEWEST_CLUSTERS:
        raise EstimateError(
            f"At least {FEWEST_CLUSTERS} clusters ({column}) are needed to tell how sure an effect is; there "
            f"{'is' if len(has_arm) == 1 else 'are'} {len(has_arm)}. {advice}"
        )
