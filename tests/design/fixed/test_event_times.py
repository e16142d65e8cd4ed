import math

import numpy as np
import pytest
from scipy.integrate import dblquad

from ite.design.fixed.calendar_limits import accrual_for_events, month_of_events, patients_for_events
from ite.design.fixed.event_times import (
    EventTimes,
    average_hazard_ratio,
    event_probabilities,
    expected_events,
    hazard_of_median,
    mean_event_probability,
)
from ite.design.fixed.piecewise import Piecewise
from ite.errors import DesignError

SIMPLE = EventTimes(control_hazard=hazard_of_median(12.0), hazard_ratio=Piecewise.constant(0.7), accrual_months=12.0)
RICH = EventTimes(
    control_hazard=Piecewise(levels=(0.05, 0.0, 0.02), starts=(0.0, 5.0, 8.0)),
    hazard_ratio=Piecewise(levels=(1.0, 0.6), starts=(0.0, 4.0)),
    dropout_hazard=Piecewise(levels=(0.01, 0.0), starts=(0.0, 6.0)),
    dropout_hazard_treatment=Piecewise.constant(0.03),
    accrual=Piecewise(levels=(2.0, 0.0, 10.0), starts=(0.0, 3.0, 4.0)),
    accrual_months=15.0,
    allocation_ratio=2.0,
)


def _by_integration(times: EventTimes, month: float, *, treated: bool) -> float:
    """Integrate accrual times event density over entry and time since entry."""
    dropout = (times.dropout_hazard_treatment or times.dropout_hazard) if treated else times.dropout_hazard
    grid = np.linspace(0.0, month, 40_001)
    middle = (grid[1:] + grid[:-1]) / 2.0
    hazard = times.control_hazard.at(middle) * (times.hazard_ratio.at(middle) if treated else 1.0)
    step = grid[1]
    remaining = np.exp(-np.cumsum((hazard + dropout.at(middle)) * step) + (hazard + dropout.at(middle)) * step / 2)
    seen = np.concatenate([[0.0], np.cumsum(hazard * remaining * step)])
    entries = np.minimum(grid, times.accrual_months)
    weights = np.diff(times.accrual.until(entries))
    follow_up = month - middle
    return float(np.sum(weights * np.interp(follow_up, grid, seen)) / times.accrual.until(times.accrual_months))


@pytest.mark.independent
@pytest.mark.parametrize("month", [2.0, 7.5, 15.0, 33.0])
def test_probabilities_are_the_integrals_over_entry_and_follow_up(month: float) -> None:
    treatment, control = event_probabilities(RICH, month)
    assert treatment == pytest.approx(_by_integration(RICH, month, treated=True), abs=2e-5)
    assert control == pytest.approx(_by_integration(RICH, month, treated=False), abs=2e-5)


@pytest.mark.independent
def test_exponential_times_agree_with_double_integration() -> None:
    hazard = math.log(2.0) / 12.0
    value, _ = dblquad(lambda x, _u: hazard * math.exp(-hazard * x), 0, 12, 0, lambda u: 18.0 - u)
    assert event_probabilities(SIMPLE, 18.0)[1] == pytest.approx(value / 12.0, abs=1e-9)


@pytest.mark.known_truth
def test_probabilities_are_those_of_a_simulation() -> None:
    """RICH, 400,000 control patients drawn by inverting the cumulative hazards; tolerance four standard errors."""
    rng, n = np.random.default_rng(3), 400_000
    grid = np.linspace(0.0, 40.0, 8001)

    def drawn(rate: Piecewise) -> np.ndarray:
        return np.interp(rng.exponential(size=n), rate.until(grid), grid, right=np.inf)

    entry = np.interp(rng.uniform(0, RICH.accrual.until(15.0), n), RICH.accrual.until(grid), grid)
    event, dropout = drawn(RICH.control_hazard), drawn(RICH.dropout_hazard)
    seen = (event < dropout) & (entry + event <= 20.0)
    expected = float(event_probabilities(RICH, 20.0)[1])
    assert abs(seen.mean() - expected) < 4 * math.sqrt(expected * (1 - expected) / n)


@pytest.mark.known_truth
def test_a_piece_cut_in_two_changes_nothing() -> None:
    cut = SIMPLE.model_copy(
        update={
            "control_hazard": Piecewise(levels=SIMPLE.control_hazard.levels * 2, starts=(0.0, 3.7)),
            "accrual": Piecewise(levels=(5.0, 5.0), starts=(0.0, 2.0)),
        }
    )
    months = np.array([-1.0, 0.0, 1e-4, 3.0, 12.0, 500.0])
    assert mean_event_probability(cut, months) == pytest.approx(mean_event_probability(SIMPLE, months), abs=1e-13)


@pytest.mark.known_truth
def test_tiny_hazards_are_not_lost_to_rounding() -> None:
    rare = SIMPLE.model_copy(update={"control_hazard": Piecewise.constant(1e-9), "hazard_ratio": Piecewise.constant(1)})
    assert mean_event_probability(rare, 18.0) == pytest.approx(1e-9 * 12.0, rel=1e-7)  # mean follow-up is 12 months


