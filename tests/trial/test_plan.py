"""A plan says what is asked, of which trial, and when."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from pydantic import ValidationError

from ite.errors import CheckError
from ite.study import Study, with_plan, with_trial
from ite.trial.plan import AnalysisPlan
from tests.estimation.trials import small_trial

NOON = datetime(2026, 3, 2, 12, 5, tzinfo=UTC)


def written(**changes: object) -> AnalysisPlan:
    given = {"question": "Do older patients gain less?", "recorded": NOON, "before_effects": True}
    return AnalysisPlan.model_validate(given | changes)


@pytest.mark.known_truth
def test_a_plan_says_when_it_was_written_and_what_it_expects() -> None:
    assert written().in_words() == "Plan of 02 March 2026, 12:05 UTC, before any effect was seen: an open search."
    late = written(modifiers=("x0", "x1"), before_effects=False)
    assert late.in_words().endswith("after effects had been seen: expected effect modifiers: x0, x1.")
    assert AnalysisPlan.model_validate_json(late.model_dump_json()) == late


@pytest.mark.known_truth
def test_a_plan_that_says_nothing_or_has_no_time_zone_is_refused() -> None:
    with pytest.raises(CheckError, match="no text was given"):
        written(question="  ")
    with pytest.raises((CheckError, ValidationError), match="Time"):
        written(recorded=NOON.replace(tzinfo=None))
    with pytest.raises(CheckError, match="What is asked"):
        written(question="x" * 401)


@pytest.mark.known_truth
def test_expected_modifiers_are_covariates_of_the_trial() -> None:
    trial = small_trial()
    assert written(modifiers=("x1",)).of(trial).modifiers == ("x1",)
    with pytest.raises(CheckError, match=r"but weight is not\. Choose among x0, x1, x2"):
        written(modifiers=("weight",)).of(trial)


@pytest.mark.known_truth
def test_a_replaced_plan_stays_in_the_log_and_another_file_has_none() -> None:
    study = with_plan(with_trial(Study(), small_trial()), written())
    assert study.log == ()
    changed = with_plan(study, written(modifiers=("x0",)))
    assert changed.log == (f"Replaced: {written().in_words()}",)
    assert with_trial(changed, small_trial(n=90, seed=4)).plan is not None, "new roles on the same file keep it"
    other = with_trial(changed, replace(small_trial(n=90, seed=4), name="other"))
    assert other.plan is None
