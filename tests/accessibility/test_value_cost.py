"""axe-core finds nothing on cost-effectiveness and the value of knowing more, each with a trial."""

import pytest

from tests.accessibility.test_axe import findings
from tests.browsing import SOON, Visitor

VIEWS = {
    "Price and plane": "Is it worth its price?",
    "How sure": "What may the choice lose?",
    "By group": "What is deciding by group worth?",
}


def _open(analyst: Visitor, question: str) -> None:
    analyst.go("Value")
    analyst.page.get_by_role("radio", name=question).check(timeout=SOON, force=True)
    analyst.settled()
    analyst.page.get_by_role("radio", name="From this trial").check(timeout=SOON, force=True)


@pytest.mark.journey
@pytest.mark.parametrize("view", VIEWS)
def test_each_view_of_a_trials_cost_effectiveness_is_accessible(analyst: Visitor, view: str) -> None:
    _open(analyst, "Cost-effectiveness")
    analyst.page.get_by_role("radio", name=view).check(timeout=SOON, force=True)
    analyst.see_heading(VIEWS[view])
    analyst.settled()
    assert findings(analyst) == []


@pytest.mark.journey
def test_the_value_of_knowing_more_about_a_trial_is_accessible(analyst: Visitor) -> None:
    _open(analyst, "Value of knowing more")
    analyst.see_heading("How large a study is worth its cost?")
    analyst.settled()
    assert findings(analyst) == []
