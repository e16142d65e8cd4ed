"""axe-core finds nothing on any of the other designs, light and dark, each with all the results it can have."""

from urllib.parse import urlencode

import pytest
from playwright.sync_api import expect

from pages.panels.design.other import DESIGNS
from tests.accessibility.test_axe import findings
from tests.browsing import PAGES, SOON, Visitor

#: Of a design that does not begin with all its results: what brings them, and the heading of the last.
LINKS = {"Umbrella or platform": ({"pf-shares": "20, 10, 5", "pf-joins": "0, 0, 12"}, "With arms that join later")}


@pytest.mark.journey
@pytest.mark.parametrize("design", DESIGNS)
def test_each_other_design_is_accessible(newcomer: Visitor, design: str) -> None:
    link, last = LINKS.get(design, ({}, ""))
    newcomer.open(f"{PAGES['Trial design']}?{urlencode({'question': 'Other designs', 'other': design, **link})}")
    expect(newcomer.page.get_by_role("heading", level=2).first).to_be_visible(timeout=SOON)
    if last:
        newcomer.see_heading(last)
    newcomer.settled()
    assert findings(newcomer) == []
