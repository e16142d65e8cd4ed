"""Average effects of several arms at once: Dunnett's constants, and how often all intervals hold together."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from scipy.stats import binom, dunnett

from ite.estimation.average_effect import average_effects
from ite.evaluation.sequential import simultaneous_critical_value
from ite.evaluation.simultaneous_average import simultaneous_averages
from tests.evaluation.by_hand import by_hand

ARMS = ["low", "middle", "high"]
TRIALS = 1_500


@pytest.mark.independent
@pytest.mark.parametrize(("arms", "constant"), [(2, 2.212), (3, 2.349), (4, 2.442)])
def test_with_equal_arms_the_critical_value_is_dunnetts(arms: int, constant: float) -> None:
    """Two-sided 5 % constants for a correlation of one half and infinitely many degrees of freedom."""
    correlation = np.full((arms, arms), 0.5) + 0.5 * np.eye(arms)
    assert simultaneous_critical_value(correlation, 3) == pytest.approx(constant, abs=0.04)


@pytest.mark.independent
def test_with_few_degrees_of_freedom_it_is_dunnetts_too() -> None:
    """scipy's Dunnett test of three groups of five: its interval reaches this many standard errors."""
    groups = np.random.default_rng(2).standard_normal((3, 5))
    found = dunnett(groups[1], groups[2], control=groups[0], rng=np.random.default_rng(1))
    interval = found.confidence_interval(0.95)
    pooled = np.sqrt(groups.var(axis=1, ddof=1).mean() * 2 / 5)
    constant = float((interval.high[0] - interval.low[0]) / 2 / pooled)
    correlation = np.array([[1.0, 0.5], [0.5, 1.0]])
    assert simultaneous_critical_value(correlation, 3, degrees=12) == pytest.approx(constant, abs=0.06)


@pytest.mark.known_truth
def test_all_intervals_hold_together_as_often_as_they_say() -> None:
    """Four arms of 100, no effect: scores are those of known shares and no covariates."""
    rng = np.random.default_rng(4)
    arm = np.repeat(np.arange(4), 100)
    _, drawn = by_hand(400, 1)
    both, each = 0, 0
    for trial in range(TRIALS):
        outcome = rng.standard_normal(400)
        by_arm = np.column_stack([4.0 * (arm == level) * outcome for level in range(4)])
        scores = pd.DataFrame(by_arm[:, 1:] - by_arm[:, [0]], columns=ARMS)
        found = simultaneous_averages(replace(drawn, scores=scores, ate=average_effects(scores, None)), trial)
        both += bool(((found["lower_simultaneous"] <= 0) & (found["upper_simultaneous"] >= 0)).all())
        each += bool(((found["lower"] <= 0) & (found["upper"] >= 0)).all())
    low, high = (float(binom.ppf(limit, TRIALS, 0.95)) for limit in (0.005, 0.995))
    assert low <= both <= high
    assert each < low


@pytest.mark.known_truth
def test_one_arm_needs_no_wider_interval() -> None:
    _, effects = by_hand(200, 1)
    one = replace(effects, ate=effects.ate.iloc[:1], scores=effects.scores.iloc[:, :1])
    assert simultaneous_averages(one)["upper_simultaneous"].tolist() == one.ate["upper"].tolist()
