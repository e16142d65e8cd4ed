"""Calls for the worker tests: importable by a worker, and as slow as they are told to be."""

import os
import sys
import time
from pathlib import Path

from ite.compute import Progress
from ite.errors import CheckError


def count(total: int, seconds: float, progress: Progress) -> int:
    """Take `total` steps and report each."""
    progress(0, total, "Counting")
    for step in range(1, total + 1):
        time.sleep(seconds)
        progress(step, total, "Counting")
    return total


def refuse() -> None:
    """Fail as a user's data can."""
    raise CheckError("Expected two arms, found one: 'A'.")


def break_down() -> None:
    """Fail as only a bug can, with a patient's value in the text."""
    raise KeyError("patient 4711")


def die() -> None:
    """Take the process down."""
    os._exit(3)


def process_and_modules() -> tuple[int, list[str]]:
    """Tell the process and whether the app or Streamlit was loaded into it."""
    main = str(getattr(sys.modules["__main__"], "__file__", ""))
    return os.getpid(), [name for name in ("streamlit", "app") if name in sys.modules] + ([main] * ("app" in main))


def wait_for(path: str) -> str:
    """Return when a file appears."""
    while not Path(path).exists():
        time.sleep(0.02)
    return path
