"""The question "Decision desk" of the Value page: options, exposure and thresholds, typed and from a trial."""

from typing import Any

import numpy as np
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

import ite
from ite.allocation.spec import AllocationSpec
from ite.estimation.result import EffectEstimate
from ite.study import Study, with_allocation, with_effects, with_slices, with_spec, with_trial
from ite.subgroup.slice import Slice
from ite.trial.data import TrialData
from tests.allocation.fitted_trial import two_arms
from tests.charts.examples import evidence_of
from tests.pages.next_trial import Blocks, collected, put, told
from tests.pages.opened import desk, opened, words
from tests.pages.shown import assert_code_gives_the_numbers

pytestmark = pytest.mark.page
_SLICE = Slice(name="high marker", axis="marker", arm="treated", lower=0.5)


@pytest.fixture
def blocks(monkeypatch: pytest.MonkeyPatch) -> Blocks:
    """Collect the results that the page shows in place of drawing them."""
    return collected(monkeypatch)


def _visit(held: Study | None = None) -> AppTest:
    with desk():
        app = opened("value", held, question="Decision desk")
    assert not app.exception
    return app


def _fitted(made: tuple[TrialData, EffectEstimate]) -> Study:
    trial, effects = made
    known = with_effects(
        with_spec(with_trial(Study(), trial), effects.spec), effects, evidence_of(effects), preview=False
    )
    asked = AllocationSpec(arms=trial.treated_arms, budget=0.3, equity="sex")
    return with_allocation(with_slices(known, (_SLICE,)), asked)


def _type(app: AppTest, *rows: tuple[str, str, str, float, float]) -> None:
    """Put a table in place of the example: AppTest cannot type into an editor."""
    table = pd.DataFrame(rows, columns=["Option", "Response", "Harm", "Cost", "Burden"])
    app.session_state["_panel_vd-table-start"] = table
    with desk():
        app.run()


def _turn(app: AppTest, blocks: Blocks, changes: dict[str, Any]) -> None:
    for key, value in changes.items():
        before = told(blocks)
        put(app, key, value)
        assert not app.error, key
        assert told(blocks) != before, key


def test_the_example_prefers_b_and_a_where_harm_counts_three_times(blocks: Blocks) -> None:
    app = _visit()
    assert blocks["desk-options"].sentence.startswith("B has the largest expected utility, 0.650")
    assert "B responds more often than A with a probability of 85.2 %." in blocks["desk-options"].sentence
    equal = blocks["desk-weights"].data.set_index("Weight of")
    assert list(equal.index) == ["benefit", "harm"]
    assert equal.loc["harm", ["Equal at", "In words"]].tolist() == ["1.875", "A above, B below"]
    assert "Nothing here starts, stops or switches a treatment: a treating clinician decides." in words(app)
    put(app, "vd-harm", 3.0)
    assert blocks["desk-options"].sentence.startswith("A has the largest expected utility, 0.540")


def test_each_weight_and_the_prior_change_what_is_said(blocks: Blocks) -> None:
    app = _visit()
    _type(app, ("A", "12 of 20", "2 of 100", 1.0, 2.0), ("B", "15/20", "10/100", 3.0, 1.0))
    changes = {"vd-harm": 2.0, "vd-benefit": 2.0, "vd-cost": 0.02, "vd-burden": 0.01}
    _turn(app, blocks, {**changes, "vd-prior": "Uniform: one more with, one more without"})


def test_counts_of_nobody_need_a_prior(blocks: Blocks) -> None:
    app = _visit()
    _type(app, ("A", "12 of 20", "0 of 100", 0.0, 0.0), ("B", "15 of 20", "10 of 100", 0.0, 0.0))
    assert "Choose the uniform prior." in app.error[0].value
    assert "desk-options" in blocks
    put(app, "vd-prior", "Uniform: one more with, one more without")
    assert not app.error


@pytest.mark.parametrize(
    ("counts", "refusal"), [("twelve", "such as 12 of 20, but 'twelve' was given"), ("21 of 20", "at most its 20")]
)
def test_counts_that_are_none_are_refused(blocks: Blocks, counts: str, refusal: str) -> None:
    app = _visit()
    _type(app, ("A", counts, "2 of 100", 0.0, 0.0), ("B", "15 of 20", "10 of 100", 0.0, 0.0))
    assert refusal in app.error[0].value
    assert blocks["desk-options"].sentence.startswith("B has")


