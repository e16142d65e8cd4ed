"""axe-core finds nothing on the questions of the Allocation page that need no trial."""

from urllib.parse import urlencode

import pytest
from playwright.sync_api import expect

from tests.accessibility.test_axe import findings
from tests.browsing import SOON, Visitor


@pytest.mark.journey
@pytest.mark.parametrize("question", ["Groups typed in", "Prevention", "Inequality"])
def test_a_question_of_allocation_is_accessible(newcomer: Visitor, question: str) -> None:
    newcomer.open(f"/allocation?{urlencode({'question': question})}")
    expect(newcomer.page.get_by_role("radio", name=question)).to_be_checked(timeout=SOON)
    newcomer.settled()
    assert findings(newcomer) == []
