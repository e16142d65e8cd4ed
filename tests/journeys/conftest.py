from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browsing import Server, Visitor, chromium, running_app, visitor

Visit = Callable[..., Visitor]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    with running_app(tmp_path) as started:
        yield started


@pytest.fixture
def visit(server: Server, browser: Browser) -> Iterator[Visit]:
    """Let people in; when the test ends each one's screen is checked for crashes and outside requests."""
    with ExitStack() as people:
        make: Callable[..., AbstractContextManager[Visitor]] = partial(visitor, server, browser)
        yield lambda **wishes: people.enter_context(make(**wishes))
