"""A result that is computed once for as long as what it depends on stays the same."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar, cast

from pages.ui import state

Result = TypeVar("Result")


@dataclass(frozen=True)
class _Kept(Generic[Result]):
    of: object
    result: Result


def once(place: str, of: object, compute: Callable[[], Result]) -> Result:
    """Return what was computed before for the same `of` in this session, else compute it and keep it.

    Parameters
    ----------
    place
        Names the result; one is kept there at a time.
    of
        All that the result depends on, to be compared: texts and numbers.
    """
    kept = state.recall(f"once-{place}")
    if not isinstance(kept, _Kept) or kept.of != of:
        kept = _Kept(of=of, result=compute())
        state.remember(f"once-{place}", kept)
    return cast("Result", kept.result)
