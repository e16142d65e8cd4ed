"""A bad file is refused in one or two sentences that name what is wrong and where."""

import pytest

from ite.errors import IteError, ReadError
from ite.trial.reading import read_table
from tests.trial.bad_files.delimited import DELIMITED
from tests.trial.bad_files.making import BadFile
from tests.trial.bad_files.parquet import PARQUET
from tests.trial.bad_files.spreadsheet import SPREADSHEET
from tests.trial.bad_files.statistical import STATISTICAL

CORPUS = (*DELIMITED, *SPREADSHEET, *PARQUET, *STATISTICAL)


@pytest.mark.known_truth
@pytest.mark.parametrize("bad", CORPUS, ids=lambda bad: f"{bad.name}-{bad.what}".replace(" ", "_"))
def test_sentence_names_what_is_wrong(bad: BadFile) -> None:
    with pytest.raises(ReadError) as caught:
        read_table(bad.make(), bad.name)
    sentence = str(caught.value)
    missing = [words for words in bad.mentions if words not in sentence]
    assert not missing, sentence
    assert len(sentence) < 400
    assert sentence.endswith(".")
    assert "\n" not in sentence
    assert sentence[0].isupper()


@pytest.mark.known_truth
def test_corpus_is_wide() -> None:
    assert len(CORPUS) >= 100
    assert min(map(len, (DELIMITED, SPREADSHEET, PARQUET, STATISTICAL))) >= 6
    assert len({(bad.name, bad.what) for bad in CORPUS}) == len(CORPUS)
    assert issubclass(ReadError, IteError)
