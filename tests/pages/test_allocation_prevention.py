"""The question of prevention: every input counts, the shown code gives the numbers, and a bad input loses nothing."""

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

import ite
from ite.allocation.prevention import PreventionSpec, prevention
from ite.allocation.typed_risks import TwoRisks
from ite.charts.reading_prevention import money_sentence, prevention_sentence
from ite.estimation.result import EffectEstimate
from ite.trial.data import TrialData
from ite.trial.roles import Roles
from tests.allocation.fitted_trial import two_arms
from tests.pages.next_trial import Blocks, collected, put, study, told
from tests.pages.opened import desk, opened, words
from tests.pages.shown import assert_code_gives_the_numbers

pytestmark = pytest.mark.page


@pytest.fixture
def blocks(monkeypatch: pytest.MonkeyPatch) -> Blocks:
    """Collect the results that the page shows in place of drawing them."""
    return collected(monkeypatch)


def _visit(made: tuple[TrialData, EffectEstimate] | None = None) -> AppTest:
    with desk():
        app = opened("allocation", None if made is None else study(*made), question="Prevention")
    assert not app.exception
    return app


def _at(app: AppTest, threshold: float) -> None:
    slider: Any = next(each for each in app.select_slider if each.key == "pv-threshold")
    with desk():
        slider.set_value(threshold).run()
    assert not app.exception


def _binary() -> tuple[TrialData, EffectEstimate]:
    trial, effects = two_arms()
    outcome = (np.random.default_rng(4).random(trial.n) < 0.3).astype(int)
    frame = trial.frame.assign(outcome=outcome)
    roles = Roles.model_validate({**trial.roles.model_dump(), "higher_is_better": False})
    risk = 1 / (1 + np.exp(2 - trial.frame["marker"].to_numpy(float)))
    return TrialData.from_frame(frame, roles, name="binary example"), replace(effects, baseline_risk=-risk)


def test_the_paradox_is_there_without_a_trial(blocks: Blocks) -> None:
    _visit()
    sentence = blocks["prevention-strategies"].sentence
    assert "74 % of all cases come from people with a risk below 10 %." in sentence
    assert "high risk only 2,500 (NNT 20), everybody 9,625 (NNT 104)" in sentence
    assert "above 3,930" in blocks["prevention-money"].sentence
    for block in blocks.values():
        assert_code_gives_the_numbers(block)


def test_each_input_changes_what_is_said(blocks: Blocks) -> None:
    app = _visit()
    changes: dict[str, Any] = {
        "pv-share": 8.0,
        "pv-high": 30.0,
        "pv-low": 2.0,
        "pv-people": 2_000_000.0,
        "pv-reduction": 40,
        "pv-light": 5,
        "pv-unit": 60.0,
        "pv-light-cost": 2.0,
        "pv-screening": 3.0,
        "pv-value": 900.0,
        "pv-measure": "Net benefit",
        "pv-risks": "Spread over people",
        "pv-mean": 6.0,
        "pv-sd": 5.0,
    }
    for key, value in changes.items():
        before = told(blocks)
        put(app, key, value)
        assert told(blocks) != before, key
    before = told(blocks)
    _at(app, 4)
    assert told(blocks) != before
    for block in blocks.values():
        assert_code_gives_the_numbers(block)


def test_without_a_light_measure_there_is_no_mixed_strategy(blocks: Blocks) -> None:
    put(_visit(), "pv-light", 0)
    assert list(blocks["prevention-strategies"].data["strategy"]) == ["high risk", "population"]
    assert "mixed" not in blocks["prevention-strategies"].sentence


def test_an_impossible_spread_is_refused_and_the_last_picture_stays(blocks: Blocks) -> None:
    app = _visit()
    put(app, "pv-risks", "Spread over people")
    put(app, "pv-sd", 40.0)
    assert [error.value for error in app.error] == [
        "Risks of mean 4 % have a standard deviation between 0 and 19.6 %, but 40 % was given. Correct it."
    ]
    assert isinstance(blocks["prevention-strategies"].data, pd.DataFrame)


@pytest.mark.parametrize(
    ("key", "typed", "sentence"),
    [
        ("pv-high", 120.0, "High risk (%) should be at most 100, but 120 was given."),
        ("pv-share", -1.0, "should be at least 0, but -1 was given."),
        ("pv-people", 0.0, "People should be greater than 0, but 0 was given."),
        ("pv-unit", -5.0, "should be at least 0, but -5 was given."),
    ],
)
def test_a_number_out_of_range_is_refused_and_the_last_picture_stays(
    blocks: Blocks, key: str, typed: float, sentence: str
) -> None:
    app = _visit()
    before = told(blocks)
    put(app, key, typed)
    assert sentence in app.error[0].value
    assert told(blocks) == before


def test_risks_of_a_trial_are_one_click_away(blocks: Blocks, monkeypatch: pytest.MonkeyPatch) -> None:
    trial, effects = _binary()
    monkeypatch.setattr(ite, "read_trial", lambda *_: trial, raising=False)
    monkeypatch.setattr(ite, "estimate", lambda *_: effects, raising=False)
    app = _visit((trial, effects))
    put(app, "pv-risks", "Predicted by this trial")
    everybody = blocks["prevention-strategies"].data.iloc[1]
    expected = 1_000_000 * 0.25 * float(-effects.baseline_risk.mean())
    assert everybody["prevented"] == pytest.approx(expected)
    assert "n = 600 patients" in blocks["prevention-strategies"].method
    for block in blocks.values():
        assert_code_gives_the_numbers(block)


def test_a_trial_without_a_binary_outcome_has_no_risks(blocks: Blocks) -> None:
    app = _visit(two_arms())
    blocks.clear()
    put(app, "pv-risks", "Predicted by this trial")
    assert [error.value for error in app.error][0].startswith("Predicted risks need a binary outcome")  # noqa: RUF015


def test_without_a_trial_predicted_risks_lead_to_one(blocks: Blocks) -> None:
    app = _visit()
    blocks.clear()
    put(app, "pv-risks", "Predicted by this trial")
    assert "No trial is open yet." in words(app)
    assert not blocks


@pytest.mark.parametrize(
    ("typed", "spec", "part"),
    [
        ({"unit_cost": 0.0, "screening_cost": 5.0}, {"value_per_case": 10.0}, "at any value"),
        ({"unit_cost": 900.0}, {"value_per_case": 1.0}, "no strategy is worth what it costs"),
    ],
)
def test_the_sentence_about_money_fits_the_case(typed: dict[str, float], spec: dict[str, float], part: str) -> None:
    programme = PreventionSpec.model_validate({"relative_risk_reduction": 0.2, **typed, **spec})
    risks = TwoRisks(high_share=0.1, risk_high=0.3, risk_low=0.02).risks(1000)
    assert part in money_sentence(prevention(risks, 0.1, programme), programme)


def test_where_nobody_becomes_a_case_no_share_and_no_nnt_are_given() -> None:
    programme = PreventionSpec(relative_risk_reduction=0.2)
    risks = TwoRisks(high_share=0.0, risk_high=0.3, risk_low=0.0).risks(1000)
    found = prevention(risks, 0.1, programme)
    assert prevention_sentence(found, 0.1) == (
        "Cases prevented, and treated per case (NNT): high risk only 0, everybody 0."
    )
    assert "prevent the same number" in money_sentence(found, programme)
