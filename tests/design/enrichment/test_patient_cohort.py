"""Patients enter, have events and leave as assumed."""

import numpy as np
import pytest
from scipy import stats

from ite.design.enrichment.outcome import MeansByStratum
from ite.design.enrichment.patient_cohort import Patients, arm_hazards
from ite.design.enrichment.patient_level import PatientLevel
from ite.design.enrichment.patient_luck import Luck, draw_luck
from ite.design.enrichment.scenario import Scenario
from ite.design.fixed.piecewise import Piecewise
from ite.errors import DesignError
from tests.design.enrichment.patients import level, one_subgroup

TRIALS = 100


def luck_of(chosen: PatientLevel, scenario: Scenario, seed: int = 1) -> Luck:
    return draw_luck(chosen, scenario, TRIALS, np.random.default_rng(seed))


@pytest.mark.known_truth
def test_event_times_follow_the_hazard_of_arm_and_stratum() -> None:
    chosen = level(
        control_hazards=(Piecewise(levels=(0.02, 0.08), starts=(0, 12)), Piecewise(levels=(0.05,))),
        benefit_delay_months=4,
    )
    scenario = one_subgroup(0.5, 1.3)
    cohort = Patients(chosen, scenario).everybody(luck_of(chosen, scenario))
    cumulative = {
        (0, False): lambda t: 0.02 * np.minimum(t, 12) + 0.08 * np.maximum(t - 12, 0),
        (0, True): lambda t: 0.02 * np.minimum(t, 4) + 0.01 * np.clip(t - 4, 0, 8) + 0.04 * np.maximum(t - 12, 0),
        (1, False): lambda t: 0.05 * t,
        (1, True): lambda t: 0.05 * np.minimum(t, 4) + 0.065 * np.maximum(t - 4, 0),
    }
    for (stratum, treated), hazard in cumulative.items():
        months = cohort.months[(cohort.stratum == stratum) & (cohort.treated == treated)]
        assert stats.kstest(months, lambda t, hazard=hazard: 1 - np.exp(-hazard(t))).pvalue > 0.001
    assert cohort.event.all()


@pytest.mark.known_truth
def test_drop_out_competes_with_the_event() -> None:
    chosen = level(dropout_per_month=0.01)
    scenario = one_subgroup(1.0, 1.0)
    cohort = Patients(chosen, scenario).everybody(luck_of(chosen, scenario))
    n = cohort.event.size
    assert cohort.event.mean() == pytest.approx(0.75, abs=4 * np.sqrt(0.75 * 0.25 / n))
    assert cohort.months.mean() == pytest.approx(25, abs=4 * 25 / np.sqrt(n))


@pytest.mark.known_truth
def test_recruitment_of_the_subgroup_alone_is_slower_by_its_prevalence() -> None:
    scenario = one_subgroup(prevalence=0.25)
    everybody, subgroup = np.array([[True, True]]), np.array([[True, False]])
    recruited = np.concatenate([np.repeat(everybody, 50, axis=0), np.repeat(subgroup, 50, axis=0)])
    stop = np.full(TRIALS, 8.0)
    for keep, slower in (("screening", 4.0), ("enrolment", 1.0)):
        chosen = level(keep_enrolling=keep)
        patients, luck = Patients(chosen, scenario), luck_of(chosen, scenario)
        before = patients.everybody(luck)
        after = patients.restricted(luck, before, recruited, stop)
        # Where all strata go on nothing changes; elsewhere only later patients do.
        for name in ("entry", "stratum", "months"):
            one, other = getattr(before, name), getattr(after, name)
            np.testing.assert_allclose(one[:50], other[:50])
            early = before.entry <= 8
            np.testing.assert_allclose(one[early], other[early])
        late = before.entry[50:] > 8
        assert (after.stratum[50:][late] == 0).all()
        np.testing.assert_allclose((after.entry[50:] - 8)[late], slower * (before.entry[50:] - 8)[late])


@pytest.mark.known_truth
def test_responders_are_those_with_the_longest_survival_if_the_same_luck_decides() -> None:
    early = {"control": (0.3, 0.3), "treatment": (0.5, 0.5), "after_months": 0.0}
    scenario = one_subgroup(1.0, 1.0)
    for dependence in (0.0, 0.5, 1.0):
        chosen = level(early_response=early | {"dependence": dependence}, construction="separate_cohorts")
        luck = luck_of(chosen, scenario)
        cohort = Patients(chosen, scenario).everybody(luck)
        assert cohort.response is not None
        for treated, rate in ((True, 0.5), (False, 0.3)):
            who = cohort.treated == treated
            n = who.sum()
            assert cohort.response[who].mean() == pytest.approx(rate, abs=4 * np.sqrt(rate * (1 - rate) / n))
            longest = luck.survival > -np.log(rate)
            both = (cohort.response & longest)[who].mean()
            expected = dependence * rate + (1 - dependence) * rate**2
            assert both == pytest.approx(expected, abs=4 * np.sqrt(expected / n))


@pytest.mark.known_truth
def test_what_does_not_fit_is_refused() -> None:
    means = Scenario.one_subgroup(0.4, MeansByStratum(effects=(0.3, 0.1), sds=(1, 1)))
    with pytest.raises(DesignError, match="event times"):
        arm_hazards(level(), means)
    with pytest.raises(DesignError, match="one for each of the 2 strata; 3 were given"):
        arm_hazards(level(control_hazards=(Piecewise(levels=(0.1,)),) * 3), one_subgroup())
    with pytest.raises(DesignError, match="'women' is none of them"):
        Patients(level(events_counted_in="women"), one_subgroup())