@pytest.mark.known_truth
def test_expected_course() -> None:
    course = expected_events(SIMPLE, [-2.0, 6.0, 12.0, 24.0], n_total=400)
    assert course["enrolled"].tolist() == pytest.approx([0.0, 200.0, 400.0, 400.0])
    assert course["events"].is_monotonic_increasing
    assert course["events"].tolist() == pytest.approx((course.events_treatment + course.events_control).tolist())
    assert course["events"].iloc[0] == 0.0
    null = expected_events(SIMPLE, 24.0, n_total=400, null=True)
    assert null["events_treatment"].tolist() == pytest.approx(null["events_control"].tolist())


@pytest.mark.known_truth
def test_a_delayed_effect_shows_in_the_average_hazard_ratio() -> None:
    delayed = SIMPLE.model_copy(update={"hazard_ratio": Piecewise(levels=(1.0, 0.5), starts=(0.0, 6.0))})
    assert average_hazard_ratio(SIMPLE, 20.0) == pytest.approx(0.7)
    assert average_hazard_ratio(delayed, 5.9) == pytest.approx(1.0)
    ratios = [average_hazard_ratio(delayed, month) for month in (8.0, 14.0, 20.0, 40.0)]
    assert ratios == sorted(ratios, reverse=True)
    assert 0.5 < ratios[-1] < 0.8
    assert math.isnan(average_hazard_ratio(delayed, 0.0))


@pytest.mark.known_truth
def test_patients_months_and_events_answer_each_other() -> None:
    for times in (SIMPLE, RICH):
        patients = patients_for_events(times, events=150.0, month=25.0)
        assert expected_events(times, 25.0, n_total=patients)["events"].item() == pytest.approx(150.0)
        assert month_of_events(times, events=150.0, n_total=patients) == pytest.approx(25.0)


@pytest.mark.known_truth
def test_a_fixed_calendar_gives_the_shortest_accrual() -> None:
    monthly = SIMPLE.model_copy(update={"accrual": Piecewise(levels=(0.0, 10.0, 40.0), starts=(0.0, 1.0, 5.0))})
    accrual = accrual_for_events(monthly, events=120.0, month=24.0)
    accrued = monthly.model_copy(update={"accrual_months": accrual.accrual_months})
    assert accrual.n_total == pytest.approx(40.0 * (accrual.accrual_months - 5.0) + 40.0)
    assert patients_for_events(accrued, events=120.0, month=24.0) == pytest.approx(accrual.n_total)


@pytest.mark.known_truth
def test_what_cannot_be_reached_says_what_can() -> None:
    reachable = 200.0 * float(mean_event_probability(RICH, 1e5))
    with pytest.raises(DesignError, match=f"at most {reachable:.1f} are reachable"):
        month_of_events(RICH, events=199.0, n_total=200.0)
    with pytest.raises(DesignError, match=r"at most 0\.\d are reachable at this accrual"):
        accrual_for_events(SIMPLE, events=5.0, month=3.0)
    with pytest.raises(DesignError, match="after the first patient"):
        accrual_for_events(SIMPLE, events=5.0, month=0.0)
    with pytest.raises(DesignError, match="after the first patient"):
        patients_for_events(SIMPLE, events=5.0, month=0.0)
    with pytest.raises(DesignError, match="10,000,000"):
        patients_for_events(SIMPLE, events=5.0, month=1e-5)


@pytest.mark.known_truth
@pytest.mark.parametrize(
    ("levels", "starts", "words"),
    [
        ((1.0, 2.0), (0.0,), "1 starts and 2 levels"),
        ((1.0, 2.0), (0.0, 0.0), "increasing"),
        ((1.0,), (3.0,), "start at 0"),
        ((-1.0,), (0.0,), "at least 0"),
    ],
)
def test_pieces_must_be_in_order(levels: tuple[float, ...], starts: tuple[float, ...], words: str) -> None:
    with pytest.raises(DesignError, match=words):
        Piecewise(levels=levels, starts=starts)


@pytest.mark.known_truth
def test_somebody_must_enter() -> None:
    with pytest.raises(DesignError, match="Nobody enters"):
        EventTimes(
            control_hazard=hazard_of_median(12.0),
            accrual=Piecewise(levels=(0.0, 5.0), starts=(0.0, 9.0)),
            accrual_months=8.0,
        )


@pytest.mark.known_truth
def test_pieces_and_their_integral() -> None:
    rate = Piecewise(levels=(2.0, 0.0, 10.0), starts=(0.0, 3.0, 4.0))
    assert rate.at([0.0, 2.9, 3.0, 4.0, 99.0]).tolist() == [2.0, 2.0, 0.0, 10.0, 10.0]
    assert rate.until([0.0, 1.0, 3.5, 6.0]).tolist() == [0.0, 2.0, 6.0, 26.0]
    assert EventTimes.model_validate_json(RICH.model_dump_json()) == RICH
