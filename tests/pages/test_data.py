"""The Data page: a file becomes a trial step by step, and a bad one costs a sentence."""

import numpy as np
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from ite.analysis import cox_by_arm
from ite.errors import RoleError
from ite.study import Study, with_trial
from ite.trial.data import TrialData
from ite.trial.roles import Roles
from pages.ui import parts
from pages.ui.parts import COVARIATE, NOT_USED, SINGLE, Answers
from tests.pages.opened import desk, opened, study_of, words

pytestmark = pytest.mark.page


def patients(n: int = 240) -> pd.DataFrame:
    random = np.random.default_rng(4)
    return pd.DataFrame(
        {
            "patient_id": [f"P{number:04d}" for number in range(n)],
            "arm": np.where(np.arange(n) % 2, "drug", "placebo"),
            "age": random.normal(60, 9, n).round(),
            "sex": random.choice(["female", "male"], n),
            "outcome": random.normal(0, 1, n).round(3),
        }
    )


def uploaded(frame: pd.DataFrame, name: str = "my trial.csv") -> AppTest:
    return opened("data").file_uploader[0].upload(name, frame.to_csv(index=False).encode()).run()


def trial_of(frame: pd.DataFrame, **roles: object) -> TrialData:
    given = {"treatment": "arm", "control": "placebo", "outcome": "outcome", "covariates": ("age", "sex"), **roles}
    return TrialData.from_frame(frame, Roles(**given), name="trial.csv")  # type: ignore[arg-type]


def test_without_a_file_the_page_says_what_to_do_and_warns_before_the_upload() -> None:
    with desk():
        app = opened("data")
    assert len(app.file_uploader) == 1
    assert "reloading or closing the tab ends it" in words(app)


def test_a_file_is_read_its_parts_are_guessed_and_become_a_trial() -> None:
    with desk() as jobs:
        app = uploaded(patients())
        assert study_of(app).trial is None
        app.button(key="use-roles").click().run()
        trial = study_of(app).trial
        assert trial is not None
        assert (trial.n, trial.roles.treatment, trial.roles.outcome) == (240, "arm", "outcome")
        assert trial.roles.covariates == ("age", "sex")
        assert trial.roles.id == "patient_id"
        titles = [header.value for header in app.header]
        assert titles[0].startswith("my trial.csv: ready")
        assert "Patients at baseline, by arm" in titles
        app.button(key="fit").click().run()
    assert not app.exception
    assert jobs.started["fit-fast"][1].digest == trial.digest  # type: ignore[attr-defined]


def test_a_bad_file_is_one_sentence_and_the_earlier_trial_stays() -> None:
    before = with_trial(Study(), trial_of(patients()))
    with desk():
        app = opened("data", before)
        app = app.file_uploader[0].upload("broken.csv", b"\x00\x01\x02").run()
    assert not app.exception
    assert len(app.error) == 1
    assert "broken" in app.error[0].value
    assert "The trial that was in use still is." in words(app)
    assert study_of(app).trial is before.trial


def test_a_file_without_a_treatment_asks_for_one_and_nothing_is_lost() -> None:
    with desk():
        app = uploaded(patients().drop(columns="arm"))
        app.button(key="use-roles").click().run()
    assert not app.exception
    assert "No column is the treatment yet" in app.error[0].value
    assert study_of(app).table is not None


def test_red_blocks_the_fit_and_says_why() -> None:
    with desk() as jobs:
        app = opened("data", with_trial(Study(), trial_of(patients(8))))
        assert app.button(key="fit").disabled
    assert "Fitting is blocked until this is solved" in words(app)
    assert "Blocks" in words(app)
    assert not jobs.started


def test_words_of_a_file_are_never_markup() -> None:
    frame = patients().rename(columns={"age": "**age**"})
    frame["arm"] = frame["arm"].replace("drug", ":red[drug] <b>x</b> ![p](http://a.b/c.png)")
    trial = trial_of(frame, covariates=("**age**", "sex"))
    with desk():
        app = opened("data", with_trial(Study(), trial))
    assert not app.exception
    for text in [*app.markdown, *app.header, *app.caption]:
        assert "![p](" not in str(text.value)
        assert ":red[drug]" not in str(text.value)
        assert "**age**" not in str(text.value)


def test_a_time_to_event_trial_asks_a_worker_for_the_cox_model() -> None:
    frame = patients().assign(days=np.arange(1, 241), event=np.arange(240) % 3 == 0)
    trial = trial_of(frame.astype({"event": int}), outcome=None, time="days", event="event")
    with desk() as jobs:
        app = opened("data", with_trial(Study(), trial))
    assert not app.exception
    (key,) = jobs.started
    assert key.startswith("cox-")
    assert jobs.started[key][0] is cox_by_arm
    assert "Beside it: the hazard ratio" in words(app)


def table(**part_of: str) -> pd.DataFrame:
    return pd.DataFrame({"column": list(part_of), "part": list(part_of.values()), "protected": False})


COMPLETE = {"arm": SINGLE["treatment"], "y": SINGLE["outcome"], "age": COVARIATE, "note": NOT_USED}


def test_a_filled_in_table_becomes_roles() -> None:
    filled = table(**COMPLETE).assign(protected=[False, False, True, False])
    roles = parts.roles_from(filled, Answers(control="A", higher_is_better=False))
    expected = Roles(
        treatment="arm", control="A", outcome="y", covariates=("age",), protected=("age",), higher_is_better=False
    )
    assert roles == expected


@pytest.mark.parametrize("observational", [False, True])
def test_roles_survive_the_way_into_the_table_and_back(*, observational: bool) -> None:
    roles = Roles(
        treatment="arm",
        control="A",
        time="t",
        event="e",
        event_value="Dead",
        competing="c",
        competing_as_event=True,
        covariates=("age", "sex"),
        protected=("sex",),
        strata="sex",
        cluster="site",
        received="taken",
        switch_time="switched",
        id="id",
        higher_is_better=False,
        randomization=None if observational else {"A": 0.25, "B": 0.75},
        propensity={"A": "age"} if observational else None,
        design="observational" if observational else "randomized",
    )
    columns = ("id", "arm", "t", "e", "c", "age", "sex", "site", "taken", "switched", "other")
    frame = pd.DataFrame({column: ["x"] for column in columns})
    draft = parts.draft_of(roles)
    answers = Answers(
        control=draft.control,
        event_value=draft.event_value,
        positive=draft.positive,
        higher_is_better=bool(draft.higher_is_better),
        strata=draft.strata,
        randomization=draft.randomization,
        competing_as_event=draft.competing_as_event,
        propensity=draft.propensity,
        design=draft.design,
    )
    assert parts.roles_from(parts.part_table(frame, draft, {}), answers) == roles


@pytest.mark.parametrize(
    ("changed", "control", "sentence"),
    [
        ({"arm": NOT_USED}, "A", "No column is the treatment yet"),
        ({}, None, "control arm is not chosen"),
        ({"age": NOT_USED}, "A", "No column is a covariate yet"),
        ({"note": SINGLE["treatment"]}, "A", "'arm' and 'note'"),
        ({"y": NOT_USED}, "A", "needs an outcome column"),
    ],
)
def test_what_is_missing_is_named(changed: dict[str, str], control: str | None, sentence: str) -> None:
    with pytest.raises(RoleError, match=sentence):
        parts.roles_from(table(**{**COMPLETE, **changed}), Answers(control=control))
