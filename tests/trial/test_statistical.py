"""Files of SAS, Stata and SPSS come back as they were written, with their labels."""

import datetime as dt
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from ite.errors import ReadError
from ite.estimation.outcome import effect_scale
from ite.trial import statistical
from ite.trial.data import TrialData
from ite.trial.labels import called
from ite.trial.outcome import describe_outcome
from ite.trial.reading import read_table, read_trial
from ite.trial.roles import Roles
from ite.trial.table import MAX_ROWS, Table
from ite.trial.value_labels import labelled
from tests.trial.bad_files.statistical import good_frame, sas_data_set, statistical_file

KINDS = {
    ".xpt": "SAS transport file",
    ".dta": "Stata data set",
    ".sav": "SPSS data set",
    ".zsav": "SPSS data set",
}
LABELS = {"age": "Age at randomisation (years)", "sex": "Sex at birth"}
ROLES = Roles(treatment="arm", control="placebo", outcome="response", covariates=("age", "sex"))
SEX = {"sex": {1.0: "Male", 2.0: "Female"}}


def table(frame: pd.DataFrame, extension: str, **more: object) -> Table:
    return read_table(statistical_file(frame, extension, **more), f"trial{extension}")


def coded() -> pd.DataFrame:
    return good_frame().assign(sex=np.where(good_frame()["sex"] == "m", 1.0, 2.0))


@pytest.mark.known_truth
@pytest.mark.parametrize("extension", KINDS)
def test_round_trip_keeps_values_names_and_labels(extension: str) -> None:
    frame = good_frame().astype({"age": float}).assign(drug=["naïve", "früh"] * 20)
    frame.loc[[3, 5], "age"] = np.nan
    frame.loc[7, "sex"] = None
    found = table(frame, extension, column_labels=LABELS)
    pd.testing.assert_frame_equal(found.frame, frame, check_dtype=False)
    assert found.kind == KINDS[extension]
    assert found.labels == LABELS
    assert found.notes == ()


@pytest.mark.known_truth
@pytest.mark.parametrize(
    ("extension", "version"),
    [(".xpt", {"file_format_version": 5}), (".xpt", {"file_format_version": 8})]
    + [(".dta", {"version": version}) for version in (8, 10, 12, 13, 14, 15)],
)
def test_every_version_of_a_format_is_read(extension: str, version: dict[str, int]) -> None:
    found = table(good_frame(), extension, **version)
    pd.testing.assert_frame_equal(found.frame, good_frame(), check_dtype=False)


@pytest.mark.independent
@pytest.mark.parametrize("extension", [".xpt", ".dta"])
def test_pandas_reads_the_same_numbers(extension: str, tmp_path: Path) -> None:
    data = statistical_file(good_frame(), extension, **({"file_format_version": 5} if extension == ".xpt" else {}))
    file = tmp_path / f"trial{extension}"
    file.write_bytes(data)
    other = pd.read_sas(file, format="xport", encoding="utf-8") if extension == ".xpt" else pd.read_stata(file)
    ours = read_table(data, file.name).frame
    for name in ("id", "age", "response"):
        # pandas turns SAS's zero into 5e-79.
        np.testing.assert_allclose(ours[name].to_numpy(float), other[name].to_numpy(float), rtol=0, atol=1e-70)
    assert ours["arm"].tolist() == other["arm"].tolist()


@pytest.mark.independent
def test_a_sas_data_set_is_read_as_pandas_reads_it(tmp_path: Path) -> None:
    file = tmp_path / "trial.sas7bdat"
    file.write_bytes(sas_data_set())
    ours = read_table(sas_data_set(), file.name)
    pd.testing.assert_frame_equal(ours.frame, pd.read_sas(file, encoding="utf-8"), check_dtype=False)
    assert (ours.kind, ours.labels) == ("SAS data set", LABELS)


@pytest.mark.known_truth
def test_a_sas_data_set_holds_what_was_written() -> None:
    expected = good_frame().astype({"age": float})
    expected.loc[[3, 5], "age"] = np.nan
    found = read_table(sas_data_set(), "trial.sas7bdat").frame
    pd.testing.assert_frame_equal(found, expected, check_dtype=False)


@pytest.mark.known_truth
@pytest.mark.parametrize("extension", [".dta", ".sav"])
def test_codes_become_their_labels(extension: str) -> None:
    labels = SEX if extension == ".sav" else {"sex": {1: "Male", 2: "Female"}}
    found = table(coded(), extension, variable_value_labels=labels)
    expected = good_frame()["sex"].map({"m": "Male", "f": "Female"})
    assert found.frame["sex"].tolist() == expected.tolist()
    assert found.notes == ("Codes were replaced by their labels in column 'sex'.",)


@pytest.mark.known_truth
def test_words_about_a_trial_use_the_labels_of_its_file() -> None:
    data = statistical_file(good_frame(), ".sav", column_labels={**LABELS, "response": "Score at\nweek 12"})
    trial = read_trial(data, ROLES, name="trial.sav")
    bare = TrialData.from_frame(good_frame(), ROLES, name="trial.sav")
    assert describe_outcome(trial).scale == "mean of Score at week 12"
    assert effect_scale(trial, None) == "difference in mean Score at week 12"
    assert describe_outcome(bare).scale == "mean of response"
    assert trial.digest == bare.digest  # labels are words, not data


