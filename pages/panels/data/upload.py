"""Take a file in, or two that belong together: read it, or say in one sentence why not and keep what was there."""

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from ite.errors import IteError, ReadError
from ite.study import with_table
from ite.trial.labels import shown
from ite.trial.table import Table
from pages.panels.data import adam_pair
from pages.panels.data.adam import adam
from pages.ui import cache, state
from pages.ui.text import plain

LARGEST_MB = 50
_GIVEN, _SEEN = "upload_given", "upload_seen"


def upload() -> None:
    """Draw the uploader: open while there is nothing to look at, folded away once a trial is in use."""
    study = state.load()
    if study.trial is None and study.table is None:
        st.write(
            "Drop a file with one row per patient, or two ADaM files together: subjects (ADSL) and one endpoint. "
            "Nothing is analysed before you have seen what was understood."
        )
        _uploader()
        st.page_link("pages/start.py", label="No file at hand? Open a sample trial", icon=":material/science:")
        return
    adam()
    with st.expander("Use another file", icon=":material/upload_file:", expanded=state.told() is not None):
        _uploader()


def _uploader() -> None:
    given = st.file_uploader(
        "Trial data: CSV, TSV, Excel (.xlsx), Parquet, SAS (.xpt, .sas7bdat), Stata (.dta) or SPSS (.sav)",
        key="upload",
        accept_multiple_files=True,
        max_upload_size=LARGEST_MB,
        help="The file is read in memory, or in a private folder that is removed at once, and never kept. It belongs "
        "to this browser session alone.\n\nADaM: drop the file of subjects (ADSL) and one endpoint file (ADTTE, ADEFF, "
        "ADRS) together; they are joined by subject.",
    )
    st.caption("Your file stays in this browser session: reloading or closing the tab ends it, so keep the original.")
    before = state.recall(_GIVEN, ())
    new = [file for file in given if file.file_id not in (before if isinstance(before, tuple) else ())]
    if new:
        state.remember(_GIVEN, tuple(file.file_id for file in given))
        _take(new)
        st.rerun()
    if (sentence := state.told()) is not None:
        st.error(plain(sentence), icon=":material/error:")
        if state.load().trial is not None:
            st.caption("The trial that was in use still is.")


def _take(files: list[UploadedFile]) -> None:
    try:
        tables = [cache.table(file.getvalue(), file.name) for file in files]
        pair = adam_pair.pair_of(*tables) if len(tables) == 2 else adam_pair.pair_with_earlier(tables[0])
        if pair is not None:
            adam_pair.hold(pair, files[-1].file_id)
        elif len(tables) > 1:
            raise ReadError(_not_together(tables))
        else:
            adam_pair.let_go()
            state.remember(_SEEN, files[0].file_id)
            state.save(with_table(state.load(), tables[0]))
    except IteError as error:
        state.tell(str(error))
    else:
        state.tell(None)


def _not_together(tables: list[Table]) -> str:
    names = " and ".join(shown(table.name) for table in tables[:2])
    return (
        f"Several files are read together only where they are an ADaM file of subjects (ADSL) and one endpoint file "
        f"(USUBJID, PARAMCD, AVAL), but {names} are not such a pair; give one file with one row per patient."
    )
