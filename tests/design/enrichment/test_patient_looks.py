"""Looks take place when the events are there, and show what is known by then."""

import numpy as np
import pytest

from ite.design.enrichment.patient_cohort import Cohort, Patients
from ite.design.enrichment.patient_log_rank import in_risk_order
from ite.design.enrichment.patient_looks import among, known_at, look_after
from ite.design.enrichment.patient_luck import draw_luck
from tests.design.enrichment.patients import level, one_subgroup


def five_patients() -> Cohort:
    """Return events in months 5, 6, 9 and 12, and a patient who leaves in month 7; the third is of stratum 1."""
    return Cohort(
        arrived=np.array([[0.0, 1.0, 2.0, 3.0, 4.0]]),
        pace=np.ones((1, 1)),
        entry=np.array([[0.0, 1.0, 2.0, 3.0, 4.0]]),
        stratum=np.array([[0, 0, 1, 0, 0]], dtype=np.uint8),
        treated=np.array([[True, False, True, False, True]]),
        months=np.array([[5.0, 6.0, 4.0, 6.0, 8.0]]),
        ends=np.array([[5.0, 7.0, 6.0, 9.0, 12.0]]),
        event=np.array([[True, False, True, True, True]]),
        response=None,
    )


@pytest.mark.known_truth
@pytest.mark.parametrize(
    ("events", "limit", "month", "reached"),
    [
        (1, None, 5, True),
        (3, None, 9, True),
        (3, 8.0, 8, False),
        (4, 12.0, 12, True),
        (5, None, 12, False),
        (9, 20.0, 20, False),
    ],
)
def test_the_calendar_by_hand(events: int, limit: float | None, month: float, *, reached: bool) -> None:
    cohort = five_patients()
    look = look_after(np.array([events]), cohort, np.ones((1, 5), dtype=bool), limit)
    assert (look.month[0], look.reached[0]) == (month, reached)


@pytest.mark.known_truth
def test_only_counted_events_bring_on_a_look() -> None:
    cohort = five_patients()
    counted = among(np.array([[True, False]]), cohort)
    assert counted.tolist() == [[True, True, False, True, True]]
    assert look_after(np.array([2]), cohort, counted, None).month[0] == 9


@pytest.mark.known_truth
def test_what_is_known_is_follow_up_to_the_look() -> None:
    rng = np.random.default_rng(5)
    chosen, scenario = level(dropout_per_month=0.01), one_subgroup()
    cohort = Patients(chosen, scenario).everybody(draw_luck(chosen, scenario, 6, rng))
    month = np.full(6, 15.0)
    who = rng.random(cohort.entry.shape) < 0.7
    order = known_at(month, cohort, who)
    for trial in range(6):
        inside = who[trial] & (cohort.entry[trial] < 15)
        available = 15 - cohort.entry[trial, inside]
        months = cohort.months[trial, inside]
        alone = in_risk_order(
            np.minimum(available, months)[None],
            (cohort.event[trial, inside] & (months <= available))[None],
            cohort.treated[trial, inside][None],
            cohort.stratum[trial, inside][None],
        )
        entered = inside.sum()
        for name in ("strata", "treated", "event"):
            assert (getattr(order, name)[trial, :entered] == getattr(alone, name)[0]).all()
        assert not order.event[trial, entered:].any()
