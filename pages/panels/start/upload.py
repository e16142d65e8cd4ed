"""Bring your own trial: what is read, and what happens to it."""

import streamlit as st

from pages.ui.route import go


def upload() -> None:
    """Draw the card that leads to the uploader."""
    with st.container(border=True, height="stretch"):
        st.header("Upload your trial", anchor=False)
        st.markdown(
            "One row per patient: CSV, Excel, Parquet, SAS, Stata or SPSS, up to 50 MB; or a pair of ADaM files. What "
            "each column means is guessed, you correct it; problems are named with their rows and a remedy."
        )
        if st.button("Choose a file", key="go-upload", icon=":material/upload_file:"):
            go("pages/data.py")
        st.caption("The file stays in this browser session: reloading or closing the tab ends it.")
