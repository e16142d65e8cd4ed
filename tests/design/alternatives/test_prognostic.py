import numpy as np
import pytest
from scipy import stats
from sklearn.metrics import roc_auc_score

from ite.design.alternatives.prognostic import PrognosticEnrichment, event_probability_above, prognostic_curve
from ite.design.alternatives.resources import Resources
from ite.errors import DesignError

PRICES = Resources(candidates_per_month=50, cost_per_screen=100, cost_per_patient=5_000)
SPEC = PrognosticEnrichment(auc=0.75, event_probability=0.15, hazard_ratio=0.75, resources=PRICES)


@pytest.mark.known_truth
def test_event_probability_above_a_cut_is_that_of_simulated_patients() -> None:
    n, rng = 400_000, np.random.default_rng(10)
    event = rng.random(n) < 0.15
    marker = rng.standard_normal(n) + event * np.sqrt(2) * stats.norm.ppf(0.75)
    assert roc_auc_score(event, marker) == pytest.approx(0.75, abs=0.005)
    for excluded in (0.25, 0.5, 0.9):
        above = event[marker > np.quantile(marker, excluded)]
        expected = event_probability_above(excluded, auc=0.75, event_probability=0.15)
        tolerance = 4 * np.sqrt(expected * (1 - expected) / len(above))
        assert above.mean() == pytest.approx(float(expected), abs=float(tolerance))


@pytest.mark.known_truth
def test_a_marker_without_information_only_costs_screens() -> None:
    result = prognostic_curve(SPEC.model_copy(update={"auc": 0.5}))
    np.testing.assert_allclose(result.curve["event_probability"], 0.15, rtol=1e-9)
    assert result.cheapest is not None
    assert result.cheapest["excluded"] == 0.0
    assert result.fewest_screened["excluded"] == 0.0


@pytest.mark.known_truth
def test_events_do_not_depend_on_the_cut_and_patients_fall_with_it() -> None:
    curve = prognostic_curve(SPEC).curve
    np.testing.assert_allclose(curve["randomised"] * curve["event_probability"], prognostic_curve(SPEC).events)
    assert curve["randomised"].is_monotonic_decreasing
    assert curve["cost"][0] == pytest.approx(5_000 * curve["randomised"][0])  # nobody is tested
    assert curve["months"][3] == pytest.approx(curve["screened"][3] / 50)


@pytest.mark.known_truth
def test_the_cheapest_cut_moves_up_as_patients_grow_dear() -> None:
    cuts = []
    for price in (200, 2_000, 50_000):
        dear = SPEC.model_copy(update={"resources": PRICES.model_copy(update={"cost_per_patient": price})})
        best = prognostic_curve(dear).cheapest
        assert best is not None
        assert best["cost"] <= prognostic_curve(dear).curve["cost"].min()
        cuts.append(best["excluded"])
    assert cuts == sorted(set(cuts))


@pytest.mark.known_truth
def test_without_prices_the_cheapest_cut_is_unknown() -> None:
    result = prognostic_curve(SPEC.model_copy(update={"resources": Resources()}))
    assert result.cheapest is None
    assert result.curve["cost"].isna().all()


@pytest.mark.known_truth
def test_impossible_markers_and_effects_are_refused() -> None:
    with pytest.raises(DesignError, match=r"AUC of the marker must lie between 0\.5 and 0\.999; found 1\."):
        PrognosticEnrichment(auc=1.0, event_probability=0.1, hazard_ratio=0.7)
    with pytest.raises(DesignError, match="a hazard ratio of 1 needs infinitely many"):
        prognostic_curve(SPEC.model_copy(update={"hazard_ratio": 1.0}))
