"""Steps that more than one journey takes."""

from pathlib import Path

from playwright.sync_api import expect

from tests.browsing import FIT, SOON, Visitor


def wait_for_default_fit(someone: Visitor) -> None:
    """Wait until the default analysis has replaced the preview."""
    someone.see("Verdict:", within=FIT)
    expect(someone.page.get_by_role("button", name="Cancel the fit")).to_have_count(0, timeout=FIT)
    expect(someone.page.get_by_text("Preview from the fast learner")).to_have_count(0, timeout=SOON)
    someone.settled()


def cancel_fit(someone: Visitor) -> None:
    """Cancel the running fit, with one click as early as a person could."""
    someone.see_heading("Who benefits, and how sure are we?")
    someone.press("Cancel the fit")
    expect(someone.page.get_by_text("The fit was cancelled.").first).to_be_visible(timeout=SOON)


def download(someone: Visitor, block: str, name: str, folder: Path) -> bytes:
    """Take one file of a result block."""
    opener = someone.page.locator(f".st-key-download-{block}").get_by_role("button").first
    opener.click(timeout=SOON)
    button = someone.page.get_by_test_id("stPopoverBody").get_by_role("button", name=name)
    with someone.page.expect_download(timeout=SOON) as event:
        button.click(timeout=SOON)
    target = folder / event.value.suggested_filename
    event.value.save_as(target)
    someone.page.keyboard.press("Escape")
    return target.read_bytes()


def use_file(someone: Visitor, file: Path) -> None:
    """Upload a file on the Data page and accept the roles that were guessed."""
    someone.open("/data")
    someone.page.locator("input[type=file]").first.set_input_files(file, timeout=SOON)
    someone.see(f"What the columns of {file.name} mean")
    someone.press("Use these roles")


def choose_biomarker(someone: Visitor, name: str) -> None:
    """Pick a biomarker on the Subgroups page."""
    someone.page.get_by_role("combobox", name="Biomarker").click(timeout=SOON)
    someone.page.get_by_role("option", name=name, exact=True).click(timeout=SOON)
    someone.see_heading(f"along {name}")
    someone.settled()


def brush(someone: Visitor, start: float, end: float) -> None:
    """Drag over the histogram, from one share of its width to another."""
    chart = someone.page.locator(".st-key-chart-brush canvas").first
    expect(chart).to_be_visible(timeout=SOON)
    chart.scroll_into_view_if_needed()
    box = chart.bounding_box()
    assert box is not None
    middle = box["y"] + box["height"] / 2
    someone.page.mouse.move(box["x"] + start * box["width"], middle)
    someone.page.mouse.down()
    someone.page.mouse.move(box["x"] + (start + end) / 2 * box["width"], middle, steps=5)
    someone.page.mouse.move(box["x"] + end * box["width"], middle, steps=5)
    someone.page.mouse.up()


def keep_a_slice(someone: Visitor, biomarker: str, name: str) -> None:
    """Brush part of a biomarker's histogram on the Subgroups page, name the slice and keep it."""
    choose_biomarker(someone, biomarker)
    brush(someone, 0.3, 0.6)
    someone.see("Exploratory")
    field = someone.page.get_by_role("textbox", name="Name of this slice")
    field.fill(name, timeout=SOON)
    field.press("Enter")
    someone.see(f"Kept: {name}")
    expect(someone.page.get_by_role("button", name=f"Remove {name}")).to_be_visible(timeout=SOON)
