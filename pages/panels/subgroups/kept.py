"""The slices kept so far, with their effects; they survive page switches and new fits."""

import streamlit as st

from ite.errors import IteError
from ite.study import with_slices
from ite.subgroup.slice import Slice, compare_slice
from pages.ui import state
from pages.ui.analysed import Analysed
from pages.ui.text import plain


def kept(analysed: Analysed) -> None:
    """Draw the list of kept slices, each with its effect and a button to remove it."""
    slices = state.load().slices
    st.header("Kept slices", anchor=False)
    if not slices:
        st.caption("None yet. Set patients apart above and keep them under a name: the list stays for this session.")
        return
    for chosen in slices:
        with st.container(border=True, horizontal=True, vertical_alignment="center", key=f"kept-{chosen.name}"):
            st.markdown(f"**{plain(chosen.name)}** · {plain(_summary(analysed, chosen))}", width="stretch")
            st.button(
                f"Remove {plain(chosen.name)}",
                icon=":material/delete:",
                key=f"remove-{chosen.name}",
                on_click=_remove,
                args=(chosen.name,),
            )


def _summary(analysed: Analysed, chosen: Slice) -> str:
    """Say in one line what is known of a slice; a slice of another trial, or a small one, gives its reason."""
    origin = "pre-specified" if chosen.prespecified else "exploratory"
    try:
        found = compare_slice(analysed.trial, analysed.effects, chosen, seed=analysed.effects.spec.seed)
    except IteError as error:
        return f"{chosen.arm}, {origin}. {error}"
    return f"{chosen.arm}, {origin}. {found.sentence}"


def _remove(name: str) -> None:
    study = state.load()
    state.save(with_slices(study, tuple(one for one in study.slices if one.name != name)))
