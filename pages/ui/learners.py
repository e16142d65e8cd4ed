"""The learners in words: as a choice, and inside a sentence."""

from ite.estimation.spec import Learner
from ite.trial.data import TrialData

#: As offered, from what most people need to what few do.
CHOICES: dict[Learner, str] = {
    "auto": "Default (chosen by trial size)",
    "selected": "Chosen by held-out loss",
    "stacked": "Weighted by held-out loss",
    "forest_and_lasso": "Causal forest and lasso, averaged",
    "bayesian_causal_forest": "Bayesian causal forest",
    "causal_forest": "Causal forest",
    "lasso_interactions": "Lasso with interactions",
    "x_lasso": "X-learner, lasso (fast)",
    "dr_lasso": "DR-learner, lasso",
    "r_lasso": "R-learner, lasso",
    "t_lasso": "T-learner, lasso",
    "x_boosting": "X-learner, boosting",
    "dr_boosting": "DR-learner, boosting",
    "r_boosting": "R-learner, boosting",
    "s_boosting": "S-learner, boosting",
    "t_boosting": "T-learner, boosting",
    "uplift_forest": "Uplift forest",
    "query_attention": "Query attention (experimental)",
    "constant": "One effect for everybody",
}
IN_A_SENTENCE: dict[Learner, str] = {
    "auto": "the default learner",
    "selected": "the simplest learner within one standard error of the best",
    "stacked": "a weighted sum of learners",
    "forest_and_lasso": "the mean of a Bayesian causal forest and an X-learner with lasso",
    "bayesian_causal_forest": "a Bayesian causal forest",
    "causal_forest": "a causal forest",
    "lasso_interactions": "a lasso with interactions",
    "x_lasso": "an X-learner with lasso",
    "dr_lasso": "a DR-learner with lasso",
    "r_lasso": "an R-learner with lasso",
    "t_lasso": "a T-learner with lasso",
    "x_boosting": "an X-learner with boosting",
    "dr_boosting": "a DR-learner with boosting",
    "r_boosting": "an R-learner with boosting",
    "s_boosting": "an S-learner with boosting",
    "t_boosting": "a T-learner with boosting",
    "uplift_forest": "an uplift forest",
    "query_attention": "a query-attention network (experimental)",
    "constant": "nothing: everybody has the same predicted effect",
}


def choices(trial: TrialData) -> list[Learner]:
    """Return the learners that this trial can use; the uplift forest is for outcomes of two values."""
    return [name for name in CHOICES if name != "uplift_forest" or trial.outcome_kind == "binary"]
