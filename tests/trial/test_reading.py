"""Good files of every format are read as the same table."""

import datetime as dt
import io
from pathlib import Path

import numpy as np
import openpyxl
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.pandas import column, data_frames, range_indexes

from ite.errors import ReadError
from ite.trial.reading import read_table, read_trial
from ite.trial.roles import Roles
from tests.trial.bad_files.making import delimited, good_rows, good_table, parquet_file, workbook

COLON = Path("data/colon.csv")
ROLES = Roles(treatment="arm", control="placebo", outcome="response", covariates=("age", "sex"))


def _good_frame() -> pd.DataFrame:
    return read_table(delimited(good_rows()), "good.csv").frame


@pytest.mark.independent
def test_every_format_gives_the_same_trial() -> None:
    trials = [
        read_trial(data, ROLES, name="good")
        for data in (delimited(good_rows(), ";"), workbook(good_rows()), parquet_file(good_table()))
    ]
    assert len({trial.digest for trial in trials}) == 1
    pd.testing.assert_frame_equal(trials[0].covariates, trials[2].covariates)


@pytest.mark.independent
def test_colon_equals_what_pandas_reads() -> None:
    table = read_table(COLON.read_bytes(), "colon.csv")
    pd.testing.assert_frame_equal(table.frame, pd.read_csv(COLON))
    assert table.kind == "CSV"


@pytest.mark.known_truth
def test_path_text_and_bytes_are_the_same_source(tmp_path: Path) -> None:
    path = tmp_path / "good.csv"
    path.write_bytes(delimited(good_rows()))
    by_path = read_trial(path, ROLES)
    assert by_path.name == "good.csv"
    assert read_trial(str(path), ROLES).digest == by_path.digest
    assert read_trial(path.read_bytes(), ROLES, name="mine").digest == by_path.digest
    assert read_trial(path, ROLES, name="mine").name == "mine"


@pytest.mark.known_truth
def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"nowhere\.csv.*No such file"):
        read_trial(tmp_path / "nowhere.csv", ROLES)
    with pytest.raises(ReadError, match="cannot be opened"):
        read_trial(tmp_path, ROLES)


@pytest.mark.known_truth
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_encodings(encoding: str) -> None:
    rows = good_rows()
    rows[1][3] = "männlich"
    table = read_table(delimited(rows).decode().encode(encoding), "good.csv")
    assert table.frame.loc[0, "sex"] == "männlich"
    assert list(table.frame) == ["id", "arm", "age", "sex", "response"]
    assert ("Windows-1252" in table.notes[0]) == (encoding == "cp1252")


@pytest.mark.known_truth
@pytest.mark.parametrize(("delimiter", "word"), [(",", "comma"), (";", "semicolon"), ("\t", "tab"), ("|", "bar")])
def test_the_delimiter_is_found_though_the_texts_hold_another(delimiter: str, word: str) -> None:
    other = "," if delimiter != "," else ";"
    lines = [["id", "arm", "name"], *([str(i), "ab"[i % 2], f"Doe{other} Jo{other} Dr"] for i in range(30))]
    table = read_table("\n".join(delimiter.join(line) for line in lines).encode(), "names.txt")
    assert list(table.frame) == ["id", "arm", "name"]
    assert f"by a {word}" in table.notes[0]


@pytest.mark.known_truth
def test_missing_codes_are_missing_and_noted() -> None:
    data = b"arm,age,stage\na,1,x\nb,NA,N/A\na,.,null\nb, NaN , \na,,None\n"
    table = read_table(data, "codes.csv")
    assert table.frame["age"].isna().tolist() == [False, True, True, True, True]
    assert table.frame["stage"].tolist()[0] == "x"
    assert table.frame["stage"].isna().tolist() == [False, True, True, True, False]
    assert any("'NA'" in note and "read as missing" in note for note in table.notes)


@pytest.mark.known_truth
def test_decimal_commas_are_read_where_there_is_no_doubt() -> None:
    table = read_table(b"arm;dose;weight\na;1,5;80\nb;2,25;75,5\na;3;60\n", "comma.csv")
    assert table.frame["dose"].tolist() == [1.5, 2.25, 3.0]
    assert table.frame["weight"].tolist() == [80.0, 75.5, 60.0]
    assert any("Decimal commas" in note and "'dose' and 'weight'" in note for note in table.notes)


@pytest.mark.known_truth
def test_a_thousands_separator_is_never_guessed() -> None:
    table = read_table(b'arm,cells\na,"1,250"\nb,"2,000"\na,"3,125"\n', "thousands.csv")
    assert table.frame["cells"].tolist() == ["1,250", "2,000", "3,125"]
    assert any("'cells'" in note and "thousands" in note for note in table.notes)


@pytest.mark.known_truth
def test_points_and_commas_together_are_not_guessed() -> None:
    table = read_table(b"arm;dose;weight\na;1,5;80.5\nb;2,25;75.5\n", "both.csv")
    assert table.frame["dose"].tolist() == ["1,5", "2,25"]
    assert table.frame["weight"].tolist() == [80.5, 75.5]
    assert any("'dose'" in note and "decimal points and decimal commas" in note for note in table.notes)


@pytest.mark.known_truth
def test_a_text_among_decimal_commas_is_named_later() -> None:
    data = "arm;y;dose\n" + "".join(f"{'ab'[i % 2]};{i};{i},5\n" for i in range(20)) + "a;3;unknown\n"
    with pytest.raises(Exception, match=r"'dose' \(covariate\) should hold numbers, but row 21 holds 'unknown'"):
        read_trial(data.encode(), Roles(treatment="arm", control="a", outcome="y", covariates=("dose",)))


