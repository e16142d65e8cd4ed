"""A sample trial: verdict, slice, download."""

from pathlib import Path

import pytest

from ite.trial.samples import SAMPLES
from tests.browsing import FIT, SOON
from tests.journeys.conftest import Visit
from tests.journeys.steps import download, keep_a_slice, wait_for_default_fit

PNG, SLIDE = b"\x89PNG\r\n\x1a\n", b"PK\x03\x04"


@pytest.mark.journey
def test_sample_to_verdict_to_slice_to_download(visit: Visit, tmp_path: Path) -> None:
    someone = visit()
    someone.open_sample(SAMPLES[0].title)
    someone.see("Verdict:", within=FIT)
    wait_for_default_fit(someone)
    someone.see("Verdict: evidence")
    assert b"\r\nbiologic,0." in download(someone, "verdict", "CSV of the data", tmp_path)
    for name, start in {"PNG picture": PNG, "SVG drawing": b"<", "PowerPoint slide": SLIDE}.items():
        assert download(someone, "average", name, tmp_path).startswith(start), name
    assert b"<!doctype html>" in download(someone, "average", "HTML page", tmp_path).lower()

    someone.go("Subgroups")
    keep_a_slice(someone, "blood_eosinophils", "My slice")
    someone.go("Effects")
    someone.see("Verdict: evidence")
    someone.go("Subgroups")
    someone.see("My slice")


@pytest.mark.journey
def test_a_link_restores_a_sample_with_its_settings(visit: Visit) -> None:
    someone = visit()
    someone.open(f"/effects?sample={SAMPLES[1].key}&seed=7")
    someone.see("Verdict:", within=FIT)
    someone.see(SAMPLES[1].title)
    assert f"sample={SAMPLES[1].key}" in someone.page.url
    assert "seed=7" in someone.page.url
    someone.page.get_by_role("radio", name="Credibility").check(timeout=SOON, force=True)
    someone.see_heading("How credible is a difference in effect?")
    assert "question=Credibility" in someone.page.url
