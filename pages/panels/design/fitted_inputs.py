"""Inputs of the next trial: whom to enrol, how many, how it is tested, and what it costs."""

from collections.abc import Callable

import streamlit as st

from ite.design.fitted.best_fraction import Goal
from ite.design.fitted.spec import NextTrialSpec, Settings
from ite.subgroup.axis import PREDICTED_BENEFIT, arms_of
from ite.subgroup.slice import Slice
from pages.panels.design.other_fields import level, resources, whole
from pages.panels.design.size_fields import number, percent, slider
from pages.ui import state
from pages.ui.analysed import Analysed
from pages.ui.text import plain

_GOALS: dict[str, Goal] = {"Patients randomised": "randomised", "Patients screened": "screened", "Cost": "cost"}


def ask(shown: Analysed) -> Callable[[], NextTrialSpec]:
    """Draw the inputs; return what makes the specification, which raises `DesignError` where they do not fit."""
    chosen, size = _patients(shown), _size(shown)
    with st.expander("Level, looks, drop-out"):
        alpha = level("ft")
        looks = whole("Analyses", (1, 5), 1, "ft-looks", "Equally spaced; bounds of the O'Brien-Fleming kind.")
        lost = percent("Drop-out (%)", 0.0, "ft-dropout", "Randomised patients without an outcome.", step=1.0)
    with st.expander("Months, money, goal"):
        means = resources("ft")
        words = str(
            st.selectbox(
                "Best is what needs least of", list(_GOALS), key="ft-goal", bind="query-params", help="For equal power."
            )
        )

    def make() -> NextTrialSpec:
        settings: Settings = {
            **chosen,
            **size,
            "alpha": alpha,
            "looks": looks,
            "drop_out": lost,
            "goal": _GOALS[words],
            "resources": means(),
        }
        return NextTrialSpec(arm=shown.arm, **settings)

    return make


def _patients(shown: Analysed) -> Settings:
    """Draw how patients are chosen."""
    slices = {one.name: one for one in state.load().slices if one.arm == shown.arm and one.axis != PREDICTED_BENEFIT}
    ways: dict[str, Callable[[], Settings]] = {
        "Top share": _share,
        "Least benefit": lambda: _least(shown),
        "Best share": lambda: Settings(enrol="best"),
    }
    if slices:
        ways["A kept slice"] = lambda: _slice(slices)
    way = st.selectbox(
        "Enrol by",
        list(ways),
        key="ft-by",
        bind="query-params",
        help="Top share: those with the greatest predicted benefit. Least benefit: all predicted to benefit by at "
        "least so much. Best share: everybody, unless a smaller share is shown to be better. Slices are kept on the "
        "Subgroups page.",
    )
    return ways[str(way)]()


def _share() -> Settings:
    explained = "Of those screened, the patients with the greatest predicted benefit."
    return Settings(enrol=slider("Patients enrolled", (5, 100), 60, "ft-enrol", explained))


def _least(shown: Analysed) -> Settings:
    explained = f"On the scale of the effects, after shrinkage: {shown.effects.scale}."
    return Settings(min_benefit=number("Benefit of at least", 0.0, "ft-least", plain(explained), step=0.05))


def _slice(slices: dict[str, Slice]) -> Settings:
    picked = st.selectbox("Slice", list(slices), format_func=plain, key="ft-slice", persist_state="session")
    return Settings(slice=slices[str(picked)])


def _size(shown: Analysed) -> Settings:
    """Draw how large the trial is; a typed size starts at that of the source in these two arms."""
    ways = ["Assurance", "Patients"]
    way = st.selectbox("Size by", ways, key="ft-size", bind="query-params", help="Found for a chance, or typed.")
    if way == "Assurance":
        explained = "Probability of success, averaged over what is believed of the effect."
        return Settings(target=slider("Assurance", (50, 99), 80, "ft-target", explained))
    arms = arms_of(shown.trial, shown.arm)
    usual = int((arms.treated | arms.control).sum())
    return Settings(n=whole("Patients randomised", (20, 1_000_000), usual, "ft-n", "In both arms together."))
