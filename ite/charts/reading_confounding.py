"""Sentences about confounding by what was not measured: a negative control, and the E-value."""

import pandas as pd

from ite.charts.scale import EffectUnit, three_digits
from ite.value.hidden_confounding import HiddenConfounding


def negative_control_sentence(average: pd.DataFrame, unit: EffectUnit, arm: str, outcome: str) -> str:
    """Say whether an outcome that treatment cannot change differs between the arms after adjustment.

    Parameters
    ----------
    average
        The `ate` of effects on that outcome.
    """
    estimate, lower, upper = (float(average[part].loc[arm]) for part in ("estimate", "lower", "upper"))
    found = f"The adjusted difference in {outcome} is {unit.label(estimate, lower, upper)}"
    if lower <= 0 <= upper:
        return (
            f"{found}: its interval holds 0, so that this check shows no sign of confounding. A difference as large as "
            "the interval reaches would have gone unseen, and another confounder may act on the outcome alone."
        )
    return (
        f"{found}, though treatment cannot have changed it: the arms still differ in something that was not adjusted "
        "for, and the average effect is in doubt by as much."
    )


def e_value_sentence(found: HiddenConfounding, control: str) -> str:
    """Say how strong an unmeasured confounder would have to be."""
    value = found.value
    about = "about " if found.approximate else ""
    start = (
        f"The risk ratio of {found.arm} against {control} is {about}{three_digits(found.ratio)} "
        f"({three_digits(found.lower)} to {three_digits(found.upper)})."
    )
    if value.limit is None or value.limit <= 1:
        return f"{start} Its interval holds 1 already, so that no confounder is needed to explain it."
    return (
        f"{start} An unmeasured confounder would need a risk ratio of at least {three_digits(value.estimate)} with "
        "both treatment and outcome, beyond the covariates, to explain the estimate away, and of "
        f"{three_digits(value.limit)} to move the interval to 1."
    )
