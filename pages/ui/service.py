"""Long calls in worker processes: a slot per core, a fair queue, progress and cancel. Knows nothing of Streamlit."""

import itertools
import logging
import os
import secrets
import tempfile
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from pages.ui.pool import Pool, Worker
from pages.ui.progress import Report, read_report
from pages.ui.worker import Outcome, perform

JobState = Literal["none", "queued", "running", "done", "failed", "cancelled"]
ACTIVE: frozenset[JobState] = frozenset({"queued", "running"})
KEPT_PER_OWNER = 6
SECONDS_OF_GRACE = 20.0
_log = logging.getLogger("stratagem.jobs")


@dataclass(frozen=True, kw_only=True)
class JobStatus:
    """What its owner may know of a job; `error` is a sentence, `seconds_left` None while unknown."""

    state: JobState = "none"
    done: int = 0
    total: int = 0
    doing: str = ""
    seconds_left: float | None = None
    result: Any = None
    error: str | None = None

    @property
    def active(self) -> bool:
        """Whether it waits or runs."""
        return self.state in ACTIVE


@dataclass(kw_only=True, eq=False)
class Job:
    """One call of one owner."""

    owner: str
    key: str
    function: Callable[..., object]
    args: tuple[object, ...]
    kwargs: dict[str, object]
    after: str | None
    background: bool
    order: int
    progress_file: Path
    state: JobState = "queued"
    worker: Worker | None = None
    result: Any = None
    error: str | None = None


