"""axe-core finds nothing on the questions of the Allocation page, typed and from a trial."""

from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, expect

from tests.accessibility.test_axe import findings
from tests.browsing import FIT, SOON, Server, Visitor, visitor
from tests.journeys.steps import cancel_fit

#: Where each question asks for the trial, what is chosen there, and what is then seen.
FROM_TRIAL = {
    "Inequality": ("Groups from", "From this trial", "By these estimates inequality"),
    # No trial that comes with Stratagem has an outcome that happens or not: the refusal is what is seen.
    "Prevention": ("Risks", "Predicted by this trial", "Predicted risks need a binary outcome"),
}


@pytest.fixture(scope="module", params=["light", "dark"])
def analyst_of_times(request: pytest.FixtureRequest, server: Server, browser: Browser) -> Iterator[Visitor]:
    """Someone who looks at a sample whose outcome is a time, so that groups have a level."""
    with visitor(server, browser, request.param) as person:
        person.open("/effects?sample=actg320")
        person.see("Verdict:", within=FIT)
        cancel_fit(person)
        yield person


@pytest.mark.journey
@pytest.mark.parametrize("question", ["Groups typed in", "Prevention", "Inequality"])
def test_a_question_of_allocation_is_accessible(newcomer: Visitor, question: str) -> None:
    newcomer.open(f"/allocation?{urlencode({'question': question})}")
    expect(newcomer.page.get_by_role("radio", name=question)).to_be_checked(timeout=SOON)
    newcomer.settled()
    assert findings(newcomer) == []


@pytest.mark.journey
@pytest.mark.parametrize("question", FROM_TRIAL)
def test_a_question_of_allocation_about_a_trial_is_accessible(analyst_of_times: Visitor, question: str) -> None:
    person, (field, source, seen) = analyst_of_times, FROM_TRIAL[question]
    person.go("Allocation")
    person.see_heading("Who should get it?")
    person.page.get_by_role("radio", name=question).check(timeout=SOON, force=True)
    person.page.get_by_role("combobox", name=field, exact=True).click(timeout=SOON)
    person.page.get_by_role("option", name=source, exact=True).click(timeout=SOON)
    person.see(seen)
    person.settled()
    assert findings(person) == []
