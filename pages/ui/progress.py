"""What a worker's progress file says, and how much time that leaves."""

import json
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, kw_only=True)
class Report:
    """The last report of a running call: `started` is when the present phase began, in seconds since the epoch."""

    done: int = 0
    total: int = 0
    doing: str = ""
    started: float = 0.0

    def seconds_left(self, now: float) -> float | None:
        """Seconds to the end of this phase at the pace so far; None before its first chunk is finished."""
        if self.done <= 0 or self.total <= 0:
            return None
        return max(0.0, now - self.started) / self.done * (self.total - self.done)


def read_report(path: Path) -> Report:
    """Read a progress file; an empty report while the call has not said anything."""
    try:
        return Report(**json.loads(path.read_text()))
    except FileNotFoundError:
        return Report()
