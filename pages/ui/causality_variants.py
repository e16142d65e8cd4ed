"""Genetic variants as instruments: what several ways of combining them say."""

from functools import partial

import pandas as pd
import streamlit as st

from ite.charts.causality_variants import leave_one_out, variants_chart, variants_sentence, variants_table
from ite.errors import ValuationError
from ite.report.block import ResultBlock
from ite.report.design_code import design_code
from ite.value.mendelian_randomisation import Variants
from pages.ui import figure, origin
from pages.ui.attempt import attempt
from pages.ui.table import typed_table

_EXPOSURE, _OUTCOME, _ERROR = "exposure", "outcome", "error"
#: Made up: nine variants of an effect of 0.4, the last one acting by another way as well.
_EXAMPLE = pd.DataFrame(
    {
        _EXPOSURE: [0.08, 0.10, 0.12, 0.15, 0.17, 0.20, 0.22, 0.26, 0.14],
        _OUTCOME: [0.035, 0.036, 0.052, 0.058, 0.066, 0.084, 0.086, 0.106, 0.130],
        _ERROR: [0.015, 0.014, 0.013, 0.012, 0.013, 0.012, 0.014, 0.013, 0.012],
    }
)
_HOW_TO_READ = """\
Each point is a genetic variant: how strongly it goes along with the exposure, and with the outcome. If variants act \
on the outcome through the exposure alone, all points lie on one line through the origin, and its slope is the effect.

The weighted mean trusts every variant. The weighted median is right while more than half of the weight belongs to \
sound variants. Egger's regression lets all variants act by another way, if that has nothing to do with how strongly \
they act on the exposure: its line need not pass through the origin.

Take one point away in the table to see what it does. The figures here are made up; type or paste your own."""


def draw() -> None:
    """Draw the table of variants and, beside it, what they say together."""
    left, right = st.columns([4, 8], gap="large")
    with left:
        columns = {
            _EXPOSURE: st.column_config.NumberColumn("Exposure", help="Association with the exposure."),
            _OUTCOME: st.column_config.NumberColumn("Outcome", help="Association with the outcome."),
            _ERROR: st.column_config.NumberColumn("Error", help="Standard error of the association with the outcome."),
        }
        table = typed_table("causality-variants", _EXAMPLE, columns, alt="Associations of genetic variants")
    with right:
        found = attempt("causality-variants", lambda: _made(table))
        if found is not None:
            _result(*found)


def _made(table: pd.DataFrame) -> tuple[Variants, pd.DataFrame]:
    given = table[[_EXPOSURE, _OUTCOME, _ERROR]].astype(float)
    rows = given.dropna(how="all")
    if rows.isna().any(axis=None):
        place = int(rows.isna().any(axis=1).to_numpy().argmax()) + 1
        raise ValuationError(f"Each variant needs three numbers, but row {place} has fewer. Fill it in or remove it.")
    spec = Variants(exposure=tuple(rows[_EXPOSURE]), outcome=tuple(rows[_OUTCOME]), outcome_se=tuple(rows[_ERROR]))
    return spec, variants_table(spec)


def _result(spec: Variants, table: pd.DataFrame) -> None:
    figure.show(
        ResultBlock(
            key="causality-variants",
            title="What do genetic variants say about cause?",
            sentence=variants_sentence(spec),
            **figure.drawn(partial(variants_chart, spec)),
            data=table,
            method=f"{len(spec.exposure)} variants, typed; associations with the exposure taken as known; weights by "
            "inverse variance. Source: Burgess et al. 2013; Bowden et al. 2015, 2016.",
            code=design_code({"spec": spec}, [variants_table], "variants_table(spec)"),
            how_to_read=_HOW_TO_READ,
            provenance=origin.typed(spec),
        ),
        "causality-variants",
    )
    with st.expander("Without one variant at a time"):
        st.dataframe(leave_one_out(spec), hide_index=True)
