"""Try a sample: one click, and the Effects page shows its first result."""

import streamlit as st

from ite.errors import IteError
from ite.trial.samples import SAMPLES, Sample
from pages.ui.opening import open_sample
from pages.ui.route import go
from pages.ui.text import plain


def samples() -> None:
    """Draw the card with the sample trials."""
    with st.container(border=True):
        st.header("Try a sample trial", anchor=False)
        for column, sample in zip(st.columns(len(SAMPLES), gap="medium"), SAMPLES, strict=True):
            with column:
                _offer(sample)


def _offer(sample: Sample) -> None:
    pressed = st.button(
        plain(sample.title),
        key=f"sample-{sample.key}",
        type="primary" if sample is SAMPLES[0] else "secondary",
        icon=":material/science:",
        width="stretch",
    )
    st.caption(plain(sample.sentence))
    if pressed:
        try:
            open_sample(sample.key)
        except IteError as error:
            st.error(plain(error), icon=":material/error:")
            return
        go("pages/effects.py")
