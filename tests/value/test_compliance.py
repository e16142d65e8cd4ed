"""Non-compliance: against two-stage least squares, and where the compliers' effect is known."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from scipy.stats import binom
from statsmodels.sandbox.regression.gmm import IV2SLS

from ite.charts.reading_compliance import complier_sentence
from ite.charts.scale import effect_unit
from ite.errors import RoleError, ValuationError
from ite.estimation.average_effect import average_effects
from ite.estimation.result import EffectEstimate
from ite.trial.data import FloatArray, IntArray, TrialData
from ite.value.compliance import compliance, complier_ratio
from tests.estimation.trials import roles
from tests.evaluation.by_hand import by_hand

ARM = "treated"


def drawn(n: int, rng: np.random.Generator, *, compliers: float, effect: float = 1.0) -> dict[str, FloatArray]:
    """Half are assigned; a hidden cause makes always-takers fare better than never-takers; the effect is constant."""
    assigned = rng.permutation(n) % 2
    hidden = rng.random(n)
    always = hidden > 0.5 + compliers / 2
    never = hidden < 0.5 - compliers / 2
    had = np.where(always, 1.0, np.where(never, 0.0, assigned))
    outcome = effect * had + 2 * hidden + rng.standard_normal(n)
    return {"assigned": assigned.astype(float), "had": had, "outcome": outcome}


def scores_of(values: FloatArray, assigned: FloatArray) -> FloatArray:
    """Return scores without covariates and with the shares of the arms as probabilities."""
    parts = [
        values[own].mean() + own / own.mean() * (values - values[own].mean()) for own in (assigned == 1, assigned == 0)
    ]
    found: FloatArray = parts[0] - parts[1]
    return found


@pytest.mark.independent
def test_without_covariates_it_is_two_stage_least_squares_with_its_robust_error() -> None:
    found = drawn(500, np.random.default_rng(3), compliers=0.6)
    ours = complier_ratio(scores_of(found["outcome"], found["assigned"]), scores_of(found["had"], found["assigned"]))
    regressors, instruments = (np.column_stack([np.ones(500), found[name]]) for name in ("had", "assigned"))
    theirs = IV2SLS(found["outcome"], regressors, instruments).fit()
    assert ours.effect == pytest.approx(theirs.params[1])
    residual = found["outcome"] - regressors @ theirs.params
    bread = np.linalg.inv(instruments.T @ regressors)
    meat = (instruments * residual[:, None] ** 2).T @ instruments
    robust = np.sqrt((bread @ meat @ bread.T)[1, 1])
    assert ours.se_delta == pytest.approx(robust * np.sqrt(500 / 499))


@pytest.mark.known_truth
def test_the_anderson_rubin_set_covers_however_weak_assignment_is() -> None:
    """First-stage F around 3; the true effect of treatment is 1."""
    rng, trials, covered = np.random.default_rng(4), 2_000, 0
    strength: list[float] = []
    shapes = set()
    for _ in range(trials):
        found = drawn(400, rng, compliers=0.07)
        assigned = found["assigned"]
        ratio = complier_ratio(scores_of(found["outcome"], assigned), scores_of(found["had"], assigned))
        covered += any(piece.lower <= 1.0 <= piece.upper for piece in ratio.accepted)
        strength.append(ratio.first_stage_f or 0.0)
        shapes.add(ratio.shape)
    low, high = (float(binom.ppf(limit, trials, 0.95)) for limit in (0.005, 0.995))
    assert 2 < np.mean(strength) < 4
    assert low <= covered <= high
    assert shapes == {"interval", "outside an interval", "every value"}


def with_receipt(n: int, received: IntArray, **changes: object) -> tuple[TrialData, EffectEstimate]:
    trial, effects = by_hand(n, 1)
    names = np.array(["control", ARM])
    frame = trial.frame.assign(taken=names[received])
    given = roles(3, received="taken", **changes)
    scores = pd.DataFrame({ARM: scores_of(trial.outcome, trial.arm_index.astype(float))})
    scored = replace(effects.known_scored(), probabilities=np.full((n, 2), 0.5))
    return TrialData.from_frame(frame, given), replace(
        effects, scores=scores, ate=average_effects(scores, None), scored=scored
    )


@pytest.mark.independent
def test_a_trial_gives_assignment_compliers_and_per_protocol() -> None:
    trial, _ = by_hand(400, 1)
    received = trial.arm_index.copy()
    received[np.flatnonzero(trial.arm_index == 1)[:60]] = 0
    received[np.flatnonzero(trial.arm_index == 0)[:20]] = 1
    trial, effects = with_receipt(400, received)
    found = compliance(trial, effects, ARM)
    assert found.received.loc[[ARM]].to_numpy(float).tolist() == [[200, 0.3, 0.7]]
    assert found.received.loc["control", ARM] == pytest.approx(0.1)
    assert found.complier.spec.first_stage == pytest.approx(0.6)
    assert found.complier.effect == pytest.approx(found.assignment.estimate / 0.6)
    own = received == trial.arm_index
    expected = trial.outcome[own & (received == 1)].mean() - trial.outcome[own & (received == 0)].mean()
    assert found.per_protocol.estimate == pytest.approx(expected)
    assert found.per_protocol_n == 320
    words = complier_sentence(found, effect_unit(effects.scale), "control")
    assert "60 % more of those assigned than of control had" in words
    assert 'never beyond "suggestive"' in words


@pytest.mark.known_truth
def test_a_set_without_limits_is_said_so() -> None:
    trial, _ = by_hand(200, 1)
    received = trial.arm_index.copy()
    received[np.flatnonzero(trial.arm_index == 1)[:52]] = 0
    received[np.flatnonzero(trial.arm_index == 0)[:46]] = 1
    trial, effects = with_receipt(200, received)
    found = compliance(trial, effects, ARM)
    assert found.complier.weak
    assert found.complier.shape == "outside an interval"
    assert "or at least" in complier_sentence(found, effect_unit(effects.scale), "control")
    none = effects.scores - effects.scores.mean()
    found = compliance(trial, replace(effects, scores=none, ate=average_effects(none, None)), ARM)
    assert found.complier.shape == "every value"
    assert "no effect is excluded" in complier_sentence(found, effect_unit(effects.scale), "control")


@pytest.mark.known_truth
def test_what_cannot_be_asked_is_refused_in_a_sentence() -> None:
    trial, effects = by_hand(200, 1)
    with pytest.raises(ValuationError, match="needs a column with the treatment received"):
        compliance(trial, effects, ARM)
    with pytest.raises(ValuationError, match="Everybody had the treatment"):
        compliance(*with_receipt(200, trial.arm_index), ARM)
    with pytest.raises(RoleError, match=r"holds 'other' in rows 1, 2, .*; write the treatment received as an arm"):
        TrialData.from_frame(trial.frame.assign(taken="other"), roles(3, received="taken"))
    with pytest.raises(RoleError, match="which treatment each patient received, but is empty in row 1"):
        TrialData.from_frame(trial.frame.assign(taken=trial.frame["arm"].shift()), roles(3, received="taken"))
