"""Uploads of SAS, Stata and SPSS files, and of two ADaM files that are joined on the page."""

from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

import ite
from ite.study import Study, with_trial
from ite.trial.samples import load_sample
from tests.pages.opened import desk, opened, study_of, words
from tests.trial.adam_files import LABELS, adeff, adsl, adtte
from tests.trial.bad_files.statistical import STATISTICAL, good_frame, sas_data_set, statistical_file

pytestmark = pytest.mark.page

ADSL = statistical_file(adsl(), ".xpt", column_labels=LABELS, file_format_version=5)
ADTTE = statistical_file(adtte(), ".xpt", column_labels=LABELS, file_format_version=5)
ADEFF = statistical_file(adeff(), ".sav")


def uploaded(*files: tuple[str, bytes], app: AppTest | None = None) -> AppTest:
    app = opened("data") if app is None else app
    app.file_uploader[0].set_value([(name, data, "") for name, data in files]).run()
    assert not app.exception
    return app


def chosen(app: AppTest, label: str) -> Any:  # noqa: ANN401 - an AppTest element of the kind asked for
    return next(box for box in app.selectbox if box.label == label)


def sentence(app: AppTest) -> str:
    (only,) = app.error
    return str(only.value).replace("\u2060", "").replace("\\", "")


@pytest.fixture
def pair() -> AppTest:
    with desk():
        return uploaded(("adtte.xpt", ADTTE), ("adsl.xpt", ADSL))


@pytest.mark.parametrize("extension", [".xpt", ".dta", ".sav", ".zsav", ".sas7bdat"])
def test_a_file_of_each_kind_becomes_a_trial_and_shows_its_labels(extension: str) -> None:
    label = "Age at randomisation (years)"
    given = extension == ".sas7bdat"
    data = sas_data_set() if given else statistical_file(good_frame(), extension, column_labels={"age": label})
    with desk():
        app = uploaded((f"trial{extension}", data))
        edited = app.dataframe[0].value
        assert edited.set_index("column")["label"].to_dict()["age"] == label
        app.button(key="use-roles").click().run()
    trial = study_of(app).trial
    assert trial is not None
    assert (trial.n, trial.roles.treatment, trial.roles.covariates) == (40, "arm", ("age", "sex"))


def test_a_damaged_file_is_one_sentence_and_the_earlier_trial_stays() -> None:
    before = with_trial(Study(), load_sample("colon"), sample="colon")
    with desk():
        app = opened("data", before)
        for name in ("cut.sav", "noise.dta", "two.xpt", "zeros.sas7bdat"):
            bad = next(file for file in STATISTICAL if file.name == name)
            uploaded((name, bad.make()), app=app)
            assert [each for each in bad.mentions if each not in sentence(app)] == []
    assert study_of(app).trial is before.trial


def test_two_files_that_belong_together_are_joined_in_either_order(pair: AppTest) -> None:
    assert "200 of 200 subjects (ITTFL = Y) have a record of OS." in words(pair)
    assert chosen(pair, "Endpoint").options == ["Overall Survival (days)", "Progression-free (days)"]
    assert chosen(pair, "Visit").disabled
    table = study_of(pair).table
    assert table is not None
    assert table.labels["AVAL"] == "Overall Survival (days)"
    assert table.labels["AGE"] == "Age (years)"


def test_another_endpoint_and_population_are_joined_anew_and_go_on_to_roles(pair: AppTest) -> None:
    with desk():
        chosen(pair, "Endpoint").set_value("PFS").run()
        assert "198 of 200 subjects (ITTFL = Y) have a record of PFS." in words(pair)
        assert "The other 2 stay in, with a missing outcome" in words(pair)
        chosen(pair, "Population").set_value("SAFFL").run()
        assert "188 of 190 subjects (SAFFL = Y)" in words(pair)
        pair.button(key="use-roles").click().run()
    assert not pair.exception
    trial = study_of(pair).trial
    assert trial is not None
    assert (trial.n, int(trial.outcome_missing.sum())) == (190, 2)
    assert (trial.roles.treatment, trial.roles.time, trial.roles.event) == ("TRT01P", "AVAL", "EVENT")
    assert trial.name == "adsl adtte PFS.parquet"
    assert "in the units of Progression-free (days)" in words(pair)


def test_the_choice_is_kept_when_its_visitor_comes_back(pair: AppTest) -> None:
    with desk():
        chosen(pair, "Endpoint").set_value("PFS").run()
        pair.switch_page("pages/start.py").run()
        pair.switch_page("pages/data.py").run()
    assert chosen(pair, "Endpoint").value == "PFS"
    assert study_of(pair).table.name == "adsl adtte PFS.parquet"  # type: ignore[union-attr]


