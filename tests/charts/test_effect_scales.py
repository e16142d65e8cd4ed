"""The average effect on a chosen scale: what is drawn, and the words beside it."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from ite.charts.effect_scales import drawable, scale_chart
from ite.charts.reading_scales import (
    competing_sentence,
    modification_differs,
    modification_sentence,
    scales_sentence,
    weights_sentence,
)
from ite.charts.scale import effect_unit
from ite.charts.theme import alt_text
from ite.trial.data import TrialData
from tests.charts.examples import ARM, binary_trial, continuous_trial, effects_of, evidence_of, survival_trial

pytestmark = pytest.mark.known_truth
UNIT = effect_unit("difference in the probability of response")
ARMS = ("placebo", ARM)


def table(estimate: float = 0.1) -> pd.DataFrame:
    known = np.isfinite(estimate)
    rows = [
        ("risk difference", estimate, estimate - 0.04, estimate + 0.04, 0.0, "positive is benefit."),
        ("risk ratio", 1.25, 1.1, 1.42, 1.0, "Above 1 is benefit."),
        ("odds ratio", np.nan, np.nan, np.nan, 1.0, "Undefined: every patient of active has the outcome."),
        ("number needed to treat", 10.0, 7.2, 16.7, np.inf, "NNTB 10 (95 % interval NNTB 8 to NNTB 17)."),
    ]
    frame = pd.DataFrame(rows, columns=["scale", "estimate", "lower", "upper", "null", "note"]).assign(arm=ARM)
    return frame.assign(favours=[ARM if known and np.isfinite(value) else "unknown" for value in frame["estimate"]])


def test_a_ratio_is_drawn_on_a_logarithmic_axis_around_one() -> None:
    drawn = scale_chart(table(), "risk ratio", UNIT, ARMS)
    x = drawn.to_dict()["layer"][1]["encoding"]["x"]
    low, high = x["scale"]["domain"]
    assert x["scale"]["type"] == "log"
    assert low * high == pytest.approx(1.0)
    assert low < 1.1
    assert high > 1.42
    assert alt_text(drawn) == f"Average effect as risk ratio, with 95 % interval: {ARM} 1.25 (1.10 to 1.42)."


def test_patients_to_treat_are_drawn_at_their_risk_difference_with_infinity_at_no_difference() -> None:
    drawn = scale_chart(table(), "number needed to treat", UNIT, ARMS).to_dict()
    interval = drawn["layer"][1]
    assert "datum.value == 0 ? '∞'" in interval["encoding"]["x"]["axis"]["labelExpr"]
    (rows,) = [rows for rows in drawn["datasets"].values() if "words" in rows[0] and "estimate" in rows[0]]
    assert rows[0]["estimate"] == pytest.approx(0.1)
    assert rows[0]["words"] == "NNTB 10 (95 % interval NNTB 8 to NNTB 17)"


def test_an_undefined_scale_is_not_drawn_but_said() -> None:
    assert drawable(table(), "risk ratio")
    assert not drawable(table(), "odds ratio")
    sentence = scales_sentence(table(), "odds ratio", UNIT, "placebo")
    assert sentence == (
        "Odds ratio, against placebo: active undefined. Undefined: every patient of active has the outcome."
    )


def test_an_estimate_is_said_with_its_unit_and_the_arm_it_favours() -> None:
    sentence = scales_sentence(table(), "risk difference", UNIT, "placebo")
    assert sentence == (
        "Risk difference, percentage points, against placebo: active 10.0 (6.0 to 14.0), in favour of active."
    )


@pytest.mark.parametrize(
    ("absolute", "differs", "words"),
    [(0.4, True, "depends on the scale"), (0.02, False, "the two scales agree")],
)
def test_a_verdict_that_flips_between_scales_is_warned_of(absolute: float, *, differs: bool, words: str) -> None:
    effects = effects_of(binary_trial())
    evidence = evidence_of(effects, "no evidence", p_value=absolute, relative=True)  # p = 0.01 on the ratio scale
    assert modification_differs(evidence, ARM) is differs
    sentence = modification_sentence(evidence, ARM)
    assert words in sentence
    assert "(odds ratio) there are signs of differences between patients (p = 0.010)" in sentence


def test_without_a_ratio_nothing_is_compared() -> None:
    evidence = evidence_of(effects_of(continuous_trial()))
    assert not modification_differs(evidence, ARM)
    assert "alone" in modification_sentence(evidence, ARM)
    few = evidence_of(effects_of(binary_trial()), relative=True)
    few = replace(few, relative=few.relative.assign(p_value=np.nan))
    assert not modification_differs(few, ARM)
    assert "too few" in modification_sentence(few, ARM)


def test_truncated_weights_are_counted() -> None:
    effects = effects_of(survival_trial())
    assert weights_sentence(effects) == ""
    effects = replace(effects, spec=effects.spec.model_copy(update={"horizon": 900.0}))
    assert weights_sentence(effects) == "No censoring weight was truncated."
    assert effects.scored is not None
    cut = replace(effects, scored=replace(effects.scored, truncated=3))
    assert weights_sentence(cut) == "The weight of 3 patients was truncated."
    known = replace(effects, scored=replace(effects.scored, largest_weight=3.14))
    assert weights_sentence(known) == "Largest censoring weight 3.1. No censoring weight was truncated."


def test_a_competing_event_is_named_as_censored_or_as_part_of_a_composite() -> None:
    trial = survival_trial()
    assert competing_sentence(trial) == ""
    other = (trial.frame["death"] == 0) & (trial.frame.index % 4 == 0)
    frame = trial.frame.assign(other_death=other.astype(int))
    for composite, words in ((False, f"{int(other.sum())} patients ended by other death count as c"), (True, "Comp")):
        roles = trial.roles.model_copy(update={"competing": "other_death", "competing_as_event": composite})
        assert words in competing_sentence(TrialData.from_frame(frame, roles))
