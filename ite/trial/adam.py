"""ADaM: a file of subjects (ADSL) joined with the records of one endpoint (ADTTE, ADEFF, ADRS), one row per subject.

Names of columns are those of CDISC's Analysis Data Model, Implementation Guide 1.3.
"""

from dataclasses import dataclass
from typing import ClassVar

import pandas as pd
from pydantic import Field

from ite.errors import IteError, ReadError
from ite.settings import Settings
from ite.trial.adam_choices import ANALYSED, SUBJECT
from ite.trial.columns import as_numbers, as_text, clean
from ite.trial.labels import shown, shown_list, shown_rows

_TAKEN_ALONG = ("BASE",)


class AdamJoin(Settings):
    """Which records of an endpoint file belong to which of its subjects.

    Attributes
    ----------
    parameter
        Value of PARAMCD.
    visit
        Value of AVISIT; None where the parameter has one record for each subject.
    population
        Column of the file of subjects that is Y for those who are analysed, such as ITTFL; None keeps everybody.
    """

    refusal: ClassVar[type[IteError]] = ReadError
    parameter: str = Field(title="Parameter (PARAMCD)", min_length=1)
    visit: str | None = Field(default=None, title="Visit (AVISIT)", min_length=1)
    population: str | None = Field(default=None, title="Population", min_length=1)


@dataclass(frozen=True, kw_only=True, eq=False)
class AdamMatch:
    """A joined pair of files.

    Attributes
    ----------
    frame : DataFrame, one row per subject
        The columns of the subjects, then AVAL with EVENT (a time to event) or with BASE where there is one.
    matched : int
        Subjects with a record.
    sentences : tuple of str
        How many were matched, then one sentence for each kind of mismatch.
    """

    frame: pd.DataFrame
    matched: int
    sentences: tuple[str, ...]


def join_adam(subjects: pd.DataFrame, endpoint: pd.DataFrame, spec: AdamJoin) -> pd.DataFrame:
    """Return one row per subject with the endpoint's value; `match_adam` says what did not match."""
    return match_adam(subjects, endpoint, spec).frame


def match_adam(subjects: pd.DataFrame, endpoint: pd.DataFrame, spec: AdamJoin) -> AdamMatch:
    """Join the subjects with one record each, and say who has none and which records belong to nobody.

    A subject without a record stays, with a missing outcome: dropping it would break the randomisation. EVENT is 1
    where CNSR is 0, and 0 for every reason of censoring.

    Raises
    ------
    ReadError
        Where a column is not there, nothing is selected, a subject occurs twice, or nobody matches.
    """
    _require(subjects, (SUBJECT, *([spec.population] if spec.population else [])), "file of subjects")
    _require(endpoint, (SUBJECT, "PARAMCD", *(["AVISIT"] if spec.visit else [])), "endpoint file")
    everybody = _keyed(subjects, "file of subjects")
    _refuse_repeated(everybody, "The file of subjects should have one row per subject", "remove the others")
    people = _population(everybody, spec)
    records, chosen_by = _one_each(_selected(_keyed(endpoint, "endpoint file"), spec), spec)
    values = _values(records)
    both = sorted(set(values.columns) & set(people.columns) - {SUBJECT})
    if both:
        raise ReadError(f"Both files have a column {shown_list(both)}; rename or remove it in the file of subjects.")
    frame = people.merge(values, on=SUBJECT, how="left", validate="1:1")
    has_record = people[SUBJECT].isin(records[SUBJECT])
    strangers = records.loc[~records[SUBJECT].isin(everybody[SUBJECT]), SUBJECT]
    if not has_record.any():
        raise ReadError(
            f"No subject has a record of {shown(spec.parameter)}: {SUBJECT} is {shown(people[SUBJECT].iloc[0])} in the "
            f"file of subjects but {shown(records[SUBJECT].iloc[0])} in the endpoint file; take files of one study."
        )
    without = people.loc[~has_record, SUBJECT]
    matched = int(has_record.sum())
    return AdamMatch(
        frame=frame,
        matched=matched,
        sentences=(_headline(matched, len(people), spec), *chosen_by, *_mismatches(without, strangers)),
    )


def _require(frame: pd.DataFrame, columns: tuple[str, ...], which: str) -> None:
    absent = [column for column in columns if column not in frame]
    if absent:
        raise ReadError(f"The {which} should have the column {shown_list(absent)}, but has not; take an ADaM file.")


