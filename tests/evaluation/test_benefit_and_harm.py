"""Two outcomes of the same patients, by fifth of benefit predicted for the first."""

from dataclasses import replace

import numpy as np
import pytest

from ite.errors import RoleError
from ite.evaluation.benefit_and_harm import EVERYBODY, benefit_and_harm
from ite.evaluation.held_out_fifths import effects_by_fifth
from ite.evaluation.second_outcome import second_outcome_roles, second_outcome_spec
from ite.trial.roles import Roles
from tests.evaluation.by_hand import ARM, at_most, by_hand


@pytest.mark.independent
def test_each_outcome_has_the_effects_of_its_own_scores() -> None:
    _, effects = by_hand(300, 1, slope=1.0)
    second = replace(effects, scores=-2 * effects.scores)
    table = benefit_and_harm(effects, second, ARM)
    fifths = effects_by_fifth(effects, ARM)
    np.testing.assert_allclose(table["benefit"][1:], fifths["estimate"][:5])
    np.testing.assert_allclose(table["second_upper"][1:], -2 * fifths["lower"][:5])
    scores = effects.scores[ARM]
    assert table["group"][0] == EVERYBODY
    assert table["benefit"][0] == pytest.approx(scores.mean())
    assert table["benefit_upper"][0] - scores.mean() == pytest.approx(1.959964 * scores.std(ddof=1) / np.sqrt(300))


@pytest.mark.known_truth
def test_harm_that_follows_the_modifier_is_covered_in_the_top_fifth() -> None:
    missed = 0
    for seed in range(300):
        trial, effects = by_hand(200, seed, slope=1.0)
        x = trial.covariates["x0"].to_numpy(float)
        noise = np.random.default_rng([seed, 5]).standard_normal(200)
        truth = replace(effects, scores=effects.scores.assign(**{ARM: -0.5 * x}))
        noisy = replace(effects, scores=effects.scores.assign(**{ARM: -0.5 * x + noise}))
        true_mean = benefit_and_harm(effects, truth, ARM)["second"].iloc[-1]
        row = benefit_and_harm(effects, noisy, ARM).iloc[-1]
        missed += not row["second_lower"] <= true_mean <= row["second_upper"]
    assert at_most(missed, 300, 0.05)


@pytest.mark.known_truth
def test_without_a_ranking_there_is_everybody_alone_and_other_patients_are_refused() -> None:
    _, constant = by_hand(200, 1, constant=True)
    assert benefit_and_harm(constant, constant, ARM)["group"].tolist() == [EVERYBODY]
    with pytest.raises(ValueError, match="same patients"):
        benefit_and_harm(constant, by_hand(210, 1)[1], ARM)


@pytest.mark.known_truth
def test_the_roles_of_the_second_outcome_keep_all_but_the_first() -> None:
    first = Roles(
        treatment="arm",
        control="none",
        time="months",
        event="relapse",
        covariates=("age",),
        competing="death",
        randomization={"none": 0.5, "drug": 0.5},
    )
    second = second_outcome_roles(first, column="toxicity", positive="severe")
    assert (second.outcome, second.time, second.event, second.competing) == ("toxicity", None, None, None)
    assert (second.higher_is_better, second.positive) == (False, "severe")
    assert (second.randomization, second.covariates) == (first.randomization, first.covariates)
    survival = second_outcome_roles(first, column="death", time="months_alive")
    assert (survival.outcome, survival.time, survival.event) == (None, "months_alive", "death")
    with pytest.raises(RoleError, match="cannot be both"):
        second_outcome_roles(first, column="age")


@pytest.mark.known_truth
def test_the_second_outcome_is_judged_in_the_patients_of_the_first() -> None:
    """Nobody further is left out for want of overlap, and scores are made on the same number of folds."""
    spec = second_outcome_spec(by_hand(120, 1)[1].spec.model_copy(update={"overlap": 0.1, "folds": 4, "seed": 9}))
    assert (spec.overlap, spec.folds, spec.seed) == (0.0, 4, 9)
