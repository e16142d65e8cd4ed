"""Test and treat against treating everybody and nobody."""

from time import perf_counter

import numpy as np
import pytest
from scipy.optimize import brentq

from ite.errors import ValuationError
from ite.value.companion_diagnostic import value_of_diagnostic
from ite.value.diagnostic_inputs import CompanionDiagnostic, DiagnosticInput, strategy_figures
from ite.value.diagnostic_table import two_way_table

DIAGNOSTIC = CompanionDiagnostic(
    prevalence=0.3,
    sensitivity=0.85,
    specificity=0.9,
    price=250.0,
    waiting_cost=40.0,
    lost_waiting=0.05,
    qaly_positive=0.6,
    qaly_negative=-0.05,
    cost_positive=15_000.0,
    cost_negative=9_000.0,
    willingness_to_pay=40_000.0,
)


def _margins(spec: CompanionDiagnostic) -> tuple[float, float]:
    none, tested, everybody = strategy_figures(spec).net_benefit
    return float(tested - none), float(tested - everybody)


@pytest.mark.independent
def test_the_tree_equals_patients_followed_one_by_one() -> None:
    rng, n = np.random.default_rng(1), 400_000
    spec = DIAGNOSTIC
    marker = rng.random(n) < spec.prevalence
    positive = rng.random(n) < np.where(marker, spec.sensitivity, 1 - spec.specificity)
    treated = positive & (rng.random(n) >= spec.lost_waiting)
    cost = spec.price + spec.waiting_cost + treated * np.where(marker, spec.cost_positive, spec.cost_negative)
    qaly = treated * np.where(marker, spec.qaly_positive, spec.qaly_negative)
    worth = spec.willingness_to_pay * qaly - cost
    found = value_of_diagnostic(spec)
    row = found.strategies.loc["test and treat"]
    for actual, drawn in ((row["cost"], cost), (row["qaly"], qaly), (row["net_benefit"], worth)):
        assert abs(actual - drawn.mean()) < 4 * drawn.std() / np.sqrt(n)
    for actual, among, what in ((found.ppv, positive, marker), (found.npv, ~positive, ~marker)):
        assert actual is not None
        share = what[among].mean()
        assert abs(actual - share) < 4 * np.sqrt(share * (1 - share) / among.sum())


@pytest.mark.independent
def test_break_even_points_are_the_roots_of_the_tree() -> None:
    found = value_of_diagnostic(DIAGNOSTIC)
    brackets: dict[DiagnosticInput, tuple[float, float]] = {
        "price": (0, 1e6),
        "prevalence": (0, 1),
        "willingness_to_pay": (1, 1e7),
        "specificity": (0, 1),
        "sensitivity": (0, 1),
    }
    for row in found.break_even.itertuples():
        bracket = brackets.get(row.input)  # type: ignore[call-overload] - names are plain text in a frame
        if bracket is None or not bracket[0] < row.value < bracket[1]:  # type: ignore[operator]
            continue
        which = 0 if row.against == "treat none" else 1
        root = brentq(lambda x, name=row.input, k=which: _margins(DIAGNOSTIC.at(name, x))[k], *bracket, xtol=1e-13)
        assert row.value == pytest.approx(root, rel=1e-8)


@pytest.mark.independent
@pytest.mark.parametrize("name", ["price", "prevalence", "specificity", "sensitivity", "lost_waiting"])
@pytest.mark.parametrize("willingness_to_pay", [5_000.0, 40_000.0, 900_000.0])
def test_windows_are_where_testing_is_best_on_a_grid(name: DiagnosticInput, willingness_to_pay: float) -> None:
    spec = DIAGNOSTIC.at("willingness_to_pay", willingness_to_pay)
    lower, upper = value_of_diagnostic(spec).windows.loc[name]
    grid = np.linspace(0, 4000 if name == "price" else 1, 4001)
    none, tested, everybody = strategy_figures(spec, {name: grid}).net_benefit
    gain = tested - np.maximum(none, everybody)
    clear = np.abs(gain) > 1e-6
    inside = (grid >= lower) & (grid <= upper)
    np.testing.assert_array_equal(inside[clear], (gain > 0)[clear])


