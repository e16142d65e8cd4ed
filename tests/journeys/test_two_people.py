"""Two people at one server: one cancels, the other's fit finishes, and neither sees the other's data."""

import pytest
from playwright.sync_api import expect

from ite.trial.samples import SAMPLES
from tests.browsing import SOON
from tests.journeys.conftest import Visit
from tests.journeys.steps import cancel_fit, wait_for_default_fit


@pytest.mark.journey
def test_cancelling_ends_one_persons_fit_only(visit: Visit) -> None:
    first, second = visit(), visit()
    first.open_sample(SAMPLES[0].title)
    second.open_sample(SAMPLES[2].title)
    cancel_fit(first)
    wait_for_default_fit(second)
    second.see("Verdict: no evidence")
    expect(first.page.get_by_text("The fit was cancelled.")).to_be_visible(timeout=SOON)
    assert SAMPLES[2].title not in first.text()
    assert SAMPLES[0].title not in second.text()
    third = visit()
    third.open("/effects")
    third.see("No trial yet")
