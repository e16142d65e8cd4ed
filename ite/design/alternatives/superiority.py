"""Posterior probability that one response rate exceeds another."""

from ite.design.alternatives.uncertain_prevalence import BetaPrior
from ite.errors import DesignError
from ite.trial.beta_shares import probability_above


def probability_of_superiority(
    responders_treatment: int,
    n_treatment: int,
    responders_control: int,
    n_control: int,
    prior: BetaPrior | None = None,
) -> float:
    """Return P(rate under treatment > rate under control | data) with independent beta priors in both arms.

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
    return probability_above(treatment, control)
