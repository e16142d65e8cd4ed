import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ite.design.alternatives.marker_cut import MarkerCut, marker_cut_curve
from ite.design.alternatives.resources import Resources
from ite.errors import DesignError


@pytest.mark.independent
@given(st.floats(-0.3, 0.5), st.floats(0.4, 2.0))
def test_the_best_cut_screens_fewest_on_a_fine_grid(intercept: float, slope: float) -> None:
    grid = np.linspace(0, 0.999, 4001)
    result = marker_cut_curve(MarkerCut(effect_intercept=intercept, effect_slope=slope, cutpoints=tuple(grid)))
    best = marker_cut_curve(
        MarkerCut(effect_intercept=intercept, effect_slope=slope, cutpoints=(result.best_cutpoint,))
    )
    assert result.curve["screened"].min() == pytest.approx(best.curve["screened"][0], rel=1e-5)


@pytest.mark.known_truth
def test_a_marker_without_benefit_anywhere_has_no_cut() -> None:
    with pytest.raises(DesignError, match=r"nearest possible slope is just above 0\.5"):
        marker_cut_curve(MarkerCut(effect_intercept=-0.5, effect_slope=0.4))


@pytest.mark.known_truth
def test_money_counts_screens_only_above_a_cut() -> None:
    prices = Resources(cost_per_screen=100, cost_per_patient=1_000)
    curve = marker_cut_curve(
        MarkerCut(effect_intercept=0.1, effect_slope=0.5, cutpoints=(0.0, 0.5), resources=prices)
    ).curve
    assert curve["cost"][0] == pytest.approx(1_000 * curve["randomised"][0])
    assert curve["cost"][1] == pytest.approx(1_000 * curve["randomised"][1] + 100 * curve["screened"][1])
    assert curve["months"].isna().all()
