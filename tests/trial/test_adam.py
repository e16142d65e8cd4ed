"""Two ADaM files become one row per subject, and every mismatch is said."""

import numpy as np
import pandas as pd
import pytest

import ite
from ite.errors import ReadError
from ite.trial import adam_choices
from ite.trial.adam import AdamJoin, join_adam, match_adam
from tests.trial.adam_files import LABELS, SUBJECTS, adeff, adsl, adtte
from tests.trial.bad_files.statistical import statistical_file

pytestmark = pytest.mark.known_truth


def test_time_to_event_has_the_time_and_an_event_for_a_censoring_of_zero() -> None:
    joined = join_adam(adsl(), adtte().sample(frac=1, random_state=1), AdamJoin(parameter="OS"))
    records = adtte().query("PARAMCD == 'OS'").set_index("USUBJID").loc[adsl()["USUBJID"]]
    assert joined["USUBJID"].tolist() == adsl()["USUBJID"].tolist()
    assert joined["AVAL"].tolist() == records["AVAL"].tolist()
    assert joined["EVENT"].tolist() == (records["CNSR"] == 0).astype(float).tolist()
    assert list(joined.columns) == [*adsl().columns, "AVAL", "EVENT"]


def test_a_value_at_a_visit_comes_with_its_baseline() -> None:
    joined = join_adam(adsl(), adeff(), AdamJoin(parameter="SCORE", visit="Week 12"))
    records = adeff().query("AVISIT == 'Week 12'").set_index("USUBJID").loc[adsl()["USUBJID"]]
    assert joined["AVAL"].tolist() == records["AVAL"].tolist()
    assert joined["BASE"].tolist() == records["BASE"].tolist()
    assert "EVENT" not in joined


def test_a_subject_without_a_record_stays_and_is_named() -> None:
    match = match_adam(adsl(), adtte(), AdamJoin(parameter="PFS"))
    assert len(match.frame) == SUBJECTS
    assert match.matched == SUBJECTS - 2
    assert match.frame[["AVAL", "EVENT"]].isna().to_numpy().all(axis=1).nonzero()[0].tolist() == [0, 1]
    assert match.sentences == (
        "198 of 200 subjects have a record of PFS.",
        "The other 2 stay in, with a missing outcome: 'S1-000' and 'S1-001'.",
    )


def test_records_of_nobody_are_left_out_and_named_but_those_of_another_population_are_expected() -> None:
    subjects = adsl().iloc[3:]
    match = match_adam(subjects, adtte(), AdamJoin(parameter="OS", population="SAFFL"))
    assert len(match.frame) == match.matched == SUBJECTS - 3 - 10
    assert match.sentences == (
        "187 of 187 subjects (SAFFL = Y) have a record of OS.",
        "3 of the records belong to nobody in the file of subjects and were left out: 'S1-000', 'S1-001' and 'S1-002'.",
    )


def test_of_several_records_the_one_marked_for_analysis_is_taken() -> None:
    again = adtte().query("PARAMCD == 'OS'").iloc[:5].assign(AVAL=-1.0, ANL01FL="N")
    records = pd.concat([adtte().assign(ANL01FL="Y"), again])
    match = match_adam(adsl(), records, AdamJoin(parameter="OS"))
    assert match.frame["AVAL"].min() > 0
    assert "ANL01FL = Y was taken" in match.sentences[1]


def test_a_missing_censoring_is_a_missing_event() -> None:
    records = adtte()
    records.loc[0, "CNSR"] = np.nan
    assert join_adam(adsl(), records, AdamJoin(parameter="OS"))["EVENT"].isna().tolist() == [True] + [False] * 199


def test_text_is_the_value_where_no_number_is_given() -> None:
    records = adtte().drop(columns="CNSR").assign(AVAL=np.nan, AVALC=["CR", "PD"] * 199)
    assert set(join_adam(adsl(), records, AdamJoin(parameter="OS"))["AVAL"]) == {"CR", "PD"}


def test_numbers_and_texts_of_the_same_subject_match() -> None:
    subjects, records = adsl().assign(USUBJID=range(SUBJECTS)), adtte().query("PARAMCD == 'OS'")
    records = records.assign(USUBJID=[f"{number} " for number in range(SUBJECTS)])
    assert match_adam(subjects, records, AdamJoin(parameter="OS")).matched == SUBJECTS


