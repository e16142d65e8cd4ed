"""The Effects page with finished results in state: verdict first, and nothing claimed beyond it."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from ite.evaluation.result import Verdict
from ite.study import Study, with_effects, with_trial
from tests.charts.examples import ARM, binary_trial, continuous_trial, effects_of, evidence_of

pytestmark = pytest.mark.page


def opened(study: Study, page: str = "pages/effects.py") -> AppTest:
    """Run the app with a study in its session, then go to a page."""
    app = AppTest.from_file(Path(__file__).parents[2] / "app.py", default_timeout=60)
    app.session_state["_study"] = study
    return app.run().switch_page(page).run()


def analysed(verdict: Verdict, *, factor: float = 0.8, preview: bool = False) -> Study:
    trial = continuous_trial()
    effects = effects_of(trial, factor=factor)
    return with_effects(with_trial(Study(), trial), effects, evidence_of(effects, verdict), preview=preview)


def words(app: AppTest) -> str:
    """Return all text on the page."""
    blocks = [*app.title, *app.header, *app.subheader, *app.markdown, *app.caption, *app.info, *app.warning]
    return "\n".join(str(block.value) for block in blocks)


@pytest.mark.parametrize(
    ("verdict", "headline"),
    [
        ("no evidence", "No evidence that the effect of active differs"),
        ("suggestive", "Suggestive, not conclusive"),
        ("evidence", "Evidence that the effect of active differs"),
    ],
)
def test_verdict_comes_first(verdict: Verdict, headline: str) -> None:
    app = opened(analysed(verdict))
    assert not app.exception
    assert str(app.header[0].value).startswith(headline)


def test_no_evidence_names_what_could_be_found_and_is_not_evidence_of_equal_effects() -> None:
    shown = words(opened(analysed("no evidence")))
    assert "With 80 % power this trial could have found a standard deviation of effects of 0.900" in shown
    assert "This is not evidence of equal effects." in shown


def test_share_below_zero_is_hidden_under_no_evidence_and_labelled_otherwise() -> None:
    assert "predicted benefit below zero" not in words(opened(analysed("no evidence")))
    assert "Depending on this model" in words(opened(analysed("suggestive")))


def test_factor_zero_shows_one_common_effect_instead_of_a_histogram() -> None:
    app = opened(analysed("no evidence", factor=0.0))
    titles = [str(header.value) for header in app.header]
    assert "The data support one common effect" in titles
    assert not any(title.startswith("Predicted benefit") for title in titles)


def test_preview_is_called_a_preview() -> None:
    assert "Preview from the fast learner" in words(opened(analysed("evidence", preview=True)))
    assert "Preview from the fast learner" not in words(opened(analysed("evidence")))


def test_every_result_explains_itself() -> None:
    app = opened(analysed("evidence"))
    readings = [expander for expander in app.expander if expander.label == "How to read this"]
    assert len(readings) == len(app.header) >= 7
    assert all(len(reading.markdown) >= 2 for reading in readings)


def test_relative_scale_is_shown_where_there_is_one() -> None:
    trial = binary_trial()
    effects = effects_of(trial, scale="difference in the probability of response")
    evidence = evidence_of(effects, "suggestive", relative=True)
    app = opened(with_effects(with_trial(Study(), trial), effects, evidence, preview=False))
    assert "On the relative scale" in words(app)
    assert "percentage points" in words(app)


def test_arms_can_be_picked_where_there_are_several() -> None:
    trial = continuous_trial(arms=("placebo", ARM, "high dose"))
    effects = effects_of(trial)
    app = opened(with_effects(with_trial(Study(), trial), effects, evidence_of(effects), preview=False))
    picker = next(box for box in app.main.selectbox if box.label.startswith("Arm compared with"))
    picker.set_value("high dose").run()
    assert not app.exception
    assert "high dose" in str(app.header[0].value)


def test_empty_session_says_where_to_start() -> None:
    app = opened(Study())
    assert not app.exception
    assert not app.header
    assert any("go there first" in str(info.value) for info in app.info)
