"""Which learner a trial gets unless another is asked for, and how many patients each one needs."""

from collections.abc import Mapping

import numpy as np

from ite.errors import EstimateError
from ite.estimation.spec import Learner
from ite.trial.data import TrialData

#: Beyond this many patients the default is the fast learner.
LARGEST_FOREST_TRIAL = 5_000
#: Patients with an outcome that each arm needs for a learner to see differences at all: trees with fewer than two
#: leaves, and networks with more parameters than patients, would tell everybody the same or noise.
_LEAST: Mapping[str, int] = dict.fromkeys(
    (
        "causal_forest",
        "dr_boosting",
        "query_attention",
        "r_boosting",
        "s_boosting",
        "selected",
        "stacked",
        "t_boosting",
        "x_boosting",
    ),
    50,
) | {"uplift_forest": 75}


def fast_learner(trial: TrialData) -> Learner:
    """Return the learner of the preview and of large trials.

    In observational data the R-learner, whose residuals take out what the covariates tell of treatment and of outcome:
    the X-learner takes confounding for effects (benchmarks/RESULTS.md).
    """
    return "r_lasso" if trial.roles.design == "observational" else "x_lasso"


def default_learner(trial: TrialData) -> Learner:
    """Return what "auto" stands for.

    Up to `LARGEST_FOREST_TRIAL` patients the mean of a Bayesian causal forest and an X-learner with lasso; in
    observational data the forest alone, which sees the propensity.
    """
    if trial.n > LARGEST_FOREST_TRIAL:
        return fast_learner(trial)
    return "bayesian_causal_forest" if trial.roles.design == "observational" else "forest_and_lasso"


def require_enough(trial: TrialData, learner: Learner) -> None:
    """Refuse a learner that needs more patients with an outcome than an arm has.

    Raises
    ------
    EstimateError
        With the arm, what it has and what it needs.
    """
    least = _LEAST.get(learner, 0)
    sizes = np.bincount(trial.arm_index[~trial.outcome_missing], minlength=len(trial.arms))
    for arm, size in zip(trial.arms, sizes, strict=True):
        if size < least:
            raise EstimateError(
                f"This learner needs at least {least} patients with an outcome in each arm; arm {arm} has {size}. "
                f"Choose a lasso or the default learner."
            )
