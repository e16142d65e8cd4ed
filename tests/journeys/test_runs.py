"""Workers never run the app again: only the server's own process executes app.py."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from ite.trial.samples import SAMPLES
from tests.browsing import FIT, running_app, visitor

# Imported by every Python process of the server before anything else: notes each execution of app.py and of the
# worker's imports, with the process that does it.
_WATCH = """
import os, sys

def note(event, arguments):
    if event == "exec" and getattr(arguments[0], "co_name", "") == "<module>":
        name = arguments[0].co_filename
        if name.endswith(("/app.py", "/x_learner.py")):
            with open(os.environ["NOTED_RUNS"], "a") as notes:
                notes.write(f"{os.getpid()} {name}\\n")

sys.addaudithook(note)
"""


@pytest.mark.journey
def test_only_the_server_runs_the_app(browser: Browser, tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(_WATCH)
    notes = tmp_path / "runs.txt"
    environment = {"NOTED_RUNS": str(notes), "PYTHONPATH": os.pathsep.join([str(tmp_path)])}
    with running_app(tmp_path, environment) as server, visitor(server, browser) as someone:
        someone.open_sample(SAMPLES[0].title)
        someone.see("Verdict:", within=FIT)
        runs = [line.split(maxsplit=1) for line in notes.read_text().splitlines()]
        app = [int(pid) for pid, name in runs if name.endswith("/app.py")]
        learner = {int(pid) for pid, name in runs if name.endswith("/x_learner.py")}
        assert len(app) > 1
        assert set(app) == {server.pid}
        assert learner, "no worker was seen"
        assert server.pid not in learner
