"""Checks of the arms: large enough, in the ratio of the design, alike at baseline."""

import numpy as np
from scipy import stats

from ite.trial.data import TrialData
from ite.trial.findings import Finding, Light, arm_counts, green
from ite.trial.labels import shown, shown_list
from ite.trial.table_one import standardised_differences

SMALLEST_ARM = 20
SMALL_ARM = 50
RATIO_AMBER, RATIO_RED = 1e-2, 1e-6
NOTABLE_DIFFERENCE = 0.1
CHANCE = 0.01


def check_arm_sizes(trial: TrialData) -> list[Finding]:
    """Every arm needs enough patients with an outcome for models to be fitted and judged in it."""
    counts = np.bincount(trial.arm_index[~trial.outcome_missing], minlength=len(trial.arms))
    sizes = arm_counts(trial.arms, counts)
    limits: tuple[tuple[Light, int], ...] = (("red", SMALLEST_ARM), ("amber", SMALL_ARM))
    for light, limit in limits:
        small = [label for label, count in zip(trial.arms, counts, strict=True) if count < limit]
        if small:
            return [
                Finding(
                    light=light,
                    name="Arm sizes",
                    sentence=f"Fewer than {limit} patients with an outcome in arm {shown_list(small)} ({sizes}).",
                    columns=(trial.roles.treatment,),
                    remedy="Merge it with a similar arm or leave it out; differences between patients cannot be judged "
                    "with so few.",
                )
            ]
    return [green("Arm sizes", f"Patients with an outcome: {sizes}.")]


def check_sample_ratio(trial: TrialData) -> list[Finding]:
    """Arm sizes should agree with the known probabilities (chi-square goodness of fit)."""
    counts = np.bincount(trial.arm_index, minlength=len(trial.arms))
    known, observed = trial.known_propensity, arm_counts(trial.arms, counts)
    if known is None:
        return [
            green("Sample ratio", f"No randomisation probability is given; it is estimated from the data ({observed}).")
        ]
    expected = known.sum(axis=0)
    p_value = float(stats.chi2.sf(((counts - expected) ** 2 / expected).sum(), len(counts) - 1))
    if p_value >= RATIO_AMBER:
        return [
            green("Sample ratio", f"The arm sizes ({observed}) agree with the known probabilities (p = {p_value:.2g}).")
        ]
    planned = arm_counts(trial.arms, np.round(expected, 1))
    return [
        Finding(
            light="red" if p_value < RATIO_RED else "amber",
            name="Sample ratio",
            sentence=f"The known probabilities call for about {planned} patients, but there are {observed} "
            f"(p = {p_value:.2g}).",
            columns=(trial.roles.treatment,),
            remedy="Check that no patients were lost after randomisation and that each probability stands with its "
            "arm; or leave the probabilities out, so that they are estimated.",
        )
    ]


def check_balance(trial: TrialData) -> list[Finding]:
    """Standardised differences at baseline beyond 0.1 and, in a randomised trial, beyond chance."""
    found = standardised_differences(trial)
    size = found["smd"].abs()
    if not size.notna().any():
        return [green("Balance", "There is no covariate whose standardised difference can be computed.")]
    worst = found.iloc[int(np.nanargmax(size))]
    notable = size > NOTABLE_DIFFERENCE
    if trial.roles.design == "randomized":
        notable &= size / found["se"] > stats.norm.isf(CHANCE / 2 / len(found))
    largest = f"the largest is {abs(worst['smd']):.2f}, in {shown(worst['covariate'])} ({worst['arm']})"
    if not notable.any():
        return [
            green("Balance", f"The arms are alike at baseline up to chance: of all standardised differences {largest}.")
        ]
    names = tuple(dict.fromkeys(found.loc[notable, "covariate"]))
    why = "more than randomisation explains" if trial.roles.design == "randomized" else "beyond 0.1"
    return [
        Finding(
            light="amber",
            name="Balance",
            sentence=f"The arms differ at baseline in {shown_list(names)}, {why}; {largest}.",
            columns=names,
            remedy="Check how patients were assigned; the scores adjust for these covariates, raw comparisons do not.",
        )
    ]
