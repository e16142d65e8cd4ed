"""Keeping a design: as a file that can be opened again, and as scripts in Python and R that give its figures."""

import streamlit as st

from ite.errors import DesignError
from ite.report.enrichment_code import enrichment_code
from ite.report.enrichment_file import EnrichmentFile, read_design, write_design
from ite.report.rpact_script import rpact_script
from pages.panels.design.enrichment_field import open_design
from pages.panels.design.enrichment_start import MOST_STAGES, has_inputs
from pages.ui import state
from pages.ui.text import plain

_SHOWN = "ite.charts.design_enrichment.power_table(found)"
_TAKEN = "enrichment-file-taken"


def save_buttons(asked: EnrichmentFile) -> None:
    """Draw what a user can take away of a design."""
    st.download_button(
        "Save design",
        write_design(asked),
        file_name="enrichment-design.json",
        mime="application/json",
        icon=":material/save:",
        on_click="ignore",
        key="save-json",
    )
    with st.popover("Open design", icon=":material/folder_open:", key="open-design"):
        _open()
    with st.popover("Same in Python", icon=":material/code:", key="python"):
        _offer(enrichment_code(asked, _SHOWN), "enrichment-design.py", "text/x-python")
    with st.popover("Same in R", icon=":material/code:", key="rpact"):
        _rpact(asked)


def _rpact(asked: EnrichmentFile) -> None:
    script = rpact_script(asked)
    if script.text is None:
        st.info(plain(script.reason), icon=":material/info:")
        return
    st.caption("R with the package rpact simulates the same design; figures agree within Monte-Carlo error.")
    _offer(script.text, "enrichment-design.R", "text/plain")


def _offer(text: str, name: str, mime: str) -> None:
    st.download_button(f"Download {name}", text, file_name=name, mime=mime, on_click="ignore", key=f"save-{name}")
    st.code(text, language=None)


def _check_inputs(opened: EnrichmentFile) -> None:
    if not has_inputs(opened.design):
        raise DesignError(
            f"This page has inputs for one subgroup and 2 to {MOST_STAGES} stages; the design in the file has "
            f"{len(opened.design.scenario.populations)} populations and {opened.design.stages} stages, or other names. "
            "Simulate it in Python with ite.simulate."
        )


def _open() -> None:
    file = st.file_uploader("A design saved by this page", type=["json"], key="design-file", max_upload_size=1)
    if file is None or state.recall(_TAKEN) == file.file_id:
        return
    try:
        opened = read_design(file.getvalue())
        _check_inputs(opened)
    except DesignError as reason:
        st.error(plain(reason), icon=":material/error:")
        return
    # The inputs above have been drawn in this run: the next one starts them at the design of the file.
    state.remember(_TAKEN, file.file_id)
    open_design(opened)
    st.rerun()
