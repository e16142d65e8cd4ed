"""What speaks against a column being a baseline covariate."""

import re

import numpy as np
import pandas as pd

from ite.trial import wording
from ite.trial.columns import is_number, stray_texts
from ite.trial.labels import shown, shown_rows
from ite.trial.wording import plain, words

MANY_LEVELS = 50
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}|\d{1,2}[./]\d{1,2}[./]\d{2,4}|\d{1,2}-?[A-Za-z]{3}-?\d{2,4}")


def reason_against(frame: pd.DataFrame, name: str, treatment: str | None) -> str:
    """Return why a column is not offered as a covariate, as a sentence, or an empty text where nothing is seen."""
    return (
        _about_values(frame[name])
        or _about_name(name)
        or (_about_treatment(frame, name, treatment) if treatment is not None else "")
    )


def _about_values(column: pd.Series) -> str:
    present = column.dropna()
    levels = present.nunique()
    if present.empty:
        return "It has no values."
    if levels == 1:
        return f"It has only the value {shown(present.iloc[0])}."
    if is_number(column):
        steps = np.diff(column.to_numpy(dtype=np.float64, na_value=np.nan))
        counts = levels == len(column) > 2 and len(set(steps.tolist())) == 1
        return "It only counts the rows." if counts else ""
    return _about_texts(column)


def _about_texts(column: pd.Series) -> str:
    present = column.dropna()
    levels = present.nunique()
    if present.astype("str").str.fullmatch(_DATE).all():
        return "It holds dates."
    stray = stray_texts(column)
    if stray.size:
        return f"It holds numbers, but {shown(column.iloc[stray[0]])} in {shown_rows(stray)}."
    if levels > MANY_LEVELS or (levels > 10 and levels * 2 > len(present)):
        return f"It has {levels} different texts, like an identifier or a remark."
    return ""


def _about_name(name: str) -> str:
    known = plain(name)
    if known in wording.ADAM_LEFT_OUT or re.fullmatch(r"[a-z0-9]+(dt|dtm|fl)", known):
        return "Its ADaM name is not one of a baseline value."
    if words(name) & wording.OUTCOME_WORDS or wording.LATER_VISIT.search(known):
        return "Its name speaks of something after treatment."
    if words(name) & {"id", "usubjid", "subjid", "identifier"}:
        return "It is named like an identifier."
    if words(name) & wording.CLUSTER_WORDS:
        return "It is named like a cluster of patients."
    return ""


def _about_treatment(frame: pd.DataFrame, name: str, treatment: str) -> str:
    """Return a reason where each level of the column belongs to one arm: another coding of treatment."""
    pairs = frame[[name, treatment]].dropna().drop_duplicates()
    if pairs[name].is_unique and pairs[treatment].is_unique and len(pairs) > 1:
        return f"It is another coding of {shown(treatment)}."
    return ""
