"""A trial given looks: its table, its calendar, its sizes, and what an interim estimate says."""

import numpy as np
import pytest
from scipy.stats import multivariate_normal, norm

from ite.design.fixed.log_rank import LogRank
from ite.design.fixed.means import Means
from ite.design.fixed.rates import Rates
from ite.design.fixed.trial_size import OneAnalysis
from ite.design.sequential.boundary import Boundary
from ite.design.sequential.futility import Futility
from ite.design.sequential.group_sequential import plan_group_sequential
from ite.design.sequential.planned_looks import (
    interim_curve,
    interim_result,
    look_table,
    patients_to_enrol,
    size_table,
    with_looks,
)

MEANS = OneAnalysis(endpoint=Means(mean_difference=0.4), dropout=0.2)
TIMES = OneAnalysis(endpoint=LogRank(hazard_ratio=0.7), control_median_months=12, dropout=0.1)
LOOKS = Boundary(information_fractions=(0.4, 1.0))
FUTILITY = Futility(scale="z", bounds=(0.0,))


@pytest.mark.independent
def test_stopping_probabilities_of_two_looks_are_bivariate_normal() -> None:
    plan = plan_group_sequential(with_looks(MEANS, LOOKS, FUTILITY))
    table = look_table(MEANS, plan)
    first, last = table["z_benefit"]
    joint = multivariate_normal([0, 0], [[1, np.sqrt(0.4)], [np.sqrt(0.4), 1]])

    def both_below(one: float, other: float) -> float:
        return float(joint.cdf([one, other]))

    for drift, name in ((0.0, "none"), (plan.drift, "effect")):
        mean = np.array([drift * np.sqrt(0.4), drift])
        early, futile = norm.sf(first - mean[0]), norm.cdf(-mean[0])
        going_on = (1 - early - futile) - (
            both_below(first - mean[0], last - mean[1]) - both_below(-mean[0], last - mean[1])
        )
        assert table[f"benefit_if_{name}"].to_numpy() == pytest.approx([100 * early, 100 * going_on], abs=1e-3)
        assert table[f"futility_if_{name}"].iloc[0] == pytest.approx(100 * futile, abs=1e-6)


@pytest.mark.known_truth
def test_a_look_at_patients_comes_when_they_are_followed_up() -> None:
    table = look_table(MEANS, plan_group_sequential(with_looks(MEANS, LOOKS)))
    assert table["month"].tolist() == pytest.approx([0.4 * 24 + 12, 36])
    assert table["patients"].iloc[0] == pytest.approx(0.4 * table["patients"].iloc[1])


@pytest.mark.known_truth
def test_the_last_look_at_events_comes_at_the_planned_month() -> None:
    table = look_table(TIMES, plan_group_sequential(with_looks(TIMES, LOOKS)))
    assert table["month"].iloc[1] == pytest.approx(36.0, abs=1e-6)
    assert 0 < table["month"].iloc[0] < 36


@pytest.mark.known_truth
def test_drop_out_is_added_to_patients_once() -> None:
    plan = plan_group_sequential(with_looks(MEANS, LOOKS))
    treatment, control = patients_to_enrol(MEANS, plan)
    assert treatment == control == int(np.ceil(plan.max_size / 2 / 0.8))
    events = plan_group_sequential(with_looks(TIMES, LOOKS))
    assert events.n_total is not None
    assert sum(patients_to_enrol(TIMES, events)) - events.n_total < 2


@pytest.mark.known_truth
def test_sizes_hold_the_fixed_design_and_the_expected_ones() -> None:
    plan = plan_group_sequential(with_looks(MEANS, LOOKS, FUTILITY))
    sizes = size_table(plan).set_index("design")["size"]
    assert sizes["with looks, at most"] == pytest.approx(plan.inflation * sizes["one analysis"])
    assert sizes.filter(like="expected").max() < sizes["with looks, at most"]


@pytest.mark.known_truth
@pytest.mark.parametrize(
    ("trial", "estimate"),
    [
        (MEANS, 0.25),
        (TIMES, 0.8),
        (OneAnalysis(endpoint=Rates(rate_treatment=0.2, rate_control=0.35, benefit="lower_rate")), -0.1),
    ],
    ids=["means", "event times", "rates"],
)
def test_an_interim_estimate_lies_on_the_curve_and_has_the_textbook_power(trial: OneAnalysis, estimate: float) -> None:
    design = with_looks(trial, LOOKS)
    plan = plan_group_sequential(design)
    (said,) = interim_result(plan, design, 1, estimate).to_dict("records")
    assert said["estimate"] == pytest.approx(estimate)
    # Score at the look plus the drift of the rest, against the final bound: Phi((B + theta (1 - t) - c) / sqrt(1 - t)).
    score, rest, critical = said["z"] * np.sqrt(0.4), 0.6, plan.bounds.upper[-1]
    assert said["assumed"] == pytest.approx(norm.cdf((score + plan.drift * rest - critical) / np.sqrt(rest)))
    assert said["trend"] == pytest.approx(norm.cdf((score + score / 0.4 * rest - critical) / np.sqrt(rest)))
    curve = interim_curve(plan, design, 1).sort_values("estimate")
    assert np.interp(estimate, curve["estimate"], curve["predictive"]) == pytest.approx(said["predictive"], abs=5e-3)
