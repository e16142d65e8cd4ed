"""Inputs of the next trial: whom to enrol, how many, how it is tested, and what it costs."""

from collections.abc import Callable

import streamlit as st

from ite.design.fitted.best_fraction import Goal
from ite.design.fitted.spec import NextTrialSpec, Settings
from ite.subgroup.axis import arms_of
from pages.panels.design.fitted_whom import patients
from pages.panels.design.other_fields import level, resources, whole
from pages.panels.design.size_fields import percent, slider
from pages.ui.analysed import Analysed

_GOALS: dict[str, Goal] = {"Patients randomised": "randomised", "Patients screened": "screened", "Cost": "cost"}


def ask(shown: Analysed) -> Callable[[], NextTrialSpec]:
    """Draw the inputs; return what makes the specification, which raises `DesignError` where they do not fit."""
    chosen, size = patients(shown), _size(shown)
    with st.expander("Level, looks, drop-out"):
        alpha = level("ft")
        looks = whole("Analyses", (1, 5), 1, "ft-looks", "Equally spaced; bounds of the O'Brien-Fleming kind.")
        lost = percent("Drop-out (%)", 0.0, "ft-dropout", "Randomised patients without an outcome.", step=1.0)
    with st.expander("Months, money, goal"):
        means = resources("ft")
        money = _currency()
        words = str(
            st.selectbox(
                "Best is what needs least of", list(_GOALS), key="ft-goal", bind="query-params", help="For equal power."
            )
        )

    def make() -> NextTrialSpec:
        settings: Settings = {
            **chosen(),
            **size,
            "alpha": alpha,
            "looks": looks,
            "drop_out": lost,
            "goal": _GOALS[words],
            "resources": means(),
            "currency": money,
        }
        return NextTrialSpec(arm=shown.arm, **settings)

    return make


def _currency() -> str:
    """Draw the name of the currency that prices are typed in; it changes words alone."""
    usual = str(NextTrialSpec.model_fields["currency"].default)
    typed = st.text_input(
        "Currency",
        usual,
        max_chars=20,
        key="ft-currency",
        bind="query-params",
        help="What the prices are counted in, such as EUR.",
    )
    return str(typed).strip() or usual


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
