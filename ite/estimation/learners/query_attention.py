"""Query attention: a few learnt queries look at the covariates and summarise them (experimental)."""

from dataclasses import dataclass, replace

import autograd.numpy as anp
import numpy as np
from autograd import value_and_grad
from scipy.optimize import minimize

from ite.estimation.learners.protocol import TrainingFold
from ite.trial.data import FloatArray

_QUERIES, _WIDTH = 3, 4
_ORTHOGONALITY, _BALANCE, _RIDGE = 0.1, 0.1, 0.05
_STEPS = 60
_START = 0.3


@dataclass(frozen=True, kw_only=True, eq=False)
class QueryNetwork:
    """Parameters; p features, q queries, w width.

    Attributes
    ----------
    slope, shift : array, shape (p, w)
        A feature's key is its value times its slope plus its shift.
    value_slope, value_shift : array, shape (p, w)
        The same for what is summarised.
    query : array, shape (q, w)
    outcome_weight, effect_weight : array, shape (q * w,)
    average : float
        Effect where the summary is 0.
    """

    slope: FloatArray
    shift: FloatArray
    value_slope: FloatArray
    value_shift: FloatArray
    query: FloatArray
    outcome_weight: FloatArray
    effect_weight: FloatArray
    average: float = 0.0


def query_attention(fold: TrainingFold, features: FloatArray) -> FloatArray:
    """Return the effects of a small network in which learnt queries attend over the covariates.

    Estimates  effect(x) = c + r(x)'d in Y = a + r(x)'b + (A - e) (c + r(x)'d) + noise, where r(x) holds, for each
               query, the average of the covariates' values weighted by softmax(query'key / sqrt(width)). Queries are
               held orthogonal and the mean of r is held alike in both arms; b and d are penalised.
    Assumes    treatment randomised (or unconfounded given x), and overlap.
    Source     Fan et al. 2023, IJCNN (learnable queries, orthogonality, balance); the sizes are ours.
    """
    network = fit_network(fold)
    return np.asarray(network.average + _represent(network, features) @ network.effect_weight, dtype=float)


def attention(network: QueryNetwork, features: FloatArray) -> FloatArray:
    """Return how much each query looks at each feature, averaged over patients, shape (queries, features)."""
    return np.asarray(_looks(network, features).mean(axis=0).T, dtype=float)


def fit_network(fold: TrainingFold) -> QueryNetwork:
    """Fit all parameters together by quasi-Newton steps from a start drawn with the fold's seed."""
    centred = fold.treated - fold.propensity
    spread = float(fold.outcome.std()) or 1.0
    average = float(fold.outcome @ centred / (centred @ centred))
    left = fold.outcome - average * centred
    target = (left - left.mean()) / spread
    weight = np.where(fold.treated, 1 / fold.propensity, -1 / (1 - fold.propensity)) / len(target)
    shapes = _shapes(fold.features.shape[1])

    def loss(parameters: FloatArray) -> float:
        network = _unpack(parameters, shapes)
        summary = _represent(network, fold.features)
        error = target - summary @ network.outcome_weight - centred * (summary @ network.effect_weight)
        overlap = anp.dot(network.query, network.query.T) - np.eye(_QUERIES)
        imbalance = anp.dot(weight, summary)
        weights = anp.sum(network.outcome_weight**2) + anp.sum(network.effect_weight**2)
        keys = anp.sum(network.slope**2) + anp.sum(network.shift**2)
        rest = keys + anp.sum(network.value_slope**2) + anp.sum(network.value_shift**2)
        penalty = _ORTHOGONALITY * anp.sum(overlap**2) + _BALANCE * anp.sum(imbalance**2)
        total: float = anp.mean(error**2) + penalty + _RIDGE * (weights + rest / fold.features.shape[1])
        return total

    size = sum(int(np.prod(shape)) for shape in shapes)
    start = np.random.default_rng(fold.seed).normal(0, _START, size)
    found = minimize(value_and_grad(loss), start, jac=True, method="L-BFGS-B", options={"maxiter": _STEPS})
    network = _unpack(found.x, shapes)
    return replace(network, effect_weight=network.effect_weight * spread, average=average)


def _shapes(features: int) -> tuple[tuple[int, ...], ...]:
    by_feature, head = (features, _WIDTH), (_QUERIES * _WIDTH,)
    return by_feature, by_feature, by_feature, by_feature, (_QUERIES, _WIDTH), head, head


def _unpack(parameters: FloatArray, shapes: tuple[tuple[int, ...], ...]) -> QueryNetwork:
    ends = np.cumsum([int(np.prod(shape)) for shape in shapes])
    starts = ends - [int(np.prod(shape)) for shape in shapes]
    parts = [parameters[start:end].reshape(shape) for start, end, shape in zip(starts, ends, shapes, strict=True)]
    return QueryNetwork(
        slope=parts[0],
        shift=parts[1],
        value_slope=parts[2],
        value_shift=parts[3],
        query=parts[4],
        outcome_weight=parts[5],
        effect_weight=parts[6],
    )


def _looks(network: QueryNetwork, features: FloatArray) -> FloatArray:
    """Return the share of attention, shape (patients, features, queries)."""
    by_value = anp.dot(network.slope, network.query.T) / np.sqrt(_WIDTH)
    by_feature = anp.dot(network.shift, network.query.T) / np.sqrt(_WIDTH)
    score = features[:, :, None] * by_value + by_feature
    score = anp.exp(score - anp.max(score, axis=1, keepdims=True))
    share: FloatArray = score / anp.sum(score, axis=1, keepdims=True)
    return share


def _represent(network: QueryNetwork, features: FloatArray) -> FloatArray:
    """Return what the queries saw, shape (patients, queries * width)."""
    share = _looks(network, features)
    parts = [
        anp.dot(share[:, :, query] * features, network.value_slope) + anp.dot(share[:, :, query], network.value_shift)
        for query in range(_QUERIES)
    ]
    summary: FloatArray = anp.concatenate(parts, axis=1)
    return summary
