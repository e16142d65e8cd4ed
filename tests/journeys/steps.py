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
    someone.page.locator("input[type=file]").first.set_input_files(file)
    someone.see(f"What the columns of {file.name} mean")
    someone.press("Use these roles")


def keep_a_slice(someone: Visitor, name: str) -> None:
    """Brush the first axis of the Subgroups page, name the slice and keep it."""
    raise NotImplementedError
