"""The question "Patients to treat": every input counts, the shown code gives the numbers, bad input loses nothing."""

from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

import ite
from ite.estimation.result import EffectEstimate
from ite.study import Study
from ite.subgroup.slice import Slice
from ite.trial.data import TrialData
from tests.charts.examples import ARM, binary_trial, continuous_trial, effects_of, survival_trial
from tests.pages.next_trial import Blocks, collected, put, study, told
from tests.pages.opened import desk, opened, words
from tests.pages.shown import assert_code_gives_the_numbers

pytestmark = pytest.mark.page

_TYPED: dict[str, object] = {
    "vp-nnt": 8.0,
    "vp-nnh": 40.0,
    "vp-people": "1,000",
    "vp-measure": "Odds ratio",
    "vp-ratio": 0.8,
    "vp-ratio-lower": 0.6,
    "vp-ratio-upper": 1.1,
    "vp-risk": 30,
}
_COUNTS: dict[str, object] = {
    "vp-n-treated": 90.0,
    "vp-n-control": 100.0,
    "vp-good-treated": 60.0,
    "vp-good-control": 50.0,
    "vp-harm-treated": 8.0,
    "vp-harm-control": 2.0,
    "vp-measure": "Odds ratio",
}


@pytest.fixture
def blocks(monkeypatch: pytest.MonkeyPatch) -> Blocks:
    """Collect the results that the page shows in place of drawing them."""
    return collected(monkeypatch)


def _visit(held: Study | None = None) -> AppTest:
    with desk():
        app = opened("value", held, question="Patients to treat")
    assert not app.exception
    return app


def test_clozapine_is_there_from_the_start(blocks: Blocks) -> None:
    _visit()
    block = blocks["value-patients"]
    assert "Treat 5 patients for one more to be helped. Treat 133 patients for one more to be harmed." in block.sentence
    assert "Help is 26.6 times as likely as harm." in block.sentence
    assert "200 more good outcomes, 7.52 more harms" in block.method
    assert block.alt == "Of 100 people treated: 20 helped, 1 harmed, 79 no different."
    for shown in blocks.values():
        assert_code_gives_the_numbers(shown)


def test_each_typed_number_changes_what_is_said(blocks: Blocks) -> None:
    app = _visit()
    for key, value in _TYPED.items():
        before = told(blocks)
        put(app, key, value)
        assert told(blocks) != before, key


def test_an_impossible_number_is_refused_and_the_last_picture_stays(blocks: Blocks) -> None:
    app = _visit()
    blocks.clear()
    put(app, "vp-nnt", 0.5)
    assert [error.value for error in app.error] == ["Number needed to treat should be at least 1, but 0.5 was given."]
    assert "Treat 5 patients" in blocks["value-patients"].sentence


def test_counts_of_two_arms_have_intervals(blocks: Blocks) -> None:
    app = _visit()
    put(app, "vp-source", "Counts of two arms")
    sentence = blocks["value-patients"].sentence
    # Newcombe's limits of 56/70 against 48/80 are 5.24 % and 33.39 %.
    assert "one more to be helped (95 % interval NNTB 3 to NNTB 20)." in sentence
    assert "one more to be harmed (95 % interval NNTH 9 to infinity to NNTB 23)." in sentence
    # 20 % against 40 % miss the good outcome.
    assert "at a constant risk ratio of 0.5" in blocks["value-baseline"].sentence
    for key, value in _COUNTS.items():
        before = told(blocks)
        put(app, key, value)
        assert told(blocks) != before, key
    for block in blocks.values():
        assert_code_gives_the_numbers(block)


def test_more_outcomes_than_patients_are_refused(blocks: Blocks) -> None:
    app = _visit()
    put(app, "vp-source", "Counts of two arms")
    blocks.clear()
    put(app, "vp-good-treated", 80.0)
    assert [error.value for error in app.error] == [
        "An arm has at most as many outcomes as patients, not 80 in 70. Correct it."
    ]
    assert "Treat 5 patients" in blocks["value-patients"].sentence


