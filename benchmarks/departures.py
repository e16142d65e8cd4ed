"""Simulated trials with what real ones have too: patients in clusters, and outcomes that were never measured."""

from dataclasses import replace

import numpy as np
from scipy import special

from ite.trial.data import TrialData
from ite.trial.simulated import SimulatedTrial

CLUSTER_SIZE = 10
#: Share of the residual variance that patients of one cluster have in common.
INTRACLUSTER_CORRELATION = 0.1
#: A covariate without a part in the prognosis where the effect is constant.
CLUSTER_COVARIATE = "x14"


def clustered(simulated: SimulatedTrial) -> SimulatedTrial:
    """Put patients into clusters that share a part of the outcome; each patient was randomised by itself."""
    return _in_clusters(simulated, randomised=False, covariate=False)


def cluster_randomised(simulated: SimulatedTrial) -> SimulatedTrial:
    """Randomise whole clusters, which share a part of the outcome."""
    return _in_clusters(simulated, randomised=True, covariate=False)


def cluster_randomised_with_covariate(simulated: SimulatedTrial) -> SimulatedTrial:
    """Randomise whole clusters, and let one covariate belong to the cluster."""
    return _in_clusters(simulated, randomised=True, covariate=True)


def with_missing_outcomes(simulated: SimulatedTrial) -> SimulatedTrial:
    """Lose the outcome of about a quarter of the patients, by x8 and x14 and in opposite directions in the two arms.

    logit P(missing) = -1.2 + 2 (x8 - 0.5) + 3 s (x14 - 0.5), with s = 1 in the treated arm and -1 in the control arm.
    """
    trial = simulated.trial
    x, sign = trial.frame, 2.0 * trial.arm_index - 1.0
    lost = special.expit(-1.2 + 2 * (x["x8"] - 0.5) + 3 * sign * (x["x14"] - 0.5)).to_numpy(float)
    missing = _generator(simulated).random(trial.n) < lost
    frame = x.assign(outcome=np.where(missing, np.nan, trial.outcome))
    return replace(simulated, trial=TrialData.from_frame(frame, trial.roles, name=trial.name))


def _in_clusters(simulated: SimulatedTrial, *, randomised: bool, covariate: bool) -> SimulatedTrial:
    trial, generator = simulated.trial, _generator(simulated)
    cluster = np.arange(trial.n) // CLUSTER_SIZE
    clusters = int(cluster.max()) + 1
    treated = trial.arm_index
    if randomised:
        treated = (generator.permutation(clusters) % 2)[cluster]
    spread = np.sqrt(INTRACLUSTER_CORRELATION / (1 - INTRACLUSTER_CORRELATION))
    shared = spread * generator.standard_normal(clusters)[cluster]
    moved = (treated - trial.arm_index) * simulated.true_effect
    frame = trial.frame.assign(
        arm=np.where(treated == 1, "treated", "control"), outcome=trial.outcome + shared + moved, cluster=cluster
    )
    if covariate:
        frame[CLUSTER_COVARIATE] = generator.random(clusters)[cluster]
    roles = trial.roles.model_copy(update={"cluster": "cluster"})
    return replace(simulated, trial=TrialData.from_frame(frame, roles, name=trial.name))


def _generator(simulated: SimulatedTrial) -> np.random.Generator:
    return np.random.default_rng([simulated.spec.seed, 1])
