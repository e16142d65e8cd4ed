"""Answers to the reference families on time-to-event outcomes."""

from typing import Any

import numpy as np

from ite.estimation.cox import fit_cox
from ite.trial.survival import logrank, restricted_mean

Answer = dict[str, Any]
Numbers = list[float]


def _restricted_mean(time: Numbers, event: Numbers, group: Numbers, horizon: float) -> Answer:
    times, events, treated = np.asarray(time), np.asarray(event), np.asarray(group) == 1
    rmst_treated = restricted_mean(times[treated], events[treated], horizon).rmst
    rmst_control = restricted_mean(times[~treated], events[~treated], horizon).rmst
    return {"rmst_treated": rmst_treated, "rmst_control": rmst_control, "difference": rmst_treated - rmst_control}


def _logrank(time: Numbers, event: Numbers, group: Numbers) -> Answer:
    test = logrank(time, event, group)
    return {"chisq": test.statistic, "p": test.p_value}


def _cox(time: Numbers, event: Numbers, group: Numbers) -> Answer:
    fit = fit_cox(np.asarray(time, float), np.asarray(event, float), np.asarray(group, float)[:, None])
    return {"log_hr": fit.coefficients[0], "se": np.sqrt(fit.covariance[0, 0])}


ANSWERS = {
    "Cox log hazard ratio": _cox,
    "restricted mean survival time difference": _restricted_mean,
    "log-rank test": _logrank,
}
