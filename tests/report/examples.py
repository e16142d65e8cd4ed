"""A result with everything in it that a file format could stumble over."""

from datetime import date

import altair as alt
import numpy as np
import pandas as pd

from ite.charts.theme import Theme, dress
from ite.report.block import ResultBlock
from ite.report.provenance import Provenance

MARKUP = "<script>alert('x')</script>"
ARM = f"=Lev+5FU & {MARKUP}"

DATA = pd.DataFrame(
    {
        "nodes": np.arange(12, dtype=float),
        "estimate": np.linspace(320.0, -40.5, 12),
        "arm": [ARM] * 12,
        "upper": [np.nan] * 12,
    }
)

PROVENANCE = Provenance(
    data=f"colon {MARKUP}.csv",
    digest="9F3A1c2b4d5e6f70" * 4,
    patients=619,
    roles='{"treatment":"arm","control":"Obs","covariates":["nodes"]}',
    spec='{"EffectSpec": {"learner": "x_lasso", "horizon": 1826.0, "seed": 7, "folds": 5}}',
    seed=7,
    made_on=date(2026, 1, 31),
)


def line_chart(theme: Theme) -> alt.Chart | alt.LayerChart:
    """Draw the example's line."""
    lines = (
        alt.Chart(DATA)
        .mark_line()
        .encode(
            x=alt.X("nodes:Q").title("Positive nodes <b>"),
            y=alt.Y("estimate:Q").title("Größe ≥ 0"),
            color=alt.Color("arm:N"),
        )
    )
    return dress(lines, theme, alt_text="the chart's own words")


def example_block(**changes: object) -> ResultBlock:
    """Return the example, with some of its fields changed."""
    fields: dict[str, object] = {
        "key": "Benefit by biomarker",
        "title": f"Benefit falls with the nodes {MARKUP}",
        "sentence": "Patients with 1 to 4 nodes gain 320 days; beyond ten the data say little.",
        "alt": 'A line falling from 320 to "-40" <days>.',
        "data": DATA,
        "method": "n = 619, 304 treated; AIPCW scores, simultaneous 95 % band",
        "code": f'import ite\nprint("{MARKUP}")\n',
        "how_to_read": f"First paragraph.\n\nSecond {MARKUP}.",
        "provenance": PROVENANCE,
        "chart": line_chart,
    }
    return ResultBlock(**{**fields, **changes})  # type: ignore[arg-type]  # the tests change what they please
