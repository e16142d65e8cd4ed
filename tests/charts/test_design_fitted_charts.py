"""Charts of the next trial from a fitted one: valid, described, and true to their numbers."""

from collections.abc import Callable

import pytest

from ite.charts.design_fitted import (
    assurance_chart,
    assurance_table,
    drawn_fractions,
    enrolment_effect_chart,
    enrolment_lines_chart,
    representation_chart,
)
from ite.charts.scale import effect_unit
from ite.charts.theme import Drawing, Theme, alt_text, ink
from ite.design.fitted.assurance import simulate_next_trial
from ite.design.fitted.best_fraction import MINIMUM_ENROLLED
from ite.design.fitted.curve import enrolment_curve
from ite.design.fitted.next_trial import next_trial
from ite.design.fitted.representation import representation
from ite.design.fitted.spec import NextTrialSpec
from tests.design.fitted.examples import ARM, fitted

pytestmark = pytest.mark.known_truth

TRIAL, EFFECTS = fitted(difference=0.8)
ASKED = NextTrialSpec(arm=ARM, enrol=0.3, n=100)
CURVE = enrolment_curve(TRIAL, EFFECTS, ASKED)
FOUND = simulate_next_trial(next_trial(TRIAL, EFFECTS, ASKED), 500, 1)
GROUPS = representation(TRIAL, FOUND.design)
CHARTS: dict[str, Callable[[Theme], Drawing]] = {
    "effect": lambda theme: enrolment_effect_chart(CURVE, effect_unit(EFFECTS.scale), 0.3, theme),
    "success": lambda theme: enrolment_lines_chart(CURVE, {"assurance": "assurance"}, 0.3, "Probability", theme),
    "patients": lambda theme: enrolment_lines_chart(CURVE, {"screened": "screened"}, 0.3, "Patients", theme),
    "unknown": lambda theme: enrolment_lines_chart(CURVE, {"cost": "cost"}, 0.3, "Cost", theme),
    "assurance": lambda theme: assurance_chart(FOUND, theme),
    "groups": lambda theme: representation_chart(GROUPS, theme),
}


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("name", CHARTS)
def test_chart_is_valid_and_described(name: str, theme: Theme) -> None:
    drawing = CHARTS[name](theme)
    spec = drawing.to_dict()
    assert spec["background"] == ink(theme).ground
    assert len(alt_text(drawing)) > 30


def test_fractions_with_few_patients_behind_them_are_not_drawn() -> None:
    drawn = drawn_fractions(CURVE)
    assert drawn["fraction"].iloc[0] * FOUND.design.enrolment.evidence >= MINIMUM_ENROLLED
    assert drawn["fraction"].iloc[-1] == 1.0
    assert len(drawn) < len(CURVE.frame)


def test_filled_dots_are_the_fractions_that_are_not_worse() -> None:
    spec = CHARTS["effect"]("light").to_dict()
    states = {row["fraction"]: row["state"] for rows in spec["datasets"].values() for row in rows if "not_worse" in row}
    expected = drawn_fractions(CURVE).set_index("fraction")["not_worse"]
    assert {fraction: state == "not worse than the best" for fraction, state in states.items()} == expected.to_dict()


def test_an_unknown_cost_is_said_and_nothing_is_drawn() -> None:
    drawing = CHARTS["unknown"]("light")
    assert alt_text(drawing).endswith("cost unknown.")
    assert not [row for rows in drawing.to_dict()["datasets"].values() for row in rows if "figure" in row]


def test_a_bar_stands_for_each_population_and_figure() -> None:
    table = assurance_table(FOUND).set_index(["figure", "population"])["probability"]
    for figure, population in table.index:
        assert table[figure, population] == FOUND.summary.loc[population, figure]
    assert "assurance, by the rule" in alt_text(CHARTS["assurance"]("light"))


def test_shares_of_a_column_add_up() -> None:
    rows = [row for data in CHARTS["groups"]("light").to_dict()["datasets"].values() for row in data]
    enrolled = {row["row"]: row["value"] for row in rows if row["design"] == "enrolled"}
    assert sum(enrolled.values()) == pytest.approx(1.0)
    assert set(enrolled) == {"sex: female", "sex: male"}
