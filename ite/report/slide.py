"""A result as one slide of PowerPoint, with what a presenter needs to defend it in the notes."""

import io
from typing import Any

import pandas as pd

from ite.report.block import EXPLORATORY, ResultBlock
from ite.report.image import SCALE, chart_png, chart_spec
from ite.report.text import clean

# In inches: 16:9, as PowerPoint makes it.
_WIDTH, _HEIGHT, _MARGIN = 13.333, 7.5, 0.5
_PICTURE_TOP, _PICTURE_HEIGHT = 2.05, 4.5
_TITLE_ONLY = 5
_TABLE_ROWS = 9
_TABLE_COLUMNS = 8
# A lower figure fills the width of the slide, so that its letters are readable from the back of the room.
_LOWER, _LOWEST = 0.65, 220


def to_pptx(block: ResultBlock) -> bytes:
    """Return one 16:9 slide: title, sentence, figure or table with alt text, provenance; the rest in the notes."""
    from pptx import Presentation  # noqa: PLC0415 - loaded when the first slide is asked for
    from pptx.util import Inches  # noqa: PLC0415 - as above

    presentation = Presentation()
    presentation.slide_width, presentation.slide_height = Inches(_WIDTH), Inches(_HEIGHT)
    presentation.core_properties.title = clean(block.title)
    presentation.core_properties.author = f"Stratagem {block.provenance.version}"
    presentation.core_properties.language = "en"
    slide = presentation.slides.add_slide(presentation.slide_layouts[_TITLE_ONLY])
    _title(slide, block)
    _sentence(slide, block)
    if block.chart is None:
        _table(slide, block)
    else:
        _picture(slide, block)
    _paragraph(slide, block.provenance.footer, (6.85, 0.45), 12.0)
    slide.notes_slide.notes_text_frame.text = clean(notes(block))
    stream = io.BytesIO()
    presentation.save(stream)
    return stream.getvalue()


def notes(block: ResultBlock) -> str:
    """Return the speaker notes: method, how to read the figure, code, and the whole provenance."""
    warning = f"{EXPLORATORY}\n\n" if block.exploratory else ""
    return (
        f"{block.sentence}\n\n{warning}Method: {block.method}\n\nHow to read this: {block.how_to_read}\n\n"
        f"Code:\n{block.code}\n\nOrigin:\n{block.provenance.to_json()}"
    )


def _title(slide: Any, block: ResultBlock) -> None:  # noqa: ANN401 - python-pptx has no types
    from pptx.util import Inches, Pt  # noqa: PLC0415 - as above

    shape = slide.shapes.title
    shape.left, shape.top = Inches(_MARGIN), Inches(0.3)
    shape.width, shape.height = Inches(_WIDTH - 2 * _MARGIN), Inches(0.8)
    frame = shape.text_frame
    frame.word_wrap = True
    frame.text = clean(" ".join(block.title.split()))
    _style(frame.paragraphs[0], Pt(30 if len(block.title) <= 60 else 24), bold=True)


def _sentence(slide: Any, block: ResultBlock) -> None:  # noqa: ANN401 - as above
    text = f"{block.sentence} {EXPLORATORY}" if block.exploratory else block.sentence
    _paragraph(slide, text, (1.1, 0.9), 20.0 if len(text) <= 220 else 16.0)


def _picture(slide: Any, block: ResultBlock) -> None:  # noqa: ANN401 - as above
    from pptx.util import Inches  # noqa: PLC0415 - as above

    spec = chart_spec(block)
    if isinstance(spec.get("height"), int | float):
        spec = {**spec, "height": min(spec["height"], max(_LOWEST, _LOWER * spec["height"]))}
    room = Inches(_WIDTH - 2 * _MARGIN)
    picture = slide.shapes.add_picture(
        io.BytesIO(chart_png(spec, SCALE)), Inches(_MARGIN), Inches(_PICTURE_TOP), height=Inches(_PICTURE_HEIGHT)
    )
    if picture.width > room:
        picture.height, picture.width = int(picture.height * room / picture.width), room
    picture.left = (Inches(_WIDTH) - picture.width) // 2
    _describe(picture, block)


def _table(slide: Any, block: ResultBlock) -> None:  # noqa: ANN401 - as above
    """Put the first rows of the data on the slide; how many more there are stands below them."""
    from pptx.util import Inches, Pt  # noqa: PLC0415 - as above

    shown = block.data.iloc[:_TABLE_ROWS, :_TABLE_COLUMNS]
    place = (Inches(_MARGIN), Inches(_PICTURE_TOP), Inches(_WIDTH - 2 * _MARGIN), Inches(0.4 * (len(shown) + 1)))
    shape = slide.shapes.add_table(len(shown) + 1, max(1, shown.shape[1]), *place)
    for column, name in enumerate(shown.columns):
        for row, text in enumerate([str(name), *map(_shown, shown.iloc[:, column])]):
            cell = shape.table.cell(row, column)
            cell.text = clean(text)
            _style(cell.text_frame.paragraphs[0], Pt(14), bold=row == 0, left=False)
    if shown.shape != block.data.shape:
        left_out = (
            f"Shown: {len(shown)} of {len(block.data):,} rows, {shown.shape[1]} of {block.data.shape[1]} columns."
        )
        _paragraph(slide, left_out, (6.45, 0.4), 14.0)
    _describe(shape, block)


def _shown(value: object) -> str:
    if pd.api.types.is_scalar(value) and pd.isna(value):  # type: ignore[call-overload]  # any scalar will do
        return "–"
    return f"{value:.4g}" if isinstance(value, float) else str(value)


def _paragraph(slide: Any, text: str, place: tuple[float, float], size: float) -> None:  # noqa: ANN401 - as above
    """Put a line of text at (top, height), in inches, over the width of the slide."""
    from pptx.util import Inches, Pt  # noqa: PLC0415 - as above

    top, height = place
    box = slide.shapes.add_textbox(Inches(_MARGIN), Inches(top), Inches(_WIDTH - 2 * _MARGIN), Inches(height))
    box.text_frame.word_wrap = True
    box.text_frame.text = clean(" ".join(text.split()))
    _style(box.text_frame.paragraphs[0], Pt(size))


def _style(paragraph: Any, size: int, *, bold: bool = False, left: bool = True) -> None:  # noqa: ANN401 - as above
    from pptx.enum.text import PP_ALIGN  # noqa: PLC0415 - as above

    paragraph.font.size = size
    paragraph.font.bold = bold
    if left:
        paragraph.alignment = PP_ALIGN.LEFT


def _describe(shape: Any, block: ResultBlock) -> None:  # noqa: ANN401 - as above
    """Give a picture or a table its name and its alt text; python-pptx has no call for it."""
    element = shape._element.xpath(".//p:cNvPr")[0]  # noqa: SLF001 - as above
    element.set("descr", _attribute(block.alt))
    element.set("name", _attribute(block.title))


def _attribute(text: str) -> str:
    return clean(" ".join(text.split()))
