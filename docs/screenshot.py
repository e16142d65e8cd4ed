"""Take the README's picture: the Effects page of the first sample trial, in a real browser."""

import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from ite.trial.samples import SAMPLES  # noqa: E402 - the root must be on the path first
from tests.browsing import FIT, chromium, running_app, visitor  # noqa: E402 - as above


def take(file: Path) -> None:
    """Open the first sample, wait for the default analysis, and keep the screen."""
    with (
        tempfile.TemporaryDirectory() as folder,
        running_app(Path(folder)) as server,
        chromium() as browser,
        visitor(server, browser) as person,
    ):
        person.page.set_viewport_size({"width": 1280, "height": 900})
        person.open_sample(SAMPLES[0].title)
        person.see("Verdict:", within=FIT)
        person.page.get_by_role("button", name="Cancel the fit").wait_for(state="hidden", timeout=FIT)
        person.settled()
        person.page.mouse.move(0, 0)  # away from the chart's toolbar
        person.page.screenshot(path=file)


if __name__ == "__main__":
    take(ROOT / "docs" / "screenshot.png")
