"""Other tests of the same question come from a worker, and the code gives them."""

import pytest

import ite
from ite.estimation.estimate import estimate
from ite.estimation.spec import EffectSpec
from ite.evaluation.evaluate import evaluate
from ite.report.block import ResultBlock
from ite.study import Study, with_effects, with_spec, with_trial
from pages.ui import figure
from pages.ui.service import JobStatus
from tests.estimation.trials import small_trial
from tests.pages.opened import desk, opened
from tests.pages.shown import assert_code_gives_the_numbers

pytestmark = pytest.mark.page


def test_other_tests_are_shown_beside_the_verdict_and_their_code_gives_them(monkeypatch: pytest.MonkeyPatch) -> None:
    trial = small_trial(200)
    effects = estimate(trial, EffectSpec(learner="x_lasso", seed=1))
    found: dict[str, ResultBlock] = {}
    monkeypatch.setattr(figure, "show", lambda block, key, **_: found.update({key: block}))
    monkeypatch.setattr(ite, "read_trial", lambda *_: trial, raising=False)
    monkeypatch.setattr(ite, "estimate", lambda *_: effects, raising=False)
    study = with_spec(with_trial(Study(), trial), effects.spec)
    with desk() as worker:
        app = opened("effects", with_effects(study, effects, evaluate(trial, effects), preview=False))
        assert "other-tests" not in found
        ((place, (function, *arguments)),) = [
            (key, call) for key, call in worker.started.items() if key.startswith("other-tests")
        ]
        worker.answers[place] = JobStatus(state="done", result=function(*arguments))
        app.run()
    assert not app.exception
    block = found["other-tests"]
    assert block.data["test"].iloc[0] == "primary test"
    assert "The verdict rests on the primary test alone" in block.sentence
    assert_code_gives_the_numbers(block)
