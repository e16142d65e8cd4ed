"""Try a sample: one click, and the Effects page shows its first result."""

import streamlit as st

from ite.errors import IteError
from ite.trial.samples import SAMPLES, Sample
from pages.ui.opening import open_sample
from pages.ui.text import plain


def samples() -> None:
    """Draw the card with the sample trials."""
    with st.container(border=True, height="stretch"):
        st.subheader("Try a sample trial", anchor=False)
        st.caption("One click, and a first result in seconds.")
        for sample in SAMPLES:
            _row(sample)


def _row(sample: Sample) -> None:
    words, action = st.columns([4, 1], vertical_alignment="center")
    words.markdown(f"**{plain(sample.title)}**  \n{plain(sample.sentence)}")
    if action.button("Open", key=f"sample-{sample.key}", type="primary", help=f"Open {plain(sample.title)}"):
        try:
            open_sample(sample.key)
        except IteError as error:
            st.error(plain(error), icon=":material/error:")
            return
        st.switch_page("pages/effects.py")
