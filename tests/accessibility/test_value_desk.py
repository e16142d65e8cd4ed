"""axe-core finds nothing on any part of the decision desk and on any demonstration of the causality lab."""

from urllib.parse import urlencode

import pytest
from playwright.sync_api import expect

from tests.accessibility.test_axe import findings
from tests.browsing import SOON, Visitor

PARTS = {"Dose or duration": "How much, or how long, to treat?", "Threshold": "Which predicted benefit is worth"}
LABS = {
    "Compliers": "Whose effect does an instrument show?",
    "Instrument": "What does an instrument say",
    "Crossover": "What does crossover leave",
    "Mix of patients": "in the same mix of patients?",
    "Unmeasured confounder": "How strong would a hidden confounder",
}


@pytest.mark.journey
@pytest.mark.parametrize("part", PARTS)
def test_each_part_of_the_decision_desk_is_accessible(newcomer: Visitor, part: str) -> None:
    newcomer.open(f"/value?{urlencode({'question': 'Decision desk'})}")
    newcomer.page.get_by_role("radio", name=part).check(timeout=SOON, force=True)
    newcomer.see_heading(PARTS[part])
    newcomer.settled()
    assert findings(newcomer) == []


@pytest.mark.journey
@pytest.mark.parametrize("lab", LABS)
def test_each_demonstration_of_the_lab_is_accessible(newcomer: Visitor, lab: str) -> None:
    newcomer.open("/value")
    newcomer.page.get_by_role("button", name="Causality lab").click(timeout=SOON)
    dialog = newcomer.page.get_by_role("dialog")
    dialog.get_by_role("radio", name=lab).check(timeout=SOON, force=True)
    expect(dialog.get_by_role("heading", name=LABS[lab])).to_be_visible(timeout=SOON)
    newcomer.settled()
    assert findings(newcomer) == []
