"""The E-value of a trial's average effect: by the published example, and where confounding is known."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from ite.charts.reading_confounding import e_value_sentence, negative_control_sentence
from ite.charts.scale import effect_unit
from ite.errors import ValuationError
from ite.estimation.average_effect import average_effects
from ite.estimation.result import EffectEstimate
from ite.estimation.spec import EffectSpec
from ite.evaluation.second_outcome import second_effects, second_outcome_roles
from ite.trial.data import FloatArray, TrialData
from ite.value.hidden_confounding import hidden_confounding
from tests.estimation.trials import roles, survival_trial, trial_frame
from tests.evaluation.by_hand import by_hand

ARM, N = "treated", 800


def with_scores(by_arm: FloatArray, outcome: FloatArray) -> tuple[TrialData, EffectEstimate]:
    frame = trial_frame(len(by_arm), 1).assign(y=outcome)
    trial = TrialData.from_frame(frame, roles(3, design="observational"))
    _, effects = by_hand(len(by_arm), 1)
    scores = pd.DataFrame({ARM: by_arm[:, 1] - by_arm[:, 0]})
    scored = replace(effects.known_scored(), arm_scores=by_arm)
    return trial, replace(effects, scores=scores, ate=average_effects(scores, None), scored=scored)


@pytest.mark.independent
def test_the_e_value_is_that_of_the_papers_formula_for_a_risk_ratio_of_the_scores() -> None:
    """Risks of 0.4 and 0.2 by counting: a risk ratio of 2, whose E-value is 2 + sqrt(2)."""
    arm = trial_frame(N, 1)["arm"].to_numpy() == ARM
    outcome = np.zeros(N)
    outcome[np.flatnonzero(arm)[:160]] = 1
    outcome[np.flatnonzero(~arm)[:80]] = 1
    by_arm = 2 * np.column_stack([outcome * ~arm, outcome * arm])
    found = hidden_confounding(*with_scores(by_arm, outcome), ARM)
    assert found.ratio == pytest.approx(2.0)
    assert found.value.estimate == pytest.approx(2 + np.sqrt(2))
    assert found.value.limit == pytest.approx(found.lower + np.sqrt(found.lower * (found.lower - 1)))
    assert 1 < found.lower < 2 < found.upper
    at_three = found.strength.set_index("with_treatment").loc[3.0]
    assert at_three["with_outcome"] == pytest.approx(2 * (3 - 1) / (3 - 2))
    assert np.isinf(found.strength.set_index("with_treatment")["with_outcome"].loc[2.0])
    assert "at least 3.41 with both" in e_value_sentence(found, "control")


@pytest.mark.independent
def test_a_mean_difference_of_half_a_standard_deviation_stands_for_a_ratio_of_1_58() -> None:
    rng = np.random.default_rng(2)
    arm = trial_frame(N, 1)["arm"].to_numpy() == ARM
    outcome = rng.standard_normal(N)
    for group in (arm, ~arm):
        outcome[group] = (outcome[group] - outcome[group].mean()) / outcome[group].std(ddof=1)
    outcome = outcome + 0.5 * arm
    by_arm = 2 * np.column_stack([outcome * ~arm, outcome * arm])
    found = hidden_confounding(*with_scores(by_arm, outcome), ARM)
    assert found.approximate
    assert found.ratio == pytest.approx(np.exp(0.91 * 0.5))


@pytest.mark.known_truth
def test_an_interval_that_holds_1_needs_no_confounder() -> None:
    rng = np.random.default_rng(5)
    outcome = (rng.random(N) < 0.3).astype(float)
    arm = trial_frame(N, 1)["arm"].to_numpy() == ARM
    by_arm = 2 * np.column_stack([outcome * ~arm, outcome * arm])
    found = hidden_confounding(*with_scores(by_arm, outcome), ARM)
    assert found.lower < 1 < found.upper
    assert found.value.limit == 1
    assert found.strength["with_outcome_limit"].tolist() == [1.0] * len(found.strength)
    assert "no confounder is needed" in e_value_sentence(found, "control")


@pytest.mark.known_truth
def test_a_time_to_an_event_is_refused_in_a_sentence() -> None:
    _, effects = by_hand(160, 1)
    with pytest.raises(ValuationError, match="needs a risk ratio"):
        hidden_confounding(survival_trial(160), effects, ARM)


@pytest.mark.known_truth
def test_a_negative_control_shows_what_was_not_measured_and_is_silent_where_all_was() -> None:
    """A hidden cause of treatment and of the control: adjusted for, the difference is gone."""
    rng = np.random.default_rng(9)
    x, hidden = rng.standard_normal((1_000, 2)), rng.standard_normal(1_000)
    treated = rng.random(1_000) < 1 / (1 + np.exp(-0.5 * x[:, 0] - 0.8 * hidden))
    frame = pd.DataFrame(x, columns=["x0", "x1"]).assign(
        x2=hidden, arm=np.where(treated, ARM, "control"), y=0.0, before=hidden + rng.standard_normal(1_000)
    )
    frame["y"] = x[:, 0] + hidden + rng.standard_normal(1_000)
    words = []
    for covariates in (2, 3):
        given = second_outcome_roles(roles(covariates, design="observational"), column="before")
        found = second_effects(TrialData.from_frame(frame, given), EffectSpec(learner="x_lasso", folds=3, repeats=1))
        words.append(negative_control_sentence(found.ate, effect_unit(found.scale), ARM, "before"))
    assert "the average effect is in doubt" in words[0]
    assert "no sign of confounding" in words[1]