@pytest.mark.known_truth
@pytest.mark.parametrize(
    ("label", "words"), [(" \t", "dose mg"), ("x" * 60, "x" * 60), ("x" * 61, "x" * 59 + "…"), ("Dose", "Dose")]
)
def test_a_label_is_cut_to_one_line_and_an_empty_one_is_none(label: str, words: str) -> None:
    assert called("dose_mg", {"dose_mg": label}) == words


@pytest.mark.known_truth
def test_missing_values_of_the_user_are_missing() -> None:
    frame = good_frame().astype({"age": float})
    frame.loc[[0, 4], "age"] = 999.0
    found = table(frame, ".sav", missing_ranges={"age": [999.0]}).frame["age"]
    assert found.isna().to_numpy().nonzero()[0].tolist() == [0, 4]
    assert found.max() == good_frame()["age"].max()


@pytest.mark.known_truth
def test_tagged_missing_values_of_stata_are_missing() -> None:
    frame = good_frame().astype({"age": object})
    frame.loc[2, "age"] = "a"
    found = table(frame, ".dta", missing_user_values={"age": ["a"]}).frame["age"]
    assert found.isna().to_numpy().nonzero()[0].tolist() == [2]


@pytest.mark.known_truth
@pytest.mark.parametrize("extension", KINDS)
def test_dates_are_text_as_in_the_other_formats(extension: str) -> None:
    frame = good_frame().assign(day=dt.date(2021, 3, 4), at=dt.datetime(2021, 3, 4, 5, 6))  # noqa: DTZ001
    found = table(frame, extension).frame
    assert set(found["day"]) == {"2021-03-04"}
    assert set(found["at"]) == {"2021-03-04 05:06:00"}


@pytest.mark.known_truth
def test_western_text_without_a_stated_encoding_is_read_and_said() -> None:
    data = statistical_file(good_frame(), ".xpt", file_format_version=5)
    found = read_table(data.replace(b"drug", b"dr\xfcg"), "trial.xpt")
    assert set(found.frame["arm"]) == {"placebo", "drüg"}
    assert "Windows-1252" in found.notes[0]


@pytest.mark.known_truth
def test_a_measurement_with_special_codes_keeps_its_numbers_and_says_so() -> None:
    cells = [[40.0, 999.0, None, 50.0]]
    found, notes = labelled(["age"], cells, {"age": {999.0: "Unknown"}})
    assert found == cells
    assert "999 = Unknown" in notes[0]


@pytest.mark.known_truth
def test_codes_that_share_a_label_or_have_an_empty_one_stay_apart() -> None:
    found, notes = labelled(
        ["a", "b"], [[1, 2, 3, None], [1.5, 2.0, 1.0, 1.0]], {"a": {1: "x", 2: "x ", 3: " ", 4: "z"}}
    )
    assert found[0] == ["x (1)", "x (2)", "3", None]
    assert found[1] == [1.5, 2.0, 1.0, 1.0]
    assert notes == ["Codes were replaced by their labels in column 'a'."]


@pytest.mark.known_truth
def test_a_small_file_that_unpacks_to_too_many_rows_is_refused() -> None:
    frame = pd.DataFrame({"a": np.zeros(MAX_ROWS + 1), "b": np.zeros(MAX_ROWS + 1)})
    data = statistical_file(frame, ".zsav")
    assert len(data) < 100_000
    with pytest.raises(ReadError, match="more than 1,000,000 rows"):
        read_table(data, "bomb.zsav")


@pytest.mark.known_truth
@pytest.mark.parametrize(("code", "error"), [("os.abort()", ReadError), ("raise KeyError('x')", RuntimeError)])
def test_a_crash_of_the_process_is_a_sentence_and_a_bug_is_a_bug(
    monkeypatch: pytest.MonkeyPatch, code: str, error: type[Exception]
) -> None:
    run = subprocess.run
    crash = [sys.executable, "-c", f"import os; {code}"]
    monkeypatch.setattr(statistical.subprocess, "run", lambda _command, **rest: run(crash, **rest))
    with pytest.raises(error, match=r"cut off or damaged|KeyError"):
        table(good_frame(), ".sav")


@pytest.mark.known_truth
def test_a_process_that_does_not_end_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    run = subprocess.run
    sleep = [sys.executable, "-c", "import time; time.sleep(60)"]
    monkeypatch.setattr(statistical.subprocess, "run", lambda _command, **rest: run(sleep, **{**rest, "timeout": 0.3}))
    with pytest.raises(ReadError, match="within 120 seconds"):
        table(good_frame(), ".sav")


@pytest.mark.known_truth
def test_nothing_of_a_file_stays_behind(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(statistical.tempfile, "tempdir", str(tmp_path))
    table(good_frame(), ".sav")
    with pytest.raises(ReadError):
        read_table(statistical_file(good_frame(), ".sav")[:-90], "cut.sav")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.known_truth
def test_the_process_that_asks_never_loads_the_c_library(tmp_path: Path) -> None:
    code = (
        "import sys\nfrom pathlib import Path\nfrom ite.trial.reading import read_table\n"
        "assert len(read_table(Path(sys.argv[1]).read_bytes(), 'trial.sav').frame) == 40\n"
        "assert 'pyreadstat' not in sys.modules\n"
    )
    file = tmp_path / "trial.sav"
    file.write_bytes(statistical_file(good_frame(), ".sav"))
    done = subprocess.run([sys.executable, "-c", code, str(file)], cwd=Path(__file__).parents[2], check=False)
    assert done.returncode == 0
