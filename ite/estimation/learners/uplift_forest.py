"""Uplift random forest, for outcomes of two values."""

import numpy as np
from causalml.inference.tree import UpliftRandomForestClassifier

from ite.errors import EstimateError
from ite.estimation.learners.causalml_arms import CONTROL, arm_names, first_arm
from ite.estimation.learners.protocol import TrainingFold
from ite.trial.data import FloatArray

_TREES, _LEAF, _DEPTH = 100, 60, 2


def uplift_forest(fold: TrainingFold, features: FloatArray) -> FloatArray:
    """Forest whose trees split where the arms' outcome distributions move apart.

    Estimates  effect(x) as the average over trees of the difference of the arms' shares in the leaf of x.
    Assumes    treatment randomised; an outcome of two values.
    Source     Rzepakowski & Jaroszewicz 2012, Knowl Inf Syst 32:303-327; causalml UpliftRandomForestClassifier.

    Raises
    ------
    EstimateError
        Where the outcome has more than two values.
    """
    values = np.unique(fold.outcome)
    if len(values) > 2:
        raise EstimateError(
            f"The uplift forest needs an outcome of two values; this one has {len(values)}. Choose another learner."
        )
    forest = UpliftRandomForestClassifier(
        control_name=CONTROL,
        n_estimators=_TREES,
        max_depth=_DEPTH,
        min_samples_leaf=_LEAF,
        min_samples_treatment=_LEAF // 2,
        random_state=fold.seed % 2**31,
        n_jobs=1,
    )
    forest.fit(X=fold.features, treatment=arm_names(fold), y=(fold.outcome == values.max()).astype(np.int64))
    unit = float(np.ptp(values)) if len(values) == 2 else 0.0
    return first_arm(forest.predict(features)) * unit
