"""Charts and sentences of evidence in depth: true to their numbers, and never more than the intervals say."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest

from ite.charts import reading_evidence as reading
from ite.charts.evidence_map import map_chart
from ite.charts.evidence_plane import plane_chart
from ite.charts.evidence_responders import responder_chart
from ite.charts.evidence_rows import fifths_chart, groups_chart, profile_chart, projection_chart
from ite.charts.scale import effect_unit
from ite.charts.theme import Drawing, Theme, alt_text, ink
from ite.evaluation.least_spread import LeastSpread

pytestmark = pytest.mark.known_truth
ARMS = ("placebo", "active")
SCALE = "difference in outcome"
UNIT, PERCENT = effect_unit(SCALE), effect_unit("risk difference")


def interval(*values: tuple[float, float, float]) -> dict[str, list[float]]:
    return dict(zip(("estimate", "lower", "upper"), map(list, zip(*values, strict=True)), strict=True))


FIFTHS = pd.DataFrame(
    {
        "group": [*(f"fifth {place}" for place in range(1, 6)), "top minus bottom"],
        "n": [60] * 5 + [120],
        **interval((0, -1, 1), (0.5, -0.5, 1.5), (0.4, -0.6, 1.4), (1, 0, 2), (2, 1, 3), (2, 0.6, 3.4)),
    }
)
GROUPS = pd.DataFrame({"group": ["f", "m"], "n": [100, 90], **interval((-1, -2, 0.1), (2, 1, 3))})
PROJECTION = pd.DataFrame(
    {"covariate": ["age", "sex"], "term": ["per SD (9)", "m against f"], **interval((1, 0.5, 1.5), (0.2, -1, 1.4))}
)
PROFILE = pd.DataFrame(
    {
        "covariate": ["age", "sex"],
        "level": ["", "m"],
        "bottom": [50.0, 0.4],
        "top": [60.0, 0.3],
        "difference": [10.0, -0.1],
        "lower": [5.0, -0.2],
        "upper": [15.0, 0.05],
        "standardised": [1.0, -0.2],
        "standardised_lower": [0.5, -0.4],
        "standardised_upper": [1.5, 0.1],
    }
)
MAP = pd.DataFrame(
    {
        "covariate": ["age", "sex", "region"],
        "prognostic": [4.0, 0.5, 3.5],
        "prognostic_band": 2.4,
        "predictive": [3.0, 0.3, 1.0],
        "predictive_band": 2.4,
        "kind": ["both", "neither", "prognostic"],
    }
)
PLANE = pd.DataFrame(
    {
        "group": ["everybody", *(f"fifth {place}" for place in range(1, 6))],
        "n": [300] + [60] * 5,
        "benefit": [1.0, 0.0, 0.5, 1.0, 1.5, 2.0],
        "second": [-0.1, 0.0, -0.05, -0.1, -0.15, -0.2],
    }
)
PLANE = PLANE.assign(
    benefit_lower=PLANE["benefit"] - 1,
    benefit_upper=PLANE["benefit"] + 1,
    second_lower=PLANE["second"] - 0.1,
    second_upper=PLANE["second"] + 0.1,
)
CURVE = pd.DataFrame({"k": [0, 50, 100], "share": [0, 0.5, 1], "value": [0.0, 12.0, 10.0], "random": [0.0, 5.0, 10.0]})
CHARTS: dict[str, tuple[Callable[[Theme], Drawing], str]] = {
    "fifths": (
        lambda theme: fifths_chart(FIFTHS, "active", ARMS, SCALE, theme),
        "top minus bottom 2.00 (0.60 to 3.40)",
    ),
    "groups": (lambda theme: groups_chart(GROUPS, "active", ARMS, SCALE, theme), "f (n = 100) −1.00 (−2.00 to 0.10)"),
    "projection": (lambda theme: projection_chart(PROJECTION, "active", ARMS, SCALE, theme), "age: per SD (9) 1.00"),
    "profile": (
        lambda theme: profile_chart(PROFILE, "active", ARMS, theme),
        "age 60.0 against 50.0; sex: m 30 % against 40 %",
    ),
    "map": (lambda theme: map_chart(MAP, "active", ARMS, theme), "age 4.0 and 3.0, both"),
    "plane": (lambda theme: plane_chart(PLANE, (UNIT, PERCENT), "active", ARMS, theme), "fifth 5 2.00 and −20.0"),
    "responders": (lambda theme: responder_chart(CURVE, "active", ARMS, theme), "12.0 extra good outcomes"),
}


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_is_valid_and_its_words_are_its_numbers(name: str, theme: Theme) -> None:
    draw, told = CHARTS[name]
    spec: dict[str, Any] = draw(theme).to_dict()
    assert spec["background"] == ink(theme).ground
    assert told in alt_text(draw(theme))


def test_the_order_holds_up_only_where_the_interval_is_above_zero() -> None:
    assert "holds up in patients" in reading.fifths_sentence(FIFTHS, UNIT)
    crossing = FIFTHS.assign(lower=-1.0)
    assert "not shown to hold up" in reading.fifths_sentence(crossing, UNIT)
    assert "does not hold up" in reading.fifths_sentence(FIFTHS.assign(upper=-0.1, lower=-1.0), UNIT)


def test_a_bound_of_zero_is_no_evidence_of_equal_effects() -> None:
    assert "at least 1.20" in reading.least_spread_sentence(LeastSpread(2.0, 0.5, 1.2), UNIT)
    assert "do not rule out" in reading.least_spread_sentence(LeastSpread(0.1, 0.5, 0.0), UNIT)
    assert "explains no differences" in reading.least_spread_sentence(LeastSpread(np.nan, np.nan, np.nan), UNIT)


def test_only_rows_clear_of_zero_are_named() -> None:
    assert reading.profile_sentence(PROFILE).startswith("The top fifth has higher age. ")
    assert "No covariate sets" in reading.profile_sentence(PROFILE.assign(lower=-20.0, upper=20.0))
    assert "age per SD (9): 1.00" in reading.projection_sentence(PROJECTION, UNIT)
    assert "sex" not in reading.projection_sentence(PROJECTION, UNIT)
    assert "None of the 2 terms" in reading.projection_sentence(PROJECTION.assign(lower=-2.0), UNIT)


def test_the_map_counts_each_kind() -> None:
    sentence = reading.map_sentence(MAP)
    assert sentence == (
        "Beyond chance, age tells the outcome and the effect; region tells the outcome alone. "
        "1 of 3 covariates tell neither."
    )
    assert "None of 3 covariates" in reading.map_sentence(MAP.assign(kind="neither"))


@pytest.mark.parametrize(("p_value", "words"), [(0.01, "this is a sign of harm"), (0.3, "is not shown")])
def test_harm_beside_benefit_is_said_by_its_test_alone(p_value: float, words: str) -> None:
    sentence = reading.groups_sentence(GROUPS.assign(qualitative_p=p_value, quantitative_p=0.02))
    assert "negative in f and positive elsewhere" in sentence
    assert words in sentence
    same = GROUPS.assign(estimate=1.0, qualitative_p=1.0, quantitative_p=0.5)
    assert "points the same way" in reading.groups_sentence(same)


def test_the_plane_says_both_outcomes_and_the_questions_no_score() -> None:
    sentence = reading.plane_sentence(PLANE, (UNIT, PERCENT), "active", "toxicity")
    assert "On toxicity the effect of active is −10.0 (−20.0 to 0.0)" in sentence
    assert "gains 2.00 on the first outcome" in sentence
    assert "ranks nobody" in reading.plane_sentence(PLANE.head(1), (UNIT, PERCENT), "active", "toxicity")
    items = pd.DataFrame({"mark": ["supports", "against", "supports"]})
    assert reading.credibility_sentence(items, "age") == (
        "About age: 2 support a real difference, 1 speak against it, 0 are open. The answers do not add up to a score."
    )
