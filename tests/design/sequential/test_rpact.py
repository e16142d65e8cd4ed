"""Figures that rpact 3.3.4 gave for the same assumptions; its own searches stop at about 1e-8 to 1e-7."""

import numpy as np
import pytest

from ite.design.fixed.event_times import EventTimes, event_probabilities, hazard_of_median, mean_event_probability
from ite.design.fixed.log_rank import LogRank
from ite.design.fixed.means import Means
from ite.design.fixed.piecewise import Piecewise
from ite.design.fixed.rates import Rates
from ite.design.sequential.boundary import Boundary, critical_values
from ite.design.sequential.futility import Futility
from ite.design.sequential.group_sequential import GroupSequential, group_sequential_power, plan_group_sequential
from ite.design.sequential.stopping import powered_bounds

THIRDS = (1 / 3, 2 / 3, 1.0)
EIGHTHS = tuple(np.arange(1, 9) / 8)


@pytest.mark.independent
def test_sizes_of_a_t_test_and_of_rates_with_three_looks() -> None:
    looks = Boundary(family="lan_demets_obf", information_fractions=THIRDS)
    means = plan_group_sequential(GroupSequential(endpoint=Means(mean_difference=0.3, test="t"), boundary=looks))
    assert means.max_size == pytest.approx(474.4837117, rel=1e-7)
    assert means.operating.truths["expected_size"].tolist()[::2] == pytest.approx([380.5201024, 473.51072], rel=1e-7)
    rates = Rates(rate_treatment=0.25, rate_control=0.4, allocation_ratio=2.0)
    plan = plan_group_sequential(GroupSequential(endpoint=rates, boundary=looks))
    assert plan.max_size == pytest.approx(456.959213, rel=1e-7)


@pytest.mark.independent
@pytest.mark.parametrize(
    ("futility", "efficacy", "lower", "inflation"),
    [
        (
            Futility(scale="beta_spending", spending="kim_demets", parameter=2.5, binding=True),
            [2.961738283, 2.631132342, 2.415695675, 2.110929437],
            [-0.6931292498, 0.7030768455, 1.408644346],
            1.062176578,
        ),
        (
            Futility(scale="beta_spending", spending="hwang_shih_decani", parameter=1.0),
            [2.961738283, 2.631156288, 2.416768037, 2.153076224],
            [0.3873608877, 1.286673706, 1.699889694],
            1.29975945,
        ),
    ],
    ids=["binding", "non-binding"],
)
def test_alpha_and_beta_spending_at_unequal_looks(
    futility: Futility, efficacy: list[float], lower: list[float], inflation: float
) -> None:
    boundary = Boundary(family="hwang_shih_decani", gamma=-3.0, information_fractions=(0.3, 0.6, 0.8, 1.0), alpha=0.02)
    powered = powered_bounds(boundary, futility, power=0.85)
    assert powered.bounds.upper.tolist() == pytest.approx(efficacy, abs=5e-7)
    assert powered.bounds.lower.tolist()[:-1] == pytest.approx(lower, abs=5e-7)
    assert powered.inflation == pytest.approx(inflation, abs=5e-8)


@pytest.mark.independent
def test_binding_futility_under_one_constant() -> None:
    boundary = Boundary(family="obrien_fleming", information_fractions=(0.25, 0.5, 0.75, 1.0))
    powered = powered_bounds(boundary, Futility(bounds=(-0.5, 0.3, 0.9), binding=True), power=0.8)
    expected = [4.003174975, 2.830672171, 2.31123415, 2.001587488]
    assert powered.bounds.upper.tolist() == pytest.approx(expected, abs=5e-7)
    assert powered.inflation == pytest.approx(1.056443514, abs=5e-8)


