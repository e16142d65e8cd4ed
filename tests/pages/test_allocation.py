"""The Allocation page: every input counts, the shown code gives the numbers, and a bad input loses nothing."""

from typing import Any

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

import ite
from ite.estimation.result import EffectEstimate
from ite.study import Study, with_effects, with_spec, with_trial
from ite.trial.data import TrialData
from pages.ui.service import JobStatus
from tests.allocation.fitted_trial import two_arms, two_treated_arms
from tests.charts.examples import evidence_of
from tests.pages.next_trial import Blocks, collected, put, told
from tests.pages.opened import desk, opened, study_of, words
from tests.pages.shown import assert_code_gives_the_numbers

pytestmark = pytest.mark.page


@pytest.fixture
def blocks(monkeypatch: pytest.MonkeyPatch) -> Blocks:
    """Collect the results that the page shows in place of drawing them."""
    return collected(monkeypatch)


def _visit(made: tuple[TrialData, EffectEstimate] | None, question: str = "From this trial") -> AppTest:
    held = None
    if made is not None:
        trial, effects = made
        known = with_spec(with_trial(Study(), trial), effects.spec)
        held = with_effects(known, effects, evidence_of(effects), preview=False)
    with desk():
        app = opened("allocation", held, question=question)
    assert not app.exception
    return app


def test_without_a_trial_the_page_leads_to_one(blocks: Blocks) -> None:
    app = _visit(None)
    assert "No trial is open yet." in words(app)
    assert not blocks


def test_each_input_of_a_fitted_allocation_changes_what_is_said(blocks: Blocks) -> None:
    app = _visit(two_arms())
    digest = study_of(app).trial.digest[:8]  # type: ignore[union-attr]
    changes: dict[str, Any] = {
        "al-position": 60,
        "al-share": 25,
        "al-guarantee": "Gain",
        f"al-groups-{digest}": "marker",
        "al-unit": "Number of offers",
        "al-offers": 100.0,
    }
    for key, value in changes.items():
        before = told(blocks)
        put(app, key, value)
        assert told(blocks) != before, key


def test_money_has_a_price_for_each_arm(blocks: Blocks) -> None:
    trial, effects = two_treated_arms()
    app = _visit((trial, effects))
    put(app, "al-unit", "Money")
    for key, value in {"al-money": 100_000.0, f"al-cost-{trial.treated_arms[0]}": 700.0}.items():
        before = told(blocks)
        put(app, key, value)
        assert told(blocks) != before, key
    assert "a budget of 100,000" in blocks["allocation-frontier"].sentence.lower()


def test_a_bad_cost_is_refused_in_a_sentence_and_the_last_result_stays(blocks: Blocks) -> None:
    app = _visit(two_arms())
    put(app, "al-unit", "Money")
    put(app, "al-cost-treated", -5.0)
    assert [error.value for error in app.error] == ["The cost of an offer is above 0, but -5 was given. Correct it."]
    assert "allocation-frontier" in blocks


def test_code_of_a_fitted_allocation_gives_its_numbers(blocks: Blocks, monkeypatch: pytest.MonkeyPatch) -> None:
    trial, effects = two_arms()
    monkeypatch.setattr(ite, "read_trial", lambda *_: trial, raising=False)
    monkeypatch.setattr(ite, "estimate", lambda *_: effects, raising=False)
    app = _visit((trial, effects))
    put(app, "al-position", 40)
    assert set(blocks) == {
        "allocation-frontier",
        "allocation-groups",
        "allocation-gaps",
        "allocation-selection",
        "allocation-budget",
        "allocation-baselines",
    }
    for block in blocks.values():
        assert_code_gives_the_numbers(block)


def test_a_short_rule_is_searched_for_in_a_worker_and_its_code_gives_it(
    blocks: Blocks, monkeypatch: pytest.MonkeyPatch
) -> None:
    trial, effects = two_arms()
    monkeypatch.setattr(ite, "read_trial", lambda *_: trial, raising=False)
    monkeypatch.setattr(ite, "estimate", lambda *_: effects, raising=False)
    app = _visit((trial, effects))
    with desk() as worker:
        next(toggle for toggle in app.toggle if toggle.key == "al-rule").set_value(True).run()
        ((place, (function, *arguments)),) = [
            (key, call) for key, call in worker.started.items() if key.startswith("allocation-rule")
        ]
        worker.answers[place] = JobStatus(state="done", result=function(*arguments))
        app.run()
    block = blocks["allocation-rule"]
    assert "less than most predicted benefit first" in block.sentence
    assert_code_gives_the_numbers(block)


def test_a_chosen_point_is_kept_and_grows_stale(blocks: Blocks) -> None:
    trial, effects = two_arms()
    app = _visit((trial, effects))
    put(app, "al-position", 40)
    with desk():
        next(button for button in app.button if button.key == "al-choose").click().run()
    kept = study_of(app)
    assert kept.allocation is not None
    assert kept.allocation.position == pytest.approx(0.4)
    assert "Chosen: treated for 40 % of candidates, 40 % of the way to equal offers by sex." in words(app)
    again = with_effects(kept, effects, evidence_of(effects), preview=False)
    assert again.status("allocation") == "stale"
    assert blocks


def test_three_times_is_a_click_away_and_exact(blocks: Blocks) -> None:
    app = _visit(None, "Groups typed in")
    assert "30 in total. Offered: A 100 of 500, B 0 of 500." in blocks["allocation-typed"].sentence
    put(app, "at-position", 100)
    assert "20 in total. Offered: A 50 of 500, B 50 of 500. The guarantee costs 10 (33.3 % of the most)" in (
        blocks["allocation-typed"].sentence
    )
    for block in blocks.values():
        assert_code_gives_the_numbers(block)


def test_each_input_of_typed_groups_changes_what_is_said(blocks: Blocks) -> None:
    app = _visit(None, "Groups typed in")
    put(app, "at-position", 50)
    for key, value in {"at-budget": 200.0, "at-guarantee": "Gain", "at-weight-B": 4.0}.items():
        before = told(blocks)
        put(app, key, value)
        assert told(blocks) != before, key


def test_impossible_groups_are_refused_and_the_last_picture_stays(blocks: Blocks) -> None:
    app = _visit(None, "Groups typed in")
    put(app, "at-budget", -1.0)
    assert [error.value for error in app.error][0] == "Budget should be at least 0, but -1 was given."  # noqa: RUF015
    assert isinstance(blocks["allocation-typed"].data, pd.DataFrame)


def test_what_was_typed_is_there_again_after_another_page(blocks: Blocks) -> None:
    app = _visit(None, "Groups typed in")
    typed = pd.DataFrame({"Group": ["X", "Y"], "People": [10, 20], "Benefit": [0.5, 0.4], "Cost": [1.0, 1.0]})
    app.session_state["_panel_at-table-typed"] = typed  # a table cannot be typed into without a browser
    with desk():
        app.switch_page("pages/start.py").run()
        app.switch_page("pages/allocation.py").run()
    assert "X 10 of 10, Y 20 of 20" in blocks["allocation-typed"].sentence
