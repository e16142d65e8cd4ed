"""Going to another page without losing what the link says."""

from typing import NoReturn

import streamlit as st

SAMPLE = "sample"  # the link's parameter that names the sample in use


def go(path: str) -> NoReturn:
    """Switch to a page and keep the sample in the link; bound settings are put back by their own inputs.

    Without parameters of its own `st.switch_page` would clear the link, which it refuses while an input is bound.
    """
    kept = {name: st.query_params[name] for name in (SAMPLE,) if name in st.query_params}
    st.switch_page(path, query_params=kept)