@pytest.mark.known_truth
def test_dates_and_long_identifiers_stay_text() -> None:
    table = read_table(b"id,arm,day\n12345678901234567890,a,2020-01-31\n12345678901234567891,b,2020-02-01\n", "d.csv")
    assert table.frame["id"].is_unique
    assert table.frame["day"].tolist() == ["2020-01-31", "2020-02-01"]


@pytest.mark.known_truth
def test_what_a_spreadsheet_leaves_behind_is_left_out() -> None:
    data = b"sep=;\r\n;arm;age; \r\n1;a;40;\r\n\r\n2;b;41;\r\n;;;\r\n3;a;42;\r\n\x1a"
    table = read_table(data, "export.csv")
    assert list(table.frame) == ["arm", "age"]
    assert table.frame["age"].tolist() == [40, 41, 42]
    assert sum("left out" in note for note in table.notes) == 2


@pytest.mark.known_truth
def test_quoted_line_breaks_and_delimiters_are_kept() -> None:
    table = read_table(b'arm,note,age\na,"one, two\nthree",4\nb,"say ""no""",5\n', "quotes.csv")
    assert table.frame["note"].tolist() == ["one, two\nthree", 'say "no"']


@pytest.mark.known_truth
def test_text_is_never_a_formula_or_a_number_by_evaluation() -> None:
    table = read_table(b"arm,note\na,=1+1\nb,__import__('os')\n", "formula.csv")
    assert table.frame["note"].tolist() == ["=1+1", "__import__('os')"]


@pytest.mark.known_truth
def test_workbook_sheets_dates_and_truth_values() -> None:
    book = openpyxl.Workbook()
    book.active.title = "Read me"
    book.active.append(["nothing here"])
    sheet = book.create_sheet("Patients")
    sheet.append([None, None, None, None])
    sheet.append([" arm ", "entered", "smoker", "age"])
    sheet.append(["a", dt.datetime(2020, 1, 31), True, 40])  # noqa: DTZ001 - workbooks have no zones
    sheet.append(["b", dt.datetime(2020, 2, 1, 8, 30), False, None])  # noqa: DTZ001
    stream = io.BytesIO()
    book.save(stream)
    table = read_table(stream.getvalue(), "book.xlsx", sheet="Patients")
    assert list(table.frame) == ["arm", "entered", "smoker", "age"]
    assert table.frame["entered"].tolist() == ["2020-01-31", "2020-02-01 08:30:00"]
    assert table.frame["smoker"].tolist() == [True, False]
    assert np.isnan(table.frame.loc[1, "age"])
    with pytest.raises(ReadError, match=r"no sheet 'Visits'; its sheets are 'Read me' and 'Patients'"):
        read_table(stream.getvalue(), "book.xlsx", sheet="Visits")
    with pytest.raises(ReadError, match="Only a workbook has sheets"):
        read_table(delimited(good_rows()), "good.csv", sheet="Patients")


_ROUND_TRIP = data_frames(
    columns=[
        column("arm", elements=st.sampled_from(["drug", "plac;bo", "two, three", 'the "new" one', "Käse"])),
        column("dose", elements=st.floats(-1e6, 1e6, allow_nan=False).map(lambda value: round(value, 2))),
        column("stage", elements=st.sampled_from(["I", "II", "III|IV", "late\tstage"])),
        column("age", elements=st.integers(18, 99)),
    ],
    index=range_indexes(min_size=3, max_size=25),
)


@pytest.mark.known_truth
@given(
    frame=_ROUND_TRIP,
    form=st.sampled_from([(",", "."), (";", "."), ("\t", "."), ("|", "."), (";", ","), ("\t", ","), (",", ",")]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]),
    ending=st.sampled_from(["\n", "\r\n", "\r"]),
)
def test_a_written_table_is_read_back(frame: pd.DataFrame, form: tuple[str, str], encoding: str, ending: str) -> None:
    delimiter, decimal = form
    frame = frame.astype({"arm": "str", "stage": "str", "dose": "float64"})
    frame.loc[0, "dose"] = 0.25  # one number that can only have a decimal sign
    text = frame.to_csv(sep=delimiter, decimal=decimal, index=False, lineterminator=ending)
    table = read_table(text.encode(encoding), "round.csv")
    pd.testing.assert_frame_equal(table.frame, frame)


@pytest.mark.known_truth
@given(place=st.integers(0, 10_000), byte=st.integers(0, 255), kind=st.sampled_from(["csv", "xlsx", "parquet"]))
def test_a_damaged_byte_gives_a_table_or_a_sentence(place: int, byte: int, kind: str) -> None:
    data = bytearray(_MADE[kind])
    data[place % len(data)] = byte
    try:
        found = read_table(bytes(data), f"damaged.{kind}").notes
    except ReadError as error:
        found = (str(error),)
    assert all(sentence.endswith(".") for sentence in found)


@pytest.mark.known_truth
@given(cut=st.integers(1, 100_000), kind=st.sampled_from(["xlsx", "parquet"]))
def test_a_file_that_is_cut_off_gives_a_sentence(cut: int, kind: str) -> None:
    data = _MADE[kind]
    with pytest.raises(ReadError):
        read_table(data[: cut % len(data)], f"cut.{kind}")


_MADE = {
    "csv": delimited(good_rows()),
    "xlsx": workbook(good_rows()),
    "parquet": parquet_file(good_table()),
}
