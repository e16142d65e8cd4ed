import math
from typing import Any

import numpy as np
import pytest
from scipy.special import ndtr

from ite.design.fixed.design import Endpoint, plan_fixed
from ite.design.fixed.event_times import EventTimes, expected_events, hazard_of_median
from ite.design.fixed.log_rank import LogRank
from ite.design.fixed.means import Means
from ite.design.fixed.piecewise import Piecewise
from ite.design.fixed.rates import Rates
from ite.design.sequential.boundary import Boundary
from ite.design.sequential.futility import Futility
from ite.design.sequential.group_sequential import GroupSequential, group_sequential_power, plan_group_sequential
from ite.design.sequential.operating import Truth, operating_characteristics
from ite.errors import DesignError

LOOKS = Boundary(family="lan_demets_obf", information_fractions=(0.5, 0.75, 1.0))
ENDPOINTS: list[Endpoint] = [
    Means(mean_difference=0.3, sd=1.1, allocation_ratio=2.0),
    Means(mean_difference=0.6, test="t"),
    Rates(rate_treatment=0.25, rate_control=0.4, benefit="lower_rate"),
    LogRank(hazard_ratio=0.7),
    LogRank(hazard_ratio=0.6, formula="freedman", allocation_ratio=0.5),
]
each_endpoint = pytest.mark.parametrize("endpoint", ENDPOINTS, ids=str)
TIMES = EventTimes(control_hazard=hazard_of_median(12.0), hazard_ratio=Piecewise.constant(0.7), accrual_months=18.0)


@pytest.mark.known_truth
@each_endpoint
def test_one_look_is_the_fixed_design(endpoint: Endpoint) -> None:
    design = GroupSequential(endpoint=endpoint, boundary=Boundary(information_fractions=(1.0,)), power=0.85)
    plan, fixed = plan_group_sequential(design), plan_fixed(endpoint, power=0.85)
    assert plan.max_size == plan.fixed_size == (fixed.n_total or fixed.events)
    assert plan.operating.truths["power"].tolist()[::2] == pytest.approx([0.85, 0.025])
    for size in (30.0, 120.0):
        sequential = group_sequential_power(design, size, (endpoint,)).truths["power"].item()
        assert sequential == pytest.approx(endpoint.power(size, alpha=0.025), abs=1e-10)


@pytest.mark.known_truth
@each_endpoint
def test_the_planned_size_has_the_power(endpoint: Endpoint) -> None:
    design = GroupSequential(endpoint=endpoint, boundary=LOOKS, futility=Futility(scale="beta_spending"))
    plan = plan_group_sequential(design)
    truths = plan.operating.truths.set_index("truth")
    assert truths.loc["assumed effect", "power"] == pytest.approx(0.9, abs=1e-9)
    assert truths.loc["no effect", "power"] < 0.025
    assert (truths["expected_size"] < plan.max_size).all()
    again = group_sequential_power(design, plan.max_size, (endpoint,)).truths["power"].item()
    # Pooled rates and the t-test are not quite proportional to their size: the fixed size times the inflation is used.
    proportional = isinstance(endpoint, LogRank) or getattr(endpoint, "test", "") == "z"
    assert again == pytest.approx(0.9, abs=1e-9 if proportional else 1e-3)


@pytest.mark.known_truth
def test_only_the_size_of_the_assumed_effect_matters_but_its_direction_in_truths() -> None:
    up, down = (GroupSequential(endpoint=Means(mean_difference=sign * 0.3), boundary=LOOKS) for sign in (1, -1))
    assert plan_group_sequential(up).max_size == plan_group_sequential(down).max_size
    truths = tuple(Means(mean_difference=difference) for difference in (-0.3, 0.0, 0.15, 0.3))
    power = group_sequential_power(up, 500.0, truths).truths["power"]
    assert power.is_monotonic_increasing
    assert power[0] < 1e-6
    assert power[1] == pytest.approx(0.025)


@pytest.mark.known_truth
def test_power_grows_with_the_size() -> None:
    design = GroupSequential(endpoint=ENDPOINTS[0], boundary=LOOKS, futility=Futility(bounds=(0.0, 0.5)))
    powers = [
        group_sequential_power(design, size, (ENDPOINTS[0],)).truths["power"].item() for size in range(50, 1000, 100)
    ]
    assert powers == sorted(powers)


