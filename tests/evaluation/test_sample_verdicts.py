"""The three samples teach what their labels say."""

import pytest

from ite.estimation.estimate import estimate
from ite.estimation.spec import EffectSpec
from ite.evaluation.evaluate import evaluate
from ite.trial.samples import load_sample, sample

VERDICTS = {
    "real difference": {"evidence"},
    "suggestive": {"suggestive"},
    "no credible difference": {"no evidence"},
}


@pytest.mark.golden
@pytest.mark.parametrize("key", ["simulated", "actg320", "colon"])
def test_the_verdict_is_the_one_the_label_promises(key: str) -> None:
    trial, label = load_sample(key), sample(key)
    effects = estimate(trial, EffectSpec(learner="x_lasso", horizon=label.horizon))
    found = set(evaluate(trial, effects).heterogeneity["verdict"])
    assert found == VERDICTS[label.expected]
