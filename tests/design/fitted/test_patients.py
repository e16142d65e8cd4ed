from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from scipy import integrate

from ite.design.fitted.moments import moment_columns, variance_of_difference
from ite.design.fitted.patients import NextOutcome, source_outcome
from ite.estimation.result import EffectEstimate
from ite.trial.data import TrialData
from ite.trial.roles import Roles
from tests.design.fitted.examples import ARM, fitted

_HORIZON = 24.0


def _of_kind(roles: dict[str, object], columns: dict[str, object], baseline: float) -> tuple[TrialData, EffectEstimate]:
    base, effects = fitted(n=400)
    frame = base.frame[["arm", "marker"]].assign(**columns)
    trial = TrialData.from_frame(frame, Roles(treatment="arm", control="old", covariates=("marker",), **roles))
    spec = effects.spec.model_copy(update={"horizon": _HORIZON if "time" in roles else None})
    benefit = pd.DataFrame({ARM: np.full(400, 0.1 if "outcome" in roles else 3.0)})
    return trial, replace(effects, spec=spec, benefit=benefit, baseline_risk=np.full(400, baseline))


def _variance(outcome: NextOutcome, effect: float) -> float:
    sums = moment_columns(outcome, np.ones(len(outcome.control_mean))).sum(axis=0)
    return float(variance_of_difference(sums[None, :], np.array([effect]))[0])


@pytest.mark.known_truth
def test_a_continuous_outcome_has_the_spread_of_its_means_and_residuals() -> None:
    trial, effects = fitted(n=4_000, average=0.3)
    effects = replace(effects, benefit=effects.benefit * 0 + 0.3)
    outcome = source_outcome(trial, effects, ARM).among(np.ones(trial.n, dtype=bool))
    # Prognosis and noise have variance 1 each, in both arms.
    assert _variance(outcome, 0.3) == pytest.approx(4.0, rel=4 * np.sqrt(2 / 4_000))
    assert _variance(outcome, 0.9) == pytest.approx(_variance(outcome, 0.3))


@pytest.mark.known_truth
@pytest.mark.parametrize("higher", [True, False])
def test_a_binary_outcome_is_a_coin(*, higher: bool) -> None:
    sign = 1 if higher else -1
    trial, effects = _of_kind(
        {"outcome": "y", "higher_is_better": higher}, {"y": np.arange(400) % 2}, baseline=sign * 0.4
    )
    outcome = source_outcome(trial, effects, ARM).among(np.ones(400, dtype=bool))
    treated = 0.4 + sign * 0.2
    assert _variance(outcome, 0.2) == pytest.approx(0.4 * 0.6 + treated * (1 - treated))
    assert np.isnan(outcome.event_probability).all()


def _restricted(hazard: float) -> tuple[float, float, float]:
    """Mean, variance and event probability of min(T, horizon) by quadrature over the survival curve."""
    mean = integrate.quad(lambda t: np.exp(-hazard * t), 0, _HORIZON)[0]
    square = 2 * integrate.quad(lambda t: t * np.exp(-hazard * t), 0, _HORIZON)[0]
    return mean, square - mean**2, 1 - np.exp(-hazard * _HORIZON)


def _exponential(hazards: tuple[float, float]) -> dict[str, object]:
    """Times at the quantiles of an exponential distribution in each arm, so that its moments are those of theory."""
    arms = fitted(n=400)[0].frame["arm"].to_numpy() == ARM
    months = np.empty(400)
    for member, hazard in ((~arms, hazards[0]), (arms, hazards[1])):
        months[member] = -np.log1p(-(np.arange(member.sum()) + 0.5) / member.sum()) / hazard
    return {"months": months, "event": np.ones(400)}


@pytest.mark.independent
def test_event_times_are_exponential_with_the_predicted_restricted_mean() -> None:
    control, treated = _restricted(0.06), _restricted(0.03)
    trial, effects = _of_kind({"time": "months", "event": "event"}, _exponential((0.06, 0.03)), baseline=control[0])
    effects = replace(effects, benefit=effects.benefit * 0 + treated[0] - control[0])
    outcome = source_outcome(trial, effects, ARM).among(np.ones(400, dtype=bool))
    assert _variance(outcome, treated[0] - control[0]) == pytest.approx(control[1] + treated[1], rel=5e-3)
    assert outcome.event_probability[0] == pytest.approx((control[2] + treated[2]) / 2, rel=1e-4)
    # Away from the predicted effect the mean square follows its parabola: here to the hazard 0.04.
    moved = _restricted(0.04)
    assert _variance(outcome, moved[0] - control[0]) == pytest.approx(control[1] + moved[1], rel=1e-2)


@pytest.mark.known_truth
def test_event_times_vary_as_much_as_they_were_seen_to() -> None:
    """Half of the patients fail at once in both arms and the others never: twice the variance of exponential times."""
    trial, effects = _of_kind(
        {"time": "months", "event": "event"},
        {"months": np.where(np.arange(400) % 4 < 2, 0.001, 40.0), "event": (np.arange(400) % 4 < 2).astype(int)},
        baseline=_HORIZON / 2,
    )
    arms = trial.arm_index
    failed = trial.time < 1
    shares = [failed[arms == arm].mean() for arm in (0, 1)]
    effects = replace(effects, benefit=effects.benefit * 0)
    outcome = source_outcome(trial, effects, ARM).among(np.ones(400, dtype=bool))
    expected = sum(_HORIZON**2 * share * (1 - share) for share in shares)
    assert _variance(outcome, 0.0) == pytest.approx(expected, rel=1e-3)