@pytest.mark.known_truth
def test_stopping_adds_up_and_gives_the_expected_size() -> None:
    plan = plan_group_sequential(
        GroupSequential(endpoint=ENDPOINTS[0], boundary=LOOKS, futility=Futility(bounds=(0.0, 1.0)))
    )
    for truth, stops in plan.operating.stopping.groupby("truth", sort=False):
        row = plan.operating.truths.set_index("truth").loc[truth]
        assert (stops["efficacy"] + stops["futility"]).sum() == pytest.approx(1.0)
        assert stops["efficacy"].sum() == pytest.approx(row["power"])
        assert stops["futility"].iloc[:-1].sum() == pytest.approx(row["stop_early_futility"])
        sizes = plan.max_size * np.array(LOOKS.information_fractions)
        assert ((stops["efficacy"] + stops["futility"]) * sizes).sum() == pytest.approx(row["expected_size"])
        assert math.isnan(row["expected_months"])


@pytest.mark.known_truth
def test_characteristics_are_those_of_simulated_trials() -> None:
    """200,000 trials of cumulative normal scores; tolerance four standard errors."""
    plan = plan_group_sequential(
        GroupSequential(endpoint=Means(mean_difference=0.4), boundary=LOOKS, futility=Futility(bounds=(0.3, 0.9)))
    )
    rng, trials = np.random.default_rng(11), 200_000
    fractions = np.array(LOOKS.information_fractions)
    steps = np.diff(fractions, prepend=0.0)
    score = (rng.normal(size=(trials, 3)) * np.sqrt(steps) + plan.drift * steps).cumsum(axis=1)
    z = score / np.sqrt(fractions)
    leaves = (z >= plan.bounds.upper) | (z <= plan.bounds.lower)
    stop = leaves.argmax(axis=1)
    rejected = z[np.arange(trials), stop] >= plan.bounds.upper[stop]
    row = plan.operating.truths.iloc[0]
    assert abs(rejected.mean() - row["power"]) < 4 * math.sqrt(0.09 / trials)
    sizes = plan.max_size * fractions[stop]
    assert abs(sizes.mean() - row["expected_size"]) < 4 * sizes.std() / math.sqrt(trials)


@pytest.mark.known_truth
def test_futility_in_units_of_the_endpoint() -> None:
    for endpoint, bound in [(ENDPOINTS[0], 0.05), (ENDPOINTS[2], -0.02), (ENDPOINTS[3], 0.95)]:
        design = GroupSequential(
            endpoint=endpoint, boundary=LOOKS, futility=Futility(scale="effect", bounds=(bound, None))
        )
        looks = plan_group_sequential(design).looks
        assert looks["effect_futility"].iloc[0] == pytest.approx(bound)
        assert looks["z_futility"].iloc[0] > 0
        assert looks.loc[1:, ["z_futility", "conditional_power_at_futility"]].isna().all(axis=None)


@pytest.mark.known_truth
def test_the_table_of_looks() -> None:
    plan = plan_group_sequential(
        GroupSequential(
            endpoint=Means(mean_difference=0.3),
            boundary=LOOKS.model_copy(update={"futility_only_looks": (1,)}),
            futility=Futility(scale="conditional_power", bounds=(0.2, 0.3)),
        )
    )
    looks = plan.looks
    assert looks["conditional_power_at_futility"].tolist()[:2] == pytest.approx([0.2, 0.3])
    assert looks["size"].tolist() == pytest.approx([0.5 * plan.max_size, 0.75 * plan.max_size, plan.max_size])
    assert math.isnan(looks["z_efficacy"].iloc[0])
    assert looks["p_efficacy"].iloc[1] == pytest.approx(ndtr(-looks["z_efficacy"].iloc[1]))
    # The estimate at the last bound is significant just so: z = estimate / standard error.
    last = looks.iloc[-1]
    error = Means(mean_difference=0.3).standard_error(plan.max_size)
    assert last["effect_efficacy"] / error == pytest.approx(last["z_efficacy"])


