"""axe-core finds nothing on any page, light and dark, empty and loaded, beyond a short list with reasons."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from pages.panels.design.question import QUESTIONS
from pages.panels.effects.question import QUESTIONS as EFFECT_QUESTIONS
from pages.panels.value.question import QUESTIONS as VALUE_QUESTIONS
from tests.browsing import PAGES, SOON, Visitor


@dataclass(frozen=True)
class Allowed:
    """A finding that only Streamlit can mend: the rule, the element, and why."""

    rule: str
    selector: str
    reason: str


ALLOWED = (
    Allowed(
        "presentation-role-conflict",
        '[data-testid="stFileUploaderDropzone"]',
        "Streamlit's uploader (1.67) gives its focusable drop zone the role 'presentation' (react-dropzone's); "
        "the button inside it is named and reachable by keyboard.",
    ),
)


def findings(person: Visitor) -> list[str]:
    """What axe-core reports on the page as it stands, without what is allowed."""
    response = Axe().run(person.page).response
    return [
        f"{violation['id']}: {violation['help']}: {node['target']} {node['html'][:160]}"
        for violation in response["violations"]
        for node in violation["nodes"]
        if not _is_allowed(person, violation["id"], node)
    ]


def _is_allowed(person: Visitor, rule: str, node: dict[str, Any]) -> bool:
    element = person.page.locator(node["target"][0]).first if isinstance(node["target"][0], str) else None
    return element is not None and any(
        allowed.rule == rule and element.evaluate("(found, selector) => found.matches(selector)", allowed.selector)
        for allowed in ALLOWED
    )


@pytest.mark.journey
@pytest.mark.parametrize("title", PAGES)
def test_an_empty_page_is_accessible(newcomer: Visitor, title: str) -> None:
    newcomer.open(PAGES[title])
    newcomer.see("No trial yet")
    newcomer.settled()
    assert findings(newcomer) == []


@pytest.mark.journey
@pytest.mark.parametrize("title", PAGES)
def test_a_loaded_page_is_accessible(analyst: Visitor, title: str) -> None:
    analyst.go(title)
    analyst.settled()
    assert findings(analyst) == []


@pytest.mark.journey
@pytest.mark.parametrize("question", [question.words for question in EFFECT_QUESTIONS])
def test_a_question_about_who_benefits_is_accessible(analyst: Visitor, question: str) -> None:
    analyst.go("Effects")
    analyst.page.get_by_role("radio", name=question).check(timeout=SOON, force=True)
    # The server writes the question into the link: until then the answer to the last one stands there, fading.
    analyst.page.wait_for_url(lambda link: parse_qs(urlsplit(link).query).get("question") == [question], timeout=SOON)
    analyst.settled()
    analyst.see_heading("Who benefits, and how sure are we?")
    assert findings(analyst) == []


@pytest.mark.journey
@pytest.mark.parametrize("question", [question.words for question in QUESTIONS])
def test_a_question_about_the_next_trial_is_accessible(newcomer: Visitor, question: str) -> None:
    newcomer.open(f"{PAGES['Trial design']}?{urlencode({'question': question})}")
    expect(newcomer.page.get_by_role("radio", name=question)).to_be_checked(timeout=SOON)
    newcomer.settled()
    assert findings(newcomer) == []


@pytest.mark.journey
@pytest.mark.parametrize("way", ["Top share", "Two markers"])
def test_the_next_trial_from_a_fitted_one_is_accessible(analyst: Visitor, way: str) -> None:
    analyst.go("Trial design")
    analyst.page.get_by_role("radio", name="From this trial").check(timeout=SOON, force=True)
    analyst.page.get_by_role("combobox", name="Enrol by").click(timeout=SOON)
    analyst.page.get_by_role("option", name=way, exact=True).click(timeout=SOON)
    analyst.settled()
    analyst.see_heading("Assurance")
    analyst.see_heading("The rule to enrol by")
    assert findings(analyst) == []


@pytest.mark.journey
@pytest.mark.parametrize("question", [question.words for question in VALUE_QUESTIONS])
def test_a_question_about_value_is_accessible(newcomer: Visitor, question: str) -> None:
    newcomer.open(f"/value?{urlencode({'question': question})}")
    expect(newcomer.page.get_by_role("radio", name=question)).to_be_checked(timeout=SOON)
    newcomer.settled()
    newcomer.see_heading("What is it worth?")
    assert findings(newcomer) == []


@pytest.mark.journey
@pytest.mark.parametrize("figures", ["Counts of two arms", "From this trial"])
def test_patients_to_treat_are_accessible_with_a_trial(analyst: Visitor, figures: str) -> None:
    analyst.go("Value")
    analyst.page.get_by_role("radio", name="Patients to treat").check(timeout=SOON, force=True)
    analyst.settled()
    analyst.page.get_by_role("combobox", name="Figures").click(timeout=SOON)
    analyst.page.get_by_role("option", name=figures, exact=True).click(timeout=SOON)
    analyst.settled()
    assert findings(analyst) == []


@pytest.mark.journey
def test_axe_finds_what_is_wrong(newcomer: Visitor) -> None:
    newcomer.page.set_content('<main lang="en"><img src="data:," ><button></button></main>')
    assert {finding.split(":")[0] for finding in findings(newcomer)} >= {"button-name", "image-alt"}


@pytest.mark.known_truth
def test_the_list_of_exceptions_stays_short() -> None:
    assert len(ALLOWED) <= 5
    assert all(allowed.reason and allowed.selector for allowed in ALLOWED)
