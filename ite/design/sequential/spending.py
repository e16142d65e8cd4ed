"""Spending functions: how much of an error probability may be used up by an information fraction."""

import math
from typing import Literal

import numpy as np
from scipy.special import ndtr, ndtri

from ite.trial.columns import FloatArray

SpendingFamily = Literal["lan_demets_obf", "lan_demets_pocock", "hwang_shih_decani", "kim_demets"]


def cumulative_spending(
    family: SpendingFamily, fractions: FloatArray, level: float, parameter: float | None = None
) -> FloatArray:
    """Return what of `level` is spent at or before each information fraction; all of it at fraction 1.

    Parameters
    ----------
    family
        lan_demets_obf: 2 (1 - Phi(z_{1-level/2} / sqrt(t))); lan_demets_pocock: level log(1 + (e - 1) t);
        hwang_shih_decani: level (1 - exp(-gamma t)) / (1 - exp(-gamma)), and level t for gamma = 0;
        kim_demets: level t^rho.
    fractions : shape (looks,)
        Information fractions t in (0, 1].
    level
        One-sided error probability, of either kind.
    parameter
        gamma of hwang_shih_decani, rho of kim_demets; the other families have none.

    Returns
    -------
    Cumulative probabilities, shape (looks,). Sources: Lan & DeMets 1983, Biometrika 70:659-663; Hwang, Shih & DeCani
    1990, Statistics in Medicine 9:1439-1445; Kim & DeMets 1987, Biometrika 74:149-154.
    """
    if family == "lan_demets_obf":
        return np.asarray(2.0 * ndtr(ndtri(level / 2.0) / np.sqrt(fractions)))
    if family == "lan_demets_pocock":
        return np.asarray(level * np.log1p((math.e - 1.0) * fractions))
    if parameter is None:
        raise ValueError(f"{family} needs its parameter")
    if family == "kim_demets":
        return np.asarray(level * fractions**parameter)
    if parameter == 0.0:
        return np.asarray(level * fractions)
    return np.asarray(level * np.expm1(-parameter * fractions) / np.expm1(-parameter))
