"""The spare worker: ready for whoever comes next, and never in the way of somebody who waits for a first result."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from pages.ui import pool
from pages.ui.service import Service
from tests.pages import slow_calls

pytestmark = pytest.mark.known_truth
LONGEST_WAIT = 60.0


@pytest.fixture
def jobs(monkeypatch: pytest.MonkeyPatch) -> Iterator[Service]:
    monkeypatch.setattr(pool, "import_heavy", None)
    made = Service(slots=2)
    made.warm()
    yield made
    made.close()


def idle(jobs: Service, number: int) -> bool:
    """Whether that many workers wait for work, at the latest when everything under way has been settled."""
    until = time.monotonic() + LONGEST_WAIT
    while len(jobs._pool._idle) != number and time.monotonic() < until:
        time.sleep(0.01)
    return len(jobs._pool._idle) == number


def test_no_spare_starts_beside_a_quick_job_and_one_does_when_it_ends(jobs: Service, tmp_path: Path) -> None:
    assert idle(jobs, 1)
    first = jobs._pool._idle[0]
    jobs.start("ann", "fast", slow_calls.wait_for, str(tmp_path / "go"))
    jobs.start("ann", "full", slow_calls.wait_for, str(tmp_path / "end"), after="fast", background=True)
    assert jobs._pool._leased == {first}, "the warm worker is the one that is leased"
    assert jobs._pool._idle == []
    (tmp_path / "go").touch()
    assert idle(jobs, 1), "the long job runs in the background: now the spare warms up"
    assert jobs.status("ann", "full").state == "running"
    (tmp_path / "end").touch()


def test_whoever_comes_during_a_quick_job_gets_a_worker_at_once(jobs: Service, tmp_path: Path) -> None:
    jobs.start("ann", "fast", slow_calls.wait_for, str(tmp_path / "never"))
    jobs.start("bob", "fast", slow_calls.count, 2, 0.0)
    assert jobs.status("bob", "fast").state == "running"
    assert idle(jobs, 1), "bob's worker is kept for the next job"
    assert jobs.status("bob", "fast").result == 2


def test_a_cancelled_jobs_worker_is_replaced_before_anybody_asks(jobs: Service, tmp_path: Path) -> None:
    first = jobs._pool._idle[0]
    jobs.start("ann", "fast", slow_calls.wait_for, str(tmp_path / "never"))
    jobs.cancel("ann", "fast")
    assert idle(jobs, 1)
    assert jobs._pool._idle != [first]
    assert jobs._pool._leased == set()
