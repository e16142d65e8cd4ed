"""Posterior probability that one response rate exceeds another."""

import numpy as np
from scipy import special

from ite.design.alternatives.uncertain_prevalence import BetaPrior
from ite.errors import DesignError
from ite.trial.data import FloatArray

NODES = 400


def probability_of_superiority(
    responders_treatment: int,
    n_treatment: int,
    responders_control: int,
    n_control: int,
    prior: BetaPrior | None = None,
) -> float:
    """Return P(rate under treatment > rate under control | data), with independent beta priors in both arms.

    One-dimensional integral over the quantiles of the treatment rate, by Gauss-Legendre quadrature.

    Parameters
    ----------
    responders_treatment, n_treatment, responders_control, n_control
        Responders and patients of each arm.
    prior
        Prior of both rates; None is uniform.

    Raises
    ------
    DesignError
        If an arm has more responders than patients, or fewer than none.
    """
    start = prior or BetaPrior(a=1, b=1)
    for arm, responders, n in (
        ("treatment", responders_treatment, n_treatment),
        ("control", responders_control, n_control),
    ):
        if not 0 <= responders <= n:
            raise DesignError(
                f"Responders of the {arm} arm must lie between 0 and its {n} patients; found {responders}. "
                f"The nearest possible number is {max(0, min(responders, n))}."
            )
    treatment = start.a + responders_treatment, start.b + n_treatment - responders_treatment
    control = start.a + responders_control, start.b + n_control - responders_control
    nodes, weights = _unit_interval()
    # The chance that control lies below each quantile of the treatment rate.
    below = special.betainc(*control, special.betaincinv(*treatment, nodes))
    return float(weights @ below)


def _unit_interval() -> tuple[FloatArray, FloatArray]:
    """Gauss-Legendre nodes and weights on (0, 1)."""
    nodes, weights = np.polynomial.legendre.leggauss(NODES)
    return (nodes + 1) / 2, weights / 2
