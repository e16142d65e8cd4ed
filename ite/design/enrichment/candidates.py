"""How many candidates a trial tests for the marker until its stages are full."""

import numpy as np

from ite.design.enrichment.scenario import Scenario
from ite.design.enrichment.trials import Trials
from ite.trial.columns import BoolArray, FloatArray


def candidates(patients: FloatArray, open_share: FloatArray) -> FloatArray:
    """Return the candidates behind so many patients.

    Parameters
    ----------
    patients
        By stage, shape (stages, trials); NaN where they are not known, and so are the candidates then.
    open_share
        Share of all candidates who may enrol in a stage, shape (stages, 1) or (stages, trials); a stage in which nobody
        enrols needs none.

    Returns
    -------
    Array of shape (trials,): the sum over stages of patients / open share, which is the mean number until enough have
    come, since those who may enrol come at random.
    """
    needed = np.divide(patients, open_share, out=np.zeros_like(patients), where=(open_share > 0) & (patients != 0))
    return np.asarray(needed.sum(axis=0))


def open_share(scenario: Scenario, studied: BoolArray) -> FloatArray:
    """Return the share of all candidates in a population under study, shape (stages, trials).

    Where the prevalence is uncertain it is taken as expected.
    """
    enrolling = np.einsum("ps,kpt->kst", scenario.membership.astype(float), studied.astype(float)) > 0
    return np.asarray(np.einsum("s,kst->kt", scenario.share_array, enrolling.astype(float)))


def screened(scenario: Scenario, runs: Trials) -> FloatArray:
    """Return the candidates of each simulated trial, shape (trials,); NaN where sizes count events, not patients."""
    if scenario.outcome.kind == "survival":
        return np.full(len(runs.ended), np.nan)
    return candidates(runs.sizes.sum(axis=1), open_share(scenario, runs.studied))