@pytest.mark.known_truth
def test_ceilings_are_none_where_even_a_free_test_is_not_worth_it() -> None:
    useless = DIAGNOSTIC.model_copy(update={"sensitivity": 0.5, "specificity": 0.5, "prevalence": 0.9})
    found = value_of_diagnostic(useless)
    assert found.best == "treat all"
    assert found.price_ceiling is None
    good = value_of_diagnostic(DIAGNOSTIC)
    assert good.best == "test and treat"
    assert good.price_ceiling is not None
    assert good.price_ceiling == pytest.approx(250 + min(_margins(DIAGNOSTIC)))
    assert good.least_specificity is not None
    assert _margins(DIAGNOSTIC.at("specificity", good.least_specificity + 1e-9))[0] > 0
    assert good.least_sensitivity is not None


@pytest.mark.known_truth
def test_no_ratio_is_shown_where_its_sign_makes_it_meaningless() -> None:
    harmful = DIAGNOSTIC.at("qaly_negative", -0.4)
    rows = value_of_diagnostic(harmful).comparisons.set_index(["strategy", "against"])
    dominated = rows.loc[("treat all", "treat none")]
    assert dominated["quadrant"] == "NW dominated"
    assert np.isnan(dominated["icer"])


@pytest.mark.known_truth
def test_a_perfect_free_marker_is_worth_the_static_value_of_heterogeneity() -> None:
    perfect = CompanionDiagnostic(
        prevalence=0.2,
        qaly_positive=0.8,
        qaly_negative=0.05,
        cost_positive=20_000,
        cost_negative=20_000,
        willingness_to_pay=50_000,
    )
    found = value_of_diagnostic(perfect)
    assert found.perfect_marker.gain == pytest.approx(4000)
    assert found.strategies.loc["test and treat", "net_benefit"] == pytest.approx(4000)
    assert found.by_marker["adopt"].tolist() == [False, True, False]


@pytest.mark.known_truth
def test_nobody_tests_positive_and_there_is_no_predictive_value() -> None:
    spec = DIAGNOSTIC.model_copy(update={"sensitivity": 0.0, "specificity": 1.0})
    assert value_of_diagnostic(spec).ppv is None
    assert value_of_diagnostic(spec).npv == pytest.approx(0.7)


@pytest.mark.independent
def test_the_two_way_table_equals_one_diagnostic_at_a_time() -> None:
    found = two_way_table(DIAGNOSTIC, "prevalence", np.linspace(0, 1, 5), "price", [0, 300, 5000]).table
    assert len(found) == 15
    for row in found.itertuples():
        spec = DIAGNOSTIC.at("prevalence", float(row.first)).at("price", float(row.second))  # type: ignore[arg-type]
        single = value_of_diagnostic(spec)
        assert row.best == single.best
        assert row.net_benefit == pytest.approx(single.strategies["net_benefit"].max())
        assert row.gain_from_testing == pytest.approx(min(_margins(spec)))


@pytest.mark.known_truth
def test_a_table_of_fifty_by_fifty_does_not_hang() -> None:
    shares = np.linspace(0, 1, 50)
    start = perf_counter()
    found = two_way_table(DIAGNOSTIC, "sensitivity", shares, "specificity", shares).table
    assert perf_counter() - start < 0.1  # ten times what it may take
    assert len(found) == 2500


@pytest.mark.known_truth
@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("sensitivity", 1.2, r"Sensitivity \(%\) should be at most 100, but 120 was given"),
        ("specificity", -0.1, r"Specificity \(%\) should be at least 0, but -10 was given"),
        ("prevalence", float("nan"), r"Prevalence of the marker \(%\)"),
        ("price", -1.0, r"Price of the test \(per person\) should be at least 0, but -1 was given"),
        ("willingness_to_pay", 0.0, "should be greater than 0"),
        ("cost_positive", float("inf"), "should be a finite number"),
    ],
)
def test_impossible_inputs_are_refused(name: DiagnosticInput, value: float, words: str) -> None:
    with pytest.raises(ValuationError, match=words):
        DIAGNOSTIC.at(name, value)


@pytest.mark.known_truth
def test_a_table_refuses_values_out_of_range_and_one_input_twice() -> None:
    with pytest.raises(ValuationError, match=r"should be at most 100, but 150 was given"):
        two_way_table(DIAGNOSTIC, "specificity", [0.2, 1.5], "price", [0])
    with pytest.raises(ValuationError, match="two different inputs"):
        two_way_table(DIAGNOSTIC, "price", [0], "price", [0])
