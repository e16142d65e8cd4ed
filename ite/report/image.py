"""A result as a picture: PNG and SVG, drawn offline, in the colours of the screen."""

import re
from typing import Any
from xml.sax.saxutils import escape

from ite.charts.theme import Theme, ink
from ite.report.block import EXPLORATORY, ResultBlock
from ite.report.text import clean, wrap

SCALE = 3.0
_MARGIN = 24.0
_NARROWEST = 560.0
_FONT = "Source Sans, Source Sans Pro, Segoe UI, Helvetica, Arial, sans-serif"


def chart_spec(block: ResultBlock, theme: Theme = "light") -> dict[str, Any]:
    """Return the Vega-Lite specification of a result's figure, with its text for screen readers.

    Raises
    ------
    ValueError
        When the result has no figure.
    """
    if block.chart is None:
        raise ValueError(f"result {block.key!r} has no figure")
    return {**block.chart(theme).to_dict(), "description": clean(block.alt)}


def chart_svg(spec: dict[str, Any]) -> str:
    """Draw a specification as SVG; data from outside are refused."""
    import vl_convert  # noqa: PLC0415 - loaded when the first export is asked for

    return str(vl_convert.vegalite_to_svg(spec, allowed_base_urls=[]))


def chart_png(spec: dict[str, Any], scale: float = SCALE) -> bytes:
    """Draw a specification as PNG, `scale` pixels for each of its units; data from outside are refused."""
    import vl_convert  # noqa: PLC0415 - as above

    return bytes(vl_convert.vegalite_to_png(spec, scale=scale, allowed_base_urls=[]))


def to_svg(block: ResultBlock, theme: Theme = "light") -> bytes:
    """Return the figure under its title and sentence, above method and provenance, as a standalone SVG (UTF-8)."""
    drawing = chart_svg(chart_spec(block, theme))
    chart_width, chart_height = _size(drawing)
    width = max(chart_width, _NARROWEST) + 2 * _MARGIN
    colours = ink(theme)
    head, top = _lines(_head(block), width, _MARGIN, colours.text)
    foot, bottom = _lines(_foot(block), width, top + chart_height + _MARGIN, colours.quiet)
    height = bottom + _MARGIN / 2
    inner = drawing.replace("<svg ", f'<svg x="{_MARGIN:g}" y="{top:g}" ', 1)
    picture = (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" role="img" '
        f'width="{width:g}" height="{height:g}" viewBox="0 0 {width:g} {height:g}" font-family="{_FONT}">'
        f"<title>{_text(block.title)}</title><desc>{_text(block.alt)}</desc>"
        f'<rect width="100%" height="100%" fill="{colours.ground}"/>{head}{inner}{foot}</svg>'
    )
    return picture.encode()


def to_png(block: ResultBlock, theme: Theme = "light", scale: float = SCALE) -> bytes:
    """Return what `to_svg` draws as PNG, `scale` pixels for each of its units."""
    import vl_convert  # noqa: PLC0415 - as above

    return bytes(vl_convert.svg_to_png(to_svg(block, theme).decode(), scale=scale))


def _head(block: ResultBlock) -> list[tuple[str, float, str]]:
    """Paragraphs above the figure: text, size, weight."""
    banner = [(EXPLORATORY, 14.0, "bold")] if block.exploratory else []
    return [(block.title, 22.0, "bold"), *banner, (block.sentence, 16.0, "normal")]


def _foot(block: ResultBlock) -> list[tuple[str, float, str]]:
    return [(block.method, 13.0, "normal"), (block.provenance.footer, 12.0, "normal")]


def _lines(paragraphs: list[tuple[str, float, str]], width: float, top: float, colour: str) -> tuple[str, float]:
    """Set paragraphs below `top`; return their markup and where the next thing may start."""
    markup = []
    for text, size, weight in paragraphs:
        for line in wrap(text, width - 2 * _MARGIN, size * (1.06 if weight == "bold" else 1.0)):
            top += size * 1.3
            markup.append(
                f'<text x="{_MARGIN:g}" y="{top - size * 0.3:g}" font-size="{size:g}" font-weight="{weight}" '
                f'fill="{colour}">{_text(line)}</text>'
            )
        top += size * 0.35
    return "".join(markup), top + _MARGIN / 3


def _size(svg: str) -> tuple[float, float]:
    """Width and height of a drawing."""
    found = re.search(r'<svg [^>]*?width="([\d.]+)" height="([\d.]+)"', svg)
    if found is None:
        raise ValueError("the drawing states no size")
    return float(found[1]), float(found[2])


def _text(text: str) -> str:
    return escape(clean(text))
