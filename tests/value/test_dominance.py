"""Incremental analysis of several strategies, and the cost-effectiveness plane of two."""

from itertools import combinations
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ite.errors import ValuationError
from ite.trial.columns import FloatArray
from ite.value.dominance import cost_effectiveness_table, statuses
from ite.value.increments import READING, incremental_ratio, incremental_table

# Few different whole numbers, so that ties, duplicates and points on a line occur.
points = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), min_size=1, max_size=8)


def arrays(drawn: list[tuple[int, int]]) -> tuple[FloatArray, FloatArray]:
    return np.array([cost for cost, _ in drawn], dtype=float), np.array([effect for _, effect in drawn], dtype=float)


def by_definition(cost: FloatArray, effect: FloatArray) -> list[str]:
    """Dominance and mixtures of two, pair by pair."""
    found = []
    everyone = range(len(cost))
    for me in everyone:
        if any(
            cost[x] <= cost[me] and effect[x] >= effect[me] and (cost[x] < cost[me] or effect[x] > effect[me])
            for x in everyone
        ):
            found.append("D")
            continue
        cheaper = False
        for one, other in combinations(everyone, 2):
            low, high = sorted((one, other), key=lambda x: effect[x])
            if effect[low] < effect[me] < effect[high]:
                part = (effect[me] - effect[low]) / (effect[high] - effect[low])
                cheaper |= bool((1 - part) * cost[low] + part * cost[high] < cost[me] - 1e-9)
        found.append("ED" if cheaper else "ND")
    return found


@pytest.mark.independent
@given(points)
def test_statuses_are_those_of_the_definition(drawn: list[tuple[int, int]]) -> None:
    cost, effect = arrays(drawn)
    assert statuses(cost, effect) == by_definition(cost, effect)


@pytest.mark.known_truth
@given(points, st.randoms(use_true_random=False), st.floats(0.1, 1e5), st.floats(0.01, 10))
def test_order_units_and_origin_do_not_matter(
    drawn: list[tuple[int, int]], random: Random, money: float, unit: float
) -> None:
    cost, effect = arrays(drawn)
    order = list(range(len(drawn)))
    random.shuffle(order)
    before = statuses(cost, effect)
    assert statuses(money * cost[order] + 7, unit * effect[order] - 3) == [before[position] for position in order]


@pytest.mark.known_truth
@given(points)
def test_the_price_rises_along_the_frontier(drawn: list[tuple[int, int]]) -> None:
    cost, effect = arrays(drawn)
    table = cost_effectiveness_table([f"s{i}" for i in range(len(drawn))], cost, effect)
    icer = table["icer"].dropna().to_numpy()
    assert (icer > 0).all()
    assert (np.diff(icer) >= -1e-9).all()
    assert table.loc[table["status"] != "ND", "icer"].isna().all()


@pytest.mark.independent
@given(points, st.floats(0.01, 20))
def test_the_best_at_any_threshold_is_on_the_frontier(drawn: list[tuple[int, int]], threshold: float) -> None:
    cost, effect = arrays(drawn)
    names = [f"s{i}" for i in range(len(drawn))]
    table = cost_effectiveness_table(names, cost, effect, threshold)
    best = (threshold * effect - cost).max()
    on = table[table["status"] == "ND"]
    assert on["net_monetary_benefit"].max() == pytest.approx(best)
    assert table["best"].sum() == 1
    np.testing.assert_allclose(table["net_health_benefit"] * threshold, table["net_monetary_benefit"])


@pytest.mark.known_truth
def test_a_line_of_awkward_fractions_is_not_extended_dominated() -> None:
    effect = np.arange(8) * 0.1
    assert set(statuses(effect * 30_000.1 / 7 + 0.3, effect)) == {"ND"}


@pytest.mark.known_truth
def test_strategies_without_name_or_number_are_refused() -> None:
    with pytest.raises(ValuationError, match="Name each once"):
        cost_effectiveness_table(["a", "a"], [1, 2], [1, 2])
    with pytest.raises(ValuationError, match="'b' lacks one"):
        cost_effectiveness_table(["a", "b"], [1, 2], [1, np.nan])
    with pytest.raises(ValuationError, match="willingness to pay"):
        cost_effectiveness_table(["a", "b"], [1, 2], [1, 2], -5)


@pytest.mark.known_truth
@given(st.floats(-10, 10), st.floats(-10, 10))
def test_a_ratio_stands_only_where_both_differ_in_one_direction(cost: float, effect: float) -> None:
    found = incremental_table(cost, effect, 3.0).iloc[0]
    assert np.isfinite(found["icer"]) == (found["quadrant"] in {"NE", "SW"})
    assert found["quadrant"] in READING
    if found["quadrant"] == "SE dominant":
        assert found["net_monetary_benefit"] >= 0
    if found["quadrant"] == "NW dominated":
        assert not found["adopt"]


@pytest.mark.known_truth
def test_on_the_axes_there_is_no_ratio() -> None:
    found = incremental_table([0, 0, 5, -5, 0], [1, -1, 0, 0, 0], 10)
    assert found["quadrant"].tolist() == ["SE dominant", "NW dominated", "NW dominated", "SE dominant", "no difference"]
    assert found["icer"].isna().all()
    assert found["adopt"].tolist() == [True, False, False, True, False]
    assert np.isnan(incremental_table(1, 1, 0)["net_health_benefit"][0])
    assert incremental_ratio([1e-200], [1e-200])[0] == 1.0
