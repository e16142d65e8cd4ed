"""The question "Patients to treat": every input counts, the shown code gives the numbers, bad input loses nothing."""

import pytest
from streamlit.testing.v1 import AppTest

from ite.study import Study
from tests.pages.next_trial import Blocks, collected, put, told
from tests.pages.opened import desk, opened
from tests.pages.shown import assert_code_gives_the_numbers

pytestmark = pytest.mark.page


@pytest.fixture
def blocks(monkeypatch: pytest.MonkeyPatch) -> Blocks:
    """Collect the results that the page shows in place of drawing them."""
    return collected(monkeypatch)


def _visit(held: Study | None = None) -> AppTest:
    with desk():
        app = opened("value", held, question="Patients to treat")
    assert not app.exception
    return app


def test_clozapine_is_there_from_the_start(blocks: Blocks) -> None:
    _visit()
    block = blocks["value-patients"]
    assert "Treat 5 patients for one more to be helped. Treat 133 patients for one more to be harmed." in block.sentence
    assert "Help is 26.6 times as likely as harm." in block.sentence
    assert "200 more good outcomes, 7.52 more harms" in block.method
    assert block.alt == "Of 100 people treated: 20 helped, 1 harmed, 79 no different."
    assert_code_gives_the_numbers(block)


def test_each_typed_number_changes_what_is_said(blocks: Blocks) -> None:
    app = _visit()
    for key, value in {"vp-nnt": 8.0, "vp-nnh": 40.0, "vp-people": "1,000"}.items():
        before = told(blocks)
        put(app, key, value)
        assert told(blocks) != before, key


def test_an_impossible_number_is_refused_and_the_last_picture_stays(blocks: Blocks) -> None:
    app = _visit()
    blocks.clear()
    put(app, "vp-nnt", 0.5)
    assert [error.value for error in app.error] == ["Number needed to treat should be at least 1, but 0.5 was given."]
    assert "Treat 5 patients" in blocks["value-patients"].sentence
