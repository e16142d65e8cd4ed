"""Code of the next trial: what it calls is the public call with the same settings."""

import ast
from typing import Any

import pytest

import ite
from ite.design.alternatives.resources import Resources
from ite.design.fitted.curve import enrolment_curve
from ite.design.fitted.spec import NextTrialSpec, TwoMarkerRule
from ite.report.next_trial_code import enrolment_code, next_trial_code
from ite.subgroup.slice import Slice
from tests.design.fitted.examples import ARM, fitted

pytestmark = pytest.mark.known_truth

TRIAL, EFFECTS = fitted(difference=0.8)
HIGH = Slice(name='high "marker"', axis="marker", arm=ARM, lower=0.5)
LOW = Slice(name="low prognosis", axis="prognosis", arm=ARM, upper=0.0)
ASKED = {
    "short": NextTrialSpec(arm=ARM, enrol=0.6),
    "benefit": NextTrialSpec(arm=ARM, min_benefit=0.2, n=300, looks=2),
    "priced": NextTrialSpec(
        arm=ARM, enrol="best", goal="cost", n=300, resources=Resources(cost_per_patient=1, cost_per_screen=2)
    ),
    "slice": NextTrialSpec(arm=ARM, slice=HIGH, n=300),
    "rule": NextTrialSpec(arm=ARM, rule=TwoMarkerRule(first=HIGH, second=LOW, combine="or"), n=300),
}


@pytest.fixture(autouse=True)
def _known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ite, "read_trial", lambda *_: TRIAL, raising=False)
    monkeypatch.setattr(ite, "estimate", lambda *_: EFFECTS, raising=False)


def run(code: str) -> dict[str, Any]:
    ast.parse(code)
    namespace: dict[str, Any] = {}
    exec(compile(code, "shown code", "exec"), namespace)  # noqa: S102 - this is the test
    return namespace


@pytest.mark.parametrize("name", ASKED)
def test_the_design_is_made_with_the_same_settings(name: str) -> None:
    code = next_trial_code("my file.csv", TRIAL.roles, EFFECTS.spec, ASKED[name], "effects.ate")
    assert "ite.Enrichment.from_effects(" in code
    assert run(code)["design"].spec == ASKED[name]


@pytest.mark.parametrize("name", ["short", "priced"])
def test_the_curve_is_that_of_the_same_settings(name: str) -> None:
    code = enrolment_code("my file.csv", TRIAL.roles, EFFECTS.spec, ASKED[name], enrolment_curve)
    expected = enrolment_curve(TRIAL, EFFECTS, ASKED[name]).frame
    assert run(code)["shown"].to_csv() == expected.to_csv()
