"""Trials and observational studies with known effects, drawn by published recipes, for comparing learners."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from ite.trial.data import FloatArray, TrialData
from ite.trial.roles import Roles
from ite.trial.simulated import SimulatedSpec, simulate_trial

_FEATURES = 10


@dataclass(frozen=True, kw_only=True, eq=False)
class Drawn:
    """A study, the true effect of its patients, and new patients with theirs."""

    trial: TrialData
    true_effect: FloatArray
    fresh: pd.DataFrame
    fresh_effect: FloatArray


def _randomised(effect: str, outcome: str, n: int, seed: int, fresh: int) -> Drawn:
    whole = simulate_trial(SimulatedSpec(n=n + fresh, effect=effect, outcome=outcome, seed=seed))
    frame = whole.trial.frame
    return Drawn(
        trial=TrialData.from_frame(frame.iloc[:n].reset_index(drop=True), whole.trial.roles, name="drawn"),
        true_effect=whole.true_effect[:n],
        fresh=whole.trial.covariates.iloc[n:].reset_index(drop=True),
        fresh_effect=whole.true_effect[n:],
    )


@dataclass(frozen=True, kw_only=True)
class Setup:
    """Prognosis, effect and propensity as functions of the covariates; noise of variance 1."""

    prognosis: Callable[[FloatArray], FloatArray]
    effect: Callable[[FloatArray], FloatArray]
    propensity: Callable[[FloatArray], FloatArray]
    uniform: bool = False


def _softplus(values: FloatArray) -> FloatArray:
    found: FloatArray = np.logaddexp(0.0, values)
    return found


def _half(x: FloatArray) -> FloatArray:
    return np.full(len(x), 0.5)


def _friedman(x: FloatArray) -> FloatArray:
    curve: FloatArray = np.sin(np.pi * x[:, 0] * x[:, 1]) + 2 * (x[:, 2] - 0.5) ** 2 + x[:, 3] + 0.5 * x[:, 4]
    return curve


def _held_inside(x: FloatArray) -> FloatArray:
    inside: FloatArray = np.clip(np.sin(np.pi * x[:, 0] * x[:, 1]), 0.1, 0.9)
    return inside


def _logistic_of_sums(x: FloatArray) -> FloatArray:
    chance: FloatArray = 1 / (1 + np.exp(x[:, 1] + x[:, 2]))
    return chance


def _logistic_of_two(x: FloatArray) -> FloatArray:
    chance: FloatArray = 1 / (1 + np.exp(-x[:, 0]) + np.exp(-x[:, 1]))
    return chance


#: The four setups of Nie & Wager 2021, section 6: a confounded one with a simple effect, a randomised one with a strong
#: effect, a confounded one with a constant effect, and one whose arms share nothing.
SETUPS = {
    "A, confounded": Setup(
        prognosis=_friedman, effect=lambda x: (x[:, 0] + x[:, 1]) / 2, propensity=_held_inside, uniform=True
    ),
    "B, randomised": Setup(
        prognosis=lambda x: np.maximum(np.maximum(x[:, 0] + x[:, 1], x[:, 2]), 0) + np.maximum(x[:, 3] + x[:, 4], 0),
        effect=lambda x: x[:, 0] + np.log1p(np.exp(x[:, 1])),
        propensity=_half,
    ),
    "C, confounded, constant": Setup(
        prognosis=lambda x: 2 * _softplus(x[:, 0] + x[:, 1] + x[:, 2]),
        effect=lambda x: np.ones(len(x)),
        propensity=_logistic_of_sums,
    ),
    "D, unrelated arms": Setup(
        prognosis=lambda x: (np.maximum(x[:, :3].sum(axis=1), 0) + np.maximum(x[:, 3] + x[:, 4], 0)) / 2,
        effect=lambda x: np.maximum(x[:, :3].sum(axis=1), 0) - np.maximum(x[:, 3] + x[:, 4], 0),
        propensity=_logistic_of_two,
    ),
}


def _from_setup(name: str, n: int, seed: int, fresh: int) -> Drawn:
    setup, rng = SETUPS[name], np.random.default_rng(seed)
    shape = (n + fresh, _FEATURES)
    x = rng.random(shape) if setup.uniform else rng.standard_normal(shape)
    chance, effect = setup.propensity(x), setup.effect(x)
    treated = rng.random(len(x)) < chance
    outcome = setup.prognosis(x) + (treated - 0.5) * effect + rng.standard_normal(len(x))
    names = tuple(f"x{position + 1}" for position in range(_FEATURES))
    covariates = pd.DataFrame(x, columns=list(names))
    frame = covariates.assign(arm=np.where(treated, "treated", "control"), y=outcome)
    randomised = setup.propensity is _half
    roles = Roles(
        treatment="arm",
        control="control",
        outcome="y",
        covariates=names,
        design="randomized" if randomised else "observational",
    )
    return Drawn(
        trial=TrialData.from_frame(frame.iloc[:n], roles, name=name),
        true_effect=effect[:n],
        fresh=covariates.iloc[n:].reset_index(drop=True),
        fresh_effect=effect[n:],
    )


#: Name to whether it is drawn by a setup or by a scenario of the simulated trials.
GENERATORS = (
    "scenario_1",
    "scenario_2",
    "scenario_3",
    "scenario_4",
    "scenario_1, binary",
    "scenario_2, binary",
    "constant",
    *SETUPS,
)


def draw(name: str, n: int, seed: int, fresh: int = 1_000) -> Drawn:
    """Draw a study of `n` patients, and new patients, by the generator of this name."""
    if name in SETUPS:
        return _from_setup(name, n, seed, fresh)
    effect, _, outcome = name.partition(", ")
    return _randomised(effect, outcome or "continuous", n, seed, fresh)
