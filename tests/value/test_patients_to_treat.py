"""Patients to treat: from numbers, from counts, and from a fitted trial."""

from dataclasses import replace

import numpy as np
import pytest
from statsmodels.stats.contingency_tables import Table2x2

from ite.errors import SubgroupError, ValuationError
from ite.estimation.result import EffectEstimate
from ite.subgroup.slice import Slice, compare_slice
from ite.trial.data import TrialData
from ite.trial.roles import Roles
from ite.value.arm_risks import ArmRisks, relative_effect, risk_of_counts
from ite.value.patients_of_trial import TrialPatients, patients_from_trial
from ite.value.patients_to_treat import (
    AbsoluteChange,
    NumbersNeeded,
    PatientsToTreat,
    TwoArms,
    patients_from_arms,
    patients_from_numbers,
)
from ite.value.risk_difference import TwoRisks
from tests.charts.examples import ARM, binary_trial, continuous_trial, effects_of, survival_trial


def counts(treated: tuple[int, int], control: tuple[int, int]) -> TwoRisks:
    return TwoRisks(events_treated=treated[0], n_treated=treated[1], events_control=control[0], n_control=control[1])


@pytest.mark.known_truth
def test_numbers_are_told_as_differences() -> None:
    found = patients_from_numbers(NumbersNeeded(nnt=5, nnh=133))
    assert found.frame["patients_per_event"].to_numpy() == pytest.approx([5, 133])
    assert found.likelihood_helped_or_harmed == pytest.approx(26.6)
    assert found.gain.number(good=True) is None


@pytest.mark.known_truth
def test_a_harm_runs_the_altman_way_towards_harm() -> None:
    harm = AbsoluteChange(difference=0.1, lower=-0.05, upper=0.25).number(good=False)
    assert harm is not None
    assert harm.text == "NNTH 10 (95 % interval NNTH 4 to infinity to NNTB 20)"


@pytest.mark.known_truth
def test_harms_that_are_not_known_stay_so() -> None:
    found = PatientsToTreat(gain=AbsoluteChange(difference=-0.1))
    assert found.likelihood_helped_or_harmed is None
    assert found.frame["outcome"].tolist() == ["good outcomes"]
    icons = found.icons(100)
    assert (icons.helped, icons.harmed) == (0, 10)


@pytest.mark.independent
@pytest.mark.parametrize(("treated", "control"), [((56, 70), (48, 80)), ((3, 40), (9, 31)), ((118, 120), (90, 95))])
def test_relative_effects_are_those_of_statsmodels(treated: tuple[int, int], control: tuple[int, int]) -> None:
    found = patients_from_arms(TwoArms(outcomes=counts(treated, control)))
    assert found.risks is not None
    table = Table2x2([[n - good, good] for good, n in (treated, control)])
    for measure, estimate, limits in (
        ("risk ratio", table.riskratio, table.riskratio_confint()),
        ("odds ratio", table.oddsratio, table.oddsratio_confint()),
    ):
        effect = relative_effect(measure, found.risks)  # type: ignore[arg-type]
        assert (effect.estimate, effect.lower, effect.upper) == pytest.approx((estimate, *limits))


@pytest.mark.known_truth
def test_a_ratio_without_events_has_no_limits_or_is_refused() -> None:
    some, none, everybody = risk_of_counts(5, 20), risk_of_counts(0, 20), risk_of_counts(20, 20)
    assert relative_effect("odds ratio", ArmRisks(treated=none, control=some)).upper is None
    assert relative_effect("risk ratio", ArmRisks(treated=everybody, control=some)).estimate == pytest.approx(4)
    with pytest.raises(ValuationError, match="an arm has a risk of 0 %"):
        relative_effect("risk ratio", ArmRisks(treated=some, control=none))
    with pytest.raises(ValuationError, match="an arm has a risk of 100 %"):
        relative_effect("odds ratio", ArmRisks(treated=everybody, control=some))


