"""What the evidence about effect heterogeneity is."""

from dataclasses import dataclass
from typing import Literal

import pandas as pd

Verdict = Literal["no evidence", "suggestive", "evidence"]


@dataclass(frozen=True, kw_only=True, eq=False)
class Evidence:
    """How sure we are that the effect differs between patients, by treated arm.

    All intervals are 95 %. Every standard error, interval and p-value but those of `heterogeneity` and `modifiers`
    (no learner involved) rests on sequential folds. Unknown is NaN in numeric columns.

    Attributes
    ----------
    heterogeneity : DataFrame by arm
        p_value (Holm-adjusted over arms), p_unadjusted, verdict, detectable_sd (effect SD this trial could have found
        with 80 % power), observed statistic.
    relative : DataFrame by arm
        p_value and method of the test on the relative scale (odds or hazard ratio); empty for a continuous outcome.
    modifiers : DataFrame
        arm, covariate, strength (largest studentised association), p_value (adjusted for multiplicity), ranked (1 is
        the strongest).
    autoc, qini : DataFrame by arm
        estimate, se, lower, upper, p_value.
    toc : DataFrame
        arm, fraction, estimate, lower, upper (simultaneous band).
    calibration : DataFrame
        arm, fifth (1 = least predicted benefit), n, predicted (unshrunk), estimate, lower, upper.
    calibration_slope : DataFrame by arm
        estimate, lower, upper, se, z.
    gates_contrast : DataFrame by arm
        Top fifth minus bottom fifth: estimate, se, lower, upper.
    baseline_risk : DataFrame by arm
        r_squared: share of the variance of the ranking that baseline risk alone reproduces (descriptive, no interval).
    """

    heterogeneity: pd.DataFrame
    relative: pd.DataFrame
    modifiers: pd.DataFrame
    autoc: pd.DataFrame
    qini: pd.DataFrame
    toc: pd.DataFrame
    calibration: pd.DataFrame
    calibration_slope: pd.DataFrame
    gates_contrast: pd.DataFrame
    baseline_risk: pd.DataFrame


@dataclass(frozen=True, kw_only=True, eq=False)
class Leaderboard:
    """Learners compared on the same folds of the same trial.

    Attributes
    ----------
    learners : DataFrame, one row per arm and learner
        arm, learner; dr_change and r_change, the mean squared error of the predicted effects less that of one common
        effect as the DR- and the R-loss estimate it, in squared units of the effect (below 0 is closer to the truth),
        each with its standard error over patients (dr_se, r_se: the folds share patients, so that they are a yardstick
        for choosing and not a test); correlation (of the ranks with those of the learner of the effects; NaN where
        either ranks nobody); autoc and autoc_se (from sequential folds); weight (in the non-negative stack of all); n.
    """

    learners: pd.DataFrame

    def of_arm(self, arm: str) -> pd.DataFrame:
        """Return the rows of one arm, the smallest DR-loss first."""
        own = self.learners[self.learners["arm"] == arm]
        return own.sort_values("dr_change", kind="stable").reset_index(drop=True)