@dataclass(eq=False)
class Service:
    """Runs each job alone in a worker process of its own and keeps what it returned for its owner.

    Owners with fewer running jobs go first; a background job never takes the last free slot, so a quick job of
    another owner does not wait behind a long one. A spare worker warms up whenever no quick job runs.
    """

    slots: int = field(default_factory=lambda: max(1, int(os.environ.get("STRATAGEM_WORKERS", os.cpu_count() or 1))))
    alive: Callable[[str], bool] = lambda _owner: True
    grace: float = SECONDS_OF_GRACE

    def __post_init__(self) -> None:
        """Prepare the pool, the folder of progress files and the watch over owners that leave."""
        self._jobs: dict[tuple[str, str], Job] = {}
        # At exit the jobs end first: a worker killed under a job that still counts as running would start the next one.
        self._pool = Pool(self.slots, at_exit=self.close)
        self._lock = threading.RLock()
        self._order = itertools.count()
        self._folder = Path(tempfile.mkdtemp(prefix="stratagem-jobs-"))
        self._last_seen: dict[str, float] = {}
        threading.Thread(target=self._watch, name="stratagem-owners", daemon=True).start()

    def warm(self) -> None:
        """Start a spare worker in the background, so that the first job finds its imports done."""
        self._pool.keep_spare()

    def start(
        self,
        owner: str,
        key: str,
        function: Callable[..., object],
        *args: object,
        after: str | None = None,
        background: bool = False,
        **kwargs: object,
    ) -> None:
        """Queue a call under the owner's key, in place of any earlier job there; `after` waits for another key."""
        self.cancel(owner, key)
        with self._lock:
            order = next(self._order)
            job = Job(
                owner=owner,
                key=key,
                function=function,
                args=args,
                kwargs=kwargs,
                after=after,
                background=background,
                order=order,
                progress_file=self._folder / f"{order}.json",
            )
            self._jobs.pop((owner, key), None)
            self._jobs[owner, key] = job
            self._last_seen.setdefault(owner, time.monotonic())
            self._bound(owner)
        self._dispatch()

    def status(self, owner: str, key: str) -> JobStatus:
        """How far the owner's job is; state "none" where this owner has no such job."""
        with self._lock:
            job = self._jobs.get((owner, key))
            if job is None:
                return JobStatus()
            report = read_report(job.progress_file) if job.state == "running" else Report()
            return JobStatus(
                state=job.state,
                done=report.done,
                total=report.total,
                doing=report.doing,
                seconds_left=report.seconds_left(time.time()),
                result=job.result,
                error=job.error,
            )

    def cancel(self, owner: str, key: str) -> None:
        """Stop the owner's job at once, with its process; a finished or unknown job is left as it is."""
        with self._lock:
            job = self._jobs.get((owner, key))
            if job is None or job.state not in ACTIVE:
                return
            worker, job.worker, job.state = job.worker, None, "cancelled"
            self._let_go(job)
        if worker is not None:
            self._pool.kill(worker)
        self._dispatch()

    def forget(self, owner: str, key: str | None = None) -> None:
        """Cancel and drop one job of an owner, or all of them."""
        with self._lock:
            keys = [name for who, name in self._jobs if who == owner and key in (None, name)]
        for name in keys:
            self.cancel(owner, name)
            with self._lock:
                self._jobs.pop((owner, name), None)

    def close(self) -> None:
        """End every worker process, busy or idle, and every job with it."""
        with self._lock:
            for job in self._jobs.values():
                if job.state in ACTIVE:
                    job.worker, job.state = None, "cancelled"
        self._pool.close()

    def _dispatch(self) -> None:
        with self._lock:
            self._drop_followers()
            while (job := self._next()) is not None:
                job.worker = self._pool.lease()
                job.state = "running"
                future = job.worker.submit(perform, job.function, job.args, job.kwargs, str(job.progress_file))
                future.add_done_callback(lambda ended, job=job: self._finish(job, ended))  # type: ignore[misc]
            quick = any(job.state == "running" and not job.background for job in self._jobs.values())
        if not quick:  # the imports of a spare would take a core from somebody who waits for a first result
            self._pool.keep_spare()

    def _next(self) -> Job | None:
        running = [job for job in self._jobs.values() if job.state == "running"]
        if len(running) >= self.slots:
            return None
        in_background = sum(job.background for job in running)
        waiting = [
            job
            for job in self._jobs.values()
            if job.state == "queued"
            and not self._waits(job)
            and (not job.background or in_background < max(1, self.slots - 1))
        ]
        busy = {owner: sum(job.owner == owner for job in running) for owner in {job.owner for job in waiting}}
        return min(waiting, key=lambda job: (busy[job.owner], job.background, job.order), default=None)

    def _drop_followers(self) -> None:
        for job in [job for job in self._jobs.values() if job.state == "queued" and job.after is not None]:
            before = self._jobs.get((job.owner, job.after or ""))
            if before is not None and before.state in {"failed", "cancelled"}:
                job.state = "cancelled"
                self._let_go(job)

    def _waits(self, job: Job) -> bool:
        before = self._jobs.get((job.owner, job.after)) if job.after is not None else None
        return before is not None and before.state in ACTIVE

    def _finish(self, job: Job, ended: "Future[Outcome]") -> None:
        with self._lock:
            worker, job.worker = job.worker, None
            if worker is None:  # cancelled: its process is gone and its end is known
                return
            error = ended.exception()
            outcome = Outcome(bug=repr(error)) if error is not None else ended.result()
            job.result, job.error = outcome.value, outcome.sentence
            if outcome.bug is not None:
                job.error = _file_bug(job, outcome.bug)
            job.state = "done" if job.error is None else "failed"
            self._let_go(job)
        self._pool.take_back(worker, broken=error is not None)
        self._dispatch()

    def _let_go(self, job: Job) -> None:
        job.args, job.kwargs = (), {}  # patients are held by the Study, not a second time by a finished job
        job.progress_file.unlink(missing_ok=True)

    def _bound(self, owner: str) -> None:
        ended = [job for job in self._jobs.values() if job.owner == owner and job.state not in ACTIVE]
        for job in ended[: max(0, len(ended) - KEPT_PER_OWNER)]:
            del self._jobs[owner, job.key]

    def _watch(self) -> None:
        while True:
            time.sleep(min(2.0, self.grace / 2))
            self.collect()

    def collect(self) -> None:
        """Forget owners whose session has been gone for longer than the grace period."""
        now = time.monotonic()
        with self._lock:
            owners = {owner for owner, _ in self._jobs}
            self._last_seen = {who: now if self.alive(who) else self._last_seen.get(who, now) for who in owners}
            gone = [who for who, seen in self._last_seen.items() if now - seen > self.grace]
        for owner in gone:
            self.forget(owner)


def _file_bug(job: Job, bug: str) -> str:
    number = secrets.token_hex(4).upper()
    _log.error("error %s in job %s (%s)\n%s", number, job.key, getattr(job.function, "__qualname__", "?"), bug)
    return f"Something went wrong on our side (error {number}); your data are unchanged. The log has the details."
