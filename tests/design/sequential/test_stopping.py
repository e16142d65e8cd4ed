from typing import Any

import numpy as np
import pytest
from scipy.special import ndtr, ndtri

from ite.design.sequential.assurance import sequential_assurance
from ite.design.sequential.boundary import Boundary, critical_values
from ite.design.sequential.conditional import conditional_power, current_trend, predictive_power
from ite.design.sequential.crossing import first_crossing
from ite.design.sequential.futility import Futility
from ite.design.sequential.spending import cumulative_spending
from ite.design.sequential.stopping import Bounds, bounds_for, powered_bounds
from ite.errors import DesignError

LOOKS = Boundary(family="lan_demets_obf", information_fractions=(0.4, 0.7, 1.0))
RULES = [
    {"bounds": (0.0, 0.9)},
    {"bounds": (None, 0.9)},
    {"scale": "effect_share", "bounds": (0.1, 0.3)},
    {"scale": "conditional_power", "bounds": (0.3, 0.4)},
    {"scale": "conditional_power_of_trend", "bounds": (0.05, 0.1)},
    {"scale": "predictive_power", "bounds": (0.1, 0.15)},
    {"scale": "beta_spending"},
    {"scale": "beta_spending", "spending": "kim_demets", "parameter": 3.0},
    {"scale": "beta_spending", "spending": "hwang_shih_decani", "parameter": -2.0},
]
rules = pytest.mark.parametrize("rule", RULES, ids=str)


def _level(bounds: Bounds, *, obeyed: bool) -> float:
    lower = bounds.lower if obeyed else np.full(len(bounds.upper), -np.inf)
    return float(first_crossing(bounds.fractions, bounds.upper, lower, np.zeros(1)).upper.sum())


@pytest.mark.known_truth
@rules
@pytest.mark.parametrize("family", ["lan_demets_obf", "obrien_fleming"])
@pytest.mark.parametrize("power", [0.6, 0.9])
def test_non_binding_futility_keeps_the_level_and_the_power(rule: dict[str, Any], family: Any, power: float) -> None:  # noqa: ANN401
    boundary = LOOKS.model_copy(update={"family": family})
    powered = powered_bounds(boundary, Futility(**rule), power=power)
    assert powered.bounds.power(np.array([powered.drift])) == pytest.approx([power], abs=1e-9)
    assert (powered.bounds.upper == critical_values(boundary)).all()
    assert _level(powered.bounds, obeyed=False) == pytest.approx(0.025, abs=1e-9)
    assert _level(powered.bounds, obeyed=True) < 0.025
    assert powered.inflation > powered_bounds(boundary, None, power=power).inflation > 1.0


@pytest.mark.known_truth
@rules
def test_binding_futility_spends_the_level_on_the_trials_that_are_left(rule: dict[str, Any]) -> None:
    free = powered_bounds(LOOKS, Futility(**rule), power=0.9)
    bound = powered_bounds(LOOKS, Futility(**rule, binding=True), power=0.9)
    assert _level(bound.bounds, obeyed=True) == pytest.approx(0.025, abs=1e-9)
    assert _level(bound.bounds, obeyed=False) > 0.025
    assert bound.bounds.power(np.array([bound.drift])) == pytest.approx([0.9], abs=1e-9)
    assert bound.inflation < free.inflation


@pytest.mark.known_truth
def test_one_look_is_the_fixed_design() -> None:
    powered = powered_bounds(Boundary(information_fractions=(1.0,), alpha=0.01), None, power=0.8)
    assert powered.drift == pytest.approx(ndtri(0.8) - ndtri(0.01))
    assert powered.inflation == 1.0
    assert powered.bounds.power(np.array([0.0, powered.drift])) == pytest.approx([0.01, 0.8])


@pytest.mark.known_truth
def test_published_inflation_factors() -> None:
    """Jennison & Turnbull 2000, tables 2.2 and 2.4 (two-sided 0.05): maximum size over fixed size."""
    for family, looks, power, published in [
        ("pocock", 2, 0.8, 1.110),
        ("pocock", 5, 0.9, 1.207),
        ("obrien_fleming", 2, 0.8, 1.008),
        ("obrien_fleming", 5, 0.9, 1.026),
        ("obrien_fleming", 10, 0.8, 1.040),
    ]:
        boundary = Boundary(family=family, information_fractions=tuple(np.arange(1, looks + 1) / looks))
        assert powered_bounds(boundary, None, power=power).inflation == pytest.approx(published, abs=6e-4)


