import html
import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from pages.ui.text import plain, unbroken

JOINER = "\u2060"
MARKDOWN = MarkdownIt("commonmark").enable(["table", "strikethrough"])
# Punctuation that means something to Markdown, and letters for it to work on.
HOSTILE = st.text(st.sampled_from("\\`*_{}[]()<>#+-.!|~$:&@=/\"'^ \n\t1aBw;"), max_size=30)


def seen(text: str) -> str:
    """What a reader of Markdown would see, invisible joiners aside."""
    rendered = MARKDOWN.render(plain(text)).strip()
    body = re.fullmatch(r"(?:<p>)?(.*?)(?:</p>)?", rendered, re.DOTALL)
    assert body is not None
    assert "<" not in body[1], rendered
    return html.unescape(body[1]).replace(JOINER, "")


@pytest.mark.independent
@given(st.one_of(HOSTILE, st.text(max_size=30)))
@example("# heading")
@example("1. item")
@example("- item")
@example("[link](http://example.org) ![image](x)")
@example("<script>alert(1)</script> &lt; &copy;")
@example("a|b\n-|-\n1|2")
@example("***\n===\n---")
@example("    indented code")
@example("\\*escaped\\*")
def test_markdown_shows_the_words_as_they_are_written(text: str) -> None:
    expected = re.sub(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+", " ", text).strip()
    assert seen(text).strip() == expected.replace(JOINER, "").strip()


# Streamlit replaces these after Markdown has been read; seen in a browser. Each needs a joiner between its signs.
LATE = {
    ":smile:": ":smile:",
    ":+1:": ":+1:",
    ":material/home:": ":material/home:",
    "arm:red": ":red",
    ":red[x]": ":red",
    ":blue-background[y]": ":blue",
    ":gray-badge[x]": ":gray",
    ":small[z]": ":small",
    ":::note": ":::",
    "x -> y": "->",
    "x <- y": "<-",
    "x <-> y": "<->",
    "x -- y": "--",
    "x >= y": ">=",
    "x <= y": "<=",
    "x ~= y": "~=",
    "www.example.org": "www.",
    "http://example.org": "http://",
    "https://example.org": "https://",
    "someone@example.org": "someone@example",
}


@pytest.mark.known_truth
@pytest.mark.parametrize("text", LATE)
def test_signs_that_streamlit_looks_for_are_parted(text: str) -> None:
    assert LATE[text] not in plain(text).replace("\\", "")
    assert seen(text) == text


@pytest.mark.known_truth
@pytest.mark.parametrize("text", ["Benefit by nodes (95 % CI 1.5 to 2)", "12:30", "ratio 1:2", "Lev+5FU", "age, 60-70"])
def test_ordinary_words_are_left_alone(text: str) -> None:
    assert plain(text) == text


@pytest.mark.known_truth
def test_a_figure_stays_with_its_unit_and_its_error() -> None:
    assert (
        unbroken("shown in 66.9 % ± 0.5 % of 20 trials") == "shown in 66.9\u00a0%\u00a0±\u00a00.5\u00a0% of 20 trials"
    )