def _keyed(frame: pd.DataFrame, which: str) -> pd.DataFrame:
    """Return the table with the subjects' identifiers as text, so that they compare alike in both files."""
    keys = as_text(clean(frame[SUBJECT], SUBJECT))
    if keys.isna().any():
        rows = keys.isna().to_numpy().nonzero()[0]
        raise ReadError(f"The {which} has no {SUBJECT} in {shown_rows(rows)}; fill it in or remove the row.")
    return frame.reset_index(drop=True).assign(**{SUBJECT: keys})


def _refuse_repeated(frame: pd.DataFrame, expected: str, remedy: str) -> None:
    repeated = list(dict.fromkeys(frame.loc[frame[SUBJECT].duplicated(), SUBJECT]))
    if repeated:
        count = "1 subject has" if len(repeated) == 1 else f"{len(repeated):,} subjects have"
        raise ReadError(f"{expected}, but {count} several ({shown_list(repeated, limit=3)}); {remedy}.")


def _population(people: pd.DataFrame, spec: AdamJoin) -> pd.DataFrame:
    if spec.population is None:
        return people
    kept = people[as_text(clean(people[spec.population], spec.population)) == "Y"]
    if kept.empty:
        raise ReadError(f"The column {shown(spec.population)} should be Y for some subjects, but is for none.")
    return kept.reset_index(drop=True)


def _selected(records: pd.DataFrame, spec: AdamJoin) -> pd.DataFrame:
    wanted = {"PARAMCD": spec.parameter, **({"AVISIT": spec.visit} if spec.visit is not None else {})}
    for column, value in wanted.items():
        texts = as_text(clean(records[column], column))
        if not (texts == value).any():
            found = shown_list(sorted(set(texts.dropna())))
            raise ReadError(f"{column} should be {shown(value)} in some rows, but only {found} occur; choose one.")
        records = records[(texts == value).to_numpy(dtype=bool, na_value=False)].reset_index(drop=True)
    return records


def _one_each(records: pd.DataFrame, spec: AdamJoin) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """Return one record per subject; of several, those that the file itself marks for analysis."""
    said: tuple[str, ...] = ()
    if records[SUBJECT].duplicated().any() and ANALYSED in records:
        marked = records[(records[ANALYSED] == "Y").to_numpy(dtype=bool, na_value=False)]
        if not marked.empty:
            records, said = marked, (f"Of several records of a subject, that with {ANALYSED} = Y was taken.",)
    remedy = "choose a visit" if spec.visit is None and "AVISIT" in records else f"mark one of them with {ANALYSED} = Y"
    _refuse_repeated(records, f"{shown(spec.parameter)} should have one record per subject", remedy)
    return records, said


def _values(records: pd.DataFrame) -> pd.DataFrame:
    """Return identifier and value, with the event of a time to event, or the value at baseline of any other."""
    value = records.get("AVAL", pd.Series(dtype=float))
    if not value.notna().any():
        if "AVALC" not in records or not records["AVALC"].notna().any():
            raise ReadError("The chosen records should hold a value in AVAL, but hold none; choose another parameter.")
        value = records["AVALC"]
    found = {SUBJECT: records[SUBJECT], "AVAL": value}
    if "CNSR" in records and records["CNSR"].notna().any():
        censored = pd.Series(as_numbers(clean(records["CNSR"], "CNSR"), "censoring"), index=records.index)
        found["EVENT"] = (censored == 0).astype(float).where(censored.notna())
    else:
        found |= {column: records[column] for column in _TAKEN_ALONG if column in records}
    return pd.DataFrame(found)


def _headline(matched: int, people: int, spec: AdamJoin) -> str:
    where = f" ({spec.population} = Y)" if spec.population else ""
    at = f" at {spec.visit}" if spec.visit else ""
    return f"{matched:,} of {people:,} subjects{where} have a record of {spec.parameter}{at}."


def _mismatches(without: pd.Series, strangers: pd.Series) -> tuple[str, ...]:
    said = []
    if len(without):
        said.append(
            f"The other {len(without):,} stay in, with a missing outcome: {shown_list(list(without), limit=3)}."
        )
    if len(strangers):
        said.append(
            f"{len(strangers):,} of the records belong to nobody in the file of subjects and were left out: "
            f"{shown_list(list(strangers), limit=3)}."
        )
    return tuple(said)
