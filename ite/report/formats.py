"""The files that a result can become, in the order in which a reader is offered them."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec

from ite.charts.theme import Theme
from ite.errors import IteError
from ite.report.block import ResultBlock
from ite.report.image import to_png, to_svg
from ite.report.page import to_html
from ite.report.slide import to_pptx
from ite.report.table import to_csv


@dataclass(frozen=True, kw_only=True)
class ExportFormat:
    """One kind of file.

    Attributes
    ----------
    label, extension, mime
        What the reader sees, the end of the file's name without a dot, and its media type.
    make : function (block, theme) -> bytes
        Only pictures follow the theme of the screen; slide and page are light.
    needs : tuple of str
        Packages that making it imports.
    figure : bool
        Whether it needs a result with a figure.
    """

    label: str
    extension: str
    mime: str
    make: Callable[[ResultBlock, Theme], bytes]
    needs: tuple[str, ...] = ()
    figure: bool = False

    def missing(self) -> tuple[str, ...]:
        """Return the packages that are needed and not installed."""
        return tuple(name for name in self.needs if find_spec(name) is None)


FORMATS = (
    ExportFormat(
        label="PNG picture", extension="png", mime="image/png", make=to_png, needs=("vl_convert",), figure=True
    ),
    ExportFormat(
        label="SVG drawing", extension="svg", mime="image/svg+xml", make=to_svg, needs=("vl_convert",), figure=True
    ),
    ExportFormat(label="CSV of the data", extension="csv", mime="text/csv", make=lambda block, _: to_csv(block)),
    ExportFormat(
        label="PowerPoint slide",
        extension="pptx",
        mime="application/vnd.openxmlformats-officedocument.presentationml.presentation",
        make=lambda block, _: to_pptx(block),
        needs=("pptx", "vl_convert"),
    ),
    ExportFormat(
        label="HTML page",
        extension="html",
        mime="text/html",
        make=lambda block, _: to_html(block),
        needs=("vl_convert",),
    ),
    ExportFormat(
        label="Origin (JSON)",
        extension="json",
        mime="application/json",
        make=lambda block, _: block.provenance.to_json().encode(),
    ),
)


def formats_of(block: ResultBlock) -> tuple[ExportFormat, ...]:
    """Return the formats that fit a result: a table has no picture."""
    return tuple(kind for kind in FORMATS if block.chart is not None or not kind.figure)


def export(block: ResultBlock, kind: ExportFormat, theme: Theme = "light") -> bytes:
    """Return a result as a file's bytes.

    Raises
    ------
    IteError
        When a package that it needs is not installed, or the figure cannot be drawn.
    """
    missing = kind.missing()
    if missing:
        raise IteError(f"{kind.label}: needs {' and '.join(missing)}, which is not installed. Install it, or take CSV.")
    try:
        return kind.make(block, theme)
    except ValueError as error:
        raise IteError(
            f"{kind.label}: expected a figure that can be drawn, found one that cannot ({_short(error)}). "
            "Take the CSV of the data instead, and report this."
        ) from error


def file_name(block: ResultBlock, kind: ExportFormat) -> str:
    """Return the name under which a result is saved."""
    return f"{block.file_stem}.{kind.extension}"


def _short(error: ValueError) -> str:
    return " ".join(str(error).split())[:120]
