"""Every bad file costs one sentence on the Data page, and the trial in use stays."""

import pytest
from streamlit.testing.v1 import AppTest

from ite.study import Study, with_trial
from ite.trial.samples import load_sample
from tests.pages.opened import desk, opened, study_of
from tests.trial.bad_files.delimited import DELIMITED
from tests.trial.bad_files.making import BadFile
from tests.trial.bad_files.parquet import PARQUET
from tests.trial.bad_files.spreadsheet import SPREADSHEET

pytestmark = pytest.mark.page

CORPUS = {"delimited": DELIMITED, "spreadsheet": SPREADSHEET, "parquet": PARQUET}


def alert(app: AppTest, file: BadFile) -> str:
    """Upload a file and return the one sentence that the page says about it."""
    app.file_uploader[0].upload(file.name, file.make()).run()
    assert not app.exception, file.what
    assert len(app.error) == 1, file.what
    # The page puts an invisible joiner into text that Markdown would read.
    return app.error[0].value.replace("\u2060", "").replace("\\", "")


@pytest.mark.parametrize("family", CORPUS)
def test_one_sentence_each_and_the_earlier_trial_stays(family: str) -> None:
    before = with_trial(Study(), load_sample("colon"), sample="colon")
    with desk():
        app = opened("data", before)
        for file in CORPUS[family]:
            sentence = alert(app, file)
            assert sentence.strip(), file.what
            assert "Traceback" not in sentence, file.what
            assert study_of(app).trial is not None, file.what
            assert study_of(app).trial.digest == before.trial.digest, file.what
