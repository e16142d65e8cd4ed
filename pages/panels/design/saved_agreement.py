"""Two programs, one answer: our figures beside rpact's for designs that both have simulated."""

import streamlit as st

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
    table = agreement_with_rpact()
    agree, designs = int(table["agrees"].sum()), table["design"].nunique()
    sentence = f"{agree} of {len(table)} figures from {designs} designs agree within chance."
    block = ResultBlock(
        key="rpact-agreement",
        title="Agreement with rpact",
        sentence=sentence,
        alt=f"Table of figures from both programs. {sentence}",
        data=table,
        method="Reference designs for means, rates and event times; 200,000 simulated trials each, seed 2026.",
        code="import ite.report.rpact_agreement\n\nshown = ite.report.rpact_agreement.agreement_with_rpact()\n"
        "print(shown.to_string(max_rows=60))\n",
        how_to_read=_HOW_TO_READ,
        provenance=origin.typed(seed=2026),
    )
    figure.show(block, block.key)
