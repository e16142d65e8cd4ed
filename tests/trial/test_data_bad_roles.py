"""Roles that do not fit are refused in one or two sentences that name column, row and value."""

import pandas as pd
import pytest

from ite.errors import RoleError
from ite.trial import data
from ite.trial.data import TrialData
from ite.trial.roles import Roles
from tests.trial.bad_files.roles import BAD_ROLES, GOOD_ROLES, BadRoles, good_frame


def _changed(bad: BadRoles) -> pd.DataFrame:
    frame = good_frame()
    for column, values in bad.columns.items():
        frame[column] = values
    for (row, column), value in bad.cells.items():
        if isinstance(value, str):
            frame[column] = frame[column].astype(object)
        frame.loc[row, column] = value
    return frame


@pytest.mark.known_truth
@pytest.mark.parametrize("bad", BAD_ROLES, ids=lambda bad: bad.what.replace(" ", "_"))
def test_sentence_names_what_is_wrong(bad: BadRoles, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(data, "MAX_CATEGORIES", 20)
    given = {**GOOD_ROLES, **bad.roles}
    with pytest.raises(RoleError) as caught:
        TrialData.from_frame(_changed(bad), Roles(**given))
    sentence = str(caught.value)
    missing = [words for words in bad.mentions if words not in sentence]
    assert not missing, sentence
    assert len(sentence) < 400
    assert sentence.endswith((".", "?"))
    assert "\n" not in sentence


@pytest.mark.known_truth
def test_the_table_that_the_bad_ones_are_made_from_is_good() -> None:
    assert TrialData.from_frame(good_frame(), Roles(**GOOD_ROLES)).n == len(good_frame())
    assert len(BAD_ROLES) >= 30
