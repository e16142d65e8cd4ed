import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import auc

from ite.evaluation.uplift_curve import curve_area, qini_curve, uplift_curve

Trial = tuple[list[int], list[int], list[int]]


@st.composite
def trials(draw: st.DrawFn) -> Trial:
    n = draw(st.integers(2, 25))
    binary = st.lists(st.integers(0, 1), min_size=n, max_size=n)
    return draw(binary), draw(binary), draw(st.lists(st.integers(-3, 3), min_size=n, max_size=n))


def qini_at(trial: Trial, threshold: int) -> tuple[int, float]:
    """Radcliffe's definition, patient by patient, for all patients with a score of at least the threshold."""
    taken = [(good, treated) for good, treated, score in zip(*trial, strict=True) if score >= threshold]
    treated = [good for good, arm in taken if arm == 1]
    control = [good for good, arm in taken if arm == 0]
    lost = sum(control) * len(treated) / len(control) if control else 0.0
    return len(taken), sum(treated) - lost


@pytest.mark.independent
@given(trials())
def test_qini_curve_is_radcliffes_sum_at_each_block_of_ties(trial: Trial) -> None:
    curve = qini_curve(*trial)
    expected = [(0, 0.0)] + [qini_at(trial, threshold) for threshold in sorted(set(trial[2]), reverse=True)]
    np.testing.assert_allclose(curve.to_numpy(), np.array(expected), atol=1e-12)


@pytest.mark.independent
@given(trials())
def test_area_is_sklearns(trial: Trial) -> None:
    for curve in (qini_curve(*trial), uplift_curve(*trial)):
        area, fraction = curve_area(curve), curve["k"] / curve["k"].iloc[-1]
        assert area.area == pytest.approx(auc(fraction, curve["value"]), abs=1e-12)
        assert area.coefficient == pytest.approx(area.area - curve["value"].iloc[-1] / 2, abs=1e-12)


@pytest.mark.known_truth
@given(trials(), st.randoms(use_true_random=False))
def test_row_order_never_matters(trial: Trial, random: object) -> None:
    rows = list(zip(*trial, strict=True))
    random.shuffle(rows)  # type: ignore[attr-defined]
    shuffled = tuple(zip(*rows, strict=True))
    for curve in (qini_curve, uplift_curve):
        np.testing.assert_allclose(curve(*trial).to_numpy(), curve(*shuffled).to_numpy(), atol=1e-12)


@pytest.mark.known_truth
@given(trials())
def test_a_constant_score_is_a_random_order(trial: Trial) -> None:
    outcome, treatment, _ = trial
    assert curve_area(qini_curve(outcome, treatment, [1.0] * len(outcome))).coefficient == pytest.approx(0, abs=1e-12)


@pytest.mark.known_truth
def test_the_uplift_curve_ends_at_the_difference_of_the_arms() -> None:
    rng = np.random.default_rng(3)
    outcome, treatment, score = rng.integers(0, 2, 60), rng.integers(0, 2, 60), rng.normal(size=60)
    difference = outcome[treatment == 1].mean() - outcome[treatment == 0].mean()
    assert uplift_curve(outcome, treatment, score)["value"].iloc[-1] == pytest.approx(60 * difference)
