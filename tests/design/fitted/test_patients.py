from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from scipy import integrate

from ite.design.fitted.moments import moment_columns, variance_of_difference
from ite.design.fitted.patients import NextOutcome, next_outcome
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
    outcome = next_outcome(trial, effects, ARM, np.ones(trial.n, dtype=bool))
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
    outcome = next_outcome(trial, effects, ARM, np.ones(400, dtype=bool))
    treated = 0.4 + sign * 0.2
    assert _variance(outcome, 0.2) == pytest.approx(0.4 * 0.6 + treated * (1 - treated))
    assert np.isnan(outcome.event_probability).all()


def _restricted(hazard: float) -> tuple[float, float, float]:
    """Mean, variance and event probability of min(T, horizon) by quadrature over the survival curve."""
    mean = integrate.quad(lambda t: np.exp(-hazard * t), 0, _HORIZON)[0]
    square = 2 * integrate.quad(lambda t: t * np.exp(-hazard * t), 0, _HORIZON)[0]
    return mean, square - mean**2, 1 - np.exp(-hazard * _HORIZON)


@pytest.mark.independent
def test_event_times_are_exponential_with_the_predicted_restricted_mean() -> None:
    control, treated = _restricted(0.06), _restricted(0.03)
    trial, effects = _of_kind(
        {"time": "months", "event": "event"},
        {"months": np.linspace(1, 40, 400), "event": np.arange(400) % 2},
        baseline=control[0],
    )
    outcome = next_outcome(trial, effects, ARM, np.ones(400, dtype=bool))
    # Away from the predicted effect of 3 months the mean square follows its parabola.
    assert _variance(outcome, treated[0] - control[0]) == pytest.approx(control[1] + treated[1], rel=5e-3)
    at_prediction = next_outcome(
        trial, replace(effects, benefit=effects.benefit * 0 + treated[0] - control[0]), ARM, np.ones(400, dtype=bool)
    )
    assert _variance(at_prediction, treated[0] - control[0]) == pytest.approx(control[1] + treated[1], rel=1e-4)
    assert at_prediction.event_probability[0] == pytest.approx((control[2] + treated[2]) / 2, rel=1e-4)