@pytest.mark.independent
def test_eight_looks() -> None:
    wang_tsiatis = Boundary(family="wang_tsiatis", delta=0.3, alpha=0.01, information_fractions=EIGHTHS)
    expected = [
        3.856361742, 3.357157886, 3.095661847, 2.922575689, 2.795012566, 2.694930165, 2.613112802, 2.544249912,
    ]  # fmt: skip
    assert critical_values(wang_tsiatis).tolist() == pytest.approx(expected, abs=1e-6)
    spent = (0.001, 0.001, 0.004, 0.008, 0.01, 0.015, 0.02, 0.025)
    user = critical_values(Boundary(family="user_spending", cumulative_alpha=spent, information_fractions=EIGHTHS))
    expected = [3.090232306, 2.729459099, 2.520298429, 2.592842825, 2.349639483, 2.255540662, 2.187827744]
    assert np.delete(user, 1).tolist() == pytest.approx(expected, abs=1e-6)


@pytest.mark.independent
def test_events_with_piecewise_accrual_hazards_and_dropout() -> None:
    times = EventTimes(
        control_hazard=Piecewise(levels=(0.05, 0.01, 0.02), starts=(0.0, 5.0, 8.0)),
        hazard_ratio=Piecewise(levels=(1.0, 0.6), starts=(0.0, 5.0)),
        dropout_hazard=Piecewise.constant(-np.log(0.9) / 12.0),
        accrual=Piecewise(levels=(2.0, 5.0, 10.0), starts=(0.0, 3.0, 6.0)),
        accrual_months=15.0,
    )
    months = [5.0, 10.0, 20.0, 40.0]
    treatment, control = event_probabilities(times, months)
    assert treatment.tolist() == pytest.approx([0.01283438492, 0.07486853693, 0.2536730933, 0.3843769339], rel=1e-7)
    assert control.tolist() == pytest.approx([0.01283438492, 0.07576755385, 0.2767565672, 0.472540412], rel=1e-7)
    both = [0.01283438492, 0.07531804539, 0.2652148303, 0.4284586729]
    assert mean_event_probability(times, months).tolist() == pytest.approx(both, rel=1e-7)


@pytest.mark.independent
def test_a_log_rank_test_with_beta_spending_and_its_calendar() -> None:
    design = GroupSequential(
        endpoint=LogRank(hazard_ratio=0.65, allocation_ratio=2.0),
        boundary=Boundary(family="lan_demets_obf", information_fractions=(0.4, 0.7, 1.0)),
        futility=Futility(scale="beta_spending"),
        event_times=EventTimes(
            control_hazard=hazard_of_median(10.0),
            hazard_ratio=Piecewise.constant(0.65),
            dropout_hazard=Piecewise.constant(-np.log(0.95) / 12.0),
            accrual_months=15.0,
            allocation_ratio=2.0,
        ),
        final_month=24.0,
    )
    plan = plan_group_sequential(design)
    assert plan.max_size == pytest.approx(272.2090968, rel=1e-7)
    assert plan.n_total == pytest.approx(495.9855775, rel=1e-7)
    assert plan.looks["month"].tolist() == pytest.approx([12.50851176, 17.49406895, 24.0], rel=1e-7)
    truths = plan.operating.truths
    assert truths["expected_size"].tolist()[::2] == pytest.approx([206.2663237, 167.1118983], rel=1e-7)
    assert truths["expected_months"].iloc[0] == pytest.approx(18.92461895, rel=1e-7)


@pytest.mark.independent
def test_power_with_non_binding_futility_at_a_given_size() -> None:
    truths = tuple(Means(mean_difference=difference, sd=1.2, allocation_ratio=2.0) for difference in (0.0, 0.2, 0.4))
    design = GroupSequential(
        endpoint=truths[1],
        boundary=Boundary(family="pocock", information_fractions=THIRDS),
        futility=Futility(bounds=(0.0, 0.5)),
    )
    under = group_sequential_power(design, 300.0, truths).truths
    assert under["power"].tolist() == pytest.approx([0.02455754566, 0.2217602455, 0.6956720317], abs=5e-8)
    assert under["expected_size"].tolist() == pytest.approx([173.1358635, 223.010824, 212.0590999], abs=1e-5)
    assert under["stop_early_futility"].tolist() == pytest.approx([0.7387074867, 0.3420779082, 0.08089159259], abs=5e-8)
