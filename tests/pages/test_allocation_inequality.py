"""The question of inequality: every input counts, the shown code gives the numbers, and a bad input loses nothing."""

from typing import Any

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

import ite
from ite.allocation.distributional_gain import Aversion
from ite.allocation.equity_impact import equity_impact
from ite.allocation.health_groups import INCOME_FIFTHS, HealthGroups
from ite.charts.allocation_inequality import LORENZ_VIEWS, impact_chart, lorenz_chart
from ite.charts.reading_inequality import impact_sentence, lorenz_sentence, measures_table
from ite.estimation.result import EffectEstimate
from ite.trial.data import TrialData
from tests.allocation.fitted_trial import two_arms
from tests.allocation.test_equity_impact import survival
from tests.pages.next_trial import Blocks, collected, put, study, told
from tests.pages.opened import desk, opened, words
from tests.pages.shown import assert_code_gives_the_numbers

pytestmark = pytest.mark.page
_TABLE = "_panel_iq-table-start"


@pytest.fixture
def blocks(monkeypatch: pytest.MonkeyPatch) -> Blocks:
    """Collect the results that the page shows in place of drawing them."""
    return collected(monkeypatch)


def _visit(made: tuple[TrialData, EffectEstimate] | None = None) -> AppTest:
    with desk():
        app = opened("allocation", None if made is None else study(*made), question="Inequality")
    assert not app.exception
    return app


def _averse(app: AppTest, strength: float, kind: str = "relative") -> None:
    slider: Any = next(each for each in app.select_slider if each.key == f"iq-{kind}")
    with desk():
        slider.set_value(strength).run()
    assert not app.exception


def _type(app: AppTest, table: pd.DataFrame) -> None:
    app.session_state[_TABLE] = table
    with desk():
        app.run()
    assert not app.exception


def _table(**columns: object) -> pd.DataFrame:
    groups = INCOME_FIFTHS
    start = {"Group": groups.names, "Level": groups.level, "Gain": groups.gain, "Lost": groups.lost}
    return pd.DataFrame({**start, "People": groups.people, **columns})


def test_income_fifths_are_there_without_a_trial(blocks: Blocks) -> None:
    app = _visit()
    assert blocks["inequality-impact"].sentence == (
        "Mean gain 0.05 per person. Poorest fifth gains most (0.15), Richest fifth loses (−0.05). Inequality falls "
        "(slope index 11.55 to 11.30). No aversion up to 30 turns the verdict."
    )
    _averse(app, 10.95)
    assert "equity adds 0.0371: worth 0.0871 at aversion 10.95" in blocks["inequality-impact"].sentence
    assert set(blocks) == {"inequality-impact", "inequality-groups", "inequality-lorenz", "inequality-measures"}
    for block in blocks.values():
        assert_code_gives_the_numbers(block)


def test_each_input_changes_what_is_said(blocks: Blocks) -> None:
    app = _visit()
    before = told(blocks)
    put(app, "iq-kind", "Absolute (Kolm)")
    assert told(blocks) != before
    before = told(blocks)
    _averse(app, 0.15, "absolute")
    assert "worth 0.083 at aversion 0.15" in blocks["inequality-impact"].sentence
    before = told(blocks)
    put(app, "iq-lorenz", LORENZ_VIEWS[1])
    assert told(blocks) != before
    for column in ("Level", "Gain", "Lost", "People"):
        before = told(blocks)
        _type(app, _table(**{column: [2.0, 3.0, 4.0, 5.0, 9.0]}))
        assert told(blocks) != before, column


def test_a_programme_for_the_better_off_turns_at_an_aversion(blocks: Blocks) -> None:
    _type(_visit(), _table(Gain=(0.0, 0.1, 0.2, 0.25, 0.3)))
    assert "Inequality grows" in blocks["inequality-impact"].sentence
    assert "The verdict turns at an aversion of 3.72." in blocks["inequality-impact"].sentence


@pytest.mark.parametrize(
    ("changed", "part"),
    [
        ({"Gain": (None, 0.1, 0.2, 0.2, 0.1)}, "'Gain' has an empty cell"),
        ({"People": (-1.0, 1.0, 1.0, 1.0, 1.0)}, "People should be greater than 0, but -1 was given."),
        ({"Level": (-1.0, 1.0, 2.0, 3.0, 4.0)}, "not defined for levels below 0"),
    ],
)
def test_an_impossible_table_is_refused_and_the_last_picture_stays(
    blocks: Blocks, changed: dict[str, object], part: str
) -> None:
    app = _visit()
    _type(app, _table(**changed))
    assert any(part in str(error.value) for error in app.error)
    assert blocks["inequality-impact"].data["mean_gain"].iloc[0] == pytest.approx(0.05)


def test_groups_of_a_trial_are_one_click_away(blocks: Blocks, monkeypatch: pytest.MonkeyPatch) -> None:
    trial, effects = survival()
    monkeypatch.setattr(ite, "read_trial", lambda *_: trial, raising=False)
    monkeypatch.setattr(ite, "estimate", lambda *_: effects, raising=False)
    app = _visit((trial, effects))
    put(app, "iq-source", "From this trial")
    _averse(app, 5)
    sentence = blocks["inequality-impact"].sentence
    assert "By these estimates" in sentence
    assert " to " in sentence.partition("days per person")[0]
    assert "Most is gained by" in sentence
    assert "Levels (days) are means of predictions under control" in blocks["inequality-impact"].method
    assert list(blocks["inequality-groups"].data["Group"]) == ["male", "female"]
    before = told(blocks)
    put(app, "al-position", 100)
    assert told(blocks) != before
    for block in blocks.values():
        assert_code_gives_the_numbers(block)


def test_a_trial_whose_outcome_is_a_number_is_refused_in_a_sentence(blocks: Blocks) -> None:
    app = _visit(two_arms())
    blocks.clear()
    put(app, "iq-source", "From this trial")
    assert any("this trial's outcome is a number. Type the groups" in str(error.value) for error in app.error)
    assert not blocks


def test_without_a_trial_its_groups_lead_to_one(blocks: Blocks) -> None:
    app = _visit()
    blocks.clear()
    put(app, "iq-source", "From this trial")
    assert "No trial is open yet." in words(app)
    assert not blocks


def test_measures_that_disagree_are_told_apart() -> None:
    groups = HealthGroups(names=("a", "b"), people=(1, 1), level=(10, 20), gain=(10, 11), lost=(0, 0))
    sentence = impact_sentence(groups, Aversion())
    assert "Measures disagree: Gini index 0.167 to 0.108 falls, slope index 20.0 to 22.0 grows." in sentence
    assert lorenz_sentence(groups).startswith("The curve moves towards equality")
    below = groups.model_copy(update={"level": (-30.0, 10.0)})
    assert measures_table(below)["Without"].to_list() == ["−10.0", "–", "–", "80.0", "–"]


@pytest.mark.parametrize("view", LORENZ_VIEWS)
def test_charts_say_what_they_show(view: str) -> None:
    assert "Gini index 0.0275 without the programme, 0.0269 with it." in str(
        lorenz_chart(INCOME_FIFTHS, view).description
    )
    averse = Aversion(strength=10.95)
    told = str(impact_chart(equity_impact(INCOME_FIFTHS, averse), averse).description)
    assert "At aversion 10.95: mean gain 0.0500, equality adds 0.0371, together 0.0871." in told
