"""Trial design, question "Other designs": every input of every design counts, and what is impossible is said."""

import re
from typing import Any

import pytest

from pages.panels.design.other import DESIGNS
from pages.ui import figure
from tests.pages.opened import words
from tests.pages.other_designs import Blocks, put, visit

pytestmark = pytest.mark.page
# Of each design: the keys of its inputs, each with another value than the one it starts with.
INPUTS: dict[str, dict[str, Any]] = {
    "Enrichment efficiency": {
        "ee-effect": 0.5,
        "ee-effect-out": 0.2,
        "ee-sd": 1.5,
        "ee-prevalence": 30,
        "ee-seen": 30,
        "ee-sensitivity": 80,
        "ee-specificity": 80,
        "ee-power": 80,
        "ee-level": 5.0,
        "ee-per-month": 10.0,
        "ee-test": 900.0,
        "ee-patient": 9_000.0,
        "ee-outcome": "Rates",
        "ee-control": 20.0,
        "ee-rate": 60.0,
        "ee-rate-out": 40.0,
        "ee-known": False,
    },
    "Prognostic enrichment": {
        "pe-auc": 0.8,
        "pe-events": 30.0,
        "pe-hazard": 0.6,
        "pe-per-month": 10.0,
        "pe-test": 900.0,
        "pe-patient": 9_000.0,
        "pe-power": 80,
        "pe-level": 5.0,
        "pe-known": False,
    },
    "Cut-point adaptive": {
        "cp-low": 0.1,
        "cp-high": 0.6,
        "cp-change": 60,
        "cp-patients": 300,
        "cp-sd": 1.2,
        "cp-level": 5.0,
        "cp-part": 60,
        "cp-seed": 1,
        "cp-power": 80,
        "cp-per-month": 10.0,
        "cp-test": 900.0,
        "cp-patient": 9_000.0,
        "cp-known": False,
        "cp-shape": "A straight line",
    },
    "Umbrella or platform": {
        "pf-effects": "0.5, 0.2",
        "pf-shares": "10, 20",
        "pf-patients": 700,
        "pf-ratio": "As many as an arm",
        "pf-adjust": "None",
        "pf-level": 5.0,
        "pf-sd": 1.2,
        "pf-size": "Power of each",
        "pf-power": 80,
        "pf-joins": "0, 6",
        "pf-per-month": 10.0,
        "pf-patient": 9_000.0,
        "pf-test": 900.0,
    },
    "Response-adaptive": {
        "ra-control": 25.0,
        "ra-treated": 55.0,
        "ra-patients": 160,
        "ra-trend": 10.0,
        "ra-burn": 10,
        "ra-block": 40,
        "ra-cap": 30,
        "ra-level": 5.0,
        "ra-seed": 1,
    },
    "Treatment sequences": {
        "ts-entrants": 2_000,
        "ts-levels": 3,
        "ts-arms": 3,
        "ts-response": 40.0,
        "ts-kept": 50,
        "ts-retained": 60,
        "ts-share": 30,
        "ts-opposite": 10.0,
        "ts-level": 1.0,
    },
    "Marker interaction": {
        "ti-share": 30,
        "ti-effect": 0.6,
        "ti-effect-out": 0.1,
        "ti-sd": 1.5,
        "ti-power": 90,
        "ti-level": 1.0,
    },
}


@pytest.fixture
def blocks(monkeypatch: pytest.MonkeyPatch) -> Blocks:
    """Collect the results that the page shows in place of drawing them."""
    found: Blocks = {}
    monkeypatch.setattr(figure, "show", lambda block, key, **_: found.update({key: block}))
    return found


def told(blocks: Blocks) -> tuple[str, ...]:
    texts = [(block.title, block.sentence, block.method, block.data.to_csv()) for block in blocks.values()]
    return tuple(text for block in texts for text in block)


def test_every_design_is_tested() -> None:
    assert set(INPUTS) == set(DESIGNS)


@pytest.mark.parametrize("design", INPUTS)
def test_each_input_changes_what_is_said(blocks: Blocks, design: str) -> None:
    app = visit(design)
    for key, value in INPUTS[design].items():
        before = told(blocks)
        put(app, key, value)
        assert told(blocks) != before, key


@pytest.mark.parametrize("design", INPUTS)
def test_shown_code_gives_the_shown_numbers(blocks: Blocks, design: str) -> None:
    visit(design)
    assert blocks
    for block in blocks.values():
        namespace: dict[str, Any] = {}
        exec(compile(block.code, "shown code", "exec"), namespace)  # noqa: S102 - this is the test
        assert namespace["shown"].to_csv() == block.data.to_csv()


@pytest.mark.parametrize("design", INPUTS)
def test_each_design_says_what_it_assumes_and_how_it_was_computed(blocks: Blocks, design: str) -> None:
    visit(design)
    first = next(iter(blocks.values()))
    assert first.paragraphs[-1].startswith("Assumed: ")
    assert re.search(r"simulat|[Cc]losed form|exact", first.method)
    simulated = {"Cut-point adaptive", "Response-adaptive"}
    assert ("±" in first.sentence) == (design in simulated)


@pytest.mark.parametrize(
    ("design", "link", "sentence"),
    [
        ("Umbrella or platform", {"pf-effects": "a lot"}, "Numbers parted by commas are expected, but 'a' was typed"),
        ("Umbrella or platform", {"pf-shares": "60, 30, 30"}, "the prevalences add up to at most 1; found 1.2"),
        ("Prognostic enrichment", {"pe-hazard": "1"}, "hazard ratio"),
        ("Response-adaptive", {"ra-patients": "201"}, "number of patients must be even; found 201"),
        ("Treatment sequences", {"ts-opposite": "90"}, "Response (%) must lie between 0 and 100"),
        ("Marker interaction", {"ti-effect": "0.2"}, "difference"),
        ("Enrichment efficiency", {"ee-effect": "-1", "ee-effect-out": "-1"}, "better than control"),
    ],
)
def test_what_is_impossible_is_said_in_a_sentence(
    blocks: Blocks, design: str, link: dict[str, str], sentence: str
) -> None:
    app = visit(design, **link)
    (error,) = app.error
    assert sentence in str(error.value)
    assert not blocks


def test_after_an_error_the_last_result_stays(blocks: Blocks) -> None:
    app = visit("Umbrella or platform")
    before = told(blocks)
    put(app, "pf-effects", "a lot")
    assert "Shown below is the last result that was possible." in words(app)
    assert told(blocks) == before
