"""Sentences about observational data: who could have had either arm, and how alike weighting makes the arms."""

import pandas as pd

from ite.estimation.scored import PROBABILITY_FLOOR
from ite.evaluation.covariate_balance import USUAL_LIMIT


def weights_sentence(weights: pd.DataFrame, arm: str, control: str, analysed: str) -> str:
    """Say what the weighting costs.

    Parameters
    ----------
    weights
        Of `ite.evaluation.covariate_balance.weights_by_arm`.
    analysed
        Who was analysed, in words; empty for everybody.
    """
    who = f"Analysed are the {analysed}. " if analysed else ""
    both = weights.loc[[arm, control]]
    parts = [
        f"{patients:,.0f} patients of {name} tell as much as {effective:,.0f}"
        for name, patients, effective in zip((arm, control), both["patients"], both["effective"], strict=True)
    ]
    largest, at_bound = both["largest_weight"], round(float((both["at_bound"] * both["patients"]).sum()))
    held = (
        f" The probability of {at_bound} of them was held at its least value, {100 * PROBABILITY_FLOOR:.0f} %."
        if at_bound
        else ""
    )
    return (
        f"{who}After weighting, {' and '.join(parts)} would in a randomised trial; one patient of {largest.idxmax()} "
        f"stands for {largest.max():.1f}.{held}"
    )


def balance_sentence(balance: pd.DataFrame) -> str:
    """Say how many covariates differ between the arms before and after weighting.

    Parameters
    ----------
    balance
        Of `ite.evaluation.covariate_balance.covariate_balance`.
    """
    known = balance[balance["before"].notna()]
    before, after = (int((known[when].abs() > USUAL_LIMIT).sum()) for when in ("before", "after"))
    worst = known.iloc[int(known["after"].abs().to_numpy(float).argmax())]
    name = f"{worst['covariate']} ({worst['level']})" if worst["level"] else worst["covariate"]
    return (
        f"Of {len(known)} covariates and levels {before} differ by more than {USUAL_LIMIT} standard deviations before "
        f"weighting and {after} after it; most of all then {name}, by {abs(worst['after']):.2f}. What was not measured "
        "may still differ."
    )