def test_an_endpoint_with_visits_asks_for_one() -> None:
    with desk():
        app = uploaded(("adsl.xpt", ADSL), ("adeff.sav", ADEFF))
        assert chosen(app, "Visit").options == ["Baseline", "Week 8", "Week 12"]
        assert "200 of 200 subjects (ITTFL = Y) have a record of SCORE at Week 12." in words(app)
        chosen(app, "Visit").set_value("Week 8").run()
        table = study_of(app).table
    assert table is not None
    records = adeff().query("AVISIT == 'Week 8'").set_index("USUBJID").loc[adsl()["USUBJID"]]
    assert table.frame["AVAL"].tolist() == records["AVAL"].tolist()


def test_the_joined_table_is_named_so_that_a_file_can_have_its_name() -> None:
    endpoint = statistical_file(adeff().replace("Week 12", "Week 12 / end: (EOT)"), ".sav")
    with desk():
        app = uploaded(("adsl.xpt", ADSL), ("ad/eff*.sav", endpoint))
    assert study_of(app).table.name == "adsl eff SCORE Week 12 end EOT.parquet"  # type: ignore[union-attr]


def test_a_pair_that_no_longer_fits_says_so_and_keeps_the_earlier_choice() -> None:
    records = adtte()
    records = pd.concat([records, records[records["PARAMCD"] == "PFS"].iloc[:1]])
    with desk():
        app = uploaded(("adsl.xpt", ADSL), ("adtte.xpt", statistical_file(records, ".xpt")))
        chosen(app, "Endpoint").set_value("PFS").run()
    assert "1 subject has several ('S1-002')" in sentence(app)
    assert "The earlier choice is still in use." in sentence(app)
    assert study_of(app).table.name == "adsl adtte OS.parquet"  # type: ignore[union-attr]


def test_the_first_endpoint_that_can_be_joined_is_the_first_guess() -> None:
    records = adtte()
    records = pd.concat([records.iloc[:1], records])
    with desk():
        app = uploaded(("adsl.xpt", ADSL), ("adtte.xpt", statistical_file(records, ".xpt")))
    assert chosen(app, "Endpoint").value == "PFS"


def test_files_given_one_after_the_other_are_joined_too() -> None:
    with desk():
        app = uploaded(("adtte.xpt", ADTTE))
        assert "Drop the file of subjects (ADSL)" in words(app)
        uploaded(("adsl.xpt", ADSL), app=app)
        assert "200 of 200 subjects" in words(app)
        uploaded(("adeff.sav", ADEFF), app=app)
    assert study_of(app).table.name == "adsl adeff SCORE Week 12.parquet"  # type: ignore[union-attr]


def test_a_file_on_its_own_takes_the_place_of_the_pair(pair: AppTest) -> None:
    with desk():
        uploaded(("trial.csv", good_frame().to_csv(index=False).encode()), app=pair)
    assert study_of(pair).table.name == "trial.csv"  # type: ignore[union-attr]
    assert "subjects (ITTFL" not in words(pair)


def test_two_files_that_do_not_belong_together_are_refused() -> None:
    with desk():
        app = uploaded(("a.csv", good_frame().to_csv().encode()), ("b.csv", good_frame().to_csv().encode()))
    assert "'a.csv' and 'b.csv' are not such a pair" in sentence(app)
    assert "_study" not in app.session_state


def test_a_pair_of_two_studies_is_refused_and_nothing_is_taken() -> None:
    other = statistical_file(adtte().replace(regex="^S1", value="T9"), ".xpt")
    with desk():
        app = uploaded(("adsl.xpt", ADSL), ("adtte.xpt", other))
    assert "take files of one study" in sentence(app)
    assert "_study" not in app.session_state


def test_shown_code_joins_the_files_again_and_writes_what_later_code_reads(
    pair: AppTest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (code,) = [each.value for each in pair.code if "join_adam" in each.value]
    (tmp_path / "adsl.xpt").write_bytes(ADSL)
    (tmp_path / "adtte.xpt").write_bytes(ADTTE)
    monkeypatch.chdir(tmp_path)
    namespace: dict[str, Any] = {}
    exec(compile(code, "shown code", "exec"), namespace)  # noqa: S102 - this is the test
    table = study_of(pair).table
    assert table is not None
    pd.testing.assert_frame_equal(namespace["shown"], table.frame)
    with desk():
        pair.button(key="use-roles").click().run()
    trial = study_of(pair).trial
    assert trial is not None
    assert ite.read_trial(tmp_path / trial.name, trial.roles).digest == trial.digest
