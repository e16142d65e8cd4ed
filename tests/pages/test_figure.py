import json

import pytest
from streamlit.testing.v1 import AppTest

from ite.report.block import EXPLORATORY
from pages.ui.text import plain, unbroken
from tests.report.examples import DATA, MARKUP, example_block

pytestmark = pytest.mark.page


def page_with_a_figure() -> None:
    from pages.ui import figure  # noqa: PLC0415 - AppTest takes the source of this function alone
    from tests.report.examples import example_block  # noqa: PLC0415 - as above

    figure.show(example_block(exploratory=True), "line")


def page_with_two_tables() -> None:
    from pages.ui import figure  # noqa: PLC0415 - as above
    from tests.report.examples import example_block  # noqa: PLC0415 - as above

    figure.show(example_block(chart=None), "first")
    figure.show(example_block(chart=None), "second")


def page_with_a_brush() -> None:
    import altair as alt  # noqa: PLC0415 - as above
    import streamlit as st  # noqa: PLC0415 - as above

    from pages.ui import figure  # noqa: PLC0415 - as above
    from tests.report.examples import example_block, line_chart  # noqa: PLC0415 - as above

    brush = alt.selection_interval(name="brush", encodings=["x"])
    event = figure.show(example_block(chart=lambda theme: line_chart(theme).add_params(brush)), "line", brush="brush")
    st.text(str(event.selection))


@pytest.fixture(scope="module")
def page() -> AppTest:
    made = AppTest.from_function(page_with_a_figure, default_timeout=30).run()
    assert not made.exception
    return made


def test_title_banner_sentence_and_method_are_plain_words(page: AppTest) -> None:
    block = example_block()
    assert [heading.value for heading in page.header] == [unbroken(plain(block.title))]
    assert MARKUP not in page.header[0].value
    assert [warning.value for warning in page.warning] == [EXPLORATORY]
    assert unbroken(plain(block.sentence)) in [text.value for text in page.markdown]
    assert unbroken(plain(block.method)) in [caption.value for caption in page.caption]
    assert plain(block.provenance.footer) in [caption.value for caption in page.caption]


def test_the_chart_wears_its_own_theme_and_has_alt_text(page: AppTest) -> None:
    (chart,) = page.get("vega_lite_chart")
    assert chart.proto.alt == example_block().alt
    assert not chart.proto.theme
    assert json.loads(chart.proto.spec)["config"]["axis"]["labelFontSize"] == 15


def test_every_file_is_offered_under_its_name_and_made_only_when_asked_for(page: AppTest) -> None:
    buttons = page.get("download_button")
    labels = ["PNG picture", "SVG drawing", "CSV of the data", "PowerPoint slide", "HTML page", "Origin (JSON)"]
    assert [button.proto.label for button in buttons] == labels
    assert not any(button.proto.disabled for button in buttons)
    assert not any(button.proto.url for button in buttons), "a file was made before anybody asked"


def test_code_data_and_reading_are_there(page: AppTest) -> None:
    block = example_block()
    assert [code.value for code in page.code] == [block.code.rstrip("\n")]
    assert page.dataframe[0].value.shape == DATA.shape
    assert [expander.label for expander in page.expander] == ["How to read this"]
    assert [text.value for text in page.expander[0].markdown] == [plain(part) for part in block.paragraphs]


def test_a_table_stands_where_there_is_no_figure_and_blocks_do_not_collide() -> None:
    made = AppTest.from_function(page_with_two_tables, default_timeout=30).run()
    assert not made.exception
    assert not made.get("vega_lite_chart")
    assert not made.warning
    assert len(made.dataframe) == 4
    assert "PNG picture" not in [button.proto.label for button in made.get("download_button")]


def test_a_brush_reaches_python() -> None:
    made = AppTest.from_function(page_with_a_brush, default_timeout=30).run()
    assert not made.exception
    (chart,) = made.get("vega_lite_chart")
    assert list(chart.proto.selection_mode) == ["brush"]
    assert "brush" in made.text[0].value
