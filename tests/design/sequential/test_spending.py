import numpy as np
import pytest

from ite.design.sequential.spending import SpendingFamily, cumulative_spending

FAMILIES: list[tuple[SpendingFamily, float | None]] = [
    ("lan_demets_obf", None),
    ("lan_demets_pocock", None),
    ("hwang_shih_decani", -4.0),
    ("hwang_shih_decani", 0.0),
    ("hwang_shih_decani", 2.0),
    ("kim_demets", 3.0),
]


@pytest.mark.known_truth
@pytest.mark.parametrize(("family", "parameter"), FAMILIES)
def test_spending_grows_to_the_level(family: SpendingFamily, parameter: float | None) -> None:
    spent = cumulative_spending(family, np.linspace(0.05, 1.0, 20), 0.025, parameter)
    assert (np.diff(spent) > 0).all()
    assert spent[0] > 0
    assert spent[-1] == pytest.approx(0.025, rel=1e-12)


@pytest.mark.known_truth
def test_hwang_shih_decani_with_gamma_near_0_is_linear() -> None:
    fractions = np.array([0.2, 0.7, 1.0])
    assert cumulative_spending("hwang_shih_decani", fractions, 0.05, 0.0) == pytest.approx(0.05 * fractions)
    assert cumulative_spending("hwang_shih_decani", fractions, 0.05, 1e-9) == pytest.approx(0.05 * fractions)


@pytest.mark.known_truth
@pytest.mark.parametrize("family", ["hwang_shih_decani", "kim_demets"])
def test_a_family_without_its_parameter_is_a_mistake(family: SpendingFamily) -> None:
    with pytest.raises(ValueError, match="parameter"):
        cumulative_spending(family, np.ones(1), 0.025)
