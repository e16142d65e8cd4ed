"""Charts of the next trial from a fitted one: valid, described, and true to their numbers."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from ite.charts.design_fitted import (
    STATES,
    assurance_chart,
    assurance_table,
    drawn_fractions,
    enrolment_effect_chart,
    representation_chart,
)
from ite.charts.design_fitted_views import view_chart, view_sentence
from ite.charts.scale import effect_unit
from ite.charts.theme import Drawing, Theme, alt_text, ink
from ite.design.alternatives.resources import Resources
from ite.design.fitted.assurance import simulate_next_trial
from ite.design.fitted.best_fraction import MINIMUM_ENROLLED
from ite.design.fitted.curve import enrolment_curve
from ite.design.fitted.next_trial import next_trial
from ite.design.fitted.representation import representation
from ite.design.fitted.spec import NextTrialSpec
from ite.design.fitted.wording import best_sentence
from tests.design.fitted.examples import ARM, fitted

pytestmark = pytest.mark.known_truth

TRIAL, EFFECTS = fitted(difference=0.8)
ASKED = NextTrialSpec(arm=ARM, enrol=0.3, n=100)
CURVE = enrolment_curve(TRIAL, EFFECTS, ASKED)
PRICES = Resources(candidates_per_month=10.0, cost_per_screen=500.0, cost_per_patient=20_000.0)
PRICED = enrolment_curve(TRIAL, EFFECTS, ASKED.model_copy(update={"resources": PRICES, "currency": "EUR"}))
FOUND = simulate_next_trial(next_trial(TRIAL, EFFECTS, ASKED), 500, 1)
GROUPS = representation(TRIAL, FOUND.design)
CHARTS: dict[str, Callable[[Theme], Drawing]] = {
    "effect": lambda theme: enrolment_effect_chart(CURVE, effect_unit(EFFECTS.scale), 0.3, theme),
    "success": lambda theme: view_chart(CURVE, "Success", 0.3, theme),
    "patients": lambda theme: view_chart(CURVE, "Patients", 0.3, theme),
    "unknown": lambda theme: view_chart(CURVE, "Cost", 0.3, theme),
    "cost": lambda theme: view_chart(PRICED, "Cost", 0.3, theme),
    "months": lambda theme: view_chart(PRICED, "Months", 0.3, theme),
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
    assert {fraction: state == STATES[0] for fraction, state in states.items()} == expected.to_dict()
    compared = drawn_fractions(CURVE).set_index("fraction")["compared"]
    assert {fraction: state != STATES[2] for fraction, state in states.items()} == compared.to_dict()


def test_the_sentence_names_the_filled_dots_and_their_gaps() -> None:
    candidates = np.array([False, True, True, True, True, True])
    best = replace(
        CURVE.best, candidates=candidates, not_worse=candidates & np.array([True, True, True, False, False, True])
    )
    said = best_sentence(best, np.array([0.05, 0.1, 0.15, 0.2, 0.25, 1.0]), EFFECTS.scale)
    assert said.endswith("As good as the best, as far as these data can tell: 10 to 15 % and 100 % enrolled.")


def test_an_unknown_cost_is_said_and_nothing_is_drawn() -> None:
    drawing = CHARTS["unknown"]("light")
    assert alt_text(drawing).endswith("With everybody: unknown.")
    assert "prices" in view_sentence(CURVE, "Cost", 0.3)
    assert not [row for rows in drawing.to_dict()["datasets"].values() for row in rows if "figure" in row]


def test_money_is_drawn_in_millions_of_the_currency() -> None:
    spec = CHARTS["cost"]("light").to_dict()
    drawn = {row["fraction"]: row["figure"] for rows in spec["datasets"].values() for row in rows if "figure" in row}
    expected = drawn_fractions(PRICED).set_index("fraction")["cost"]
    assert expected.max() > 1e6
    assert drawn == pytest.approx((expected / 1e6).to_dict())
    assert "Cost (million EUR)" in str(spec)


@pytest.mark.parametrize("share", [0.3, 0.31, 1.0])
def test_sentences_give_the_figures_of_the_curve(share: float) -> None:
    frame = PRICED.frame.set_index("fraction")
    assert f"everybody{' enrolled' if share == 1.0 else ''}: {frame.loc[1.0, 'randomised']:,.0f} randomised" in (
        view_sentence(PRICED, "Patients", share)
    )
    if share < 1.0:
        assert f"30 % enrolled: {frame.loc[0.3, 'months']:,.1f} months" in view_sentence(PRICED, "Months", share)
        assert f"{frame.loc[0.3, 'cost']:,.0f} EUR" in view_sentence(PRICED, "Cost", share)
        assert f"{frame.loc[1.0, 'cost'] / 1e6:,.1f} million EUR" in view_sentence(PRICED, "Cost", share)
    assert f"{100 * frame.loc[1.0, 'assurance']:.1f} %" in view_sentence(PRICED, "Success", share)


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
