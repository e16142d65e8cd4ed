"""Answers to the reference cases of designs with one or several looks."""

from collections.abc import Callable
from typing import Any

import numpy as np
from scipy.special import ndtr

from ite.design.fixed.log_rank import LogRank
from ite.design.fixed.means import Means
from ite.design.sequential.boundary import Boundary, Family, critical_values, cumulative_alpha
from ite.design.sequential.conditional import conditional_power, current_trend, predictive_power
from ite.design.sequential.futility import Futility
from ite.design.sequential.group_sequential import GroupSequential, group_sequential_power, plan_group_sequential
from ite.design.sequential.operating import Truth, operating_characteristics
from ite.design.sequential.reestimation import SecondStagePlan, second_stage
from ite.design.sequential.stopping import powered_bounds
from tests.reference import families_fixed

Answer = families_fixed.Answer


def _bounds(family: Family) -> Callable[..., Answer]:
    parameters = {
        "wang_tsiatis_delta": "delta",
        "hsd_gamma": "gamma",
        "kim_demets_rho": "rho",
        "interim_z": "interim_z",
    }

    def answer(*, information_fractions: list[float], alpha_one_sided: float, **given: float) -> Answer:
        boundary = Boundary(
            family=family,
            information_fractions=tuple(information_fractions),
            alpha=alpha_one_sided,
            **{parameters[name]: value for name, value in given.items()},
        )
        bounds = critical_values(boundary)
        return {
            "z_bounds": bounds.tolist(),
            "nominal_one_sided_p": ndtr(-bounds).tolist(),
            "cumulative_alpha": cumulative_alpha(boundary).tolist(),
        }

    return answer


def _beta_spending(*, information_fractions: list[float], alpha_one_sided: float, power: float) -> Answer:
    boundary = _boundary("lan_demets_obf", information_fractions, alpha_one_sided)
    powered = powered_bounds(boundary, Futility(scale="beta_spending"), power=power)
    return {
        "z_efficacy": powered.bounds.upper.tolist(),
        "z_futility": powered.bounds.lower[:-1].tolist(),
        "inflation_factor": powered.inflation,
    }


def _boundary(family: Family, information_fractions: list[float], alpha: float) -> Boundary:
    return Boundary(family=family, information_fractions=tuple(information_fractions), alpha=alpha)


def _inflation(*, boundary: Family, information_fractions: list[float], alpha_one_sided: float, power: float) -> Answer:
    powered = powered_bounds(_boundary(boundary, information_fractions, alpha_one_sided), None, power=power)
    truths = [Truth(name=name, drift=share * powered.drift) for name, share in _SHARES.items()]
    operating = operating_characteristics(powered.bounds, truths, max_size=powered.inflation)
    expected = operating.truths.set_index("truth")["expected_size"]
    stopping = operating.stopping.set_index("truth").loc["H1", "efficacy"]
    return {
        "inflation_factor": powered.inflation,
        "drift_final": powered.drift,
        "stop_prob_H1": np.atleast_1d(stopping).tolist(),
        **{f"expected_ratio_{name}": expected[name] for name in _SHARES},
    }


_SHARES = {"H1": 1.0, "halfway": 0.5, "H0": 0.0}


def _sequential_means(
    *,
    boundary: Family,
    information_fractions: list[float],
    alpha_one_sided: float,
    power: float,
    **assumed: float,
) -> Answer:
    plan = plan_group_sequential(
        GroupSequential(
            endpoint=Means(**assumed),
            boundary=_boundary(boundary, information_fractions, alpha_one_sided),
            power=power,
        )
    )
    expected = plan.operating.truths.set_index("truth")["expected_size"]
    return {
        "max_n_total": plan.n_total,
        "expected_n_H1": expected["assumed effect"],
        "expected_n_H0": expected["no effect"],
    }


def _sequential_survival(
    *,
    boundary: Family,
    information_fractions: list[float],
    alpha_one_sided: float,
    power: float,
    min_followup_months: float,
    **assumed: float,
) -> Answer:
    final = assumed["accrual_months"] + min_followup_months
    plan = plan_group_sequential(
        GroupSequential(
            endpoint=LogRank(hazard_ratio=assumed["hazard_ratio"], allocation_ratio=assumed["allocation_ratio"]),
            boundary=_boundary(boundary, information_fractions, alpha_one_sided),
            power=power,
            event_times=families_fixed.exponential_event_times(**assumed),
            final_month=final,
        )
    )
    return {
        "max_events": plan.max_size,
        "expected_events_H1": plan.operating.truths["expected_size"].iloc[0],
        "n_total": plan.n_total,
        "interim_month": plan.looks["month"].iloc[0],
        "final_month": plan.looks["month"].iloc[-1],
    }


def _sequential_power(
    *,
    mean_difference: list[float],
    sd: float,
    n_total: float,
    futility_z_interim: float,
    **looks: Any,  # noqa: ANN401 - as in the file
) -> Answer:
    truths = tuple(Means(mean_difference=difference, sd=sd) for difference in mean_difference)
    design = GroupSequential(
        endpoint=truths[0],
        boundary=_boundary(looks["boundary"], looks["information_fractions"], looks["alpha_one_sided"]),
        futility=Futility(bounds=(futility_z_interim,)),
    )
    under = group_sequential_power(design, n_total, truths).truths
    return {
        "power": under["power"].tolist(),
        "stop_efficacy_interim": under["stop_early_efficacy"].tolist(),
        "stop_futility_interim": under["stop_early_futility"].tolist(),
        "expected_n": under["expected_size"].tolist(),
    }


def _conditional(
    *, interim_z: float, information_fraction: float, final_critical_z: float, design_drift: float
) -> Answer:
    drifts = np.array([design_drift, current_trend(interim_z, information_fraction), 0.0])
    design, trend, null = conditional_power(interim_z, information_fraction, critical=final_critical_z, drift=drifts)
    return {
        "cp_design": design,
        "cp_current_trend": trend,
        "cp_null": null,
        "predictive_power_flat_prior": predictive_power(interim_z, information_fraction, critical=final_critical_z),
    }


def _reestimated(
    *,
    observed_mean_difference: float,
    boundary: Family,
    information_fraction_interim: float,
    alpha_one_sided: float,
    **limits: float,
) -> Answer:
    looks = _boundary(boundary, [information_fraction_interim, 1.0], alpha_one_sided)
    stage = second_stage(SecondStagePlan(boundary=looks, **limits), observed_mean_difference)
    return {
        "final_critical_z": stage.final_critical_z,
        "required_stage2_z": stage.required_stage2_z,
        "unbounded_stage2_n": stage.unbounded_n,
        "stage2_n": stage.n,
    }


_FAMILIES: tuple[Family, ...] = (
    "obrien_fleming",
    "pocock",
    "wang_tsiatis",
    "haybittle_peto",
    "lan_demets_obf",
    "lan_demets_pocock",
    "hwang_shih_decani",
    "kim_demets",
)

ANSWERS: dict[str, Callable[..., Answer]] = {
    **families_fixed.ANSWERS,
    **{f"gs_bounds_{family}": _bounds(family) for family in _FAMILIES},
    "gs_bounds_obf_alpha_beta_spending_nonbinding": _beta_spending,
    "gs_inflation_and_expected_size": _inflation,
    "gs_means_sample_size": _sequential_means,
    "gs_survival_sample_size": _sequential_survival,
    "gs_power_nonbinding_futility": _sequential_power,
    "conditional_and_predictive_power": _conditional,
    "reestimated_stage2_n": _reestimated,
}
