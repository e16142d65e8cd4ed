"""The Subgroups page: curve, slice, comparison, keeping it; exploratory unless declared beforehand."""

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from ite.study import Study, with_effects, with_slices, with_trial
from ite.subgroup.forest import SubgroupForest
from ite.subgroup.slice import Slice
from pages.ui.service import JobStatus
from tests.charts.examples import ARM, binary_trial, continuous_trial, effects_of, evidence_of, survival_trial
from tests.pages.opened import desk

pytestmark = pytest.mark.page
PAGE = "pages/subgroups.py"


def opened(study: Study) -> AppTest:
    """Run the app with a study in its session, then go to the Subgroups page."""
    app = AppTest.from_file(Path(__file__).parents[2] / "app.py", default_timeout=60)
    app.session_state["_study"] = study
    return app.run().switch_page(PAGE).run()


def analysed(factor: float = 0.8) -> Study:
    trial = continuous_trial()
    effects = effects_of(trial, factor=factor)
    return with_effects(with_trial(Study(), trial), effects, evidence_of(effects), preview=False)


def words(app: AppTest) -> str:
    blocks = [*app.title, *app.header, *app.markdown, *app.caption, *app.info, *app.warning]
    return "\n".join(str(block.value) for block in blocks)


def type_range(app: AppTest, lower: float, upper: float) -> AppTest:
    first = next(field for field in app.number_input if field.label == "From")
    second = next(field for field in app.number_input if field.label == "to")
    first.set_value(lower)
    second.set_value(upper)
    return app.run()


def sliced() -> AppTest:
    return type_range(opened(analysed()), 50.0, 80.0)


def test_curve_of_the_strongest_biomarker_is_shown_first_and_is_exploratory() -> None:
    app = opened(analysed())
    assert not app.exception
    assert str(app.header[0].value) == f"The effect of {ARM} along marker"
    assert any("Exploratory" in str(warning.value) for warning in app.warning)
    assert "p-value" not in words(app).lower()


def test_prespecified_biomarker_shows_its_test_and_no_banner() -> None:
    app = opened(analysed())
    box = next(box for box in app.checkbox if box.key == "prespecified")
    box.check().run()
    assert not app.exception
    assert "pre-specified axis: p " in words(app)


def test_typed_range_is_compared_with_the_others() -> None:
    app = sliced()
    assert not app.exception
    shown = words(app)
    assert "marker \\> 50" in shown or "marker > 50" in shown
    assert "Number needed to treat: not defined on this scale." in shown


def test_few_patients_give_a_sentence_and_no_number() -> None:
    app = type_range(opened(analysed()), 49.9, 50.0)
    assert not app.exception
    assert any("needs at least 20 patients of each arm" in str(info.value) for info in app.info)
    assert "how do these patients fare" not in words(app)


def test_kept_slice_survives_a_page_switch_and_can_be_removed() -> None:
    app = sliced()
    name = next(field for field in app.text_input if field.label == "Name of this slice")
    name.set_value("high marker")
    next(button for button in app.button if button.label == "Keep this slice").click()
    app.run()
    app.switch_page("pages/effects.py").run().switch_page(PAGE).run()
    assert "high marker" in words(app)
    next(button for button in app.button if button.label == "Remove high marker").click()
    app.run()
    assert not app.session_state["_study"].slices


def test_two_slices_cannot_share_a_name() -> None:
    study = analysed()
    kept = Slice(name="marker", axis="marker", arm=ARM, lower=45.0)
    app = type_range(opened(with_slices(study, (kept,))), 50.0, 80.0)
    next(field for field in app.text_input if field.label == "Name of this slice").set_value("marker")
    next(button for button in app.button if button.label == "Keep this slice").click()
    app.run()
    assert any("kept already" in str(warning.value) for warning in app.warning)
    assert len(app.session_state["_study"].slices) == 1


def test_levels_of_a_category_can_be_picked() -> None:
    app = opened(analysed())
    next(box for box in app.main.selectbox if box.label == "Biomarker").set_value("sex").run()
    levels = next(field for field in app.multiselect if field.label.startswith("Levels of"))
    levels.set_value(["female"]).run()
    assert not app.exception
    assert "sex is female" in words(app)


def test_predicted_benefit_is_no_axis_where_the_data_support_one_common_effect() -> None:
    assert any(group.label == "Set patients apart by" for group in opened(analysed()).radio)
    app = opened(analysed(factor=0.0))
    assert not any(group.label == "Set patients apart by" for group in app.radio)
    assert "no predicted benefit to slice by" in words(app)


def test_number_needed_to_treat_is_given_for_a_risk_difference() -> None:
    trial = binary_trial()
    effects = effects_of(trial, scale="difference in the probability of response")
    app = opened(with_effects(with_trial(Study(), trial), effects, evidence_of(effects), preview=False))
    type_range(app, 50.0, 80.0)
    assert "Number needed to treat in the slice: NNT" in words(app)


def test_time_to_event_draws_its_forest_once_the_worker_has_it() -> None:
    trial = survival_trial()
    effects = effects_of(trial, scale="difference in restricted mean days to death within 1,000 days")
    effects = replace(effects, spec=effects.spec.model_copy(update={"horizon": 1000.0}))
    study = with_effects(with_trial(Study(), trial), effects, evidence_of(effects), preview=False)
    counts = {"n": [160, 140], "events": [80, 70]}
    levels = {"level": ["female", "male"], **counts, "estimate": [90.0, 70.0], "lower": [20.0, 5.0]}
    found = SubgroupForest(
        arm=ARM,
        scale=effects.scale,
        horizon=1000.0,
        landmark=None,
        levels=pd.DataFrame({"covariate": "sex", **levels, "upper": [160.0, 135.0], "note": ""}),
        interactions=pd.DataFrame({"covariate": ["sex"], "p_value": [0.71], "p_holm": [0.71]}),
    )
    with desk() as jobs:
        app = opened(study)
        next(box for box in app.main.selectbox if box.label == "Biomarker").set_value("sex").run()
        next(box for box in app.checkbox if box.key == "prespecified").check().run()
        (key,) = [key for key in jobs.started if key.startswith("forest-")]
        assert jobs.started[key][2:] == (("sex",), ARM, 1000.0)
        jobs.answers[key] = JobStatus(state="done", result=found)
        app.run()
    assert not app.exception
    assert f"The effect of {ARM} by pre-specified subgroup" in words(app)
    assert "sex p = 0.71" in words(app)


def test_empty_session_says_where_to_start() -> None:
    app = opened(Study())
    assert not app.exception
    assert any("No trial is open yet" in str(info.value) for info in app.info)
