"""Regressions of a size that fits a trial, on which the meta-learners are built.

Boosted trees of full size predict effects worse than the overall effect does at trial size, so the base of a
meta-learner is always named: a lasso, or boosted trees of four leaves.
"""

from sklearn.ensemble import HistGradientBoostingRegressor
from sklearn.linear_model import LassoCV
from sklearn.model_selection import KFold


def lasso(seed: int) -> LassoCV:
    """Return a lasso whose penalty is chosen by cross-validation."""
    # Shuffled: in a file sorted by anything, neighbours are alike and the penalty would be chosen on unlike folds.
    return LassoCV(alphas=20, cv=KFold(5, shuffle=True, random_state=seed), tol=1e-3, max_iter=2_000)


def boosting(seed: int) -> HistGradientBoostingRegressor:
    """Return boosted trees of four leaves."""
    return HistGradientBoostingRegressor(
        max_iter=100, learning_rate=0.05, max_leaf_nodes=4, min_samples_leaf=20, early_stopping=False, random_state=seed
    )


def stumps(seed: int) -> HistGradientBoostingRegressor:
    """Return a few boosted single splits, for regressing scores: they are mostly noise, and larger trees learn it."""
    return HistGradientBoostingRegressor(
        max_iter=25,
        learning_rate=0.05,
        max_leaf_nodes=2,
        min_samples_leaf=40,
        l2_regularization=10.0,
        early_stopping=False,
        random_state=seed,
    )
