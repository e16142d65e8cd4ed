import os
import re
import shutil
from html.parser import HTMLParser
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from ite.report.block import EXPLORATORY
from ite.report.page import to_html
from tests.report.examples import DATA, MARKUP, example_block

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
FETCHING = {"src", "srcset", "href", "xlink:href", "action", "data", "poster", "background", "ping", "formaction"}


class Outline(HTMLParser):
    """What a browser would make of the page: tags, attributes, and text outside scripts and styles."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.text: list[str] = []
        self._inside = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        self._inside = tag

    def handle_data(self, data: str) -> None:
        if self._inside not in {"script", "style"}:
            self.text.append(data)


@pytest.fixture(scope="module")
def page() -> str:
    return to_html(example_block(exploratory=True)).decode()


@pytest.mark.known_truth
def test_nothing_in_the_markup_fetches_anything(page: str) -> None:
    # Addresses inside Vega's code are names of schemas and of an editor that is switched off; what a browser would
    # fetch by itself stands in attributes and in CSS. The journey below watches a real browser.
    outline = Outline(page)
    assert {tag for tag, _ in outline.tags} & {
        "link",
        "iframe",
        "img",
        "object",
        "embed",
        "base",
        "form",
        "image",
    } == set()
    for _, attributes in outline.tags:
        assert FETCHING & set(attributes) == set()
        assert [value for value in attributes.values() if re.search(r"url\((?!['\"]?#)", value)] == []
    assert [
        body for body in re.findall(r"<style>(.*?)</style>", page, re.DOTALL) if "url(" in body or "@import" in body
    ] == []


@pytest.mark.known_truth
def test_the_policy_forbids_every_request(page: str) -> None:
    (policy,) = [
        tag["content"] for name, tag in Outline(page).tags if tag.get("http-equiv") == "Content-Security-Policy"
    ]
    assert "default-src 'none'" in policy
    assert re.search(r"https?:|\*|connect-src|frame-src", policy) is None


@pytest.mark.known_truth
def test_words_from_data_are_text(page: str) -> None:
    outline = Outline(page)
    assert [tag for tag, _ in outline.tags].count("script") == 2
    assert MARKUP in "".join(outline.text)
    assert MARKUP not in page


@pytest.mark.known_truth
def test_a_name_cannot_end_the_script_that_holds_the_figure() -> None:
    data = DATA.assign(arm="</script><script>alert(1)</script><!--")
    made = to_html(example_block(data=data)).decode()
    assert [tag for tag, _ in Outline(made).tags].count("script") == 2


@pytest.mark.known_truth
def test_title_language_reading_data_code_and_origin_are_there(page: str) -> None:
    outline, block = Outline(page), example_block()
    text = "".join(outline.text)
    assert ("html", {"lang": "en"}) in outline.tags
    for part in (
        block.title,
        block.sentence,
        block.method,
        EXPLORATORY,
        block.code,
        block.provenance.footer,
        "Second ",
    ):
        assert part in text
    assert ("figure", {"role": "img", "aria-label": block.alt}) in outline.tags
    assert [tag for tag, _ in outline.tags].count("tr") == len(DATA) + 1
    assert block.provenance.digest in text


@pytest.mark.known_truth
def test_a_table_alone_needs_no_script() -> None:
    outline = Outline(to_html(example_block(chart=None)).decode())
    assert {tag for tag, _ in outline.tags} & {"script", "figure"} == set()


@pytest.mark.journey
def test_a_browser_draws_the_figure_and_asks_no_host(page: str, tmp_path: Path) -> None:
    assert CHROMIUM is not None, "no Chromium: set CHROMIUM to its path"
    file = tmp_path / "result.html"
    file.write_text(page, "utf-8")
    requests, complaints = [], []
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        tab = browser.new_page()
        tab.on("request", lambda request: requests.append(request.url))
        tab.on("console", lambda message: complaints.append(message.text))
        tab.on("pageerror", lambda error: complaints.append(str(error)))
        tab.on("dialog", lambda dialog: (complaints.append(dialog.message), dialog.dismiss()))
        tab.goto(file.as_uri())
        tab.locator("#figure.vega-embed svg").wait_for()
        assert tab.locator("#figure text", has_text="Positive nodes").count() == 1
        browser.close()
    assert requests == [file.as_uri()]
    assert complaints == []
