"""What a user may choose about the estimation of effects."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

Learner = Literal[
    "auto",
    "forest_and_lasso",
    "bayesian_causal_forest",
    "causal_forest",
    "constant",
    "dr_boosting",
    "dr_lasso",
    "lasso_interactions",
    "query_attention",
    "r_boosting",
    "r_lasso",
    "s_boosting",
    "selected",
    "stacked",
    "t_boosting",
    "t_lasso",
    "uplift_forest",
    "x_boosting",
    "x_lasso",
]

OutcomeModel = Literal["best", "stacked"]

#: Least probability of every arm in observational data, unless the settings say otherwise (Crump et al. 2009).
CRUMP_RULE = 0.1


class EffectSpec(BaseModel):
    """Settings of one estimation; frozen, validated, JSON round trip.

    Attributes
    ----------
    learner
        Orders and describes patients; it never judges. "auto" is the mean of a Bayesian causal forest and an X-learner
        with lasso ("forest_and_lasso") up to 5,000 patients, and the X-learner with lasso alone beyond; in
        observational data the forest alone, and an R-learner with lasso beyond. "selected" and "stacked" choose among
        several inside each training fold, from the constant effect to the forest: the simplest within one standard
        error of the best, or a weighted sum.
        "query_attention" is experimental.
    horizon
        Time to which a time-to-event outcome counts, in the units of the time column; None takes the default horizon.
    seed
        Seed of every random choice.
    folds
        Folds of the cross-fitting.
    outcome_model
        Of the scores: the candidate with the smallest held-out error, or all candidates stacked by it.
    repeats
        Repeats of the learner's cross-fitting over fresh folds; None takes the learner's default.
    overlap
        Least probability of each arm that a patient needs to be analysed, such as 0.1; 0 analyses everybody. None
        takes 0.1 where treatment was chosen, and analyses everybody where it was drawn.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    learner: Learner = "auto"
    horizon: float | None = Field(default=None, gt=0)
    seed: int = Field(default=0, ge=0)
    folds: int = Field(default=5, ge=3, le=20)
    outcome_model: OutcomeModel = "best"
    repeats: int | None = Field(default=None, ge=1, le=20)
    overlap: float | None = Field(default=None, ge=0, lt=0.5)
