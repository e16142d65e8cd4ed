"""What having the treatment does, where not everybody had what was assigned."""

import streamlit as st

from ite.charts.reading_compliance import PER_PROTOCOL_WARNING, complier_sentence
from ite.errors import ValuationError
from ite.report.block import ResultBlock
from ite.report.code import estimate_code
from ite.report.literal import literal
from ite.value.compliance import compliance as compliance_of
from pages.ui import causality, figure
from pages.ui.analysed import Analysed
from pages.ui.text import plain

_HOW_TO_READ = """\
The first row is the answer of the trial: what being assigned does, whatever patients then had. The second is what \
having the treatment does among compliers, those who have it if and only if they are assigned it: nobody can say who \
they are.

With few compliers the usual interval of the second row misleads. The Anderson-Rubin set, in the sentence above, \
holds whatever their number; it may have no limits.

The last row compares those who kept to what was drawn. They chose to, so it may be wrong by as much as that choice \
matters; it is here because it is often reported."""


def compliance(analysed: Analysed) -> None:
    """Draw the effect of assignment, of having the treatment, and per protocol; nothing where no role says."""
    if analysed.trial.roles.received is None:
        return
    trial, effects, arm = analysed.trial, analysed.effects, analysed.arm
    title = f"What does having {arm} do, not only being assigned to it?"
    try:
        found = compliance_of(trial, effects, arm)
    except ValuationError as error:
        st.header(plain(title), anchor=False)
        st.info(plain(error), icon=":material/info:")
        return
    asked = f"ite.value.compliance.compliance(trial, effects, {literal(arm)}).effects.reset_index()"
    figure.show(
        ResultBlock(
            key="compliance",
            title=title,
            sentence=f"{complier_sentence(found, analysed.unit, trial.control)} {PER_PROTOCOL_WARNING}",
            chart=None,
            alt="Effects of being assigned, of having the treatment among compliers, and per protocol",
            data=found.effects.reset_index(),
            method=f"{analysed.method} Ratio of two effects of assignment, with its robust standard error.",
            code=estimate_code(analysed.source, trial.roles, effects.spec, shown=asked),
            how_to_read=_HOW_TO_READ,
            provenance=analysed.provenance(),
        ),
        "compliance",
    )
    causality.button("effects")
