import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ite.design.alternatives.marker_cut import MarkerCut, marker_cut_curve
from ite.design.alternatives.marker_effect import MarkerEffect
from ite.design.alternatives.resources import Resources
from ite.errors import DesignError

GRID = tuple(np.linspace(0, 0.999, 4001))


@pytest.mark.independent
@given(st.sampled_from(["line", "step"]), st.floats(-0.4, 0.6), st.floats(0.1, 1.5), st.floats(0.1, 0.9))
def test_the_best_cut_screens_fewest_on_a_fine_grid(shape: str, low: float, high: float, change: float) -> None:
    effect = MarkerEffect(shape=shape, low=low, high=high, change=change)
    result = marker_cut_curve(MarkerCut(effect=effect, cutpoints=(*GRID, change)))
    assert result.best["screened"] == pytest.approx(result.curve["screened"].min(), rel=1e-5)
    assert result.best["cutpoint"] == result.best_cutpoint


@pytest.mark.known_truth
def test_on_a_step_the_cut_is_the_step_or_nobody_is_left_out() -> None:
    """Screened above the step 4 / 0.5 units of 1 / high^2; in everybody 4 / mean^2."""
    rising = marker_cut_curve(MarkerCut(effect=MarkerEffect(low=0.0, high=0.4, change=0.5)))
    assert rising.best_cutpoint == 0.5
    assert rising.best["screened"] == pytest.approx(rising.curve["screened"][0] / 2)
    flat = marker_cut_curve(MarkerCut(effect=MarkerEffect(low=0.35, high=0.4, change=0.5)))
    assert flat.best_cutpoint == 0.0


@pytest.mark.known_truth
def test_a_marker_without_benefit_anywhere_has_no_cut() -> None:
    with pytest.raises(DesignError, match=r"benefit at high values of the marker; found an effect of -0\.1"):
        marker_cut_curve(MarkerCut(effect=MarkerEffect(shape="line", low=-0.5, high=-0.1)))


@pytest.mark.known_truth
def test_money_counts_screens_only_above_a_cut() -> None:
    prices = Resources(cost_per_screen=100, cost_per_patient=1_000)
    effect = MarkerEffect(shape="line", low=0.1, high=0.6)
    curve = marker_cut_curve(MarkerCut(effect=effect, cutpoints=(0.0, 0.5), resources=prices)).curve
    assert curve["cost"][0] == pytest.approx(1_000 * curve["randomised"][0])
    assert curve["cost"][1] == pytest.approx(1_000 * curve["randomised"][1] + 100 * curve["screened"][1])
    assert curve["months"].isna().all()
