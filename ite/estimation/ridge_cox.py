"""Ridge-penalised proportional hazards: the nuisance model for events and for censoring."""

from dataclasses import dataclass

import numpy as np

from ite.trial.data import BoolArray, FloatArray

_NEWTON_STEPS = 12
_CONVERGED = 1e-6


@dataclass(frozen=True, kw_only=True, eq=False)
class RidgeCox:
    """A fitted model: hazard(t | x) = baseline(t) * exp(x b).

    Attributes
    ----------
    coefficients : array, shape (features,)
    times, cumulative_hazard : array, shape (distinct event times,)
        Breslow's estimate of the baseline cumulative hazard, for x = 0.
    """

    coefficients: FloatArray
    times: FloatArray
    cumulative_hazard: FloatArray

    def log_hazard_ratio(self, features: FloatArray) -> FloatArray:
        """Linear predictor, shape (patients,)."""
        return features @ self.coefficients

    def cumulative(self, features: FloatArray, at: FloatArray) -> FloatArray:
        """Cumulative hazard of each patient at each time, shape (patients, times)."""
        position = np.searchsorted(self.times, at, side="right")
        baseline = np.concatenate([[0.0], self.cumulative_hazard])[position]
        product: FloatArray = np.exp(self.log_hazard_ratio(features))[:, None] * baseline[None, :]
        return product


def fit_ridge_cox(
    features: FloatArray,
    time: FloatArray,
    event: BoolArray,
    penalty: float | FloatArray,
    start: FloatArray | None = None,
) -> RidgeCox:
    """Maximise Breslow's partial likelihood minus penalty / 2 * sum(b^2) by Newton's method.

    An infinite penalty gives the model without covariates (Nelson-Aalen). A penalty per feature may leave some at 0.

    Parameters
    ----------
    features : array, shape (patients, features), standardised
    time, event : array, shape (patients,)
    start : array, shape (features,), optional
        Where Newton's method starts, such as the coefficients under a larger penalty.

    Source: Breslow 1974, Biometrics 30:89-99; Verweij & van Houwelingen 1994, Stat Med 13:2427-2436.
    """
    order = np.argsort(time, kind="stable")
    sorted_features, sorted_time, sorted_event = features[order], time[order], event[order]
    first_at_risk = np.searchsorted(sorted_time, sorted_time[sorted_event], side="left")
    coefficients = np.zeros(features.shape[1]) if start is None else start.copy()
    strength = np.broadcast_to(np.asarray(penalty, dtype=float), coefficients.shape)
    if len(strength) and np.isfinite(strength).all() and sorted_event.any():
        coefficients = _newton(sorted_features, sorted_event, first_at_risk, strength, coefficients)
    else:
        coefficients = np.zeros(features.shape[1])
    risk = np.exp(_centred(sorted_features @ coefficients))
    at_risk = np.cumsum(risk[::-1])[::-1]
    event_times, which = np.unique(sorted_time[sorted_event], return_inverse=True)
    jumps = np.bincount(which, weights=1.0 / at_risk[first_at_risk], minlength=len(event_times))
    scale = np.exp(-_shift(sorted_features @ coefficients))
    return RidgeCox(coefficients=coefficients, times=event_times, cumulative_hazard=np.cumsum(jumps) * scale)


def partial_log_likelihood(log_hazard_ratio: FloatArray, time: FloatArray, event: BoolArray) -> float:
    """Breslow's partial log likelihood of given linear predictors; 0 where there is no event."""
    order = np.argsort(time, kind="stable")
    predictor, sorted_time, sorted_event = _centred(log_hazard_ratio[order]), time[order], event[order]
    at_risk = np.cumsum(np.exp(predictor)[::-1])[::-1]
    first_at_risk = np.searchsorted(sorted_time, sorted_time[sorted_event], side="left")
    return float(np.sum(predictor[sorted_event] - np.log(at_risk[first_at_risk])))


def _shift(predictor: FloatArray) -> float:
    return float(predictor.max()) if len(predictor) else 0.0


def _centred(predictor: FloatArray) -> FloatArray:
    """Subtract the largest value, so that exp() cannot overflow; the partial likelihood does not change."""
    return predictor - _shift(predictor)


def _newton(
    features: FloatArray, event: BoolArray, first_at_risk: np.ndarray, penalty: FloatArray, coefficients: FloatArray
) -> FloatArray:
    events = features[event].sum(axis=0)
    for _ in range(_NEWTON_STEPS):
        risk = np.exp(_centred(features @ coefficients))
        at_risk = np.cumsum(risk[::-1])[::-1]
        weighted = np.cumsum((risk[:, None] * features)[::-1], axis=0)[::-1]
        total = at_risk[first_at_risk]
        mean = weighted[first_at_risk] / total[:, None]
        gradient = events - mean.sum(axis=0) - penalty * coefficients
        # Each patient's share in the second moments: his risk times the sum of 1 / (total at risk) over earlier events.
        passed = np.zeros(len(features))
        np.add.at(passed, first_at_risk, 1.0 / total)
        exposure = risk * np.cumsum(passed)
        hessian = features.T @ (exposure[:, None] * features) - mean.T @ mean
        hessian[np.diag_indices_from(hessian)] += penalty
        step = np.linalg.solve(hessian, gradient)
        coefficients = coefficients + np.clip(step, -1.0, 1.0)
        if np.abs(step).max() < _CONVERGED:
            break
    return coefficients
