"""What is said about a result, and what is not said."""

import dataclasses

import pandas as pd
import pytest

from ite.charts import reading
from ite.evaluation.result import Evidence, Verdict
from tests.charts.examples import ARM, continuous_trial, effects_of, evidence_of

pytestmark = pytest.mark.known_truth
EFFECTS = effects_of(continuous_trial())


def changed(evidence: Evidence, table: str, **values: float) -> Evidence:
    return dataclasses.replace(evidence, **{table: getattr(evidence, table).assign(**values)})


def test_no_evidence_is_never_called_equal_effects() -> None:
    sentence = reading.verdict_sentence(EFFECTS, evidence_of(EFFECTS, "no evidence"), ARM)
    assert sentence.endswith("This is not evidence of equal effects.")
    assert "difference in outcome" in sentence


def test_verdict_names_its_scale_and_p_value() -> None:
    sentence = reading.verdict_sentence(EFFECTS, evidence_of(EFFECTS, "suggestive", p_value=0.0213), ARM)
    assert sentence == "The one primary test of different effects gives p = 0.021, on the scale difference in outcome."


def test_only_evidence_is_said_to_hold_in_new_patients() -> None:
    held = "bear its predictions out"
    assert held in reading.verdict_sentence(EFFECTS, evidence_of(EFFECTS, "evidence"), ARM)
    assert held not in reading.verdict_sentence(EFFECTS, evidence_of(EFFECTS, "suggestive"), ARM)
    assert held not in reading.verdict_sentence(EFFECTS, evidence_of(EFFECTS, "no evidence"), ARM)


@pytest.mark.parametrize(
    ("verdict", "p_value", "words"),
    [
        ("evidence", 0.0051, "suggestive, not conclusive (p = 0.0051, adjusted for all of them)"),
        ("evidence", 0.004, "and clear (p = 0.004, adjusted for all of them)"),
        ("no evidence", 0.2, "but not clear (p = 0.20, adjusted for all of them)"),
    ],
)
def test_strongest_covariate_is_no_clearer_than_the_verdict(verdict: Verdict, p_value: float, words: str) -> None:
    assert words in reading.modifiers_sentence(evidence_of(EFFECTS, verdict, p_value=p_value), ARM)


def test_unknown_detectable_spread_is_not_made_up() -> None:
    unknown = changed(evidence_of(EFFECTS, "no evidence"), "heterogeneity", detectable_sd=float("nan"))
    assert "80 %" not in reading.verdict_sentence(EFFECTS, unknown, ARM)


@pytest.mark.parametrize(("lower", "upper", "words"), [(0.5, 1.5, "better"), (-2, -1, "worse"), (-1, 1, "includes no")])
def test_average_is_positive_for_benefit(lower: float, upper: float, words: str) -> None:
    ate = EFFECTS.ate.assign(estimate=(lower + upper) / 2, lower=lower, upper=upper)
    assert words in reading.average_sentence(dataclasses.replace(EFFECTS, ate=ate), ARM, "placebo")


def test_negative_slope_is_no_evidence() -> None:
    falling = changed(evidence_of(EFFECTS), "calibration_slope", estimate=-0.4, lower=-0.8, upper=-0.1)
    assert "no evidence" in reading.slope_sentence(falling, ARM)


def test_autoc_is_not_called_useful_when_its_interval_includes_zero() -> None:
    weak = changed(evidence_of(EFFECTS), "autoc", lower=-0.1)
    assert "not shown to be useful" in reading.autoc_sentence(EFFECTS, weak, ARM)
    assert "finds patients" in reading.autoc_sentence(EFFECTS, evidence_of(EFFECTS), ARM)


def test_continuous_outcome_has_no_relative_verdict() -> None:
    assert reading.relative_sentence(evidence_of(EFFECTS), ARM) is None


def test_without_a_ranking_nothing_is_claimed_about_it() -> None:
    flat = changed(evidence_of(EFFECTS), "autoc", estimate=float("nan"))
    assert not reading.has_ranking(flat, ARM)
    assert reading.has_ranking(evidence_of(EFFECTS), ARM)


def test_share_below_zero_is_in_words_where_it_is_none() -> None:
    above = dataclasses.replace(EFFECTS, benefit=EFFECTS.benefit.clip(lower=0.1))
    assert "no patient has a predicted benefit below zero" in reading.spread_sentence(above, evidence_of(EFFECTS), ARM)


def test_an_unknown_relative_p_value_is_called_unknown() -> None:
    known = evidence_of(EFFECTS)
    relative = pd.DataFrame({"p_value": [float("nan")], "method": ["a test"], "n": [10]}, index=pd.Index([ARM]))
    sentence = reading.relative_sentence(dataclasses.replace(known, relative=relative), ARM)
    assert sentence == "On the relative scale: too few events to tell whether the effect differs."