OS = AdamJoin(parameter="OS")
REFUSED = {
    "visit needed": (adsl(), adeff(), AdamJoin(parameter="SCORE"), ("200 subjects have several", "choose a visit")),
    "subject twice": (pd.concat([adsl(), adsl().iloc[:1]]), adtte(), OS, ("1 subject has several ('S1-000')",)),
    "record twice": (adsl(), pd.concat([adtte(), adtte().iloc[[4]]]), OS, ("'S1-004'", "ANL01FL = Y")),
    "parameter": (adsl(), adtte(), AdamJoin(parameter="DFS"), ("'DFS'", "'OS' and 'PFS'")),
    "visit": (adsl(), adeff(), AdamJoin(parameter="SCORE", visit="Week 99"), ("'Week 99'", "'Week 12'")),
    "visit unknown": (adsl(), adtte(), AdamJoin(parameter="OS", visit="Week 8"), ("'AVISIT'", "endpoint file")),
    "population": (adsl(), adtte(), AdamJoin(parameter="OS", population="FASFL"), ("'FASFL'", "file of subjects")),
    "empty": (adsl().assign(ITTFL="N"), adtte(), AdamJoin(parameter="OS", population="ITTFL"), ("for none",)),
    "not ADaM": (adsl().drop(columns="USUBJID"), adtte(), OS, ("'USUBJID'", "file of subjects")),
    "no identifier": (adsl(), adtte().assign(USUBJID=None), OS, ("no USUBJID", "row")),
    "other study": (adsl(), adtte().replace(regex="^S1", value="T9"), OS, ("'S1-000'", "'T9-000'", "one study")),
    "no value": (adsl(), adtte().assign(AVAL=np.nan), OS, ("AVAL", "another parameter")),
    "same column": (adsl().assign(AVAL=1), adtte(), OS, ("Both files", "'AVAL'")),
    "censoring": (adsl(), adtte().assign(CNSR="no"), OS, ("'CNSR'", "'no'")),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_does_not_fit_is_one_sentence(case: str) -> None:
    subjects, records, spec, mentions = REFUSED[case]
    with pytest.raises(ite.IteError) as caught:
        match_adam(subjects, records, spec)
    assert [words for words in mentions if words not in str(caught.value)] == [], str(caught.value)
    assert str(caught.value).endswith(".")
    assert len(str(caught.value)) < 400


def test_a_join_without_a_parameter_is_refused() -> None:
    with pytest.raises(ReadError, match=r"Parameter \(PARAMCD\)"):
        AdamJoin(parameter="")


def test_files_are_recognised_by_their_columns() -> None:
    assert adam_choices.is_subjects(adsl())
    assert not adam_choices.is_subjects(pd.concat([adsl(), adsl()]))
    assert not adam_choices.is_subjects(adtte().assign(TRT01P="x"))
    assert adam_choices.is_endpoint(adtte())
    assert not adam_choices.is_endpoint(adsl())
    assert not adam_choices.is_endpoint(join_adam(adsl(), adtte(), OS))


def test_what_can_be_chosen() -> None:
    assert adam_choices.parameters(adtte()) == {"OS": "Overall Survival (days)", "PFS": "Progression-free (days)"}
    assert adam_choices.parameters(adtte().drop(columns="PARAM")) == {"OS": "OS", "PFS": "PFS"}
    assert adam_choices.visits(adeff(), "SCORE") == ("Baseline", "Week 8", "Week 12")
    assert adam_choices.visits(adtte(), "OS") == ()
    assert adam_choices.populations(adsl().assign(FASFL="N", DTHFL="Y")) == ("ITTFL", "SAFFL")


def test_the_roles_of_joined_transport_files_are_guessed() -> None:
    subjects, endpoint = (
        ite.read_table(statistical_file(frame, ".xpt", column_labels=LABELS, file_format_version=5), name).frame
        for frame, name in ((adsl(), "adsl.xpt"), (adtte(), "adtte.xpt"))
    )
    pd.testing.assert_frame_equal(subjects, adsl(), check_dtype=False)
    guess = ite.guess_roles(ite.join_adam(subjects, endpoint, OS))
    assert (guess.treatment, guess.control, guess.id) == ("TRT01P", "Placebo", "USUBJID")
    assert (guess.time, guess.event, guess.event_value) == ("AVAL", "EVENT", "1")
    assert guess.covariates == ("AGE", "SEX")


def test_the_roles_of_a_score_are_guessed() -> None:
    guess = ite.guess_roles(join_adam(adsl(), adeff(), AdamJoin(parameter="SCORE", visit="Week 12")))
    assert (guess.treatment, guess.outcome) == ("TRT01P", "AVAL")
    assert guess.covariates == ("AGE", "SEX", "BASE")
