import io
from typing import Any

import pytest
from PIL import Image
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE

from ite.report.block import EXPLORATORY, ResultBlock
from ite.report.slide import to_pptx
from tests.report.examples import DATA, MARKUP, example_block


def reopened(block: ResultBlock) -> Any:  # noqa: ANN401 - python-pptx has no types
    return Presentation(io.BytesIO(to_pptx(block)))


def texts(slide: Any) -> str:  # noqa: ANN401 - as above
    return "\n".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)


def described(shape: Any) -> str:  # noqa: ANN401 - as above
    return str(shape._element.xpath(".//p:cNvPr")[0].get("descr"))


@pytest.mark.known_truth
def test_one_wide_slide_with_title_sentence_and_origin() -> None:
    block = example_block()
    deck = reopened(block)
    assert len(deck.slides) == 1
    assert deck.slide_width / deck.slide_height == pytest.approx(16 / 9, rel=1e-3)
    assert deck.slides[0].shapes.title.text == block.title
    assert block.sentence in texts(deck.slides[0])
    assert block.provenance.footer in texts(deck.slides[0])
    assert deck.core_properties.title == block.title


@pytest.mark.known_truth
def test_the_picture_is_sharp_has_alt_text_and_keeps_to_the_slide() -> None:
    deck = reopened(example_block())
    (picture,) = [shape for shape in deck.slides[0].shapes if shape.shape_type == MSO_SHAPE_TYPE.PICTURE]
    assert described(picture) == example_block().alt
    width, height = Image.open(io.BytesIO(picture.image.blob)).size
    assert width / picture.width.inches > 150
    assert width / height == pytest.approx(picture.width / picture.height, rel=0.01)
    assert picture.left >= 0
    assert picture.left + picture.width <= deck.slide_width
    assert picture.top + picture.height <= deck.slide_height


@pytest.mark.known_truth
def test_letters_of_the_figure_have_14_points_or_more_on_the_slide() -> None:
    deck = reopened(example_block())
    (picture,) = [shape for shape in deck.slides[0].shapes if shape.shape_type == MSO_SHAPE_TYPE.PICTURE]
    height = Image.open(io.BytesIO(picture.image.blob)).size[1] / 3
    assert 15 * picture.height.pt / height >= 14  # the theme's labels are 15 units high


@pytest.mark.known_truth
def test_the_notes_defend_the_slide() -> None:
    block = example_block()
    notes = reopened(block).slides[0].notes_slide.notes_text_frame.text
    for part in (block.method, "Second", block.code.splitlines()[1], block.provenance.digest, '"learner": "x_lasso"'):
        assert part in notes


@pytest.mark.known_truth
def test_a_result_without_a_figure_becomes_a_table_that_says_what_it_leaves_out() -> None:
    slide = reopened(example_block(chart=None)).slides[0]
    (table,) = [shape for shape in slide.shapes if shape.has_table]
    assert [cell.text for cell in table.table.rows[0].cells] == list(DATA.columns)
    assert [cell.text for cell in table.table.rows[1].cells] == ["0", "320", str(DATA["arm"][0]), "–"]
    assert f"9 of {len(DATA)} rows" in texts(slide)
    assert described(table) == example_block().alt


@pytest.mark.known_truth
def test_exploratory_results_say_so() -> None:
    slide = reopened(example_block(exploratory=True)).slides[0]
    assert EXPLORATORY in texts(slide)
    assert EXPLORATORY in slide.notes_slide.notes_text_frame.text


@pytest.mark.known_truth
def test_control_characters_in_names_do_not_break_the_file() -> None:
    strange = "a\x00b\x0bc\x1fd\ufffe \ud800 " + MARKUP
    slide = reopened(example_block(title=strange, alt=strange, sentence=strange, method=strange)).slides[0]
    assert MARKUP in slide.shapes.title.text
