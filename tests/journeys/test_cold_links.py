"""A deep link to a page of a server that has served nobody yet shows the page in its frame."""

import pytest

from tests.browsing import PAGES
from tests.journeys.conftest import Visit


@pytest.mark.journey
@pytest.mark.parametrize("title", PAGES)
def test_a_cold_deep_link_shows_the_frame(visit: Visit, title: str) -> None:
    someone = visit()
    someone.open(PAGES[title])
    for link in PAGES:
        someone.page.get_by_test_id("stSidebarNav").get_by_role("link", name=link).wait_for()
    someone.see("No trial yet")
    someone.settled()
    assert someone.page.get_by_role("heading", level=1).count() == 1
    links = someone.page.get_by_test_id("stSidebarNav").get_by_role("link")
    assert [name.strip() for name in links.all_inner_texts()] == list(PAGES), "the frame is not ours"
