"""Training folds with a known effect."""

import numpy as np

from ite.estimation.learners.protocol import TrainingFold
from ite.trial.data import FloatArray


def effect_of(features: FloatArray) -> FloatArray:
    """Effect 0.5 on average that rises with the first feature."""
    return 0.5 + features[:, 0]


def fold(n: int = 600, seed: int = 0, *, share: float = 0.5, binary: bool = False, noise: float = 1.0) -> TrainingFold:
    """Draw a randomised trial of five features; the second is prognostic."""
    rng = np.random.default_rng(seed)
    features = rng.standard_normal((n, 5))
    treated = rng.permutation(n) < share * n
    outcome = features[:, 1] + treated * effect_of(features) + noise * rng.standard_normal(n)
    return TrainingFold(
        features=features,
        outcome=(outcome > 0).astype(float) if binary else outcome,
        treated=treated,
        propensity=np.full(n, share),
        seed=seed,
    )


def fresh(n: int = 500, seed: int = 99) -> FloatArray:
    """Draw the features of new patients."""
    return np.random.default_rng(seed).standard_normal((n, 5))
