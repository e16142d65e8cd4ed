"""The one result block: every result on every page is drawn here."""

from collections.abc import Callable
from functools import cache, partial
from typing import Any, TypedDict

import streamlit as st

from ite.charts.theme import Drawing, Theme, alt_text
from ite.report.block import EXPLORATORY, ResultBlock
from ite.report.formats import export, file_name, formats_of
from pages.ui.text import plain, unbroken

_ROWS = 1_000
_DIGITS = st.column_config.NumberColumn(format="%.4g")
_LEVEL = {"level": st.column_config.TextColumn(width=130)}  # the browser's own guess cuts names such as North America


class Figure(TypedDict):
    """The fields of a result block that make its figure."""

    chart: Callable[[Theme], Drawing] | None
    alt: str


def theme() -> Theme:
    """Return the theme of the visitor's screen; light until the browser has said."""
    return "dark" if st.context.theme.type == "dark" else "light"


def drawn(chart: Callable[[Theme], Drawing]) -> Figure:
    """Return a figure that is drawn once per theme."""
    once = cache(chart)
    return Figure(chart=once, alt=alt_text(once(theme())))


def show(block: ResultBlock, key: str, *, brush: str | None = None) -> Any:  # noqa: ANN401 - Streamlit's own state
    """Draw a result: title, sentence, figure, method, and what a reader can take away or look up.

    Parameters
    ----------
    key
        Names this block on its page.
    brush
        Name of a selection of the chart that is to reach Python; the event is then returned, else None.
    """
    with st.container(key=f"result-{key}"):
        st.header(unbroken(plain(block.title)), anchor=False)
        if block.exploratory:
            st.warning(EXPLORATORY, icon=":material/explore:")
        st.markdown(unbroken(plain(block.sentence)))
        event = _figure(block, key, brush)
        st.caption(unbroken(plain(block.method)))
        with st.container(horizontal=True, key=f"actions-{key}"):
            _download(block, key)
            _code(block, key)
            _data(block, key)
        with st.expander("How to read this", key=f"reading-{key}"):
            for paragraph in block.paragraphs:
                st.markdown(plain(paragraph))
    return event


def _figure(block: ResultBlock, key: str, brush: str | None) -> Any:  # noqa: ANN401 - as above
    if block.chart is None:
        rows = block.data.head(_ROWS)
        # Four digits are read from a table on a wall; the CSV file holds them all.
        columns = {**_LEVEL, **{str(name): _DIGITS for name in rows.select_dtypes("float").columns}}
        st.dataframe(rows, hide_index=True, key=f"table-{key}", alt=block.alt, column_config=columns, placeholder="–")
        return None
    # The chart wears our own theme, so that the screen and the exported file are the same picture.
    # Its description goes: `alt` takes its place, and Streamlit would log a warning about the two.
    drawing: Any = block.chart(theme())
    drawing = drawing.copy(deep=False)  # a deep copy takes longer than most of what else is done here
    drawing.description = ""
    if brush is None:
        st.altair_chart(drawing, theme=None, key=f"chart-{key}", alt=block.alt)
        return None
    return st.altair_chart(
        drawing, theme=None, key=f"chart-{key}", alt=block.alt, on_select="rerun", selection_mode=[brush]
    )


def _download(block: ResultBlock, key: str) -> None:
    """Offer each format; a file is made when its button is pressed, not before."""
    with st.popover("Download", icon=":material/download:", key=f"download-{key}"):
        for kind in formats_of(block):
            missing = kind.missing()
            st.download_button(
                kind.label,
                data=partial(export, block, kind, theme()),
                file_name=file_name(block, kind),
                mime=kind.mime,
                key=f"{kind.extension}-{key}",
                on_click="ignore",
                disabled=bool(missing),
                help=f"Needs {' and '.join(missing)}, which is not installed." if missing else None,
                width="stretch",
            )


def _code(block: ResultBlock, key: str) -> None:
    with st.popover("Show code", icon=":material/code:", key=f"code-{key}"):
        start = "needing no data" if block.provenance.patients is None else "from the folder that holds the data"
        st.caption(f"Python that computes these numbers again, {start}.")
        st.code(block.code, language=None)  # Streamlit's colours for code are too faint to read on either ground


def _data(block: ResultBlock, key: str) -> None:
    with st.popover("Data", icon=":material/table:", key=f"data-{key}"):
        st.dataframe(block.data.head(_ROWS), hide_index=True, alt=plain(f"Data behind: {block.title}"))
        if len(block.data) > _ROWS:
            st.caption(f"The first {_ROWS:,} of {len(block.data):,} rows; the CSV file holds all.")
        st.caption(plain(block.provenance.footer))
