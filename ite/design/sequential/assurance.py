"""Assurance of a trial with looks: its power averaged over what the effect may be."""

import numpy as np
import pandas as pd
from numpy.polynomial.legendre import leggauss
from scipy.special import ndtr

from ite.design.fixed.effect_range import CURVE_SHARES, EffectRange, effect_prior
from ite.design.fixed.trial_size import OneAnalysis
from ite.design.sequential.group_sequential import GroupSequentialPlan
from ite.design.sequential.planned_looks import patients_to_enrol
from ite.design.sequential.stopping import Bounds

#: Beyond these drifts the power no longer changes.
_LOWEST, _HIGHEST = -10.0, 20.0
_NODES, _WEIGHTS = leggauss(16)
#: Width of a quadrature panel in units of the smaller of 1 and the prior's standard deviation.
_PANEL = 2.0
#: Standard deviations of the prior that are followed.
_REACH = 9.0


def sequential_assurance(bounds: Bounds, *, drift: float, drift_sd: float) -> float:
    """Return the probability to reject if the drift, E[Z(1)], is uncertain: normal, without truncation.

    For an endpoint the drift is `endpoint.standardised(max_size)`, and its standard deviation is that of the effect
    over `endpoint.standard_error(max_size)`.
    """
    if drift_sd == 0.0:
        return float(bounds.power(np.array([drift]))[0])
    left, right = max(drift - _REACH * drift_sd, _LOWEST), min(drift + _REACH * drift_sd, _HIGHEST)
    inside = 0.0
    if left < right:
        edges = np.linspace(left, right, 1 + int(np.ceil((right - left) / (_PANEL * min(1.0, drift_sd)))))
        half = (edges[1] - edges[0]) / 2.0
        nodes = ((edges[:-1] + edges[1:])[:, None] / 2.0 + half * _NODES).ravel()
        density = np.exp(-0.5 * ((nodes - drift) / drift_sd) ** 2) / (drift_sd * np.sqrt(2.0 * np.pi))
        inside = float(np.sum(np.tile(half * _WEIGHTS, len(edges) - 1) * density * bounds.power(nodes)))
    beyond = float(ndtr((drift - right) / drift_sd)) * float(bounds.power(np.array([_HIGHEST]))[0])
    return inside + beyond


def sequential_assurance_curve(trial: OneAnalysis, plan: GroupSequentialPlan, believed: EffectRange) -> pd.DataFrame:
    """Return power and assurance of trials around the size of a plan, with the same looks and bounds.

    Returns
    -------
    DataFrame with columns patients (enrolled if no look stops the trial), power (if the assumed effect is true) and
    assurance; one row is the plan itself.
    """
    prior = effect_prior(trial.endpoint, believed)
    drifts = plan.drift * np.sqrt(CURVE_SHARES)
    assured = [
        sequential_assurance(plan.bounds, drift=prior.mean * drift, drift_sd=prior.sd * drift)
        for drift in drifts.tolist()
    ]
    return pd.DataFrame(
        {
            "patients": sum(patients_to_enrol(trial, plan)) * CURVE_SHARES,
            "power": plan.bounds.power(drifts),
            "assurance": assured,
        }
    )
