"""A file of one's own: map, fit, cancel, fit again, slice; and a bad file, which costs nothing."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from ite.trial.samples import DATA_FOLDER, SAMPLES
from tests.browsing import FIT, SOON
from tests.journeys.conftest import Visit
from tests.journeys.steps import cancel_fit, keep_a_slice, use_file

COLON = DATA_FOLDER / "colon.csv"


@pytest.mark.journey
def test_upload_to_map_to_fit_to_cancel_to_refit_to_slice(visit: Visit, tmp_path: Path) -> None:
    file = tmp_path / "my trial.csv"
    file.write_bytes(COLON.read_bytes())
    someone = visit()
    use_file(someone, file)
    someone.see_heading("my trial.csv: ready")
    someone.press("Estimate effects")
    cancel_fit(someone)
    someone.go("Data")
    someone.press("Estimate effects")
    someone.see("Verdict:", within=FIT)
    someone.go("Subgroups")
    keep_a_slice(someone, "age", "Middle ages")
    someone.go("Data")
    someone.see_heading("my trial.csv: ready")


@pytest.mark.journey
def test_a_bad_file_costs_one_sentence_and_nothing_else(visit: Visit, tmp_path: Path) -> None:
    bad = tmp_path / "broken.xlsx"
    bad.write_bytes(b"PK\x03\x04 this is no workbook")
    someone = visit()
    someone.open_sample(SAMPLES[2].title)
    someone.see("Verdict:", within=FIT)
    someone.go("Data")
    someone.see("Use another file").click()
    someone.page.locator("input[type=file]").first.set_input_files(bad, timeout=SOON)
    alert = someone.page.get_by_test_id("stAlert").first.get_by_test_id("stMarkdownContainer").last
    expect(alert).to_be_visible(timeout=SOON)
    sentence = alert.inner_text()
    assert "broken.xlsx" in sentence
    assert "\n" not in sentence.strip()
    someone.see("The trial that was in use still is.")
    someone.see_heading(SAMPLES[2].title)
    someone.go("Effects")
    someone.see("Verdict:")
