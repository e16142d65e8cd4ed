"""Navigation: every page in its frame, the guard first, and nothing on screen that a fault could leak."""

import ast
import tomllib
from pathlib import Path

import pytest

from pages.ui import nav
from tests.pages.opened import APP, desk, opened, words

pytestmark = pytest.mark.page
ROOT = APP.parent


@pytest.mark.parametrize("entry", nav.PAGES, ids=lambda entry: entry.title)
def test_each_page_opens_in_its_frame_without_a_trial(entry: nav.Entry) -> None:
    with desk():
        app = opened(Path(entry.path).stem)
    assert not app.exception
    assert len(app.title) == 1
    assert "No trial yet" in words(app)


@pytest.mark.parametrize("entry", nav.PAGES, ids=lambda entry: entry.title)
def test_the_guard_is_the_first_call_of_each_page(entry: nav.Entry) -> None:
    body = ast.parse((ROOT / entry.path).read_text()).body
    first = next(node for node in body[1:] if not isinstance(node, ast.Import | ast.ImportFrom))
    assert ast.unparse(first) == "nav.guard()"


def test_every_page_file_is_in_the_navigation() -> None:
    files = {f"pages/{path.name}" for path in (ROOT / "pages").glob("*.py") if path.name != "__init__.py"}
    assert files == {entry.path for entry in nav.PAGES}


def test_the_app_draws_the_navigation_before_anything_else() -> None:
    calls = [ast.unparse(node) for node in ast.parse(APP.read_text()).body[1:] if not isinstance(node, ast.ImportFrom)]
    drawn = [call for call in calls if not call.startswith("import")]
    assert drawn == ["jobs.service()", "page = nav.navigation()", "nav.run_in_frame(page)"], "the first draws nothing"


def test_settings_of_the_server_keep_patients_private() -> None:
    config = tomllib.loads((ROOT / ".streamlit/config.toml").read_text())
    assert config["server"] == {"headless": True, "maxUploadSize": 50}
    assert config["browser"]["gatherUsageStats"] is False
    assert config["client"]["showErrorDetails"] == "none"
    assert "://" not in (ROOT / ".streamlit/config.toml").read_text()


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2 defines it."""
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first: str, second: str) -> float:
    lighter, darker = sorted((luminance(first), luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_theme_colours_reach_a_contrast_of_four_and_a_half(theme: str) -> None:
    colours = tomllib.loads((ROOT / ".streamlit/config.toml").read_text())["theme"][theme]
    grounds = [colours["backgroundColor"], colours["secondaryBackgroundColor"]]
    texts = [value for name, value in colours.items() if name.endswith(("TextColor", "textColor", "linkColor"))]
    assert min(contrast(text, ground) for text in texts for ground in grounds) >= 4.5
    assert contrast("#FFFFFF", colours["primaryColor"]) >= 4.5
