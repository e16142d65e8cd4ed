"""Are the arms alike: Table 1 by arm, and what is missing where."""

import streamlit as st

from ite.charts.data import missingness, missingness_chart
from ite.report.block import ResultBlock
from ite.report.code import trial_code
from ite.trial.data import TrialData
from pages.ui import cache, figure, state
from pages.ui.origin import provenance, source


def baseline(trial: TrialData) -> None:
    """Draw Table 1, and the missing values where there are any."""
    figure.show(_table_block(trial), "table-one")
    if trial.covariates.isna().to_numpy().any() or trial.outcome_missing.any():
        figure.show(_missing_block(trial), "missing")
    else:
        st.caption("No value is missing in the columns in use.")


def _table_block(trial: TrialData) -> ResultBlock:
    return ResultBlock(
        key="table-one",
        title="Patients at baseline, by arm",
        sentence="Means with standard deviations for numbers, counts with percentages for categories; the standardised "
        "difference says how far a treated arm lies from control.",
        alt="Table of the baseline covariates by arm with standardised mean differences",
        data=cache.first_table(trial).frame,
        method=f"n = {trial.n:,} in {len(trial.arms)} arms; missing values are counted, not filled in.",
        code=trial_code(source(state.load()), trial.roles, shown="ite.table_one(trial).frame"),
        how_to_read="In a randomised trial differences at baseline arise by chance: about one in twenty exceeds two "
        "standard errors.\n\nA standardised difference beyond 0.1 is worth a look, not a test: large ones in "
        "covariates that matter for the outcome are why the scores adjust for covariates.",
        provenance=provenance(trial),
    )


def _missing_block(trial: TrialData) -> ResultBlock:
    frame = missingness(trial)
    missing = frame.groupby("column", sort=False)["missing"].sum()
    some = missing[missing > 0]
    return ResultBlock(
        key="missing-values",
        title="What is missing, by arm",
        sentence=f"{len(some)} of {len(missing)} columns have missing values; no patient is dropped for them.",
        alt="Bars of the share of missing values by column and arm",
        data=frame,
        method=f"n = {trial.n:,}; missing covariates are filled by a stated rule inside each fold and marked by an "
        "indicator, missing outcomes are weighted.",
        code=trial_code(source(state.load()), trial.roles, shown="ite.charts.data.missingness(trial)"),
        how_to_read="Long bars say that a covariate tells little about its patients.\n\nBars of different length "
        "in the arms say that something after randomisation decided who was measured: treat that column with care.",
        provenance=provenance(trial),
        chart=lambda theme: missingness_chart(trial, theme),
    )
