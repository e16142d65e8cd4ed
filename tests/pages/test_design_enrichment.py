"""Trial design, question "Adaptive enrichment": every input reaches the figures, errors keep the last result."""

from collections.abc import Callable
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from ite.report.block import ResultBlock
from pages.ui import figure

pytestmark = pytest.mark.page


def _panel() -> None:
    from pages.panels.design import enrichment  # noqa: PLC0415 - AppTest runs the body of this function alone

    enrichment.draw()


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> dict[str, ResultBlock]:
    """Collect the results that the panel shows in place of drawing them."""
    blocks: dict[str, ResultBlock] = {}
    monkeypatch.setattr(figure, "show", lambda block, *_, **__: blocks.update({block.key: block}))
    return blocks


def opened() -> AppTest:
    return AppTest.from_function(_panel, default_timeout=300).run()


def field(app: AppTest, key: str) -> Any:  # noqa: ANN401 - widgets of several kinds
    kinds = (app.slider, app.number_input, app.selectbox, app.button_group, app.toggle, app.text_input, app.button)
    return next(widget for kind in kinds for widget in kind if widget.key == key)


def power(shown: dict[str, ResultBlock]) -> float:
    return float(shown["enrichment-power"].data.set_index("claim").loc["at least one of them", "probability"])


CHANGES: dict[str, Callable[[AppTest], object]] = {
    "prevalence": lambda app: field(app, "ae_prevalence").set_value(70.0),
    "sensitivity": lambda app: field(app, "ae_sensitivity").set_value(70.0),
    "specificity": lambda app: field(app, "ae_specificity").set_value(70.0),
    "random sizes": lambda app: field(app, "ae_sizes").set_value("random"),
    "uncertain prevalence": lambda app: field(app, "ae_sizes").set_value("uncertain"),
    "effect inside": lambda app: field(app, "ae_effect_in").set_value(0.2),
    "effect outside": lambda app: field(app, "ae_effect_out").set_value(0.3),
    "sd outside": lambda app: field(app, "ae_sd_out").set_value(3.0),
    "rule": lambda app: field(app, "ae_rule").set_value("all"),
    "scale": lambda app: field(app, "ae_scale").set_value("z_statistic"),
    "threshold": lambda app: field(app, "ae_threshold").set_value(0.3),
    "intersection": lambda app: field(app, "ae_intersection").set_value("spiessens_debois"),
    "combination": lambda app: field(app, "ae_combination").set_value("fisher"),
    "stages": lambda app: field(app, "ae_stages").set_value(3),
    "size": lambda app: field(app, "ae_mean_size_2_of_2").set_value(500.0),
    "boundary": lambda app: field(app, "ae_boundary").set_value("pocock"),
    "level": lambda app: field(app, "ae_alpha").set_value(5.0),
    "futility": lambda app: field(app, "ae_futility").set_value(0.4),
    "allocation": lambda app: field(app, "ae_ratio").set_value(3.0),
    "re-estimation": lambda app: field(app, "ae_reestimate").set_value(True),
    "seed": lambda app: field(app, "ae_seed").set_value(9),
    "rates": lambda app: field(app, "ae_endpoint").set_value("rate"),
    "event times": lambda app: field(app, "ae_endpoint").set_value("survival"),
}


@pytest.fixture(scope="module")
def usual() -> float:
    with pytest.MonkeyPatch.context() as patch:
        blocks: dict[str, ResultBlock] = {}
        patch.setattr(figure, "show", lambda block, *_, **__: blocks.update({block.key: block}))
        opened()
        return power(blocks)


@pytest.mark.parametrize("change", CHANGES)
def test_each_input_reaches_the_figures(change: str, usual: float, shown: dict[str, ResultBlock]) -> None:
    app = opened()
    CHANGES[change](app)
    app.run()
    assert not app.exception
    assert not app.error, app.error[0].value
    assert power(shown) != usual


def test_an_impossible_design_is_one_sentence_and_the_last_result_stays(shown: dict[str, ResultBlock]) -> None:
    app = opened()
    before = power(shown)
    shown.clear()
    field(app, "ae_mean_size_1_of_2").set_value(400.0)
    app.run()
    assert not app.exception
    assert "ends with more patients than the one before; found 400, 300" in str(app.error[0].value)
    assert power(shown) == before
    assert field(app, "ae_reestimate")
    assert field(app, "ae_effect_in")


def test_a_pinned_design_stays_beside_the_next_one(shown: dict[str, ResultBlock]) -> None:
    app = opened()
    field(app, "pin-design").click()
    app.run()
    field(app, "ae_effect_in").set_value(0.2)
    app.run()
    assert "Against the pinned design: −" in shown["enrichment-power"].sentence
    assert "(pinned)" in shown["enrichment-power"].alt
    power = shown["enrichment-figures"].data.set_index("Figure").loc["benefit shown in at least one population"]
    assert float(power["Pinned design"].split(" %")[0]) > float(power["This design"].split(" %")[0])
    field(app, "unpin-design").click()
    app.run()
    assert "pinned" not in shown["enrichment-power"].sentence
