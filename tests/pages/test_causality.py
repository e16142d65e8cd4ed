"""The causality lab: it opens where its concepts appear, each example is the published one, each input counts."""

from typing import Any

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from tests.allocation.fitted_trial import two_arms
from tests.pages.next_trial import Blocks, collected, put, study, told
from tests.pages.opened import desk, opened
from tests.pages.shown import assert_code_gives_the_numbers
from tests.pages.test_advanced import uploaded

pytestmark = pytest.mark.page
_SENTENCES = {
    "Compliers": "The instrument shows 4.00, the effect in the 50.0 % who are treated if assigned, while the average "
    "effect is 2.20. Being assigned brings 2.00.",
    "Instrument": "Among those whom the instrument moves the effect is −2,741 (95 % −7,097 to −145). The first-stage F "
    "is 15.8.",
    "Genetic variants": "Effect of one unit of exposure, with 95 % intervals: weighted mean 0.449 (0.399 to 0.499); "
    "weighted median 0.405 (0.344 to 0.466); Egger regression 0.328 (−0.088 to 0.745). Variants agree: p < 0.001; no "
    "other way on average: p = 0.49; small p-values speak against it.",
    "Crossover": "Of an effect of 0.200 the arms show 0.120. To show it with the same power takes 2.78 times the "
    "patients. Divided by 60.0 %, the difference in who is treated, it is 0.200 again.",
    "Mix of patients": "A less B: −4.6 (−10.5 to 1.3) percentage points as counted, 5.4 (−1.2 to 11.9) in the same mix "
    "of patients. The sign turns: Simpson's paradox.",
    "Unmeasured confounder": "To explain a risk ratio of 3.9 away, a confounder that was not measured would need a "
    "risk ratio of 7.26 with both treatment and outcome, beyond what was adjusted for. To move the interval to 1, 3.00 "
    "would do.",
}
_INPUTS: dict[str, dict[str, Any]] = {
    "Compliers": {
        "ca-always": 10,
        "ca-never": 10,
        "ca-effect-treated anyway": 2.0,
        "ca-effect-compliers": 3.0,
        "ca-effect-never treated": 1.0,
    },
    "Instrument": {"ci-outcome": -300.0, "ci-outcome-se": 100.0, "ci-treatment": 0.2, "ci-treatment-se": 0.1},
    "Genetic variants": {},
    "Crossover": {"cc-crossover": 40, "cc-untaken": 20, "cc-effect": 0.3},
    "Mix of patients": {"cm-mix": "treated with A"},
    "Unmeasured confounder": {"ce-ratio": 2.5, "ce-limit": 1.2},
}


@pytest.fixture
def blocks(monkeypatch: pytest.MonkeyPatch) -> Blocks:
    """Collect the results that the page shows in place of drawing them."""
    return collected(monkeypatch)


def _open(app: AppTest, place: str) -> AppTest:
    assert not app.exception
    with desk():
        next(button for button in app.button if button.key == f"causality-{place}").click().run()
    assert not app.exception
    return app


def _demonstration(name: str) -> None:
    """Draw one demonstration on a page of its own: AppTest closes a dialog at its first run."""
    from pages.ui import causality  # noqa: PLC0415 - AppTest runs the text of this function alone

    causality._LABS[name].draw()


def _lab(name: str) -> AppTest:
    with desk():
        app = AppTest.from_function(_demonstration, kwargs={"name": name}, default_timeout=60).run()
    assert not app.exception
    return app


@pytest.mark.parametrize("name", _SENTENCES)
def test_each_demonstration_shows_its_example_and_listens(blocks: Blocks, name: str) -> None:
    lab = _lab(name)
    (block,) = blocks.values()
    assert block.sentence == _SENTENCES[name]
    assert "Source: " in block.method
    assert_code_gives_the_numbers(block)
    for field, value in _INPUTS[name].items():
        before = told(blocks)
        put(lab, field, value)
        assert not lab.error, field
        assert told(blocks) != before, field


def test_a_weak_instrument_is_named_and_its_set_has_no_end(blocks: Blocks) -> None:
    put(_lab("Instrument"), "ci-treatment", 0.05)
    block = blocks["causality-instrument"]
    assert "below 10: the usual interval misleads" in block.sentence
    assert block.data["lower"].min() == float("-inf")
    assert "up to" in block.alt


def test_shares_above_the_whole_are_refused(blocks: Blocks) -> None:
    lab = _lab("Compliers")
    put(lab, "ca-always", 90)
    assert "Share of compliers (%) should be at least 0" in lab.error[0].value
    assert blocks["causality-compliers"].sentence == _SENTENCES["Compliers"]


def test_more_events_than_people_are_refused(blocks: Blocks) -> None:
    lab = _lab("Mix of patients")
    rows = pd.DataFrame([("Small", "90 of 87", "1 of 2")], columns=["Stratum", "A", "B"])
    lab.session_state["_panel_cm-table-start"] = rows
    with desk():
        lab.run()
    assert "between 0 and its 87 people" in lab.error[0].value
    assert blocks


def test_the_lab_opens_on_the_value_page(blocks: Blocks) -> None:
    with desk():
        _open(opened("value"), "value")
    assert blocks["causality-compliers"].sentence == _SENTENCES["Compliers"]


def test_the_lab_opens_beside_the_average_effect(blocks: Blocks) -> None:
    with desk():
        app = _open(opened("effects", study(*two_arms())), "effects")
    assert blocks["causality-compliers"].sentence == _SENTENCES["Compliers"]
    assert not app.error


def test_the_lab_opens_at_the_observational_design(blocks: Blocks) -> None:
    with desk():
        _open(uploaded(), "data")
    assert blocks["causality-mix"].sentence == _SENTENCES["Mix of patients"]


def test_variants_typed_over_count_and_an_unfinished_row_is_refused(
    blocks: Blocks, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pages.ui import causality_variants  # noqa: PLC0415 - the table is put in the editor's place

    def draw_with(table: pd.DataFrame) -> AppTest:
        monkeypatch.setattr(causality_variants, "typed_table", lambda *_, **__: table)
        return _lab("Genetic variants")

    example = causality_variants._EXAMPLE
    draw_with(example.iloc[:8])
    assert "weighted mean 0.403 (0.351 to 0.455)" in blocks["causality-variants"].sentence
    assert blocks["causality-variants"].data["p_value"].dropna().min() > 0.9
    draw_with(example.iloc[:2])
    assert blocks["causality-variants"].sentence.endswith("The other methods need three variants.")
    lab = draw_with(example.assign(error=[None, *example["error"][1:]]))
    assert [error.value for error in lab.error] == [
        "Each variant needs three numbers, but row 1 has fewer. Fill it in or remove it."
    ]
