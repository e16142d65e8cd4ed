"""The Start page: what the tool answers, one click to a sample, and a link that brings it back."""

import pytest

from ite.analysis import analyse
from ite.trial.samples import SAMPLES
from tests.pages.opened import desk, opened, study_of, words

pytestmark = pytest.mark.page


def test_the_headline_is_the_question_and_three_ways_in_follow() -> None:
    with desk():
        app = opened()
    assert [title.value for title in app.title] == ["Who benefits from the treatment, and how sure are we?"]
    headers = [each.value for each in app.header]
    assert headers[:3] == ["Try a sample trial", "Upload your trial", "Open a project"]
    labels = [button.label for button in app.main.button]
    assert labels == [*[sample.title for sample in SAMPLES], "Choose a file"]
    assert "Coming later" in words(app)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.key)
def test_one_click_opens_a_sample_and_starts_its_fast_fit(sample: object) -> None:
    key, horizon = sample.key, sample.horizon  # type: ignore[attr-defined]
    with desk() as jobs:
        app = opened()
        app.button(key=f"sample-{key}").click().run()
        app.run()
    assert not app.exception
    assert study_of(app).sample == key
    function, trial, spec = jobs.started["fit-fast"]
    assert function is analyse
    assert trial.digest == study_of(app).trial.digest  # type: ignore[attr-defined, union-attr]
    assert spec.learner == "x_lasso"  # type: ignore[attr-defined]
    assert "fit-full" in jobs.started
    if horizon is not None:
        assert spec.horizon == horizon  # type: ignore[attr-defined]


def test_a_link_brings_back_a_sample_with_its_settings() -> None:
    with desk() as jobs:
        app = opened(sample="colon", horizon="1000", seed="7")
    assert study_of(app).sample == "colon"
    spec = jobs.started["fit-fast"][2]
    assert (spec.horizon, spec.seed) == (1000.0, 7)  # type: ignore[attr-defined]


def test_a_link_to_a_sample_that_does_not_exist_opens_an_empty_session() -> None:
    with desk():
        app = opened(sample="../etc/passwd")
    assert not app.exception
    assert "No trial yet" in words(app)


def test_a_link_with_settings_out_of_range_falls_back_to_the_defaults() -> None:
    with desk() as jobs:
        app = opened(sample="colon", horizon="-5", seed="many")
    assert not app.exception
    spec = jobs.started["fit-fast"][2]
    assert (spec.horizon, spec.seed) == (1826.0, 0)  # type: ignore[attr-defined]


def test_the_sidebar_names_the_data_and_the_status_of_each_step() -> None:
    with desk():
        app = opened(sample="simulated")
        sidebar = "\n".join(str(each.value) for each in [*app.sidebar.markdown, *app.sidebar.caption])
        digest = study_of(app).trial.digest  # type: ignore[union-attr]
    assert SAMPLES[0].title in sidebar
    assert digest[:8] in sidebar
    assert "Data: done" in sidebar
    assert "Effects: to do" in sidebar


def test_cancel_keeps_the_trial_and_offers_another_fit() -> None:
    with desk() as jobs:
        app = opened(sample="simulated")
        app.button(key="cancel-fit").click().run()
        assert "The fit was cancelled" in words(app)
        jobs.started.clear()
        app.button(key="fit-again").click().run()
    assert "fit-fast" in jobs.started
    assert study_of(app).sample == "simulated"


def test_unload_empties_the_session_and_its_link() -> None:
    with desk():
        app = opened(sample="colon", seed="7")
        app.button(key="unload").click().run()
        app.run()
    assert not app.exception
    assert "No trial yet" in words(app)
    assert "sample" not in app.query_params


def test_settings_of_one_sample_do_not_leak_into_the_next() -> None:
    with desk() as jobs:
        app = opened(sample="colon", horizon="1000", seed="7")
        app.button(key="sample-actg320").click().run()
        app.run()
    trial, spec = jobs.started["fit-fast"][1:3]
    assert trial.name == SAMPLES[1].title  # type: ignore[attr-defined]
    assert spec.seed == 0  # type: ignore[attr-defined]
    assert spec.horizon != 1000  # type: ignore[attr-defined]


def test_other_settings_can_be_fitted_and_a_later_horizon_is_logged() -> None:
    with desk():
        app = opened(sample="colon")
        app.number_input(key="seed").set_value(3).run()
        app.button(key="refit").click().run()
    assert study_of(app).spec.seed == 3  # type: ignore[union-attr]
