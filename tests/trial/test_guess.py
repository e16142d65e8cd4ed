"""The guess gets the samples and the usual names right, and offers nothing that was measured after treatment."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from ite.trial.guess import RoleGuess, guess_roles
from ite.trial.reading import read_table, read_trial

N = 60
PLACE = np.arange(N)


def _adam() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "STUDYID": "S1",
            "USUBJID": [f"S1-{i:03d}" for i in PLACE],
            "SITEID": np.resize(["01", "02", "03"], N),
            "AGE": 40 + PLACE % 30,
            "SEX": np.resize(["M", "F"], N),
            "RACE": np.resize(["WHITE", "ASIAN", "BLACK", "OTHER"], N),
            "ITTFL": "Y",
            "TRT01P": np.resize(["Xanomeline High", "Placebo", "Xanomeline Low"], N),
            "TRT01PN": np.resize([81, 0, 54], N),
            "TRTSDT": np.resize(["2020-01-31", "2020-02-01"], N),
            "PARAMCD": "OS",
            "AVAL": 10.5 + (PLACE * 7) % 50,
            "CNSR": (PLACE % 3 == 0).astype(int),
            "BASE": 5.0 + PLACE % 11,
        }
    )


def _part(guess: RoleGuess, column: str) -> str:
    return next(found.part for found in guess.columns if found.column == column)


def _reason(guess: RoleGuess, column: str) -> str:
    return next(found.reason for found in guess.columns if found.column == column)


@pytest.mark.known_truth
def test_colon() -> None:
    guess = guess_roles(_read("data/colon.csv"))
    assert (guess.id, guess.treatment, guess.control) == ("id", "arm", "Obs")
    assert (guess.time, guess.event, guess.event_value, guess.outcome) == ("recurrence_days", "recurrence", "1", None)
    assert guess.competing == "death"
    assert guess.protected == ("sex",)
    assert _part(guess, "death_days") == "left out"
    assert set(guess.covariates) == {
        *("age", "sex", "obstruction", "perforation", "adherence", "nodes", "differentiation", "extent"),
        *("surgery_to_registration", "more_than_4_nodes"),
    }
    roles = guess.roles()
    assert roles is not None
    assert read_trial("data/colon.csv", roles).event.sum() == 468


@pytest.mark.known_truth
def test_actg320() -> None:
    guess = guess_roles(_read("data/actg320.csv"))
    assert (guess.treatment, guess.control) == ("arm", "2 NRTI")
    assert "something added" in guess.control_reason
    assert (guess.time, guess.event) == ("aids_or_death_days", "aids_or_death")
    assert guess.competing is None
    assert guess.protected == ("sex", "race_ethnicity")
    assert guess.strata == "cd4_stratum"
    assert len(guess.covariates) == 9


@pytest.mark.known_truth
def test_adam_names_and_the_reversed_censoring() -> None:
    guess = guess_roles(_adam())
    assert (guess.id, guess.treatment, guess.control) == ("USUBJID", "TRT01P", "Placebo")
    assert (guess.time, guess.event, guess.event_value) == ("AVAL", "CNSR", "0")
    assert guess.covariates == ("AGE", "SEX", "RACE", "BASE")
    assert guess.protected == ("SEX", "RACE")
    assert "another coding of 'TRT01P'" in _reason(guess, "TRT01PN")
    assert "only the value 'Y'" in _reason(guess, "ITTFL")
    assert "dates" in _reason(guess, "TRTSDT")


@pytest.mark.known_truth
def test_adam_without_censoring_is_continuous() -> None:
    guess = guess_roles(_adam().drop(columns=["CNSR"]))
    assert (guess.outcome, guess.time, guess.event) == ("AVAL", None, None)


@pytest.mark.known_truth
@pytest.mark.parametrize(
    ("levels", "control"),
    [
        (["Drug A", "Placebo"], "Placebo"),
        ([1, 0], "0"),
        (["surgery", "Standard of care"], "Standard of care"),
        (["CBT", "usual care"], "usual care"),
        (["A + B", "B"], "B"),
        (["treated", "control group"], "control group"),
        (["north", "south"], "north"),
    ],
)
def test_control_level(levels: list[object], control: str) -> None:
    guess = guess_roles(pd.DataFrame({"group": np.resize(np.array(levels), N), "y": PLACE * 0.5, "age": PLACE % 50}))
    assert (guess.treatment, guess.control) == ("group", control)
    assert f"'{control}'" in guess.control_reason


@pytest.mark.known_truth
@pytest.mark.parametrize(
    ("column", "values", "event_value"),
    [
        ("status", [1, 2], "2"),
        ("status", [0, 1], "1"),
        ("censored", [0, 1], "0"),
        ("status", ["alive", "dead"], "dead"),
        ("Event", ["yes", "no"], "yes"),
    ],
)
def test_event_value(column: str, values: list[object], event_value: str) -> None:
    frame = pd.DataFrame(
        {"arm": np.resize(["a", "b"], N), "time": 5 + PLACE, column: np.repeat(values, N // 2), "age": PLACE % 50}
    )
    guess = guess_roles(frame)
    assert (guess.time, guess.event, guess.event_value) == ("time", column, event_value)


@pytest.mark.known_truth
def test_a_binary_adverse_outcome() -> None:
    frame = pd.DataFrame({"treatment": np.resize([0, 1], N), "died": (PLACE % 7 == 0).astype(int), "age": PLACE % 50})
    guess = guess_roles(frame)
    assert (guess.outcome, guess.positive, guess.higher_is_better) == ("died", None, False)
    assert guess.is_complete


@pytest.mark.known_truth
def test_what_may_be_measured_after_treatment_is_not_offered() -> None:
    frame = pd.DataFrame(
        {
            "arm": np.resize(["a", "b"], N),
            "response": PLACE % 13,
            "score_week12": PLACE % 17,
            "relapse": PLACE % 2,
            "pain_final": PLACE % 9,
            "discontinued": (PLACE % 4 == 0).astype(int),
            "weight": 60 + PLACE % 23,
        }
    )
    guess = guess_roles(frame)
    assert guess.covariates == ("weight",)
    for name in ("score_week12", "relapse", "pain_final", "discontinued"):
        assert "after treatment" in _reason(guess, name)


@pytest.mark.known_truth
def test_identifiers_remarks_counters_and_mixed_columns_are_not_offered() -> None:
    frame = pd.DataFrame(
        {
            "row": PLACE + 1,
            "arm": np.resize(["a", "b"], N),
            "y": PLACE * 0.5,
            "remark": [f"seen by doctor {i}" for i in PLACE],
            "constant": 3,
            "lab": [*map(str, PLACE[:-1] * 1.5), "lost"],
            "visit_date": np.resize(["31.01.2020", "1.2.2020"], N),
            "age": PLACE % 50,
        }
    )
    guess = guess_roles(frame)
    assert guess.covariates == ("age",)
    assert "counts the rows" in _reason(guess, "row")
    assert "60 different texts" in _reason(guess, "remark")
    assert "'lost' in row 60" in _reason(guess, "lab")


@pytest.mark.known_truth
def test_an_unknown_table_gives_an_incomplete_guess() -> None:
    guess = guess_roles(pd.DataFrame({"q1": PLACE % 5, "q2": PLACE % 7}))
    assert (guess.treatment, guess.control, guess.outcome) == (None, None, None)
    assert not guess.is_complete
    assert guess.roles() is None
    assert [found.column for found in guess.columns] == ["q1", "q2"]


def _read(path: str) -> pd.DataFrame:
    return read_table(Path(path).read_bytes(), path).frame
