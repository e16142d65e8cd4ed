"""Take a file in: read it, or say in one sentence why not and keep what was there."""

import streamlit as st

from ite.errors import IteError
from ite.study import with_table
from pages.ui import cache, state
from pages.ui.text import plain

LARGEST_MB = 50
_SEEN = "upload_seen"


def upload() -> None:
    """Draw the uploader: open while there is nothing to look at, folded away once a trial is in use."""
    study = state.load()
    if study.trial is None and study.table is None:
        st.write("Drop a file with one row per patient. Nothing is analysed before you have seen what was understood.")
        _uploader()
        st.page_link("pages/start.py", label="No file at hand? Open a sample trial", icon=":material/science:")
        return
    with st.expander("Use another file", icon=":material/upload_file:", expanded=state.told() is not None):
        _uploader()


def _uploader() -> None:
    given = st.file_uploader(
        "Trial data: CSV, TSV, Excel (.xlsx) or Parquet",
        key="upload",
        max_upload_size=LARGEST_MB,
        help="The file is read in memory and never stored. It belongs to this browser session alone.",
    )
    st.caption("Your file stays in this browser session: reloading or closing the tab ends it, so keep the original.")
    if given is not None and given.file_id != state.recall(_SEEN):
        state.remember(_SEEN, given.file_id)
        _read(given.getvalue(), given.name)
        st.rerun()
    if (sentence := state.told()) is not None:
        st.error(plain(sentence), icon=":material/error:")
        if state.load().trial is not None:
            st.caption("The trial that was in use still is.")


def _read(data: bytes, name: str) -> None:
    try:
        table = cache.table(data, name)
    except IteError as error:
        state.tell(str(error))
        return
    state.tell(None)
    state.save(with_table(state.load(), table))
