"""Open a project: marked as coming, with nothing to click."""

import streamlit as st


def project() -> None:
    """Draw the card of what is not there yet."""
    with st.container(border=True, height="stretch"):
        st.header("Open a project", anchor=False)
        st.markdown(
            "A file with data, settings and decisions, to go on where you stopped. Until it comes, **Copy link** in "
            "the sidebar brings back a sample with its settings."
        )
        st.badge("Coming later", icon=":material/schedule:", color="gray")