@pytest.mark.known_truth
def test_the_calendar_of_a_log_rank_test() -> None:
    design = GroupSequential(
        endpoint=LogRank(hazard_ratio=0.7),
        boundary=LOOKS,
        futility=Futility(bounds=(0.0, 0.8)),
        event_times=TIMES,
        final_month=36.0,
    )
    plan = plan_group_sequential(design)
    months = plan.looks["month"]
    assert months.is_monotonic_increasing
    assert months.iloc[-1] == pytest.approx(36.0)
    assert plan.n_total is not None
    events = expected_events(TIMES, months, n_total=plan.n_total)["events"]
    assert events.tolist() == pytest.approx(plan.looks["size"].tolist())
    expected = plan.operating.truths["expected_months"]
    assert (expected < 36.0).all()
    # Without effect events come faster, and here the trial stops for futility early.
    assert expected.iloc[2] < expected.iloc[0]
    null = expected_events(TIMES, plan.operating.stopping["month"].iloc[-1], n_total=plan.n_total, null=True)
    assert null["events"].item() == pytest.approx(plan.max_size)


@pytest.mark.known_truth
def test_events_that_never_come_leave_the_month_unknown() -> None:
    """With heavy drop-out all events need the higher hazard that is assumed under treatment."""
    leaving = TIMES.model_copy(
        update={"hazard_ratio": Piecewise.constant(1.5), "dropout_hazard": Piecewise.constant(0.2)}
    )
    plan = plan_group_sequential(
        GroupSequential(endpoint=LogRank(hazard_ratio=1.5), event_times=leaving, final_month=60.0)
    )
    assert plan.looks["month"].notna().all()
    nothing = plan.operating.stopping.query("truth == 'no effect'")["month"]
    assert nothing.notna().tolist() == [True, False]
    assert plan.operating.truths.set_index("truth")["expected_months"].isna()["no effect"]
    with pytest.raises(ValueError, match="share of the assumed effect"):
        operating_characteristics(
            plan.bounds, [Truth(name="any", drift=1.0)], max_size=100.0, event_times=TIMES, n_total=400.0
        )


@pytest.mark.known_truth
def test_without_a_calendar_nothing_is_known_of_patients_and_months() -> None:
    plan = plan_group_sequential(GroupSequential(endpoint=LogRank(hazard_ratio=0.7)))
    assert plan.n_total is None
    assert plan.looks["month"].isna().all()


@pytest.mark.known_truth
@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"endpoint": Means(mean_difference=0.3), "final_month": 12.0}, "both event times and a final month"),
        ({"endpoint": Means(mean_difference=0.3), "event_times": TIMES, "final_month": 12.0}, "endpoint is means"),
        (
            {"endpoint": LogRank(hazard_ratio=0.7, allocation_ratio=2.0), "event_times": TIMES, "final_month": 12.0},
            "allocation ratio 2",
        ),
        ({"endpoint": LogRank(hazard_ratio=0.8), "event_times": TIMES, "final_month": 12.0}, "hazard ratio 0.8"),
        ({"endpoint": Means(mean_difference=0.3), "power": 1.0}, "should be less than 100, but 100 was given"),
    ],
)
def test_bad_settings_are_explained(settings: dict[str, Any], words: str) -> None:
    with pytest.raises(DesignError, match=words):
        GroupSequential(**settings)


@pytest.mark.known_truth
def test_impossible_plans_are_explained() -> None:
    with pytest.raises(DesignError, match="infinitely many"):
        plan_group_sequential(GroupSequential(endpoint=Means(mean_difference=0.0)))
    rule = Futility(scale="effect", bounds=(0.1,))
    with pytest.raises(DesignError, match="needs an assumed effect"):
        group_sequential_power(GroupSequential(endpoint=Means(mean_difference=0.0), futility=rule), 100.0, ())
    barely = Means(mean_difference=0.00206)
    assert barely.size(alpha=0.025, power=0.9) < 1e7
    with pytest.raises(DesignError, match="with these looks needs"):
        plan_group_sequential(
            GroupSequential(endpoint=barely, boundary=Boundary(family="pocock", information_fractions=(0.2, 0.6, 1.0)))
        )


@pytest.mark.known_truth
def test_a_design_survives_json() -> None:
    design = GroupSequential(endpoint=LogRank(hazard_ratio=0.7), boundary=LOOKS, event_times=TIMES, final_month=30.0)
    assert GroupSequential.model_validate_json(design.model_dump_json()) == design