def test_harms_that_were_not_counted_are_not_none(blocks: Blocks) -> None:
    app = _visit()
    put(app, "vp-source", "Counts of two arms")
    with desk():
        next(box for box in app.checkbox if box.key == "vp-harms").uncheck().run()
    assert "Harms are not known here." in blocks["value-patients"].sentence
    assert "harms not known" in blocks["value-patients"].alt
    assert blocks["value-patients"].data["outcome"].tolist() == ["good outcomes"]


def test_without_a_trial_the_way_to_one_is_shown(blocks: Blocks) -> None:
    app = _visit()
    blocks.clear()
    put(app, "vp-source", "From this trial")
    assert "No trial is open yet." in words(app)
    assert not blocks


def test_a_yes_or_no_outcome_is_counted_from_the_trial(blocks: Blocks, monkeypatch: pytest.MonkeyPatch) -> None:
    trial = binary_trial(n=600)
    effects = effects_of(trial, scale="risk difference")
    found = _binary(effects)
    kept = Slice(name="high marker", axis="marker", arm=ARM, lower=50.0)
    held = replace(study(trial, found), slices=(kept,))
    app = _of_trial(held, trial, found, monkeypatch, blocks)
    assert (
        "Treat 5 patients for one more to be helped (95 % interval NNTB 4 to NNTB 10)"
        in blocks["value-patients"].sentence
    )
    assert "Harms are not known here." in blocks["value-patients"].sentence
    put(app, "vp-trial-nnh", 50.0)
    assert "Help is 10.0 times as likely as harm." in blocks["value-patients"].sentence
    before = blocks["value-patients"].sentence
    put(app, f"vp-slice-{trial.digest[:8]}", "high marker")
    assert blocks["value-patients"].sentence != before
    assert set(blocks) == {"value-patients", "value-baseline"}
    for block in blocks.values():
        assert_code_gives_the_numbers(block)


def test_a_time_to_event_says_that_it_is_counted_at_the_horizon(
    blocks: Blocks, monkeypatch: pytest.MonkeyPatch
) -> None:
    trial = survival_trial(n=600)
    found = effects_of(trial, scale="difference in restricted mean survival time")
    found = replace(found, spec=found.spec.model_copy(update={"horizon": 700.0}))
    app = _of_trial(study(trial, found), trial, found, monkeypatch, blocks)
    assert "A number needed to treat is not defined on this scale, difference in restricted mean" in words(app)
    sizes = trial.frame["arm"].value_counts()
    assert f"n = {sizes[ARM]} and {sizes['placebo']}." in blocks["value-patients"].method
    assert "Kaplan-Meier curves at 700 (days)" in blocks["value-patients"].method
    for block in blocks.values():
        assert_code_gives_the_numbers(block)


def test_a_number_as_outcome_says_how_to_get_one(blocks: Blocks, monkeypatch: pytest.MonkeyPatch) -> None:
    trial = continuous_trial()
    found = effects_of(trial)
    app = _of_trial(study(trial, found), trial, found, monkeypatch, blocks)
    (error,) = [error.value for error in app.error]
    assert error.startswith("A number needed to treat is not defined on this scale, difference in outcome:")
    assert "type them as counts of two arms" in error
    assert not blocks


def _binary(effects: EffectEstimate) -> EffectEstimate:
    """Return effects in shares: an average of 20 points, and scores that agree with it."""
    ate = effects.ate.assign(estimate=0.2, se=0.05, lower=0.1, upper=0.3)
    return replace(effects, ate=ate, scores=0.2 + (effects.scores - effects.scores.mean()) / 10)


def _of_trial(
    held: Study, trial: TrialData, effects: EffectEstimate, patch: pytest.MonkeyPatch, blocks: Blocks
) -> AppTest:
    patch.setattr(ite, "read_trial", lambda *_: trial, raising=False)
    patch.setattr(ite, "estimate", lambda *_: effects, raising=False)
    app = _visit(held)
    blocks.clear()
    put(app, "vp-source", "From this trial")
    return app
