"""The app as a visitor without a browser meets it, with the jobs it asks for written down instead of run."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from ite.study import Study
from pages.ui import jobs
from pages.ui.service import JobStatus

APP = Path(__file__).parents[2] / "app.py"


class Desk:
    """Stands in for the worker service: keeps what was asked for, and answers what a test puts there."""

    def __init__(self) -> None:
        self.started: dict[str, tuple[object, ...]] = {}
        self.answers: dict[str, JobStatus] = {}

    def start(self, _owner: str, key: str, function: Callable[..., object], *args: object, **_rules: object) -> None:
        self.started[key] = (function, *args)
        self.answers[key] = JobStatus(state="running", done=1, total=4, doing="Working", seconds_left=12.0)

    def status(self, _owner: str, key: str) -> JobStatus:
        return self.answers.get(key, JobStatus())

    def cancel(self, _owner: str, key: str) -> None:
        if self.status(_owner, key).active:
            self.answers[key] = JobStatus(state="cancelled")

    def forget(self, _owner: str, key: str | None = None) -> None:
        for name in list(self.answers) if key is None else [key]:
            self.answers.pop(name, None)


@contextmanager
def desk() -> Iterator[Desk]:
    """Put a desk in place of the worker service."""
    made = Desk()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(jobs, "service", lambda: made)
        yield made


def opened(page: str = "start", study: Study | None = None, **link: str) -> AppTest:
    """Open a page, with a study in the session and parameters in the link."""
    app = AppTest.from_file(APP, default_timeout=60)
    if study is not None:
        app.session_state["_study"] = study
    for name, value in link.items():
        app.query_params[name] = value
    app.run()
    return app if page == "start" else app.switch_page(f"pages/{page}.py").run()


def study_of(app: AppTest) -> Study:
    """Return what the session holds."""
    kept = app.session_state["_study"]
    assert isinstance(kept, Study)
    return kept


def words(app: AppTest) -> str:
    """Return all text on the page and in the sidebar; spaces that keep a figure on one line are like any other."""
    kinds = (app.title, app.header, app.subheader, app.markdown, app.caption, app.info, app.warning, app.error)
    return "\n".join(str(each.value) for kind in kinds for each in kind).replace("\u00a0", " ")
