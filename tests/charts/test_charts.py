"""Every chart: valid, bounded, described, the same in both themes, and true to its numbers."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest

from ite.charts import data, effects, evidence
from ite.charts.theme import MAX_MARKS, Drawing, Theme, alt_text, ink
from ite.estimation.result import EffectEstimate
from ite.evaluation.result import Evidence
from tests.charts.examples import ARM, binary_trial, continuous_trial, effects_of, evidence_of, survival_trial

pytestmark = pytest.mark.known_truth


def continuous_results() -> tuple[EffectEstimate, Evidence, tuple[str, ...]]:
    trial = continuous_trial()
    found = effects_of(trial)
    return found, evidence_of(found), trial.arms


FOUND, PROVEN, ARMS = continuous_results()
CHARTS: dict[str, Callable[[Theme], Drawing]] = {
    "survival": lambda theme: data.survival_chart(survival_trial(), theme),
    "outcome": lambda theme: data.outcome_histogram(continuous_trial(), theme),
    "proportions": lambda theme: data.proportions_chart(binary_trial(), theme),
    "missingness": lambda theme: data.missingness_chart(survival_trial(), theme),
    "average": lambda theme: effects.average_effect_chart(FOUND, ARMS, theme),
    "benefit": lambda theme: effects.benefit_histogram(FOUND, ARM, ARMS, theme),
    "brush": lambda theme: effects.benefit_histogram(FOUND, ARM, ARMS, theme, brush=True),
    "modifiers": lambda theme: effects.modifiers_chart(PROVEN, ARM, ARMS, theme),
    "toc": lambda theme: evidence.toc_chart(PROVEN, ARM, ARMS, FOUND.scale, theme),
    "calibration": lambda theme: evidence.calibration_chart(PROVEN, ARM, ARMS, FOUND.scale, theme),
    "targeting": lambda theme: evidence.targeting_chart(PROVEN, ARM, ARMS, FOUND.scale, theme),
}


def rows(spec: dict[str, Any]) -> int:
    return sum(len(values) for values in spec["datasets"].values())


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("name", CHARTS)
def test_chart_is_valid_described_and_readable(name: str, theme: Theme) -> None:
    drawing = CHARTS[name](theme)
    spec = drawing.to_dict()
    assert spec["background"] == ink(theme).ground
    assert spec["description"] == alt_text(drawing)
    assert len(alt_text(drawing)) > 30
    assert spec["config"]["axis"]["labelFontSize"] >= 14
    assert rows(spec) <= MAX_MARKS


def test_only_a_chart_to_brush_is_drawn_on_canvas() -> None:
    brush, still = CHARTS["brush"]("light").to_dict(), CHARTS["benefit"]("light").to_dict()
    assert brush["usermeta"] == {"embedOptions": {"renderer": "canvas"}}
    assert [parameter["name"] for parameter in brush["params"]] == ["brush"]
    assert brush["params"][0]["select"] == {"encodings": ["x"], "type": "interval"}
    assert "usermeta" not in still


def test_a_hundred_thousand_patients_stay_within_the_marks() -> None:
    trial = survival_trial(n=100_000)
    assert rows(data.survival_chart(trial).to_dict()) <= MAX_MARKS
    many = effects_of(trial)
    assert rows(effects.benefit_histogram(many, ARM, trial.arms).to_dict()) <= MAX_MARKS


def test_histogram_counts_every_patient_once() -> None:
    assert effects.benefit_bins(FOUND, ARM)["patients"].sum() == len(FOUND.benefit)


def test_numbers_at_risk_begin_with_all_patients_of_the_arm() -> None:
    trial = survival_trial()
    start = data.numbers_at_risk(trial).query("time == 0").set_index("arm")["at_risk"]
    assert start.to_dict() == {arm: int((trial.arm_index == index).sum()) for index, arm in enumerate(trial.arms)}


def test_proportions_are_wilson_intervals() -> None:
    # Wilson's interval for 81 of 263, from Newcombe 1998, Stat Med 17:857-872, table I.
    frame = pd.DataFrame({"arm": ["a"] * 263 + ["b"] * 20, "y": [1] * 81 + [0] * 182 + [0, 1] * 10, "x": range(283)})
    roles = binary_trial().roles.model_copy(update={"control": "a", "outcome": "y", "covariates": ("x",)})
    row = data.proportions(type(binary_trial()).from_frame(frame, roles)).iloc[0]
    np.testing.assert_allclose([row["lower"], row["upper"]], [0.2553, 0.3662], atol=5e-5)


def test_missing_values_are_counted_by_arm() -> None:
    trial = survival_trial()
    counted = data.missingness(trial).query("column == 'marker'")["missing"].sum()
    assert counted == int(trial.frame["marker"].isna().sum()) == 10


def test_modifiers_without_a_test_are_left_out() -> None:
    untested = pd.DataFrame({"arm": [ARM], "covariate": ["constant"], "strength": [np.nan], "p_value": [np.nan]})
    frame = pd.concat([PROVEN.modifiers, untested], ignore_index=True)
    proven = Evidence(**{**PROVEN.__dict__, "modifiers": frame})
    assert list(effects.tested_modifiers(proven, ARM)["covariate"]) == ["marker", "sex"]


@pytest.mark.parametrize("p_value", [1.0, 0.02, 1e-12])
def test_verdict_chart_keeps_every_p_value_on_its_axis(p_value: float) -> None:
    spec = evidence.verdict_chart(evidence_of(FOUND, "suggestive", p_value=p_value), ARMS).to_dict()
    places = [row["place"] for rows in spec["datasets"].values() for row in rows if row.get("arm") == ARM]
    assert all(5e-5 <= place <= 1 for place in places)