@pytest.mark.known_truth
@pytest.mark.parametrize("good", [True, False])
def test_a_binary_trial_gives_its_average_and_the_crude_risks_of_what_is_bad(good: bool) -> None:  # noqa: FBT001
    trial = binary_trial(400)
    frame = trial.frame.assign(response=trial.frame["response"].astype(float))
    frame.loc[:19, "response"] = np.nan
    roles = trial.roles.model_copy(update={"higher_is_better": good})
    trial = TrialData.from_frame(frame, roles, name="with missing outcomes")
    effects = _in_shares(trial)
    found = patients_from_trial(trial, effects, TrialPatients(arm=ARM, nnh=50))
    assert (found.gain.difference, found.gain.lower, found.gain.upper) == (0.2, 0.1, 0.3)
    assert found.likelihood_helped_or_harmed == pytest.approx(10)
    response = frame.groupby("arm")["response"].mean()
    assert found.risks is not None
    assert found.risks.treated.risk == pytest.approx(1 - response[ARM] if good else response[ARM])
    assert found.risks.control.risk == pytest.approx(1 - response["placebo"] if good else response["placebo"])


@pytest.mark.known_truth
def test_a_slice_has_the_interval_that_allows_for_its_choice() -> None:
    trial = binary_trial(600)
    effects = _in_shares(trial)
    chosen = Slice(name="high", axis="marker", arm=ARM, lower=50.0)
    found = patients_from_trial(trial, effects, TrialPatients(arm=ARM, chosen=chosen))
    expected = compare_slice(trial, effects, chosen, seed=effects.spec.seed).frame.loc["slice"]
    assert (found.gain.difference, found.gain.lower) == pytest.approx((expected["estimate"], expected["lower"]))
    inside = trial.frame[trial.frame["marker"] > 50]
    assert found.risks is not None
    assert found.risks.control.risk == pytest.approx(1 - inside.loc[inside["arm"] == "placebo", "response"].mean())


@pytest.mark.known_truth
def test_without_censoring_a_time_to_event_is_a_share() -> None:
    rng = np.random.default_rng(3)
    arm = rng.choice(["placebo", ARM], 500)
    time = rng.exponential(np.where(arm == ARM, 900, 600)).round() + 1
    frame = survival_trial(500).frame.assign(arm=arm, days=time, death=1)
    roles = Roles(treatment="arm", control="placebo", time="days", event="death", covariates=("marker", "sex"))
    trial = TrialData.from_frame(frame, roles, name="followed to the end")
    effects = effects_of(trial, scale="difference in restricted mean")
    effects = replace(effects, spec=effects.spec.model_copy(update={"horizon": 500.0}))
    found = patients_from_trial(trial, effects, TrialPatients(arm=ARM))
    free = [(time[arm == name] > 500).mean() for name in (ARM, "placebo")]
    assert found.gain.difference == pytest.approx(free[0] - free[1])
    se = np.sqrt(
        sum(share * (1 - share) / (arm == name).sum() for share, name in zip(free, (ARM, "placebo"), strict=True))
    )
    assert found.gain.upper == pytest.approx(free[0] - free[1] + 1.959963984540054 * se)


@pytest.mark.known_truth
def test_what_is_not_defined_is_refused_with_the_way_to_it() -> None:
    trial = continuous_trial()
    with pytest.raises(ValuationError, match="type them as counts of two arms"):
        patients_from_trial(trial, effects_of(trial), TrialPatients(arm=ARM))
    timed = survival_trial()
    effects = effects_of(timed)
    effects = replace(effects, spec=effects.spec.model_copy(update={"horizon": 500.0}))
    chosen = Slice(name="high", axis="marker", arm=ARM, lower=50.0)
    with pytest.raises(ValuationError, match="Choose everybody"):
        patients_from_trial(timed, effects, TrialPatients(arm=ARM, chosen=chosen))
    with pytest.raises(SubgroupError):
        patients_from_trial(timed, effects, TrialPatients(arm="other"))


def _in_shares(trial: TrialData) -> EffectEstimate:
    effects = effects_of(trial, scale="risk difference")
    ate = effects.ate.assign(estimate=0.2, se=0.05, lower=0.1, upper=0.3)
    return replace(effects, ate=ate, scores=0.2 + (effects.scores - effects.scores.mean()) / 10)
