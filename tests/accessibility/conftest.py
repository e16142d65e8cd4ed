from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browsing import FIT, Server, Visitor, chromium, running_app, visitor
from tests.journeys.steps import cancel_fit

SAMPLE = "simulated"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with running_app(tmp_path_factory.mktemp("server")) as started:
        yield started


@pytest.fixture(scope="module", params=["light", "dark"])
def newcomer(request: pytest.FixtureRequest, server: Server, browser: Browser) -> Iterator[Visitor]:
    """Someone who has opened nothing yet."""
    with visitor(server, browser, request.param) as person:
        yield person


@pytest.fixture(scope="module", params=["light", "dark"])
def analyst(request: pytest.FixtureRequest, server: Server, browser: Browser) -> Iterator[Visitor]:
    """Someone who looks at a sample whose preview is enough."""
    with visitor(server, browser, request.param) as person:
        person.open(f"/effects?sample={SAMPLE}")
        person.see("Verdict:", within=FIT)
        cancel_fit(person)
        yield person
