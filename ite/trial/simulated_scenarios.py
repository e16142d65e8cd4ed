"""Shapes of the prognostic part and of the effect in simulated trials."""

from typing import Literal, NamedTuple

import numpy as np
from scipy import special

from ite.trial.data import FloatArray

EffectForm = Literal["constant", "one_modifier", "scenario_1", "scenario_2", "scenario_3", "scenario_4"]


class Scenario(NamedTuple):
    """Prognostic part f with its range, effect shape g with its mean and SD, and both as text."""

    prognostic_range: tuple[float, float]
    shape_moments: tuple[float, float]
    prognostic_text: str
    shape_text: str


# Means and SDs of g treat x1, x4 as independent of x14: their latent correlation is at most 0.5^10.
SCENARIOS: dict[str, Scenario] = {
    "constant": Scenario((0, 3), (0, 1), "2 (0.5 x1 + x11)", "0"),
    "one_modifier": Scenario((0, 3), (0, 1), "2 (0.5 x1 + x11)", "sqrt(12) (x14 - 0.5)"),
    "scenario_1": Scenario((0, 3), (0.5, 0.4709464), "2 (0.5 x1 + x11)", "Phi(20 (x11 - 0.5))"),
    "scenario_2": Scenario((-1.4, 1.4), (0.5, 12**-0.5), "1.4 (x14 - (1 - x8))", "x14"),
    "scenario_3": Scenario((-0.7, 1.4), (0.2, 0.4), "1.4 ((1 - x1) - 0.5 x17)", "1 if x14 > 0.6 and x1 = 0, else 0"),
    "scenario_4": Scenario((-2.5, 2.5), (0.65, 0.2275**0.5), "2.5 (x11 - x14)", "1 if x14 > 0.7 or x4 = 1, else 0"),
}


def prognostic_part(form: EffectForm, x: FloatArray) -> FloatArray:
    """Return the prognostic part f of each patient, shape (n,), from the covariates, shape (n, 17 or more)."""
    if form == "scenario_2":
        return 1.4 * (x[:, 13] - (1 - x[:, 7]))
    if form == "scenario_3":
        return 1.4 * ((1 - x[:, 0]) - 0.5 * x[:, 16])
    if form == "scenario_4":
        return 2.5 * (x[:, 10] - x[:, 13])
    return 2 * (0.5 * x[:, 0] + x[:, 10])


def effect_shape(form: EffectForm, x: FloatArray) -> FloatArray:
    """Return the shape g of the effect for each patient, shape (n,), from the covariates, shape (n, 17 or more)."""
    if form == "one_modifier":
        return np.asarray(np.sqrt(12) * (x[:, 13] - 0.5), dtype=np.float64)
    if form == "scenario_1":
        return np.asarray(special.ndtr(20 * (x[:, 10] - 0.5)), dtype=np.float64)
    if form == "scenario_2":
        return x[:, 13]
    if form == "scenario_3":
        return np.asarray((x[:, 13] > 0.6) & (x[:, 0] == 0), dtype=np.float64)
    if form == "scenario_4":
        return np.asarray((x[:, 13] > 0.7) | (x[:, 3] == 1), dtype=np.float64)
    return np.zeros(len(x))
