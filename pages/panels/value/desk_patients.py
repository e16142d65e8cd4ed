"""Among whom the fitted trial's options are compared: everybody, a kept slice, or those whom the allocation serves."""

import streamlit as st

from ite.allocation.served import served
from ite.allocation.spec import AllocationSpec
from ite.subgroup.slice import Slice
from ite.trial.columns import BoolArray
from pages.ui import state
from pages.ui.analysed import Analysed

Patients = Slice | AllocationSpec | None
_EVERYBODY, _SERVED = "Everybody", "Those whom the chosen allocation serves"


def pick(shown: Analysed) -> Patients:
    """Draw the choice of patients; None is everybody."""
    study = state.load()
    offered: dict[str, Patients] = {_EVERYBODY: None, **{f"Slice: {one.name}": one for one in study.slices}}
    if study.allocation is not None and study.status("allocation") == "done":
        offered[_SERVED] = study.allocation
    key = f"vd-who-{shown.trial.digest[:8]}-{len(offered)}"
    words = "Keep slices on the Subgroups page, or choose an allocation on the Allocation page, to ask about them here."
    picked = st.selectbox("Among whom", list(offered), key=key, help=words, persist_state="session")
    return offered[str(picked)]


def inside(shown: Analysed, who: Patients) -> BoolArray | None:
    """Return who of the trial's patients they are; None is everybody."""
    if isinstance(who, Slice):
        return who.mask(shown.trial, shown.effects)
    return None if who is None else served(shown.trial, shown.effects, who)


def words_of(who: Patients) -> str:
    """Say whose average effect it is."""
    if isinstance(who, Slice):
        return f"Average effect where {who.predicate}"
    return "Average effect of everybody" if who is None else "Average effect of those whom the chosen allocation serves"


def chosen_by_data(who: Patients) -> bool:
    """Whether the data had a say in who they are."""
    return isinstance(who, AllocationSpec) or (isinstance(who, Slice) and not who.prespecified)
