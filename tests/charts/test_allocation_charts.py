"""Charts, tables and sentences of an allocation: valid, described, and true to their numbers."""

from collections.abc import Callable

import pytest

from ite.allocation.allocate import allocate
from ite.allocation.budget_curve import budget_curve
from ite.allocation.frontier import frontier
from ite.allocation.presets import allocate_by
from ite.allocation.selection import selection_of_patients
from ite.allocation.spec import AllocationSpec
from ite.allocation.typed import THREE_TIMES
from ite.charts.allocation import (
    DELIVERED,
    LOT,
    PROMISED,
    allocation_groups_chart,
    budget_chart,
    frontier_chart,
    typed_frontier_chart,
)
from ite.charts.allocation_selection import selection_chart, selection_sentence
from ite.charts.allocation_tables import baselines_table, gaps_table
from ite.charts.reading_allocation import (
    baselines_sentence,
    budget_sentence,
    budget_words,
    frontier_sentence,
    gaps_sentence,
    groups_sentence,
    spec_words,
    typed_sentence,
)
from ite.charts.scale import effect_unit
from ite.charts.theme import Drawing, Theme, alt_text, ink
from tests.allocation.fitted_trial import two_arms

pytestmark = pytest.mark.known_truth

TRIAL, EFFECTS = two_arms()
UNIT = effect_unit(EFFECTS.scale)
FOUND = allocate(TRIAL, EFFECTS, budget=0.4, equity="sex", position=1.0)
EFFICIENT = allocate(TRIAL, EFFECTS, budget=0.4, equity="sex")
CURVE = budget_curve(TRIAL, EFFECTS, FOUND.spec)
CHANCES = selection_of_patients(TRIAL, EFFECTS, FOUND.spec, seed=1, draws=50)
TYPED = frontier(THREE_TIMES.candidates(), THREE_TIMES.budget)
WAYS = {"efficiency": (0.0, allocate_by("efficiency", THREE_TIMES.candidates(), 100).gain)}
CHARTS: dict[str, Callable[[Theme], Drawing]] = {
    "frontier": lambda theme: frontier_chart(FOUND, UNIT, theme),
    "groups": lambda theme: allocation_groups_chart(FOUND, UNIT, theme),
    "groups, efficient": lambda theme: allocation_groups_chart(EFFICIENT, UNIT, theme),
    "budget": lambda theme: budget_chart(CURVE, UNIT, 0.4, theme),
    "selection": lambda theme: selection_chart(CHANCES, theme),
    "typed": lambda theme: typed_frontier_chart(TYPED, 3, WAYS, theme),
}


@pytest.mark.parametrize("name", CHARTS)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_chart_is_valid_described_and_dressed(name: str, theme: Theme) -> None:
    drawn = CHARTS[name](theme)
    assert drawn.to_dict()["background"] == ink(theme).ground
    assert len(alt_text(drawn)) > 40


def test_lines_have_a_second_cue() -> None:
    text = str(CHARTS["budget"]("light").to_dict())
    assert "strokeDash" in text
    assert all(words in text for words in (PROMISED, DELIVERED, LOT))


def test_frontier_sentence_names_what_is_delivered_promised_and_offered() -> None:
    words = frontier_sentence(FOUND, UNIT)
    last = FOUND.points.iloc[-1]
    assert UNIT.label(last["delivered"], last["lower"], last["upper"]) in words
    assert "Offered: female 40 %, male 40 %" in words
    assert "nothing is guaranteed" in frontier_sentence(EFFICIENT, UNIT)


def test_groups_sentence_tells_changes_only_against_most_benefit() -> None:
    assert groups_sentence(FOUND, UNIT).startswith("Change of the gain per member")
    assert groups_sentence(EFFICIENT, UNIT).startswith("Gain per member where only benefit counts")


def test_a_group_that_gets_nothing_is_named() -> None:
    nothing = allocate(TRIAL, EFFECTS, budget=0.002, equity="marker")
    assert "Nobody is offered treatment in:" in groups_sentence(nothing, UNIT)


def test_a_useless_ranking_is_not_praised() -> None:
    trial, effects = two_arms(slope=0.0, seed=2)
    found = allocate(trial, effects, budget=0.4)
    assert "is not shown to deliver more than" in baselines_sentence(found, UNIT)
    assert "At no budget" in budget_sentence(budget_curve(trial, effects, found.spec), UNIT)


def test_a_good_ranking_is() -> None:
    assert " delivers more than the same budget" in baselines_sentence(EFFICIENT, UNIT)
    assert "at no budget" not in budget_sentence(CURVE, UNIT).lower()


def test_tables_write_intervals() -> None:
    gaps = gaps_table(FOUND)
    assert gaps["Group"].tolist() == ["all", "female", "male", "largest difference", "largest ratio"]
    assert "40.0" in gaps["Offered treatment (%)"][0]
    assert baselines_table(FOUND)["Rule"].tolist() == ["By lot", "Worst outlook first", "Everybody, no limit"]
    assert " minus " in gaps_sentence(FOUND, UNIT)


def test_typed_sentence_tells_the_price_of_equity() -> None:
    assert typed_sentence(TYPED, 0).startswith("Most benefit: 30 in total.")
    assert "The guarantee costs 5 (16.7 % of the most); its last unit gives up 0.2." in typed_sentence(TYPED, 10)


def test_selection_sentence_names_every_group() -> None:
    words = selection_sentence(CHANCES)
    assert "female" in words
    assert "male" in words


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"budget": 0.4}, "40 % of candidates"),
        ({"budget": 120, "budget_unit": "offers"}, "120 offers"),
        ({"budget": 50_000, "budget_unit": "money", "costs": (10.0,)}, "a budget of 50,000"),
    ],
)
def test_budgets_in_words(settings: dict[str, object], words: str) -> None:
    spec = AllocationSpec.model_validate({"arms": ("treated",), **settings})
    assert budget_words(spec) == words
    assert spec_words(spec) == f"treated for {words}, by predicted benefit alone"


def test_a_least_benefit_is_told() -> None:
    spec = AllocationSpec(arms=("treated",), budget=0.4, least_benefit=0.25)
    assert "40 % of candidates, where more than 0.25 is predicted" in spec_words(spec)
