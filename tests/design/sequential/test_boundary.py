from typing import Any

import numpy as np
import pytest
from scipy.special import ndtr, ndtri

from ite.design.sequential.boundary import Boundary, critical_values, cumulative_alpha
from ite.errors import DesignError

FAMILIES: list[dict[str, Any]] = [
    {"family": "obrien_fleming"},
    {"family": "pocock"},
    {"family": "wang_tsiatis", "delta": 0.25},
    {"family": "wang_tsiatis", "delta": 0.7},
    {"family": "haybittle_peto", "interim_z": 3.3},
    {"family": "lan_demets_obf"},
    {"family": "lan_demets_pocock"},
    {"family": "hwang_shih_decani", "gamma": -4.0},
    {"family": "hwang_shih_decani", "gamma": 0.0},
    {"family": "hwang_shih_decani", "gamma": 3.0},
    {"family": "kim_demets", "rho": 2.0},
]
FRACTIONS = [
    (1.0,),
    (0.5, 1.0),
    (0.2, 0.21, 0.9, 1.0),
    (0.05, 0.1, 0.3, 0.5, 0.6, 0.8, 0.999, 1.0),
]
names = [f"{family['family']}{list(family.values())[1:]}" for family in FAMILIES]


@pytest.mark.known_truth
@pytest.mark.parametrize("fractions", FRACTIONS, ids=len)
@pytest.mark.parametrize("settings", FAMILIES, ids=names)
def test_the_level_is_spent_exactly(settings: dict[str, Any], fractions: tuple[float, ...]) -> None:
    for alpha in (0.001, 0.025, 0.2):
        if settings["family"] == "haybittle_peto" and alpha == 0.001:
            continue  # an interim bound of 3.3 has spent it
        boundary = Boundary(information_fractions=fractions, alpha=alpha, **settings)
        assert cumulative_alpha(boundary)[-1] == pytest.approx(alpha, rel=1e-9)


@pytest.mark.known_truth
@pytest.mark.parametrize("settings", FAMILIES, ids=names)
def test_one_look_is_the_fixed_design(settings: dict[str, Any]) -> None:
    boundary = Boundary(information_fractions=(1.0,), alpha=0.03, **settings)
    assert critical_values(boundary) == pytest.approx([-ndtri(0.03)], abs=1e-10)


@pytest.mark.known_truth
def test_classical_constants() -> None:
    """Jennison & Turnbull 2000, tables 2.1 and 2.3 (two-sided 0.05, here one-sided 0.025)."""
    for looks, pocock, obrien_fleming in [(2, 2.178, 1.977), (3, 2.289, 2.004), (5, 2.413, 2.040), (10, 2.555, 2.087)]:
        fractions = tuple(np.arange(1, looks + 1) / looks)
        constant = critical_values(Boundary(family="pocock", information_fractions=fractions))
        last = critical_values(Boundary(family="obrien_fleming", information_fractions=fractions))[-1]
        assert constant == pytest.approx(np.full(looks, pocock), abs=6e-4)
        assert last == pytest.approx(obrien_fleming, abs=6e-4)


@pytest.mark.known_truth
def test_wang_tsiatis_holds_pocock_and_obrien_fleming() -> None:
    fractions = (0.3, 0.6, 1.0)
    for delta, family in [(0.5, "pocock"), (0.0, "obrien_fleming")]:
        one = Boundary(family="wang_tsiatis", delta=delta, information_fractions=fractions)
        other = Boundary(family=family, information_fractions=fractions)
        assert critical_values(one) == pytest.approx(critical_values(other), abs=1e-10)


@pytest.mark.known_truth
def test_user_spending_of_a_family_gives_its_bounds_and_nothing_spent_is_no_bound() -> None:
    power = Boundary(family="kim_demets", rho=1.0, information_fractions=(0.25, 0.5, 1.0))
    user = Boundary(
        family="user_spending", cumulative_alpha=(0.00625, 0.0125, 0.025), information_fractions=(0.25, 0.5, 1.0)
    )
    assert critical_values(user) == pytest.approx(critical_values(power), abs=1e-10)
    late = Boundary(family="user_spending", cumulative_alpha=(0.0, 0.01, 0.025), information_fractions=(0.25, 0.5, 1.0))
    assert critical_values(late)[0] == np.inf
    assert critical_values(late)[1] == pytest.approx(-ndtri(0.01))


