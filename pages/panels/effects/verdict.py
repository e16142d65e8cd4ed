"""Does the effect differ between patients: the verdict, before anything else."""

from functools import partial

import streamlit as st

from ite.charts.evidence import verdict_chart
from ite.charts.reading import headline, relative_sentence, risk_sentence, verdict_of, verdict_sentence
from ite.evaluation.result import Verdict
from ite.report.block import ResultBlock
from ite.report.code import evidence_code
from pages.ui import figure
from pages.ui.analysed import Analysed
from pages.ui.text import plain

_HOW_TO_READ = """\
One test was chosen before looking at the data. It asks whether any covariate goes along with a larger or smaller \
effect, and it allows for having looked at all of them. The p-value is how often a trial in which everybody has the \
same effect would look at least this uneven.

"No evidence" means p above 0.05, "suggestive" means p between 0.005 and 0.05, and "evidence" means p of 0.005 or less \
together with predictions that hold up in patients they were not made from. Other tests on this page never change it.

No evidence is not evidence of equal effects. Most trials are large enough for the average effect only: the smallest \
spread of effects that this trial could have found is stated above.

A verdict belongs to its scale. The same data can show different benefit in absolute terms and the same ratio for \
everybody, because patients at higher risk have more to gain."""
_SHOWN = (
    'evidence.heterogeneity.assign(relative_p_value=evidence.relative["p_value"], '
    'baseline_risk_r_squared=evidence.baseline_risk["r_squared"])'
)
_MARKS: dict[Verdict, str] = {
    "no evidence": ":material/remove_circle_outline:",
    "suggestive": ":material/help_outline:",
    "evidence": ":material/check_circle:",
}


def verdict(analysed: Analysed) -> None:
    """Draw the verdict with its test and its limits."""
    evidence, arm = analysed.evidence, analysed.arm
    found = verdict_of(evidence, arm)
    st.markdown(f"{_MARKS[found]} **Verdict: {found}**")
    relative = relative_sentence(evidence, arm)

    table = evidence.heterogeneity.assign(
        relative_p_value=evidence.relative["p_value"], baseline_risk_r_squared=evidence.baseline_risk["r_squared"]
    ).reset_index(names="arm")
    block = ResultBlock(
        key="verdict",
        title=headline(evidence, arm),
        sentence=verdict_sentence(analysed.effects, evidence, arm),
        **figure.drawn(partial(verdict_chart, evidence, analysed.trial.arms)),
        data=table.rename(columns={"statistic": "largest studentised association"}),
        method=f"{analysed.method} Largest studentised association of scores and covariates, sign-flip reference.",
        code=evidence_code(analysed.source, analysed.trial.roles, analysed.effects.spec, shown=_SHOWN),
        how_to_read=_HOW_TO_READ,
        provenance=analysed.provenance(),
    )
    figure.show(block, "verdict")
    ranked = float(analysed.effects.factor.to_dict()[arm]) > 0  # else everybody is predicted the same
    for sentence in (relative, risk_sentence(evidence, arm) if ranked else None):
        if sentence is not None:
            st.markdown(plain(sentence))
