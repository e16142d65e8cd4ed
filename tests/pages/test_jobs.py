"""Jobs: progress, cancel, fairness, privacy between sessions, and what the processes load."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pages.ui import pool, service
from pages.ui.service import JobStatus, Service
from tests.pages import slow_calls

pytestmark = pytest.mark.known_truth
ROOT = Path(__file__).parents[2]
LONGEST_WAIT = 60.0


@pytest.fixture
def jobs(monkeypatch: pytest.MonkeyPatch) -> Iterator[Service]:
    monkeypatch.setattr(pool, "import_heavy", None)
    made = Service(slots=2)
    yield made
    made.close()


def wait(condition: Callable[[], bool]) -> None:
    until = time.monotonic() + LONGEST_WAIT
    while not condition():
        assert time.monotonic() < until, "the job did not get there"
        time.sleep(0.01)


def ended(jobs: Service, owner: str, key: str) -> JobStatus:
    wait(lambda: not jobs.status(owner, key).active)
    return jobs.status(owner, key)


def running(jobs: Service, owner: str, key: str) -> None:
    wait(lambda: jobs.status(owner, key).done > 0)


def test_a_result_comes_back_and_progress_says_how_far_it_is(jobs: Service) -> None:
    jobs.start("ann", "count", slow_calls.count, 40, 0.05)
    running(jobs, "ann", "count")
    halfway = jobs.status("ann", "count")
    assert (halfway.total, halfway.doing) == (40, "Counting")
    assert halfway.seconds_left is not None
    assert 0 < halfway.seconds_left < 40 * 0.05 * 10
    assert ended(jobs, "ann", "count").result == 40


def test_cancel_takes_less_than_two_seconds_and_leaves_the_other_job_alone(jobs: Service) -> None:
    jobs.start("ann", "long", slow_calls.count, 10_000, 0.05)
    jobs.start("bob", "other", slow_calls.count, 60, 0.05)
    running(jobs, "ann", "long")
    running(jobs, "bob", "other")
    began = time.monotonic()
    jobs.cancel("ann", "long")
    assert jobs.status("ann", "long").state == "cancelled"
    assert time.monotonic() - began < 2.0
    other = ended(jobs, "bob", "other")
    assert (other.state, other.result) == ("done", 60)


def test_the_process_of_a_cancelled_job_is_gone_within_two_seconds(jobs: Service, tmp_path: Path) -> None:
    jobs.start("ann", "pid", slow_calls.process_and_modules)
    process = ended(jobs, "ann", "pid").result[0]
    jobs.start("ann", "wait", slow_calls.wait_for, str(tmp_path / "never"))
    jobs.start("bob", "wait", slow_calls.wait_for, str(tmp_path / "never"))
    wait(lambda: all(jobs.status(who, "wait").state == "running" for who in ("ann", "bob")))
    began = time.monotonic()
    jobs.cancel("ann", "wait")
    jobs.cancel("bob", "wait")
    wait(lambda: not Path(f"/proc/{process}").exists() or time.monotonic() - began > 2.0)
    assert not Path(f"/proc/{process}").exists()


def test_another_session_neither_sees_nor_cancels_a_job(jobs: Service) -> None:
    jobs.start("ann", "count", slow_calls.count, 20, 0.02)
    assert jobs.status("bob", "count").state == "none"
    jobs.cancel("bob", "count")
    jobs.forget("bob")
    assert ended(jobs, "ann", "count").result == 20


def test_what_a_user_caused_is_a_sentence(jobs: Service) -> None:
    jobs.start("ann", "refuse", slow_calls.refuse)
    status = ended(jobs, "ann", "refuse")
    assert (status.state, status.error) == ("failed", "Expected two arms, found one: 'A'.")


def test_a_bug_is_a_number_on_screen_and_a_traceback_in_the_log(
    jobs: Service, caplog: pytest.LogCaptureFixture
) -> None:
    jobs.start("ann", "bug", slow_calls.break_down)
    error = ended(jobs, "ann", "bug").error or ""
    assert "4711" not in error
    number = error.split("error ")[1][:8]
    assert number in caplog.text
    assert "KeyError: 'patient 4711'" in caplog.text


def test_a_process_that_dies_is_reported_and_replaced(jobs: Service) -> None:
    jobs.start("ann", "die", slow_calls.die)
    assert "error" in (ended(jobs, "ann", "die").error or "")
    jobs.start("ann", "count", slow_calls.count, 2, 0.0)
    assert ended(jobs, "ann", "count").result == 2


def test_a_follower_starts_when_the_first_has_ended(jobs: Service) -> None:
    jobs.start("ann", "fast", slow_calls.count, 10, 0.05)
    jobs.start("ann", "full", slow_calls.count, 5, 0.0, after="fast", background=True)
    assert jobs.status("ann", "full").state == "queued"
    assert ended(jobs, "ann", "fast").state == "done"
    assert ended(jobs, "ann", "full").result == 5


def test_a_follower_of_a_failed_or_cancelled_job_never_runs(jobs: Service) -> None:
    jobs.start("ann", "fast", slow_calls.refuse)
    jobs.start("ann", "full", slow_calls.count, 5, 0.0, after="fast")
    assert ended(jobs, "ann", "full").state == "cancelled"


def test_long_jobs_leave_a_worker_free_for_quick_ones(jobs: Service, tmp_path: Path) -> None:
    go = tmp_path / "go"
    for who in ("ann", "bob", "cid"):
        jobs.start(who, "full", slow_calls.wait_for, str(go), background=True)
    jobs.start("dan", "fast", slow_calls.count, 2, 0.0)
    assert ended(jobs, "dan", "fast").result == 2
    states = [jobs.status(who, "full").state for who in ("ann", "bob", "cid")]
    assert states == ["running", "queued", "queued"]
    go.touch()
    assert [ended(jobs, who, "full").state for who in ("ann", "bob", "cid")] == ["done"] * 3


def test_whoever_runs_least_goes_first(jobs: Service, tmp_path: Path) -> None:
    gates = {name: tmp_path / name for name in ("a1", "a2", "a3", "b1")}
    for name in ("a1", "a2", "a3"):
        jobs.start("ann", name, slow_calls.wait_for, str(gates[name]))
    jobs.start("bob", "b1", slow_calls.wait_for, str(gates["b1"]))
    wait(lambda: jobs.status("ann", "a2").state == "running")
    gates["a1"].touch()
    wait(lambda: jobs.status("bob", "b1").state == "running")
    assert jobs.status("ann", "a3").state == "queued"
    for gate in gates.values():
        gate.touch()
    assert ended(jobs, "ann", "a3").state == "done"


def test_a_session_that_left_loses_its_jobs_after_the_grace_period(jobs: Service) -> None:
    here = {"ann": True, "bob": True}
    jobs.alive, jobs.grace = (lambda owner: here[owner]), 0.2
    jobs.start("ann", "long", slow_calls.count, 10_000, 0.05)
    jobs.start("bob", "long", slow_calls.count, 10_000, 0.05)
    running(jobs, "ann", "long")
    jobs.collect()
    here["ann"] = False
    jobs.collect()
    assert jobs.status("ann", "long").state == "running"
    time.sleep(0.3)
    jobs.collect()
    assert jobs.status("ann", "long").state == "none"
    assert jobs.status("bob", "long").state == "running"


def test_results_are_bounded_and_arguments_let_go(jobs: Service) -> None:
    for number in range(service.KEPT_PER_OWNER + 4):
        jobs.start("ann", f"job-{number}", slow_calls.count, 1, 0.0)
        ended(jobs, "ann", f"job-{number}")
    kept = [job for job in jobs._jobs.values() if job.owner == "ann"]
    assert len(kept) <= service.KEPT_PER_OWNER + 1
    assert all(job.args == () for job in kept)


def test_starting_a_key_again_ends_its_earlier_job(jobs: Service) -> None:
    jobs.start("ann", "fit", slow_calls.count, 10_000, 0.05)
    running(jobs, "ann", "fit")
    jobs.start("ann", "fit", slow_calls.count, 3, 0.0)
    assert ended(jobs, "ann", "fit").result == 3


def test_no_progress_file_stays_behind(jobs: Service) -> None:
    jobs.start("ann", "count", slow_calls.count, 3, 0.0)
    ended(jobs, "ann", "count")
    assert list(jobs._folder.iterdir()) == []


def test_a_worker_has_one_thread_and_runs_neither_the_app_nor_streamlit(tmp_path: Path) -> None:
    script = tmp_path / "app.py"
    script.write_text(
        "import sys, time\n"
        f"sys.path.insert(0, {str(ROOT)!r})\n"
        "print('app.py ran', flush=True)\n"
        "if __name__ == '__main__':\n"
        "    from tests.pages import slow_calls\n"
        "    from pages.ui import pool\n"
        "    from pages.ui.service import Service\n"
        "    pool.import_heavy = None\n"
        "    jobs = Service(slots=1)\n"
        "    jobs.start('ann', 'pid', slow_calls.process_and_modules)\n"
        "    while jobs.status('ann', 'pid').active: time.sleep(0.01)\n"
        "    print(jobs.status('ann', 'pid').result[1])\n"
        "    jobs.close()\n"
    )
    done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.splitlines() == ["app.py ran", "[]"]


def test_the_web_process_loads_no_heavy_library() -> None:
    heavy = ("causalml", "sklearn", "statsmodels", "stochtree", "xgboost")
    code = (
        "import sys\n"
        "from streamlit.testing.v1 import AppTest\n"
        "at = AppTest.from_file('app.py', default_timeout=240).run()\n"
        "assert not at.exception, at.exception\n"
        "for page in ('data', 'effects', 'subgroups'): at.switch_page(f'pages/{page}.py').run()\n"
        "at.switch_page('pages/start.py').run()\n"
        "at.button[0].click().run()\n"
        f"print([name for name in {heavy!r} if name in sys.modules])\n"
        "from pages.ui import jobs\n"
        "jobs.service().close()\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=600, cwd=ROOT, env=environment, check=True
    )
    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize("slots", [1, 2])
def test_the_server_ends_at_once_though_jobs_run_and_wait(slots: int) -> None:
    code = (
        "import time\n"
        "from pages.ui import pool\n"
        "from pages.ui.service import Service\n"
        "from tests.pages import slow_calls\n"
        "pool.import_heavy = None\n"
        f"jobs = Service(slots={slots})\n"
        "owners = ['ann', 'ben', 'cleo']\n"
        "for owner in owners: jobs.start(owner, 'long', slow_calls.count, 10_000, 0.1)\n"
        f"while not all(jobs.status(owner, 'long').done for owner in owners[:{slots}]): time.sleep(0.01)\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", code], timeout=60, cwd=ROOT, env=environment, check=True)
    assert done.returncode == 0