def test_the_code_of_typed_options_gives_the_numbers(blocks: Blocks) -> None:
    app = _visit()
    put(app, "vd-harm", 2.0)
    assert set(blocks) == {"desk-options", "desk-weights", "desk-tornado"}
    for block in blocks.values():
        assert_code_gives_the_numbers(block)


def test_without_a_trial_its_options_lead_to_one(blocks: Blocks) -> None:
    app = _visit()
    blocks.clear()
    put(app, "vd-way", "From this trial")
    assert "No trial is open yet." in words(app)
    assert not blocks


@pytest.mark.parametrize("who", ["Everybody", "Slice: high marker", "Those whom the chosen allocation serves"])
def test_the_arms_of_a_trial_are_options(blocks: Blocks, monkeypatch: pytest.MonkeyPatch, who: str) -> None:
    trial, effects = two_arms()
    monkeypatch.setattr(ite, "read_trial", lambda *_: trial, raising=False)
    monkeypatch.setattr(ite, "estimate", lambda *_: effects, raising=False)
    app = _visit(_fitted((trial, effects)))
    blocks.clear()
    put(app, "vd-way", "From this trial")
    put(app, f"vd-who-{trial.digest[:8]}-3", who)
    assert not app.error
    table = blocks["desk-options"].data.set_index("option")
    inside = np.ones(trial.n, dtype=bool) if who == "Everybody" else _SLICE.mask(trial, effects)
    if not who.startswith("Those"):
        scores = effects.scores.loc[inside, "treated"].to_numpy(float)
        error = scores.std() / np.sqrt(len(scores))
        assert table.loc["treated", "expected_utility"] == pytest.approx(scores.mean(), abs=0.05 * error)
    assert blocks["desk-options"].exploratory == (who != "Everybody")
    for block in blocks.values():
        assert_code_gives_the_numbers(block)


def test_each_input_of_a_dose_changes_what_is_said(blocks: Blocks) -> None:
    app = _visit()
    put(app, "vd-part", "Dose or duration")
    changes = {"vd-damage": 2.0, "vd-rate": 0.6, "vd-rate-se": 0.05, "vd-damage-rate": 0.15, "vd-damage-rate-se": 0.05}
    _turn(app, blocks, {**changes, "vd-longest": 1.5, "vd-unit": "months"})
    assert_code_gives_the_numbers(blocks["desk-sweet-spot"])
    put(app, "vd-damage", 8.0)
    assert blocks["desk-sweet-spot"].sentence.startswith("Do not treat")
    put(app, "vd-rate", -1.0)
    assert "Rate of benefit (per unit of exposure) should be greater than 0" in app.error[0].value


def test_each_input_of_a_threshold_changes_what_is_said(blocks: Blocks) -> None:
    app = _visit()
    put(app, "vd-part", "Threshold")
    assert "above 11.1 %" in blocks["desk-disease"].sentence
    changes = {"vd-burden-harm": 4.0, "vd-harm": 2.0, "vd-burden-cost": 2.0, "vd-cost": 0.05, "vd-burden-burden": 3.0}
    _turn(app, blocks, {**changes, "vd-burden": 0.1, "vd-stakes-benefit": 0.9, "vd-stakes-harm": 0.2})
    for block in blocks.values():
        assert_code_gives_the_numbers(block)
    assert "Open a trial on the Start page" in words(app)


def test_a_threshold_is_used_in_the_allocation(blocks: Blocks) -> None:
    trial, effects = two_arms()
    app = _visit(_fitted((trial, effects)))
    put(app, "vd-part", "Threshold")
    put(app, "vd-burden-harm", 20.0)
    with desk():
        next(button for button in app.button if button.key == "vd-use").click().run()
    assert "The Allocation page suggests this threshold now." in "\n".join(str(each.value) for each in app.success)
    blocks.clear()
    with desk():
        app.switch_page("pages/allocation.py").run()
    assert not app.exception
    (field,) = [field for field in app.number_input if str(field.key).startswith("al-least-")]
    assert field.value == pytest.approx(0.2)
    assert "least_benefit=0.2" in blocks["allocation-frontier"].code
