"""Inputs of the next trial: whom to enrol, by predicted benefit, by a kept slice, or by two markers."""

from collections.abc import Callable

import streamlit as st

from ite.design.fitted.spec import Settings
from ite.design.fitted.wording import scale_words
from ite.subgroup.axis import PREDICTED_BENEFIT
from ite.subgroup.slice import Slice
from pages.panels.design.fitted_markers import two_markers
from pages.panels.design.size_fields import number, slider
from pages.ui import state
from pages.ui.analysed import Analysed
from pages.ui.text import plain


def patients(shown: Analysed) -> Callable[[], Settings]:
    """Draw how patients are chosen; return what makes the settings."""
    slices = {one.name: one for one in state.load().slices if one.arm == shown.arm and one.axis != PREDICTED_BENEFIT}
    ways: dict[str, Callable[[], Callable[[], Settings]]] = {
        "Top share": _share,
        "Least benefit": lambda: _least(shown),
        "Best share": lambda: _best,
    }
    if len(shown.trial.roles.covariates) > 1:
        ways["Two markers"] = lambda: _markers(shown)
    if slices:
        ways["A kept slice"] = lambda: _slice(slices)
    way = st.selectbox(
        "Enrol by",
        list(ways),
        key="ft-by",
        bind="query-params",
        help="Top share: those with the greatest predicted benefit. Least benefit: all predicted to benefit by at "
        "least so much. Best share: everybody, unless a smaller share is shown to be better. Two markers: by cuts "
        "of two covariates. Slices are kept on the Subgroups page.",
    )
    return ways[str(way)]()


def _best() -> Settings:
    return Settings(enrol="best")


def _share() -> Callable[[], Settings]:
    explained = "Of those screened, the patients with the greatest predicted benefit."
    share = slider("Patients enrolled", (5, 100), 60, "ft-enrol", explained)
    return lambda: Settings(enrol=share)


def _least(shown: Analysed) -> Callable[[], Settings]:
    explained = f"On the scale of the effects, after shrinkage: {scale_words(shown.effects.scale)}."
    least = number("Benefit of at least", 0.0, "ft-least", plain(explained), step=0.05)
    return lambda: Settings(min_benefit=least)


def _markers(shown: Analysed) -> Callable[[], Settings]:
    rule = two_markers(shown)
    return lambda: Settings(rule=rule())


def _slice(slices: dict[str, Slice]) -> Callable[[], Settings]:
    picked = st.selectbox("Slice", list(slices), key="ft-slice", persist_state="session")
    return lambda: Settings(slice=slices[str(picked)])
