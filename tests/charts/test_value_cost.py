"""Words, tables and charts of cost-effectiveness, at its edges too."""

import math

import numpy as np
import pandas as pd
import pytest

from ite.charts.reading_value_cost import steps_sentence, strategies_sentence
from ite.charts.reading_value_cost_trial import groups_sentence, loss_sentence, probability_sentence
from ite.charts.reading_value_information import study_sentence
from ite.charts.theme import alt_text
from ite.charts.value_cost import equal_benefit_line, strategies_chart
from ite.charts.value_cost_money import bare_money, currency_of, price_words, qalys
from ite.charts.value_cost_tables import against_table, strategies_table
from ite.charts.value_cost_uncertain import curves_chart, groups_chart, plane_chart
from ite.value.dominance import cost_effectiveness_table
from ite.value.draws import Draws
from ite.value.plane import plane
from ite.value.population import AffectedPopulation
from ite.value.sourced import Sourced
from ite.value.strategies import EXAMPLES
from ite.value.subgroup_choice import subgroup_table
from ite.value.uncertain_choice import decision_curves

pytestmark = pytest.mark.known_truth
THRESHOLD = Sourced(value=50_000, unit="EUR per QALY", source="test")


def draws(benefit: float, spread: float = 0.0) -> Draws:
    """Two groups, of which the first gains three times what the second gains; a new strategy costs 1,000 more."""
    gained = benefit * np.array([1.5, 0.5]) + np.linspace(-spread, spread, 200)[:, None]
    nothing = np.zeros((200, 1, 2))
    return Draws(
        cost=np.concatenate([nothing, nothing + 1000], axis=1),
        effect=np.concatenate([nothing, gained[:, None]], axis=1),
        strategies=("old", "new"),
        groups=("high", "low"),
        share=np.array([0.5, 0.5]),
    )


@pytest.mark.parametrize(
    ("quadrant", "ratio", "said"),
    [
        ("NE", 25_000.0, "25,000 EUR per QALY gained"),
        ("SW", 60_000.0, "60,000 EUR saved per QALY given up"),
        ("SE dominant", math.nan, "dominates: better, no dearer"),
        ("NW dominated", math.nan, "dominated: dearer, no better"),
        ("no difference", math.nan, "no difference"),
    ],
)
def test_a_price_stands_only_where_its_sign_has_a_meaning(quadrant: str, ratio: float, said: str) -> None:
    assert price_words(quadrant, ratio, currency_of(THRESHOLD)) == said  # type: ignore[arg-type]


def test_money_and_qalys_have_sensible_digits() -> None:
    assert [bare_money(value) for value in (0.0, 0.0123, 12.34, 1234.5, -99_999.6, math.nan)] == [
        "0",
        "0.0123",
        "12.3",
        "1,234",
        "−100,000",
        "–",
    ]
    assert bare_money(3.064, 0.83) == "3.06 ± 0.83"
    assert bare_money(15_276.0, 4145.0) == "15,276 ± 4,145"
    assert [qalys(value) for value in (0.25, 0.0012, 0.0, math.nan)] == ["0.250", "0.00120", "0.000", "–"]


def test_the_line_of_one_net_benefit_has_the_slope_of_the_threshold_and_stays_inside() -> None:
    line = equal_benefit_line((0.0, 0.0), 50_000.0, (-1.0, 1.0), (-1000.0, 2000.0))
    assert line["cost"].tolist() == [-1000.0, 2000.0]
    np.testing.assert_allclose(line["cost"], 50_000 * line["effect"])
    flat = equal_benefit_line((0.0, 5.0), 0.0, (-1.0, 1.0), (0.0, 10.0))
    assert flat["cost"].tolist() == [5.0, 5.0]


def test_one_strategy_that_dominates_all_leaves_no_step() -> None:
    found = cost_effectiveness_table(["a", "b", "c"], [10, 10, 10], [1, 2, 1], 50_000)
    assert strategies_sentence(found, THRESHOLD) == "At 50,000 EUR per QALY, b is best. Dominated: a, c."
    assert "no step to pay for" in steps_sentence(found, THRESHOLD)
    assert "b: on the frontier; " in alt_text(strategies_chart(found, THRESHOLD, "dark"))
    assert strategies_table(found, THRESHOLD)["Status"].tolist() == ["on the frontier", "dominated", "dominated"]


def test_the_cheaper_and_worse_are_judged_by_what_they_save() -> None:
    table = against_table(EXAMPLES["Bypass or medical therapy"], "bypass surgery")
    assert table.iloc[0][["Price", "Worth it"]].tolist() == ["44,000 USD saved per QALY given up", "no"]


def test_a_known_choice_has_no_loss_and_nothing_to_learn() -> None:
    population = AffectedPopulation(patients_per_year=Sourced(value=10, unit="a year", source="test"), years=2)
    at = decision_curves(draws(1.0), 50_000)
    assert "knowing more would change nothing" in loss_sentence(at, THRESHOLD, population)
    curves = decision_curves(draws(0.1), [0, 5_000, 20_000])
    sentence = probability_sentence(curves, decision_curves(draws(0.1), 20_000), THRESHOLD)
    assert "changes to new between 5,000 and 20,000" in sentence
    assert "It is the choice at every threshold drawn." in probability_sentence(
        curves[curves["willingness_to_pay"] == 0], at, THRESHOLD
    )
    assert "new 100.0 %" in alt_text(curves_chart(curves, "probability", THRESHOLD, ("old", "new")))


@pytest.mark.parametrize(
    ("benefit", "said"),
    [
        (0.018, "a bad buy for everybody and a good buy for high, 50 %"),
        (0.03, "worth its price for everybody on average, but not for low"),
        (0.001, "not worth its price in any group"),
        (1.0, "worth its price in every group"),
    ],
)
def test_groups_are_covered_where_net_benefit_is_above_nothing(benefit: float, said: str) -> None:
    found = subgroup_table(draws(benefit, 1e-4), "new", "old", 50_000)
    assert said in groups_sentence(found, THRESHOLD, "new")
    covered = (found["net_monetary_benefit"] > 0).sum()
    assert alt_text(groups_chart(found, THRESHOLD)).count("· covered") == covered


def test_a_plane_without_any_spread_is_drawn() -> None:
    found = plane(draws(0.0), "new", "old", 50_000)
    assert "0.0 % of all draws" in alt_text(plane_chart(found, THRESHOLD, ("old", "new"), "new"))


def test_a_study_that_changes_no_choice_is_said_to_be_none() -> None:
    found = pd.DataFrame({"patients": [10.0], "value": [0.0], "se": [0.0], "net_benefit": [-5.0]})
    assert study_sentence(found, THRESHOLD, "effect") == (
        "No study of the effect would change the choice, whatever its size."
    )
