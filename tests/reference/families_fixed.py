"""Answers to the reference cases of designs with one analysis."""

from collections.abc import Callable
from typing import Any

from ite.design.fixed.assurance import assurance
from ite.design.fixed.calendar_limits import patients_for_events
from ite.design.fixed.design import Endpoint, plan_fixed
from ite.design.fixed.event_times import EventTimes, event_probabilities, expected_events, hazard_of_median
from ite.design.fixed.log_rank import LogRank
from ite.design.fixed.means import Means
from ite.design.fixed.piecewise import Piecewise
from ite.design.fixed.rates import Rates
from ite.design.fixed.two_populations import TwoPopulations, two_populations_power, unadjusted_family_wise_error

Answer = dict[str, Any]


def _patients(endpoint: Endpoint, alpha: float, power: float) -> Answer:
    design = plan_fixed(endpoint, alpha=alpha, power=power)
    return {"n_treatment": design.n_treatment, "n_control": design.n_control, "n_total": design.n_total}


def _means_size(test: str) -> Callable[..., Answer]:
    def answer(*, alpha_one_sided: float, power: float, **assumed: float) -> Answer:
        return _patients(Means(test=test, **assumed), alpha_one_sided, power)

    return answer


def _means_t_power(
    *, mean_difference: float, sd: float, n_treatment: float, n_control: float, alpha_two_sided: float
) -> Answer:
    means = Means(mean_difference=mean_difference, sd=sd, test="t", allocation_ratio=n_treatment / n_control)
    return {"power": means.power(n_treatment + n_control, alpha=alpha_two_sided / 2, both_tails=True)}


def _rates_size(null_variance: str) -> Callable[..., Answer]:
    def answer(*, alpha_one_sided: float, power: float, **assumed: float) -> Answer:
        return _patients(Rates(null_variance=null_variance, **assumed), alpha_one_sided, power)

    return answer


def _rates_power(*, n_total: float, alpha_one_sided: float, **assumed: Any) -> Answer:  # noqa: ANN401 - as in the file
    return {"power": Rates(**assumed).power(n_total, alpha=alpha_one_sided)}


def _log_rank_events(formula: str) -> Callable[..., Answer]:
    def answer(*, alpha_one_sided: float, power: float, **assumed: float) -> Answer:
        return {"events": plan_fixed(LogRank(formula=formula, **assumed), alpha=alpha_one_sided, power=power).events}

    return answer


def _log_rank_power(*, events: float, alpha_one_sided: float, **assumed: float) -> Answer:
    return {"power": LogRank(**assumed).power(events, alpha=alpha_one_sided)}


def exponential_event_times(
    hazard_ratio: float,
    median_control_months: float,
    accrual_months: float,
    allocation_ratio: float,
    dropout_hazard_per_month: float = 0.0,
) -> EventTimes:
    return EventTimes(
        control_hazard=hazard_of_median(median_control_months),
        hazard_ratio=Piecewise.constant(hazard_ratio),
        dropout_hazard=Piecewise.constant(dropout_hazard_per_month),
        accrual_months=accrual_months,
        allocation_ratio=allocation_ratio,
    )


def _survival_size(*, min_followup_months: float, alpha_one_sided: float, power: float, **assumed: float) -> Answer:
    times, month = exponential_event_times(**assumed), assumed["accrual_months"] + min_followup_months
    log_rank = LogRank(hazard_ratio=assumed["hazard_ratio"], allocation_ratio=assumed["allocation_ratio"])
    treatment, control = event_probabilities(times, month)
    events = log_rank.size(alpha=alpha_one_sided, power=power)
    return {
        "event_prob_control": float(control),
        "event_prob_treatment": float(treatment),
        "n_total": patients_for_events(times, events=events, month=month),
    }


def _events_by_time(*, n_total: float, times_months: list[float], **assumed: float) -> Answer:
    course = expected_events(exponential_event_times(**assumed), times_months, n_total=n_total)
    return {"expected_events": course["events"].tolist()}


def _full_and_subgroup(*, alpha_one_sided: float, **assumed: float) -> Answer:
    power = two_populations_power(TwoPopulations(alpha=alpha_one_sided, **assumed))
    return {
        "corr": power.correlation,
        "spiessens_debois_critical_z": power.spiessens_debois_bound,
        "disjunctive_spiessens_debois": power.disjunctive_spiessens_debois,
        "disjunctive_bonferroni": power.disjunctive_bonferroni,
        "disjunctive_simes": power.disjunctive_simes,
        "conjunctive_simes": power.conjunctive_simes,
        "marginal_power_S_unadjusted": power.unadjusted_subgroup,
        "marginal_power_F_unadjusted": power.unadjusted_full,
        "conjunctive_bonferroni_closed": power.conjunctive_bonferroni,
    }


def _unadjusted(*, prevalence: float, alpha_one_sided: float) -> Answer:
    return {"fwer_two_unadjusted_tests": unadjusted_family_wise_error(prevalence, alpha_one_sided)}


def _assurance(
    *, n_per_arm: float, prior_mean_difference: float, prior_sd: float, outcome_sd: float, alpha_one_sided: float
) -> Answer:
    means, size = Means(mean_difference=prior_mean_difference, sd=outcome_sd), 2 * n_per_arm
    return {
        "power_at_mean": means.power(size, alpha=alpha_one_sided),
        "assurance": assurance(means, size, prior_sd=prior_sd, alpha=alpha_one_sided),
    }


ANSWERS: dict[str, Callable[..., Answer]] = {
    "fixed_means_z_sample_size": _means_size("z"),
    "fixed_means_t_sample_size": _means_size("t"),
    "fixed_means_t_power": _means_t_power,
    "fixed_rates_z_pooled_sample_size": _rates_size("pooled"),
    "fixed_rates_z_unpooled_sample_size": _rates_size("unpooled"),
    "fixed_rates_z_pooled_power": _rates_power,
    "logrank_schoenfeld_events": _log_rank_events("schoenfeld"),
    "logrank_freedman_events": _log_rank_events("freedman"),
    "logrank_schoenfeld_power": _log_rank_power,
    "survival_sample_size_uniform_accrual": _survival_size,
    "survival_expected_events_by_time": _events_by_time,
    "full_and_subgroup_fixed_power": _full_and_subgroup,
    "fwer_two_unadjusted_tests": _unadjusted,
    "assurance_normal_prior": _assurance,
}
