"""Looks on the way: a trial that may stop early, what it costs, and what an interim result says."""

import streamlit as st

from ite.design.sequential.boundary import Boundary
from ite.design.sequential.group_sequential import plan_group_sequential
from ite.design.sequential.planned_looks import with_looks
from pages.panels.design.looks_assurance import assured
from pages.panels.design.looks_enlarged import enlarged
from pages.panels.design.looks_expected import expected
from pages.panels.design.looks_futility import futility
from pages.panels.design.looks_inputs import benefit, looks
from pages.panels.design.looks_interim import interim
from pages.panels.design.looks_result import Looked
from pages.panels.design.looks_stopping import bounds, table
from pages.panels.design.size_assumptions import assumptions
from pages.ui.attempt import attempt


def draw() -> None:
    """Draw the inputs and, beside them, bounds, looks, expected size and interim results."""
    left, right = st.columns([4, 9], gap="large")
    with left:
        st.markdown("**What is tested**")
        made = assumptions()
        st.markdown("**Looks**")
        analyses, times = looks()
        st.markdown("**Stopping**")
        settings = benefit()
        stop_for_futility, only = futility(analyses)

    def compute() -> Looked:
        trial = made()
        boundary = Boundary(alpha=trial.alpha, information_fractions=times(), futility_only_looks=only, **settings())
        design = with_looks(trial, boundary, stop_for_futility())
        return Looked(trial=trial, design=design, plan=plan_group_sequential(design))

    with right:
        looked = attempt("looks", compute)
        if looked is not None:
            bounds(looked)
            expected(looked)
    if looked is not None:
        table(looked)
        interim(looked)
        enlarged(looked)
        assured(looked)
