"""The one place that runs things in parallel: chunks in, results in the same order out."""

import os
import sys
from collections.abc import Callable, Sequence
from functools import lru_cache, partial
from importlib import import_module
from typing import Any, Protocol, TypeVar

import numpy as np
from threadpoolctl import ThreadpoolController

from ite.errors import ComputeError

Chunk = TypeVar("Chunk")
Result = TypeVar("Result")
_SECONDS_TO_ANSWER = 10


class Progress(Protocol):
    """Told after each finished chunk; may raise `Cancelled` to stop the run."""

    def __call__(self, done: int, total: int, doing: str) -> None:
        """`done` of `total` chunks are finished; `doing` says in words what is being computed."""


def silent(done: int, total: int, doing: str) -> None:
    """Report nothing."""


def stage(progress: Progress, before: int, whole: int) -> Progress:
    """Return the progress of one stage of a longer run: `before` chunks are done already, `whole` are due in all."""

    def report(done: int, total: int, doing: str) -> None:  # noqa: ARG001 - a stage's own total is not the run's
        progress(before + done, whole, doing)

    return report


def spawn_seeds(seed: int, n: int) -> list[int]:
    """Return n independent integer seeds that depend on `seed` alone, never on the number of workers."""
    # Half of the 32 bits: the C++ generators of some learners take a signed seed.
    return [int(child.generate_state(1, dtype=np.uint32)[0]) >> 1 for child in np.random.SeedSequence(seed).spawn(n)]


def run_chunks(
    function: Callable[[Chunk], Result],
    chunks: Sequence[Chunk],
    *,
    doing: str,
    workers: int = 1,
    progress: Progress = silent,
    scheduler: str | None = None,
) -> list[Result]:
    """Apply `function` to each chunk and return the results in the order of the chunks.

    With one worker it runs here; with more, in a loky pool of that many processes; with the address of a Dask
    scheduler, on that cluster, if there is more than one chunk. The results are the same in every way, as long as a
    chunk carries its own seed.

    Raises
    ------
    ComputeError
        If no scheduler answers at the address, or Dask is not installed.
    """
    progress(0, len(chunks), doing)
    if scheduler is not None and len(chunks) > 1:
        return _run_on_cluster(function, chunks, doing=doing, scheduler=scheduler, progress=progress)
    if workers == 1:
        results = []
        for done, chunk in enumerate(chunks, start=1):
            results.append(_in_one_thread(function, chunk))
            progress(done, len(chunks), doing)
        return results
    return _run_in_pool(function, chunks, doing=doing, workers=workers, progress=progress)


def _in_one_thread(function: Callable[[Chunk], Result], chunk: Chunk) -> Result:
    """Run one chunk with every numerical library on one thread: sums and draws depend on the number of threads."""
    with _thread_pools(len(sys.modules)).limit(limits=1):
        return function(chunk)


@lru_cache(maxsize=1)
def _thread_pools(modules: int) -> ThreadpoolController:  # noqa: ARG001 - a new import may bring a new library
    """Return the numerical libraries loaded now; finding them takes longer than a small simulation."""
    return ThreadpoolController()


def _run_in_pool(
    function: Callable[[Chunk], Result], chunks: Sequence[Chunk], *, doing: str, workers: int, progress: Progress
) -> list[Result]:
    from concurrent.futures import as_completed  # noqa: PLC0415 - `import ite` stays light

    from joblib.externals.loky import ProcessPoolExecutor  # noqa: PLC0415 - only a parallel run needs it

    pool = ProcessPoolExecutor(max_workers=workers, timeout=None)
    try:
        futures = [pool.submit(_in_one_thread, function, chunk) for chunk in chunks]
        for done, _ in enumerate(as_completed(futures), start=1):
            progress(done, len(chunks), doing)
        return [future.result() for future in futures]
    finally:
        pool.shutdown(kill_workers=True)  # a cancelled run must not wait for the chunks still in the queue


def cluster_address() -> str | None:
    """Return the Dask scheduler that STRATAGEM_SCHEDULER names, such as tcp://host:8786; None where it names none."""
    return os.environ.get("STRATAGEM_SCHEDULER") or None


def _run_on_cluster(
    function: Callable[[Chunk], Result], chunks: Sequence[Chunk], *, doing: str, scheduler: str, progress: Progress
) -> list[Result]:
    """Run the chunks on a Dask cluster, which starts the chunks of a lost worker again by itself."""
    try:
        distributed: Any = import_module("distributed")  # an optional extra, without types
    except ImportError as missing:
        raise ComputeError(
            "STRATAGEM_SCHEDULER names a Dask cluster, but the package 'distributed' is not installed here. "
            "Install it, or unset the variable."
        ) from missing
    try:
        client = distributed.Client(scheduler, timeout=_SECONDS_TO_ANSWER, set_as_default=False)
    except (OSError, ValueError) as silence:
        raise ComputeError(
            f"STRATAGEM_SCHEDULER names '{scheduler}', where no Dask scheduler answers. Start it, correct the address, "
            "or unset the variable."
        ) from silence
    futures = client.map(partial(_in_one_thread, function), chunks, pure=False)
    try:
        with client.as_current():
            for done, _ in enumerate(distributed.as_completed(futures), start=1):
                progress(done, len(chunks), doing)
            return list(client.gather(futures))
    finally:
        client.cancel(futures)
        client.close()
