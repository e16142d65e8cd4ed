"""What runs inside a worker process: heavy imports once, then one call at a time with its progress in a file."""

import importlib
import inspect
import json
import os
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ite.errors import IteError

HEAVY = (
    "ite.estimation.learners.forest_and_lasso",  # causalml and, which costs little after it, stochtree
    "statsmodels.duration.hazard_regression",
    "ite.estimation.estimate",
    "ite.evaluation.evaluate",
    "ite.analysis",
)
ONE_THREAD = dict.fromkeys(
    ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS", "NUMBA_NUM_THREADS"), "1"
)
_SECONDS_BETWEEN_WRITES = 0.1


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """How a call ended: a value, a sentence for the user, or the traceback of a bug."""

    value: Any = None
    sentence: str | None = None
    bug: str | None = None


def import_heavy() -> None:
    """Import what estimation needs, before the first task; a module that is missing is reported by the task itself."""
    for name in HEAVY:
        try:
            importlib.import_module(name)
        except ImportError:
            continue


def ready() -> int:
    """Answer with the process id once the imports are done."""
    return os.getpid()


def perform(function: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any], progress_file: str) -> Outcome:
    """Run one call; give it `progress` if it takes one. Nothing is raised: every end is an `Outcome`."""
    try:
        if inspect.isfunction(function) and "progress" in inspect.signature(function).parameters:
            kwargs = {**kwargs, "progress": FileProgress(Path(progress_file))}
        return Outcome(value=function(*args, **kwargs))
    except IteError as error:
        return Outcome(sentence=str(error))
    except Exception:  # noqa: BLE001 - a bug must reach the log with its traceback, whatever it is
        return Outcome(bug=traceback.format_exc())


class FileProgress:
    """A `Progress` that leaves its last report in a file; the time runs from the start of what is being done."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._doing = ""
        self._started = 0.0
        self._written = 0.0

    def __call__(self, done: int, total: int, doing: str) -> None:
        """Write the report, but not more often than ten times a second."""
        now = time.time()
        if doing != self._doing or done == 0:
            self._doing, self._started = doing, now
        elif done < total and now - self._written < _SECONDS_BETWEEN_WRITES:
            return
        self._written = now
        draft = self._path.with_suffix(".new")
        draft.write_text(json.dumps({"done": done, "total": total, "doing": doing, "started": self._started}))
        draft.replace(self._path)
