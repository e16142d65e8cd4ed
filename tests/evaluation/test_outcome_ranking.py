"""How a ranking orders responses: against direct counts."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from ite.errors import EstimateError
from ite.estimation.result import EffectEstimate
from ite.evaluation.c_for_benefit import c_for_benefit
from ite.evaluation.outcome_ranking import responder_curve, responder_measures
from ite.trial.data import TrialData
from tests.evaluation.by_hand import ARM, by_hand


def responders(n: int = 400, seed: int = 1, *, higher_is_better: bool = True) -> tuple[TrialData, EffectEstimate]:
    """Treatment helps those of large x0, who are ranked first."""
    trial, effects = by_hand(n, seed)
    x = trial.covariates["x0"].to_numpy(float)
    good = np.random.default_rng(seed).uniform(size=n) < 0.4 + 0.3 * np.tanh(x) * (trial.arm_index == 1)
    frame = trial.frame.assign(y=(good if higher_is_better else ~good).astype(float))
    roles = trial.roles.model_copy(update={"higher_is_better": higher_is_better})
    return TrialData.from_frame(frame, roles), replace(effects, ranking=pd.DataFrame({ARM: x}))


@pytest.mark.independent
def test_the_curve_counts_responders_among_the_first() -> None:
    trial, effects = responders()
    curve = responder_curve(trial, effects, ARM)
    treated, good = trial.arm_index == 1, trial.outcome == 1
    first = np.argsort(-effects.ranking[ARM].to_numpy())[:100]
    expected = (treated & good)[first].sum() - (~treated & good)[first].sum() * treated[first].sum() / (
        ~treated[first]
    ).sum()
    assert curve.loc[curve["k"] == 100, "value"].to_list() == pytest.approx([expected])
    assert curve["random"].iloc[-1] == curve["value"].iloc[-1]
    assert curve.loc[curve["k"] == 100, "random"].to_list() == pytest.approx([curve["value"].iloc[-1] / 4])
    assert len(responder_curve(*responders(900), ARM)) == 400


@pytest.mark.known_truth
def test_a_true_ranking_beats_a_random_order_and_the_coding_does_not_matter() -> None:
    good = responder_measures(*responders(2_000), ARM).set_index("measure")
    bad = responder_measures(*responders(2_000, higher_is_better=False), ARM).set_index("measure")
    pd.testing.assert_frame_equal(good, bad)
    assert (good["value"] > good["random"]).all()
    trial, effects = responders(2_000)
    turned = responder_measures(trial, replace(effects, ranking=-effects.ranking), ARM).set_index("measure")
    assert (turned["value"] < turned["random"]).all()


@pytest.mark.independent
def test_the_concordance_of_many_pairs_is_that_of_all_couples() -> None:
    rng = np.random.default_rng(1)
    observed, predicted = rng.integers(-1, 2, 150), rng.integers(0, 20, 150) / 10
    couples = [(i, j) for i in range(150) for j in range(150) if observed[i] > observed[j]]
    right = [float(predicted[i] > predicted[j]) + 0.5 * (predicted[i] == predicted[j]) for i, j in couples]
    found = c_for_benefit(observed, predicted)
    assert found.usable == len(couples)
    assert found.c == pytest.approx(np.mean(right))


@pytest.mark.known_truth
def test_other_outcomes_are_refused_in_a_sentence() -> None:
    trial, effects = by_hand(200, 1)
    with pytest.raises(EstimateError, match="this one is continuous"):
        responder_measures(trial, effects, ARM)
