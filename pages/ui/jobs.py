"""Jobs of this session: start a call in a worker, ask how far it is, cancel it."""

from collections.abc import Callable
from functools import cache

import streamlit as st

from pages.ui import state
from pages.ui.service import JobStatus, Service
from pages.ui.text import plain

SECONDS_BETWEEN_POLLS = 0.5


@cache
def service() -> Service:
    """Return the one service of this server; its first spare worker starts to warm up here."""
    made = Service(alive=state.is_connected)
    made.warm()
    return made


def start(
    key: str,
    function: Callable[..., object],
    *args: object,
    after: str | None = None,
    background: bool = False,
    **kwargs: object,
) -> None:
    """Run an importable function of `ite` in a worker under this session's key, in place of any earlier job there.

    A function with a parameter `progress` is given one. `after` waits for the end of another key; a background job
    leaves one worker free for quick ones.
    """
    service().start(state.owner(), key, function, *args, after=after, background=background, **kwargs)


def status(key: str) -> JobStatus:
    """How far this session's job is; state "none" where there is none."""
    return service().status(state.owner(), key)


def cancel(key: str) -> None:
    """Stop this session's job at once; other jobs do not notice."""
    service().cancel(state.owner(), key)


def forget(key: str | None = None) -> None:
    """Cancel and drop one job of this session, or all."""
    service().forget(state.owner(), key)


def run(key: str, function: Callable[..., object], *args: object) -> JobStatus:
    """Start a job unless the key has one, draw its progress while it is active, and return how it stands.

    The page runs again by itself when the job ends. A failure is shown as its sentence.
    """
    now = status(key)
    if now.state == "none":
        start(key, function, *args)
        now = status(key)
    if now.active:
        st.button("Cancel", key=f"cancel-{key}", on_click=cancel, args=(key,), icon=":material/close:")
        poll(lambda: _wait(key))
    elif now.error is not None:
        st.error(plain(now.error), icon=":material/error:")
    elif now.state == "cancelled" and st.button("Cancelled: start again", key=f"again-{key}", icon=":material/replay:"):
        start(key, function, *args)
        st.rerun()
    return now


def poll(draw: Callable[[], None], pace: int = 1) -> None:
    """Draw one element again and again, by itself, every `pace` polls.

    It has a place of its own: a run of a fragment drops what its last run drew and the browser has not fetched yet, but
    keeps what stands behind it, and on a busy machine the browser then meets a gap, at which the whole page breaks.
    """
    with st.container():
        st.fragment(draw, run_every=pace * SECONDS_BETWEEN_POLLS)()


def _wait(key: str) -> None:
    now = status(key)
    if not now.active:
        st.rerun()
    draw_progress(now)


def draw_progress(now: JobStatus) -> None:
    """Draw a progress bar with what is being done and the time left, in words."""
    share = now.done / now.total if now.total else 0.0
    st.progress(min(1.0, share), text=plain(in_words(now)))


def in_words(now: JobStatus) -> str:
    """Say in one line how a job stands."""
    if now.state == "queued":
        return "Waiting for a free worker"
    if not now.total:
        return "Starting: loading the statistics libraries"
    counted = f"{now.doing}: {now.done} of {now.total}"
    if now.seconds_left is None or now.done == now.total:
        return counted
    return f"{counted}, about {time_in_words(now.seconds_left)} left"


def time_in_words(seconds: float) -> str:
    """Write a rough duration: 4 s, 2 min."""
    return f"{max(1, round(seconds))} s" if seconds < 90 else f"{round(seconds / 60)} min"
