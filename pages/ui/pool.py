"""Worker processes: one loky executor of one process each, so that ending one job ends no other."""

import contextlib
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, Future
from typing import Any

from joblib.externals.loky import ProcessPoolExecutor

from pages.ui.worker import ONE_THREAD, import_heavy, ready


class Worker:
    """One process that has done its imports, or is doing them."""

    def __init__(self) -> None:
        self._executor = ProcessPoolExecutor(max_workers=1, timeout=None, initializer=import_heavy, env=ONE_THREAD)
        self.warm_up()

    def warm_up(self) -> None:
        """Ask for a sign of life; also restarts the process, should loky have replaced it after a large task."""
        self._ready: Future[int] = self._executor.submit(ready)

    @property
    def is_warm(self) -> bool:
        """Whether a task would start at once."""
        return self._ready.done() and self._ready.exception() is None

    def answers(self) -> bool:
        """Whether the process can still be given work: one that died while idle cannot."""
        try:
            self.warm_up()
        except (BrokenExecutor, RuntimeError):
            return False
        return True

    def submit(self, *call: object) -> Future[Any]:
        """Run a call in the process."""
        future: Future[Any] = self._executor.submit(*call)
        return future

    def end(self) -> None:
        """Kill the process, whatever it is doing."""
        self._executor.shutdown(wait=False, kill_workers=True)


class Pool:
    """At most `size` workers, and a spare when whoever leases them asks for it; `at_exit` runs when the server ends."""

    def __init__(self, size: int, at_exit: Callable[[], None] | None = None) -> None:
        self._size = size
        self._at_exit = at_exit or self.close
        self._idle: list[Worker] = []
        self._leased: set[Worker] = set()
        self._lock = threading.Lock()
        self._closed = False

    def keep_spare(self) -> None:
        """Start a spare worker, unless one is idle or all exist; its imports run in its own process."""
        with self._lock:
            if not self._closed and not self._idle and len(self._leased) < self._size:
                self._idle.append(self._new())

    def lease(self) -> Worker:
        """Hand out a worker, a warm one first."""
        with self._lock:
            self._idle.sort(key=lambda worker: worker.is_warm)
            worker = next(iter(self._usable()), None) or self._new()
            self._leased.add(worker)
        return worker

    def _new(self) -> Worker:
        worker = Worker()
        # At exit loky waits for what runs, which can be minutes. Hooks run last in, first out, and loky sets one for
        # each executor, so ours has to follow each. There is no public name for it.
        threading._register_atexit(self._at_exit)  # type: ignore[attr-defined]  # noqa: SLF001 - the only hook that runs before loky's
        return worker

    def _usable(self) -> Iterator[Worker]:
        while self._idle:
            worker = self._idle.pop()
            if worker.answers():
                yield worker

    def take_back(self, worker: Worker, *, broken: bool) -> None:
        """Keep a worker for the next job, unless its process has died."""
        if broken or not worker.answers():
            self.kill(worker)
            return
        with self._lock:
            self._leased.discard(worker)
            self._idle.append(worker)
            surplus = self._idle[: max(0, len(self._idle) + len(self._leased) - self._size)]
            self._idle = self._idle[len(surplus) :]
        for extra in surplus:
            extra.end()

    def kill(self, worker: Worker) -> None:
        """End a worker's process."""
        with self._lock:
            self._leased.discard(worker)
        worker.end()

    def close(self) -> None:
        """End all workers."""
        with self._lock:
            self._closed = True
            workers, self._idle, self._leased = [*self._idle, *self._leased], [], set()
        for worker in workers:
            with contextlib.suppress(OSError):
                worker.end()
