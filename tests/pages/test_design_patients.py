"""Trial design, "Follow the patients one by one": inputs reach the assumptions, what does not fit is a sentence."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from ite.design.enrichment.patient_level import PatientLevel
from ite.report.block import ResultBlock
from pages.ui import figure, jobs
from pages.ui.service import JobStatus

pytestmark = pytest.mark.page
Asked = list[tuple[Any, ...]]


def _panel(endpoint: str = "survival") -> None:
    from pages.panels.design.enrichment_start import STARTS  # noqa: PLC0415 - AppTest runs this body alone
    from pages.panels.design.patients import EnrichmentFile, patients_of  # noqa: PLC0415 - as above

    patients_of(EnrichmentFile(design=STARTS[endpoint], seed=3))


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> dict[str, ResultBlock]:
    """Collect the results that the panel shows in place of drawing them."""
    blocks: dict[str, ResultBlock] = {}
    monkeypatch.setattr(figure, "show", lambda block, *_, **__: blocks.update({block.key: block}))
    return blocks


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Asked:
    """Collect what the job is asked for, and run it here and now."""
    calls: Asked = []

    def run(_key: str, function: Callable[..., object], *args: object) -> JobStatus:
        calls.append(args)
        return JobStatus(state="done", result=function(*args))

    monkeypatch.setattr(jobs, "run", run)
    monkeypatch.setattr(jobs, "forget", lambda _: None)
    return calls


def opened(endpoint: str = "survival") -> AppTest:
    return AppTest.from_function(_panel, default_timeout=300, args=(endpoint,)).run()


def field(app: AppTest, name: str) -> Any:  # noqa: ANN401 - widgets of several kinds
    kinds = (app.slider, app.number_input, app.selectbox, app.button)
    return next(widget for kind in kinds for widget in kind if widget.key in (f"ae_p_{name}", name))


def follow(app: AppTest) -> None:
    field(app, "trials").set_value(200.0)
    next(button for button in app.button if button.key == "patients").click()
    app.run()
    assert not app.exception


def test_the_usual_design_is_followed_at_once(shown: dict[str, ResultBlock], asked: Asked) -> None:
    app = opened()
    assert not shown
    follow(app)
    (design, level, trials, seed) = asked[-1]
    assert (design.cumulative_sizes, trials, seed) == ((100.0, 200.0), 200, 3)
    assert isinstance(level, PatientLevel)
    assert level.control_hazards[0].levels[0] == pytest.approx(np.log(2) / 24)
    assert len(level.control_hazards) == 1
    assert set(shown) == {"patients-levels", "patients-calendar"}
    assert "200 simulated trials of 600 patients, seed 3" in shown["patients-levels"].method
    assert "points" in shown["patients-levels"].sentence
    assert not app.error


def test_a_benefit_that_nobody_has_is_called_so(shown: dict[str, ResultBlock], asked: Asked) -> None:
    follow(AppTest.from_function(_without_effect, default_timeout=300).run())
    assert shown["patients-levels"].title.endswith("show a benefit that nobody has")
    assert "family-wise error" in set(shown["patients-levels"].data["figure"])
    assert len(asked[-1][0].cumulative_sizes) == 3


CHANGES: dict[str, tuple[float | str, Callable[[PatientLevel], object], object]] = {
    "arrive": (60.0, lambda level: level.accrual.levels, (60.0,)),
    "limit": (80.0, lambda level: level.calendar_limit_months, 80.0),
    "median_1": (12.0, lambda level: [round(12 * each.levels[0], 3) for each in level.control_hazards], [0.347, 0.693]),
    "dropout": (5.0, lambda level: round(level.dropout_per_month, 5), 0.00427),
    "delay": (3.0, lambda level: level.benefit_delay_months, 3.0),
    "construction": ("separate_cohorts", lambda level: level.construction, "separate_cohorts"),
    "decides": ("early response", lambda level: (level.show_error, level.early_response is None), (True, False)),
}


@pytest.mark.parametrize("name", CHANGES)
@pytest.mark.usefixtures("shown")
def test_each_input_reaches_the_assumptions(name: str, asked: Asked) -> None:
    value, read, expected = CHANGES[name]
    app = opened()
    field(app, name).set_value(value)
    app.run()
    if name == "construction":  # patients of stage 1 alone have too few events, and more are needed
        field(app, "ae_p_patients").set_value(900.0)
    follow(app)
    assert not app.error, app.error[0].value
    assert read(asked[-1][1]) == expected


def test_later_changes_mark_the_figures_as_those_of_earlier_settings(
    shown: dict[str, ResultBlock], asked: Asked
) -> None:
    app = opened()
    follow(app)
    assert not app.warning
    field(app, "delay").set_value(2.0)
    app.run()
    assert "earlier settings" in app.warning[0].value
    assert asked[-1][1].benefit_delay_months == 0
    assert shown


@pytest.mark.usefixtures("shown")
def test_increments_with_an_early_response_come_with_their_warning() -> None:
    app = opened()
    field(app, "decides").set_value("early response")
    app.run()
    assert "do not keep the level" in app.warning[0].value
    field(app, "construction").set_value("separate_cohorts")
    app.run()
    assert not app.warning


@pytest.mark.parametrize("endpoint", ["mean", "rate"])
def test_other_outcomes_are_one_plain_sentence(endpoint: str) -> None:
    app = opened(endpoint)
    assert not app.exception
    assert "needs Event times" in app.caption[0].value
    assert not app.button


def test_what_does_not_fit_is_one_sentence_and_nothing_starts() -> None:
    app = AppTest.from_function(_three_stages, default_timeout=300).run()
    field(app, "construction").set_value("separate_cohorts")
    app.run()
    assert not app.exception
    assert "has two stages" in app.error[0].value
    assert app.button[0].disabled
    assert field(app, "median_0")


def _without_effect() -> None:
    from ite.design.enrichment.outcome import HazardsByStratum  # noqa: PLC0415 - as above
    from ite.design.enrichment.scenario import Scenario  # noqa: PLC0415 - as above
    from ite.design.enrichment.spec import EnrichmentDesign  # noqa: PLC0415 - as above
    from ite.design.sequential.boundary import Boundary  # noqa: PLC0415 - as above
    from pages.panels.design.patients import EnrichmentFile, patients_of  # noqa: PLC0415 - as above

    scenario = Scenario.one_subgroup(0.4, HazardsByStratum(hazard_ratios=(1.0, 1.0)))
    looks = {"cumulative_sizes": (60.0, 120.0, 180.0), "boundary": Boundary(information_fractions=(1 / 3, 2 / 3, 1))}
    patients_of(EnrichmentFile(design=EnrichmentDesign(scenario=scenario, **looks)))


def _three_stages() -> None:
    from ite.design.sequential.boundary import Boundary  # noqa: PLC0415 - as above
    from pages.panels.design.enrichment_start import STARTS  # noqa: PLC0415 - as above
    from pages.panels.design.patients import EnrichmentFile, patients_of  # noqa: PLC0415 - as above

    looks = {"cumulative_sizes": (60.0, 120.0, 180.0), "boundary": Boundary(information_fractions=(1 / 3, 2 / 3, 1))}
    patients_of(EnrichmentFile(design=STARTS["survival"].model_copy(update=looks)))
