"""Which biomarker is looked at, and whether that was decided before the data were seen."""

from dataclasses import dataclass

import pandas as pd
import streamlit as st

from ite.charts.effects import tested_modifiers
from ite.subgroup.axis import is_numeric
from ite.subgroup.benefit_curve import FEW_VALUES
from pages.ui.analysed import Analysed


@dataclass(frozen=True, kw_only=True)
class Choice:
    """A biomarker of the trial.

    Attributes
    ----------
    by : str
        Column of the biomarker.
    marker : Series
        The biomarker of each patient.
    prespecified : bool
        Whether the user states that it was chosen before the data were seen.
    """

    by: str
    marker: pd.Series
    prespecified: bool

    @property
    def continuous(self) -> bool:
        """Whether the biomarker lies on a line: a number with more than a few different values."""
        return is_numeric(self.marker) and int(self.marker.nunique()) > FEW_VALUES


def choose(analysed: Analysed) -> Choice:
    """Draw the biomarker picker, strongest association first, and the statement about when it was chosen."""
    ranked = [str(name) for name in tested_modifiers(analysed.evidence, analysed.arm)["covariate"]]
    covariates = analysed.trial.covariates
    names = [name for name in ranked if name in covariates] + [name for name in covariates if name not in ranked]
    left, right = st.columns([2, 3], vertical_alignment="bottom")
    by = left.selectbox(
        "Biomarker",
        names,
        key="biomarker",
        bind="query-params",
        help="The covariates of the trial, strongest association with the effect first.",
    )
    prespecified = right.checkbox(
        "Chosen before the data were seen (written in the protocol)",
        key="prespecified",
        bind="query-params",
        help="Only then is a p-value shown. A biomarker picked from this list after looking is exploratory.",
    )
    return Choice(by=str(by), marker=covariates[str(by)], prespecified=prespecified)
