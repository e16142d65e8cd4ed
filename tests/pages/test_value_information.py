"""The value of knowing more on the Value page: typed figures, and the fitted trial."""

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

import ite
from tests.allocation.fitted_trial import two_arms
from tests.pages.next_trial import Blocks, collected, put, study, told
from tests.pages.opened import desk, opened, words
from tests.pages.shown import assert_code_gives_the_numbers

pytestmark = pytest.mark.page
FITTED = two_arms()
SHOWN = {"information-everything", "information-inputs", "information-study"}


@pytest.fixture
def blocks(monkeypatch: pytest.MonkeyPatch) -> Blocks:
    """Collect the results that the page shows in place of drawing them."""
    monkeypatch.setattr(ite, "read_trial", lambda *_: FITTED[0], raising=False)
    monkeypatch.setattr(ite, "estimate", lambda *_: FITTED[1], raising=False)
    return collected(monkeypatch)


def _visit(figures: str) -> AppTest:
    with desk():
        app = opened("value", study(*FITTED), question="Value of knowing more")
    put(app, "vi-figures", figures)
    return app


def test_the_published_case_is_what_typed_figures_give(blocks: Blocks) -> None:
    app = _visit("Typed figures")
    for key, value in {
        "vc-threshold": 20_000,
        "vi-effect": 0.1,
        "vi-cost": 1000.0,
        "vi-effect-error": 0.075,
        "vi-cost-error": 1322.8756555323,
    }.items():
        put(app, key, value)
    assert "knowing everything is worth 396 USD per patient" in blocks["information-everything"].sentence
    assert blocks["information-inputs"].data["value"].tolist() == pytest.approx([226.67947, 171.74702])


@pytest.mark.parametrize("figures", ["Typed figures", "From this trial"])
def test_each_input_changes_what_is_said_and_the_code_gives_the_numbers(blocks: Blocks, figures: str) -> None:
    app = _visit(figures)
    assert set(blocks) == SHOWN
    for block in blocks.values():
        assert_code_gives_the_numbers(block)
    changes: dict[str, Any] = {"vc-threshold": 52_000, "vi-fixed": 1000.0, "vi-each": 20.0, "vc-patients": 700.0}
    changes |= {"vc-years": 9.0, "vi-study-source": "a budget", "vc-patients-source": "a register"}
    if figures == "Typed figures":
        changes |= {"vi-effect": 0.06, "vi-cost": 2000.0, "vi-effect-error": 0.1, "vi-cost-error": 300.0}
        changes |= {"vi-spread": 0.3, "vi-source": "a model"}
    for key, value in changes.items():
        before = told(blocks)
        put(app, key, value)
        assert told(blocks) != before, key


def test_where_nothing_can_be_learnt_words_say_so(blocks: Blocks) -> None:
    app = _visit("Typed figures")
    put(app, "vi-effect-error", 0.0)
    put(app, "vi-cost-error", 0.0)
    assert "knowing more would change nothing" in blocks["information-everything"].sentence
    assert "would not change the choice" in blocks["information-inputs"].sentence
    assert "No study of the extra QALYs would change the choice" in blocks["information-study"].sentence


def test_a_dear_study_is_not_worth_its_cost(blocks: Blocks) -> None:
    app = _visit("Typed figures")
    assert "is worth most with" in blocks["information-study"].sentence
    put(app, "vi-fixed", 1e9)
    assert "10 to 10,000 patients is worth its cost" in blocks["information-study"].sentence


def test_an_impossible_spread_is_refused_and_the_last_result_stays(blocks: Blocks) -> None:
    app = _visit("Typed figures")
    put(app, "vi-spread", 0.0)
    assert "standard deviation is above 0, but 0 was given" in app.error[0].value
    assert set(blocks) == SHOWN


def test_without_a_trial_the_way_to_one_is_shown(blocks: Blocks) -> None:
    with desk():
        app = opened("value", question="Value of knowing more")
    blocks.clear()
    put(app, "vi-figures", "From this trial")
    assert "No trial is open yet." in words(app)
    assert not blocks
