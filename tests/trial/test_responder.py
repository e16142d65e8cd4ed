"""Responders: who counts as one, what is refused, and the share of them over every threshold."""

import numpy as np
import pandas as pd
import pytest
from scipy.stats import norm

import ite
from ite.errors import RoleError
from ite.evaluation.second_outcome import second_outcome_roles
from ite.report.code import build, trial_code
from ite.trial.data import TrialData
from ite.trial.outcome import describe_outcome
from ite.trial.responder import ResponderDefinition
from ite.trial.responder_shares import share_by_threshold
from ite.trial.roles import Roles

pytestmark = pytest.mark.known_truth
PAIN = ResponderDefinition(threshold=30, baseline="before", higher_is_better=False, percent=True)


def roles(definition: ResponderDefinition | None, **changes: object) -> Roles:
    given = {"treatment": "arm", "control": "placebo", "outcome": "pain", "covariates": ("age",)}
    return Roles(**(given | changes), responder=definition)


def frame() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "arm": ["placebo", "placebo", "placebo", "active", "active", "active"],
            "before": [8.0, 6.0, 5.0, 8.0, 6.0, 5.0],
            "pain": [8.0, 4.2, 5.0, 4.0, 4.5, np.nan],
            "age": [40, 50, 60, 45, 55, 65],
        }
    )


def responses(definition: ResponderDefinition, table: pd.DataFrame | None = None) -> list[float]:
    return TrialData.from_frame(frame() if table is None else table, roles(definition)).outcome.tolist()


@pytest.mark.parametrize(
    ("definition", "expected"),
    [
        (PAIN, [0, 1, 0, 1, 0]),  # 6 to 4.2 is 30 % exactly, though not in binary fractions
        (PAIN.model_copy(update={"percent": False, "threshold": 1.5}), [0, 1, 0, 1, 1]),
        (ResponderDefinition(threshold=4.5, higher_is_better=False), [0, 1, 0, 1, 1]),
        (ResponderDefinition(threshold=4.5), [1, 0, 1, 0, 1]),
    ],
)
def test_who_reaches_the_threshold_is_a_responder(definition: ResponderDefinition, expected: list[float]) -> None:
    found = responses(definition)
    assert found[:5] == expected
    assert np.isnan(found[5])


def test_a_missing_baseline_leaves_the_response_unknown() -> None:
    table = frame()
    table.loc[1, "before"] = np.nan
    assert np.isnan(responses(PAIN, table)[1])


def test_everything_downstream_meets_a_two_level_outcome_that_is_good() -> None:
    trial = TrialData.from_frame(frame(), roles(PAIN))
    assert trial.outcome_kind == "binary"
    assert list(trial.frame.columns) == ["arm", "before", "pain", "age"]
    assert trial.spoken("pain") == "response (pain 30 % down from before)"
    summary = describe_outcome(trial)
    assert summary.arms["value"].tolist() == pytest.approx([1 / 3, 1 / 2])
    assert summary.scale == "proportion with response (pain 30 % down from before)"
    assert summary.differences["estimate"].iloc[0] == pytest.approx(1 / 6)


def test_the_definition_travels_with_the_roles() -> None:
    asked = roles(PAIN)
    assert Roles.model_validate_json(asked.model_dump_json()) == asked
    assert "responder=ite.ResponderDefinition(" in trial_code("pain.csv", asked)
    assert eval(build(PAIN), {"ite": ite}) == PAIN  # noqa: S307 - this is the test
    assert eval(build(asked), {"ite": ite}) == asked  # noqa: S307 - as above
    assert second_outcome_roles(asked, column="before").responder is None
    one, other = (TrialData.from_frame(frame(), roles(each)).digest for each in (PAIN, None))
    assert one != other


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"threshold": 0.0, "baseline": "before"}, "above 0, but is 0"),
        ({"threshold": 5.0, "percent": True}, "needs the value before treatment"),
        ({"threshold": float("nan")}, "Threshold"),
    ],
)
def test_impossible_definitions_are_refused_in_words(changes: dict[str, object], words: str) -> None:
    with pytest.raises(RoleError, match=words):
        ResponderDefinition(**changes)


def test_definitions_that_do_not_fit_the_trial_are_refused_in_words() -> None:
    with pytest.raises(RoleError, match="Nobody would be a responder at a threshold of 90"):
        responses(PAIN.model_copy(update={"threshold": 90.0}))
    with pytest.raises(RoleError, match=r"Everybody would be a responder at a threshold of 9; .* between 4 and 8"):
        responses(ResponderDefinition(threshold=9, higher_is_better=False))
    with pytest.raises(RoleError, match="'before' holds 0 in row 3"):
        responses(PAIN, frame().assign(before=[8.0, 6.0, 0.0, 8.0, 6.0, 5.0]))
    with pytest.raises(RoleError, match="stays true"):
        roles(PAIN, higher_is_better=False)
    with pytest.raises(RoleError, match="has another part already"):
        roles(PAIN.model_copy(update={"baseline": "pain"}))
    with pytest.raises(RoleError, match="from a measured outcome"):
        roles(PAIN, outcome=None, time="days", event="dead")
    with pytest.raises(RoleError, match="no column 'before'"):
        responses(PAIN, frame().drop(columns="before"))


def test_the_shares_over_thresholds_are_those_of_the_distribution() -> None:
    rng = np.random.default_rng(1)
    n = 40_000
    arm = rng.permutation(n) % 2
    gain = rng.normal(2 + 3 * arm, 5)
    before = rng.uniform(50, 90, n)
    table = pd.DataFrame({"arm": np.where(arm == 1, "active", "placebo"), "before": before, "pain": before - gain})
    definition = ResponderDefinition(threshold=5, baseline="before", higher_is_better=False)
    trial = TrialData.from_frame(table.assign(age=50.0 + arm), roles(definition))
    shares = share_by_threshold(trial)
    assert shares.groupby("arm")["chosen"].sum().tolist() == [1, 1]
    at = shares[shares["chosen"]].set_index("arm")["share"]
    assert at.to_dict() == pytest.approx(
        {label: trial.outcome[trial.arm_index == place].mean() for place, label in enumerate(trial.arms)}
    )
    for place, label in enumerate(("placebo", "active")):
        own = shares[shares["arm"] == label]
        assert own["share"].is_monotonic_decreasing
        expected = norm.sf(own["threshold"], 2 + 3 * place, 5)
        assert np.abs(own["share"] - expected).max() < 4 * 0.5 / np.sqrt(n / 2)


def test_thresholds_of_a_value_that_is_better_low_keep_their_own_numbers() -> None:
    trial = TrialData.from_frame(frame(), roles(ResponderDefinition(threshold=4.5, higher_is_better=False)))
    active = share_by_threshold(trial).query("arm == 'active'").set_index("threshold")["share"]
    assert active.to_dict() == {8.0: 1.0, 5.0: 1.0, 4.5: 1.0, 4.2: 0.5, 4.0: 0.5}
    with pytest.raises(RoleError, match="count no responders"):
        share_by_threshold(TrialData.from_frame(frame(), roles(None)))
