"""Whom the next trial enrols: by a kept slice, by two markers, or by a rule that is frozen and taken away."""

import json

import pytest

from ite.design.fitted import next_trial
from ite.design.fitted.export import design_json
from ite.design.fitted.frozen_rule import FrozenRule
from ite.design.fitted.spec import NextTrialSpec
from ite.estimation.result import EffectEstimate
from ite.study import with_slices
from ite.subgroup.slice import Slice
from ite.trial.data import TrialData
from ite.version import __version__
from pages.panels.design import fitted_rule
from pages.ui.service import JobStatus
from tests.design.fitted.examples import ARM, fitted
from tests.pages.next_trial import STRONG, Blocks, collected, put, study, study_of, told, visit
from tests.pages.opened import desk, opened, words

pytestmark = pytest.mark.page


@pytest.fixture
def blocks(monkeypatch: pytest.MonkeyPatch) -> Blocks:
    """Collect the results that the page shows in place of drawing them."""
    return collected(monkeypatch)


def test_a_kept_slice_can_choose_the_patients(blocks: Blocks) -> None:
    held = study_of(**STRONG)
    chosen = Slice(name="high marker", axis="marker", arm=ARM, lower=0.6)
    app = visit(with_slices(held, (chosen,)), **{"ft-by": "A kept slice"})
    assert "patients with" in blocks["next-trial"].sentence
    assert blocks["next-trial"].exploratory
    assert "The slice was found in these data." in words(app)
    assert not [button for button in app.button if button.key == "freeze-rule"]


def frozen(trial: TrialData, effects: EffectEstimate) -> FrozenRule:
    return FrozenRule(
        arm=ARM,
        covariates=trial.roles.covariates,
        effect_spec=effects.spec,
        source_digest=trial.digest,
        fraction=0.6,
        cut=0.1,
        twentieths=tuple(place / 20 for place in range(21)),
    )


def test_the_rule_is_frozen_in_a_worker_and_exported_with_the_design(blocks: Blocks) -> None:
    trial, effects = fitted(difference=1.5)
    held = study(trial, effects)
    with desk() as made:
        app = opened("design", held, question="From this trial")
        next(button for button in app.button if button.key == "freeze-rule").click().run()
        (function, *arguments) = made.started["frozen-rule"]
        assert function == FrozenRule.of
        assert arguments[:2] == [trial, effects]
        assert blocks  # curve and assurance do not wait for the model
        made.answers["frozen-rule"] = JobStatus(state="done", result=frozen(trial, effects))
        app.run()
        assert "Frozen. Digest" in words(app)
        put(app, "ft-enrol", 30)
        assert "Frozen. Digest" not in words(app)


@pytest.mark.usefixtures("blocks")
def test_the_file_taken_away_holds_design_rule_source_and_version(monkeypatch: pytest.MonkeyPatch) -> None:
    trial, effects = fitted(difference=1.5)
    taken: list[str] = []
    monkeypatch.setattr(fitted_rule, "_offer", taken.append)
    with desk() as made:
        app = opened("design", study(trial, effects), question="From this trial")
        next(button for button in app.button if button.key == "freeze-rule").click().run()
        made.answers["frozen-rule"] = JobStatus(state="done", result=frozen(trial, effects))
        app.run()
    assert not app.exception
    content = json.loads(taken[-1])
    asked = NextTrialSpec.model_validate(content["spec"])
    assert taken[-1] == design_json(next_trial.next_trial(trial, effects, asked), frozen(trial, effects))
    assert (content["source"]["sha256"], content["version"]) == (trial.digest, __version__)


def test_two_markers_choose_the_patients(blocks: Blocks) -> None:
    held = study_of(**STRONG)
    app = visit(held, **{"ft-by": "Two markers", "ft-size": "Patients"})
    assert held.trial is not None
    place = held.trial.digest[:8]
    put(app, f"ft-first-{place}-marker-cut", 0.7)
    assert "patients with marker > 0.7 and prognosis > " in blocks["next-trial"].sentence
    assert blocks["next-trial"].exploratory
    put(app, f"ft-second-{place}", "sex")
    before = told(blocks)
    (levels,) = app.multiselect
    with desk():
        levels.set_value(["female"]).run()
    put(app, "ft-combine", "At least one")
    assert "marker > 0.7 or sex is female" in blocks["next-trial"].sentence
    assert told(blocks) != before
    (declared,) = [toggle for toggle in app.toggle if toggle.key == "ft-declared"]
    with desk():
        declared.set_value(True).run()
    assert not blocks["next-trial"].exploratory
    assert not [button for button in app.button if button.key == "freeze-rule"]
    with desk():
        levels.set_value([]).run()
    assert "At least one level of 'sex'" in str(app.error[0].value)