@pytest.mark.known_truth
@pytest.mark.parametrize("settings", [*FAMILIES, {"family": "haybittle_peto", "interim_z": 2.8}], ids=str)
def test_a_look_for_futility_only_leaves_its_level_to_the_others(settings: dict[str, Any]) -> None:
    boundary = Boundary(information_fractions=(0.3, 0.6, 1.0), futility_only_looks=(1,), **settings)
    spent = cumulative_alpha(boundary)
    assert critical_values(boundary)[0] == np.inf
    assert spent[0] == 0.0
    assert spent[1] > 0.0
    assert spent[2] == pytest.approx(0.025, rel=1e-9)


@pytest.mark.known_truth
def test_only_binding_futility_lowers_the_bounds() -> None:
    boundary = Boundary(family="lan_demets_obf", information_fractions=(0.4, 0.7, 1.0))
    binding = critical_values(boundary, (0.3, 1.0))
    assert (binding <= critical_values(boundary)).all()
    assert binding[-1] < critical_values(boundary)[-1] - 0.01
    assert cumulative_alpha(boundary, (0.3, 1.0)) == pytest.approx(cumulative_alpha(boundary), rel=1e-8)
    assert (critical_values(boundary, (-np.inf, -np.inf)) == critical_values(boundary)).all()


@pytest.mark.known_truth
@pytest.mark.parametrize("settings", FAMILIES, ids=names)
def test_binding_futility_spends_the_level_on_what_is_left(settings: dict[str, Any]) -> None:
    boundary = Boundary(information_fractions=(0.4, 0.7, 1.0), **settings)
    assert cumulative_alpha(boundary, (0.0, 0.8))[-1] == pytest.approx(0.025, rel=1e-9)


@pytest.mark.known_truth
def test_extreme_first_looks_have_a_bound_of_their_own() -> None:
    boundary = Boundary(family="lan_demets_obf", information_fractions=(0.05, 0.06, 1.0))
    first, second, last = critical_values(boundary)
    assert 2.0 * ndtr(-first) == pytest.approx(4.0 * ndtr(ndtri(0.0125) / np.sqrt(0.05)), rel=1e-6)
    assert first > second > last == pytest.approx(-ndtri(0.025), abs=1e-10)


@pytest.mark.known_truth
def test_bounds_are_computed_once_and_cannot_be_changed() -> None:
    one, same = (critical_values(Boundary(information_fractions=(0.3, 1.0))) for _ in range(2))
    assert one is same
    with pytest.raises(ValueError, match="read-only"):
        one[0] = 0.0


@pytest.mark.known_truth
def test_a_boundary_survives_json() -> None:
    boundary = Boundary(family="kim_demets", rho=2.5, information_fractions=(0.4, 1.0), futility_only_looks=(1,))
    assert Boundary.model_validate_json(boundary.model_dump_json()) == boundary


@pytest.mark.known_truth
@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"information_fractions": (0.5, 0.5, 1.0)}, "increasing shares"),
        ({"information_fractions": (0.5, 0.9)}, "last look comes at 100 %"),
        ({"information_fractions": (-0.5, 1.0)}, "greater than 0"),
        ({"information_fractions": ()}, "at least 1 item"),
        ({"alpha": 0.5}, "less than 50, but 50 was given"),
        ({"family": "wang_tsiatis"}, "needs its parameter 'delta'"),
        ({"rho": 2.0}, "'rho' belongs to 'kim_demets'"),
        ({"family": "user_spending", "cumulative_alpha": (0.01,)}, "one value for each look"),
        ({"family": "user_spending", "cumulative_alpha": (0.03, 0.025)}, "grows from 0"),
        ({"family": "user_spending", "cumulative_alpha": (0.01, 0.02)}, "grows from 0 % to 2.5 %"),
        ({"futility_only_looks": (2,)}, "look 2 was given"),
    ],
)
def test_bad_settings_are_explained(settings: dict[str, Any], words: str) -> None:
    with pytest.raises(DesignError, match=words):
        Boundary(**settings)


@pytest.mark.known_truth
def test_bounds_that_cannot_be_are_explained() -> None:
    with pytest.raises(DesignError, match=r"at least 2\.24"):
        critical_values(Boundary(family="haybittle_peto", interim_z=1.5))
    with pytest.raises(DesignError, match=r"level of 2\.5 % cannot be spent"):
        critical_values(Boundary(family="pocock", alpha=0.025), (3.0,))
    with pytest.raises(DesignError, match="leave only"):
        critical_values(Boundary(family="lan_demets_obf"), (3.0,))
    with pytest.raises(ValueError, match="1 futility bounds expected"):
        critical_values(Boundary(), (0.0, 0.0))
