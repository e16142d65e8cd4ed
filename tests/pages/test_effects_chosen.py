"""The panels for other designs than a simple randomised trial; each is silent in one."""

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from ite.analysis import analyse
from ite.estimation.result import EffectEstimate
from ite.estimation.spec import EffectSpec
from ite.report.block import ResultBlock
from ite.study import Study, with_effects, with_spec, with_trial
from ite.trial.data import TrialData
from ite.trial.table import Table
from pages.ui import figure, jobs
from pages.ui.service import JobStatus
from tests.estimation.trials import roles, survival_frame

pytestmark = [pytest.mark.page, pytest.mark.filterwarnings("ignore")]
SPEC = EffectSpec(learner="x_lasso", folds=3, seed=5, repeats=1)


def study_of(design: str, **changes: object) -> Study:
    rng = np.random.default_rng(3)
    x = rng.standard_normal((400, 2))
    treated = rng.random(400) < 1 / (1 + np.exp(-1.6 * x[:, 0]))
    frame = pd.DataFrame(x, columns=["x0", "x1"]).assign(
        arm=np.where(treated, "treated", "control"),
        y=(x[:, 0] + treated + rng.standard_normal(400) > 0).astype(int),
        taken=np.where(treated & (x[:, 1] < 1), "treated", "control"),
        accident=(x[:, 0] + rng.standard_normal(400) > 1).astype(int),
    )
    table = Table(frame=frame, name="study.csv", kind="CSV file", notes=())
    trial = TrialData.from_frame(frame, roles(2, design=design, **changes), name="study.csv")
    found = analyse(trial, SPEC)
    known = with_spec(with_trial(Study(table=table), trial), SPEC)
    return with_effects(known, found.effects, found.evidence, preview=False)


@pytest.fixture(scope="module")
def observed() -> Study:
    return study_of("observational")


def visit(
    study: Study, monkeypatch: pytest.MonkeyPatch, panel: str = "chosen", asked: str = ""
) -> tuple[AppTest, dict[str, ResultBlock]]:
    shown: dict[str, ResultBlock] = {}
    monkeypatch.setattr(figure, "show", lambda block, key, **_: shown.update({key: block}))
    monkeypatch.setattr(jobs, "run", lambda _, function, *args: JobStatus(state="done", result=function(*args)))
    drawn = f"{panel}.{panel}({asked})" if asked else f"{panel}.draw()"
    code = f"from pages.panels.effects import {panel}\nfrom pages.ui import analysed\n{drawn}"
    app = AppTest.from_string(code, default_timeout=60)
    app.session_state["_study"] = study
    app.run()
    assert not app.exception
    return app, shown


def test_an_observational_study_is_checked_and_its_patients_are_named(
    observed: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    app, shown = visit(observed, monkeypatch)
    effects = observed.effects
    assert isinstance(effects, EffectEstimate)
    assert effects.kept is not None
    assert list(shown) == ["overlap", "balance", "e-value"]
    named = f"{effects.kept.sum()} of 400 patients who could have had either arm"
    assert f"Analysed are the {named}." in shown["overlap"].sentence
    assert all(named in block.provenance.footer for block in shown.values())
    assert all("trial = effects.patients_of(trial)" in block.code for block in shown.values())
    picker = next(each for each in app.main.selectbox if each.label == "Negative control")
    picker.select("accident").run()
    assert not app.exception
    assert shown["negative-control"].sentence.startswith("The adjusted difference in accident is")


def test_the_shown_code_gives_the_shown_numbers(
    observed: Study, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    _, shown = visit(observed, monkeypatch)
    assert observed.table is not None
    observed.table.frame.to_csv(tmp_path / "study.csv", index=False)
    monkeypatch.chdir(tmp_path)
    for block in shown.values():
        names: dict[str, Any] = {}
        exec(block.code, names)  # noqa: S102 - code of ours, as a visitor runs it
        pd.testing.assert_frame_equal(names["shown"].reset_index()[list(block.data)], block.data, check_dtype=False)


def test_a_randomised_trial_needs_none_of_this(monkeypatch: pytest.MonkeyPatch) -> None:
    app, shown = visit(study_of("randomized"), monkeypatch)
    assert shown == {}
    assert "drawn at random" in app.info[0].value


def test_what_having_the_treatment_does_is_drawn_where_a_column_says_who_had_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    study = study_of("randomized", received="taken")
    app, shown = visit(study, monkeypatch, "compliance", "analysed.require()")
    assert list(shown["compliance"].data["effect"]) == [
        "assigned (intention to treat)",
        "had it (compliers)",
        "kept to it (per protocol)",
    ]
    assert "They chose to" in shown["compliance"].sentence
    assert not app.info
    _, none = visit(study_of("randomized"), monkeypatch, "compliance", "analysed.require()")
    assert none == {}


def test_survival_is_adjusted_where_a_column_says_when_controls_switched(monkeypatch: pytest.MonkeyPatch) -> None:
    frame = survival_frame(300, 2)
    third = (frame["arm"] == "control") & (np.arange(300) % 3 == 0)
    frame["changed"] = (0.5 * frame["time"]).where(third)
    given = roles(outcome=None, time="time", event="event", switch_time="changed")
    trial = TrialData.from_frame(frame, given, name="study.csv")
    found = analyse(trial, SPEC.model_copy(update={"horizon": 10.0}))
    known = with_spec(with_trial(Study(), trial), SPEC)
    study = with_effects(known, found.effects, found.evidence, preview=False)
    _, shown = visit(study, monkeypatch, "switching", "analysed.require()")
    assert shown["switching"].sentence.startswith(f"{third.sum()} of 150 controls switched to treated.")
    assert shown["switching"].data["switched"].tolist() == [third.sum()]