@pytest.mark.known_truth
def test_bounds_on_clinical_scales_mean_what_they_say() -> None:
    t, drift = np.array([0.4, 0.7]), 3.3

    def lower(**rule: Any) -> Any:  # noqa: ANN401
        return bounds_for(LOOKS, Futility(**rule), drift=drift, beta=0.1).lower[:-1]

    critical = critical_values(LOOKS)[-1]
    z = lower(scale="conditional_power", bounds=(0.2, 0.3))
    assert conditional_power(z, t, critical=critical, drift=drift) == pytest.approx([0.2, 0.3])
    z = lower(scale="conditional_power_of_trend", bounds=(0.2, 0.3))
    assert conditional_power(z, t, critical=critical, drift=current_trend(z, t)) == pytest.approx([0.2, 0.3])
    z = lower(scale="predictive_power", bounds=(0.2, 0.3))
    assert predictive_power(z, t, critical=critical) == pytest.approx([0.2, 0.3])
    assert lower(scale="effect_share", bounds=(0.2, None)) == pytest.approx([0.2 * drift * np.sqrt(0.4), -np.inf])
    assert lower(bounds=(9.0, 0.0)) == pytest.approx([critical_values(LOOKS)[0], 0.0])


@pytest.mark.known_truth
@pytest.mark.parametrize("binding", [False, True])
def test_beta_is_spent_as_planned(binding: bool) -> None:  # noqa: FBT001 - pytest's argument
    futility = Futility(scale="beta_spending", spending="lan_demets_pocock", binding=binding)
    powered = powered_bounds(LOOKS, futility, power=0.85)
    spent = powered.bounds.stopping(np.array([powered.drift])).lower[:, 0].cumsum()
    planned = cumulative_spending("lan_demets_pocock", np.array([0.4, 0.7, 1.0]), 0.15)
    assert spent == pytest.approx(planned, abs=1e-9)


@pytest.mark.known_truth
def test_a_look_for_futility_only() -> None:
    boundary = LOOKS.model_copy(update={"futility_only_looks": (1, 2)})
    powered = powered_bounds(boundary, Futility(bounds=(0.2, 0.8)), power=0.9)
    assert np.isinf(powered.bounds.upper[:2]).all()
    assert powered.bounds.upper[2] == pytest.approx(-ndtri(0.025), abs=1e-9)
    assert powered.bounds.stopping(np.array([2.0])).upper[:2].sum() == 0.0


@pytest.mark.known_truth
def test_power_grows_with_the_effect() -> None:
    bounds = powered_bounds(LOOKS, Futility(scale="beta_spending"), power=0.9).bounds
    assert (np.diff(bounds.power(np.linspace(-2, 8, 41))) >= -1e-13).all()


@pytest.mark.known_truth
def test_assurance_of_one_look_is_the_closed_form_and_no_uncertainty_is_power() -> None:
    fixed = powered_bounds(Boundary(information_fractions=(1.0,)), None, power=0.9).bounds
    for drift, sd in [(3.0, 1.0), (1.0, 0.05), (2.0, 30.0), (-30.0, 2.0), (60.0, 0.5)]:
        closed = ndtr((drift + ndtri(0.025)) / np.hypot(1.0, sd))
        assert sequential_assurance(fixed, drift=drift, drift_sd=sd) == pytest.approx(closed, abs=1e-9)
    bounds = powered_bounds(LOOKS, Futility(scale="beta_spending"), power=0.9).bounds
    power = float(bounds.power(np.array([2.5]))[0])
    assert sequential_assurance(bounds, drift=2.5, drift_sd=0.0) == power
    assert sequential_assurance(bounds, drift=2.5, drift_sd=1e-4) == pytest.approx(power, abs=1e-6)


@pytest.mark.known_truth
@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ({"scale": "z"}, "needs a bound for each look"),
        ({"scale": "beta_spending", "bounds": (0.0,)}, "1 bounds were given"),
        ({"scale": "conditional_power", "bounds": (0.2, 1.5)}, "between 0 % and 100 %, but 150 %"),
        ({"scale": "beta_spending", "spending": "kim_demets"}, "takes a parameter"),
        ({"bounds": (0.0, 0.0), "parameter": 2.0}, "takes a parameter"),
    ],
)
def test_bad_rules_are_explained(rule: dict[str, Any], words: str) -> None:
    with pytest.raises(DesignError, match=words):
        Futility(**rule)


@pytest.mark.known_truth
def test_what_cannot_be_reached_is_explained() -> None:
    with pytest.raises(DesignError, match="each of the 2 looks before the last, but 1"):
        powered_bounds(LOOKS, Futility(bounds=(0.0,)), power=0.9)
    late = LOOKS.model_copy(update={"futility_only_looks": (1,)})
    with pytest.raises(DesignError, match=r"it reaches 50\.0 %"):
        powered_bounds(late, Futility(scale="effect_share", bounds=(1.0, None)), power=0.9)
    with pytest.raises(DesignError, match="Power lies above"):
        powered_bounds(LOOKS, None, power=0.02)
    with pytest.raises(ValueError, match="effect_share first"):
        powered_bounds(LOOKS, Futility(scale="effect", bounds=(0.1, 0.1)), power=0.9)
