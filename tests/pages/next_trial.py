"""The question "From this trial" as a test drives it: effects without a fit, inputs and results by their keys."""

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from ite.estimation.result import EffectEstimate
from ite.report.block import ResultBlock
from ite.study import Study, with_effects, with_spec, with_trial
from ite.trial.data import TrialData
from pages.ui import figure
from tests.charts.examples import evidence_of
from tests.design.fitted.examples import fitted
from tests.pages.opened import desk, opened

Blocks = dict[str, ResultBlock]
WEAK, STRONG = {"factor": 0.0}, {"difference": 1.5}


def collected(monkeypatch: pytest.MonkeyPatch) -> Blocks:
    """Collect the results that the page shows in place of drawing them."""
    found: Blocks = {}
    monkeypatch.setattr(figure, "show", lambda block, key, **_: found.update({key: block}))
    return found


def study_of(**example: float) -> Study:
    trial, effects = fitted(**example)  # type: ignore[arg-type]
    return study(trial, effects)


def study(trial: TrialData, effects: EffectEstimate) -> Study:
    known = with_spec(with_trial(Study(), trial), effects.spec)
    return with_effects(known, effects, evidence_of(effects), preview=False)


def visit(held: Study | None, **link: str) -> AppTest:
    with desk():
        app = opened("design", held, question="From this trial", **link)
    assert not app.exception
    return app


def put(app: AppTest, key: str, value: object) -> None:
    kinds = (app.number_input, app.slider, app.selectbox, app.button_group, app.radio, app.text_input)
    field: Any = next(widget for kind in kinds for widget in kind if widget.key == key)
    with desk():
        field.set_value(value).run()
    assert not app.exception


def told(blocks: Blocks) -> tuple[str, ...]:
    texts = [(block.title, block.sentence, block.method, block.data.to_csv(), block.alt) for block in blocks.values()]
    return tuple(text for block in texts for text in block)
