"""Trial design: strategies side by side, the guard, the error map, saved designs, and every block's code."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from ite.design.comparison.error_map import error_map
from ite.report.block import ResultBlock
from ite.report.enrichment_file import EnrichmentFile, write_design
from pages.panels.design.enrichment_start import STARTS
from pages.ui import figure
from pages.ui.service import JobStatus
from tests.design.enrichment.examples import one_subgroup, two_overlapping
from tests.pages.opened import desk, words
from tests.pages.test_shown_code import run, values

pytestmark = pytest.mark.page


def _strategies() -> None:
    from pages.panels.design import strategies  # noqa: PLC0415 - AppTest runs the body of this function alone

    strategies.draw()


def _enrichment() -> None:
    from pages.panels.design import enrichment  # noqa: PLC0415 - as above

    enrichment.draw()


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> dict[str, ResultBlock]:
    """Collect the results that a panel shows in place of drawing them."""
    blocks: dict[str, ResultBlock] = {}
    monkeypatch.setattr(figure, "show", lambda block, *_, **__: blocks.update({block.key: block}))
    return blocks


def opened(panel: Callable[[], None]) -> AppTest:
    return AppTest.from_function(panel, default_timeout=300).run()


def field(app: AppTest, key: str) -> Any:  # noqa: ANN401 - widgets of several kinds
    kinds = (app.slider, app.number_input, app.selectbox, app.button_group, app.toggle, app.button, app.file_uploader)
    return next(widget for kind in kinds for widget in kind if widget.key == key)


def lost(block: ResultBlock) -> list[object]:
    """Return the rows of a block that its code does not give: numbers under any name, a table in words as it stands."""
    if block.data.select_dtypes("float").empty:
        table = block.data.drop(columns="Pinned design", errors="ignore")
        return [] if run(block.code).equals(table) else [block.key]
    found = values(run(block.code))
    return [row for row in values(block.data) if not any(row <= other for other in found)]


def test_strategies_answer_with_their_needs_and_code_that_runs(shown: dict[str, ResultBlock]) -> None:
    app = opened(_strategies)
    assert not app.exception
    assert list(shown) == ["strategies", "strategies-needs"]
    field(app, "strategies_more").set_value(True)
    app.run()
    assert list(shown)[2:] == ["strategies-regret", "strategies-assumptions"]
    assert [key for key, block in shown.items() if lost(block)] == []


def test_equal_cost_without_prices_is_a_sentence_and_with_prices_a_result(shown: dict[str, ResultBlock]) -> None:
    app = opened(_strategies)
    shown.clear()
    field(app, "strategies_equal").set_value("cost")
    app.run()
    assert "price of a patient" in str(app.error[0].value)
    assert "at equal size" in shown["strategies"].sentence
    field(app, "strategies_patient_cost").set_value(1_000.0)
    field(app, "strategies_screen_cost").set_value(100.0)
    app.run()
    assert not app.error
    costs = shown["strategies"].data["cost"]
    assert costs.max() / costs.min() < 1.02
    assert "At equal expected cost the strategies plan" in shown["strategies-needs"].sentence


def test_a_marker_strategy_on_event_times_is_left_out_with_its_reason(shown: dict[str, ResultBlock]) -> None:
    app = opened(_strategies)
    field(app, "ae_endpoint").set_value("survival")
    app.run()
    assert "marker strategy" not in set(shown["strategies"].data["strategy"])
    assert "Left out: marker strategy" in words(app)


def test_without_any_effect_no_strategy_is_praised_for_benefit(shown: dict[str, ResultBlock]) -> None:
    app = opened(_strategies)
    field(app, "ae_effect_in").set_value(0.0)
    field(app, "ae_effect_out").set_value(0.0)
    field(app, "strategies_more").set_value(True)
    app.run()
    assert not app.exception
    assert "most benefit" not in shown["strategies"].sentence.lower()
    assert shown["strategies-regret"].sentence.startswith("No strategy loses anything")


def test_what_is_missing_for_a_dash_is_said_and_candidates_are_counted(shown: dict[str, ResultBlock]) -> None:
    app = opened(_strategies)
    said = shown["strategies-needs"].sentence
    assert said.startswith("Every strategy plans 300 patients; with early stops")
    assert "months need the candidates per month" in said
    assert "candidates" in shown["strategies-needs"].sentence
    field(app, "strategies_candidates").set_value(20.0)
    field(app, "strategies_patient_cost").set_value(41_651.7)
    field(app, "strategies_screen_cost").set_value(300.0)
    app.run()
    table = shown["strategies-needs"].data
    assert "A dash" not in shown["strategies-needs"].sentence
    assert table["Cost"].str.fullmatch(r"\d+,\d{3},\d{3} ± [\d,]+").all()
    assert table["Months"].str.fullmatch(r"\d+\.\d( ± \d+\.\d+)?").all()


@pytest.mark.parametrize("panel", [_strategies, _enrichment])
@pytest.mark.parametrize("sizes", ["random", "uncertain"])
def test_sizes_left_to_chance_say_whom_the_test_is_about(
    panel: Callable[[], None], sizes: str, shown: dict[str, ResultBlock]
) -> None:
    app = opened(panel)
    assert not app.warning
    field(app, "ae_sizes").set_value(sizes)
    app.run()
    assert shown
    assert ["about the patients who came" in str(warning.value) for warning in app.warning] == [True]


def test_pooled_analysis_is_refused_with_the_error_it_would_make(shown: dict[str, ResultBlock]) -> None:
    app = opened(_enrichment)
    field(app, "ae_rule").set_value("all")
    field(app, "ae_analysis").set_value("pooled")
    shown.clear()
    app.run()
    assert shown == {}
    sentence = str(app.error[0].value)
    pooled, closed = (float(found) for found in re.findall(r"in (\d+\.\d) %", sentence))
    assert pooled > 3.0 > closed
    field(app, "ae_changes").set_value("no")
    app.run()
    assert not app.error
    assert "fixed in advance" in words(app)


def test_the_error_map_is_a_job_and_its_code_gives_its_figures(shown: dict[str, ResultBlock]) -> None:
    with desk() as jobs:
        app = opened(_enrichment)
        assert "error-map" not in jobs.started
        field(app, "error-map").click()
        app.run()
        assert jobs.started["error-map"] == (error_map, STARTS["mean"])
        assert field(app, "cancel-error-map").label == "Cancel"
        found = error_map(STARTS["mean"], trials=100, again=1_000)
        jobs.answers["error-map"] = JobStatus(state="done", result=found)
        app.run()
        assert not app.exception
        assert len(shown["error-map"].data) == len(found.grid)
        assert "99 % limits" in shown["error-map"].sentence
        field(app, "ae_prevalence").set_value(60.0)
        app.run()
        assert any("earlier settings" in str(warning.value) for warning in app.warning)


def test_a_saved_design_can_be_opened_again(shown: dict[str, ResultBlock]) -> None:
    saved = EnrichmentFile(design=one_subgroup("rates", 0.3, futility_p=0.6), seed=11)
    app = opened(_enrichment)
    field(app, "design-file").upload("mine.json", write_design(saved).encode())
    app.run()
    assert not app.exception
    assert not app.error
    assert "seed 11" in shown["enrichment-power"].method
    assert field(app, "ae1_futility").value == 0.6
    assert field(app, "ae1_prevalence").value == 30.0


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"{}", "not a saved enrichment design"),
        (write_design(EnrichmentFile(design=two_overlapping())).encode(), "inputs for one subgroup"),
    ],
)
def test_a_file_that_cannot_be_opened_is_one_sentence(
    data: bytes, sentence: str, shown: dict[str, ResultBlock]
) -> None:
    app = opened(_enrichment)
    field(app, "design-file").upload("theirs.json", data)
    app.run()
    assert sentence in str(app.error[0].value)
    assert "enrichment-power" in shown


def test_code_of_the_enrichment_blocks_gives_their_figures(shown: dict[str, ResultBlock]) -> None:
    app = opened(_enrichment)
    field(app, "ae_sensitivity").set_value(80.0)
    field(app, "agreement").set_value(True)
    app.run()
    assert not app.exception
    assert [key for key, block in shown.items() if lost(block)] == []
    assert (shown["rpact-agreement"].data["Agrees"] == "yes").all()
