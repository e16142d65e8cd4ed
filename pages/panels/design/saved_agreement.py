"""Two programs, one answer: our figures beside rpact's for designs that both have simulated."""

import streamlit as st

from ite.charts.design_tables import agreement_in_words
from ite.report.block import ResultBlock
from ite.report.rpact_agreement import agreement_with_rpact
from pages.ui import figure, origin

_HOW_TO_READ = """\
Each row is one figure of one reference design: ours from 200,000 simulated trials, rpact's (version 3.3.4) from \
30,000 or 100,000. Both are simulated, so they differ by chance; "allowed" is how far, stated before the comparison.

The Same in R button of a design writes the script that lets you make the comparison for your own design."""


def agreement() -> None:
    """Draw the table of agreement, where a user asks for it."""
    wanted = st.toggle(
        "Show how these figures agree with rpact",
        key="agreement",
        bind="query-params",
        help="A committed comparison of reference designs that both programs have simulated.",
    )
    if not wanted:
        return
    compared = agreement_with_rpact()
    agree, designs = int(compared["agrees"].sum()), compared["design"].nunique()
    sentence = f"{agree} of {len(compared)} figures from {designs} designs agree within chance."
    block = ResultBlock(
        key="rpact-agreement",
        title="Agreement with rpact",
        sentence=sentence,
        alt=f"Table of figures from both programs. {sentence}",
        data=agreement_in_words(compared),
        method="Reference designs for means, rates and event times; 200,000 simulated trials each, seed 2026.",
        code="import ite.charts.design_tables\nimport ite.report.rpact_agreement\n\n"
        "compared = ite.report.rpact_agreement.agreement_with_rpact()\n"
        "shown = ite.charts.design_tables.agreement_in_words(compared)\nprint(shown.to_string(max_rows=60))\n",
        how_to_read=_HOW_TO_READ,
        provenance=origin.typed(seed=2026),
    )
    figure.show(block, block.key)
