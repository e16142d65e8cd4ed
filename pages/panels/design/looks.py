"""Looks on the way: a trial that may stop early, what it costs, and what an interim result says."""

import streamlit as st

from ite.design.sequential.boundary import Boundary
from ite.design.sequential.group_sequential import plan_group_sequential
from ite.design.sequential.planned_looks import with_looks
from pages.panels.design.attempt import attempt
from pages.panels.design.looks_expected import expected
from pages.panels.design.looks_futility import futility
from pages.panels.design.looks_inputs import boundary
from pages.panels.design.looks_interim import interim
from pages.panels.design.looks_result import Looked
from pages.panels.design.looks_stopping import bounds, table
from pages.panels.design.size_assumptions import assumptions


def draw() -> None:
    """Draw the inputs and, beside them, bounds, looks, expected size and interim results."""
    left, right = st.columns([4, 9], gap="large")
    with left:
        analyses, settings = boundary()
        stop_for_futility, only = futility(analyses)
        with st.expander("Trial without looks", expanded=True):
            made = assumptions()

    def compute() -> Looked:
        trial = made()
        design = with_looks(
            trial, Boundary(alpha=trial.alpha, futility_only_looks=only, **settings()), stop_for_futility()
        )
        return Looked(trial=trial, design=design, plan=plan_group_sequential(design))

    with right:
        looked = attempt("looks", compute)
        if looked is not None:
            bounds(looked)
            expected(looked)
    if looked is not None:
        table(looked)
        interim(looked)
