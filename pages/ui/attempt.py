"""A result for the present inputs, or the sentence that says why there is none and the last one that was possible."""

from collections.abc import Callable
from typing import TypeVar, cast

import streamlit as st

from ite.errors import IteError
from pages.ui import state
from pages.ui.text import plain

Result = TypeVar("Result")


def attempt(key: str, compute: Callable[[], Result]) -> Result | None:
    """Compute a result and keep it; where the inputs are impossible say so and return the one kept before.

    Parameters
    ----------
    key
        Names the result within the session.
    compute
        May raise `IteError`. Let it return everything that is drawn, the specification included, so that figures and
        code of a result that is shown again belong together.
    """
    place = f"attempt-{key}"
    try:
        result = compute()
    except IteError as error:
        kept = cast("Result | None", state.recall(place))
        st.error(plain(error), icon=":material/error:")
        if kept is not None:
            st.caption("Shown below is the last result that was possible.")
        return kept
    state.remember(place, result)
    return result
