"""How the effect runs along the chosen biomarker."""

import streamlit as st

from ite.charts.scale import cell
from ite.charts.subgroups import benefit_curve_chart, levels_chart
from ite.charts.theme import Drawing, Theme
from ite.errors import IteError
from ite.report.block import ResultBlock
from ite.report.code import benefit_code
from ite.subgroup.benefit_curve import BiomarkerBenefit, slice_benefit
from pages.panels.subgroups.choice import Choice
from pages.ui import figure
from pages.ui.analysed import Analysed
from pages.ui.text import plain

_CURVE = """\
The line is the average effect of patients with this value of the biomarker; it comes from the scores, not from the \
prediction model. The band holds the whole line at once with 95 % confidence, so it is wider than an interval at one \
value. The grey bars at the foot count the patients: where there are few, the band is wide. The line is smooth, so a \
sudden jump is drawn as a slope: for a cut-off, trust the parts and slices beside it.

The dashed line is the overall effect. Where the band contains it everywhere, the data are compatible with one effect \
for all. The solid line is no effect.

A biomarker that goes along with the effect need not cause the difference."""
_LEVELS = """\
Each row is the average effect of the patients at one level of the biomarker; the intervals hold for all levels \
at once with 95 % confidence. The dashed line is the overall effect, the solid line no effect.

Intervals that overlap can still differ, and intervals that do not cross zero in one level but do in another are no \
sign of a difference: compare the levels with each other."""


def along(analysed: Analysed, choice: Choice) -> None:
    """Draw the effect along a continuous biomarker as a curve, and at the levels of a categorical one as a forest."""
    try:
        benefit = slice_benefit(
            analysed.trial,
            analysed.effects,
            by=choice.by,
            arm=analysed.arm,
            seed=analysed.effects.spec.seed,
            prespecified=choice.prespecified,
        )
    except IteError as error:
        st.info(plain(error), icon=":material/info:")
        return
    average = cell(analysed.effects.ate, analysed.arm, "estimate")
    arms = analysed.trial.arms

    def chart(theme: Theme) -> Drawing:
        if benefit.kind == "continuous":
            return benefit_curve_chart(benefit, arms, average=average, theme=theme)
        return levels_chart(benefit, arms, average=average, theme=theme)

    block = ResultBlock(
        key=f"benefit-by-{choice.by}",
        title=f"The effect of {analysed.arm} along {choice.by}",
        sentence=benefit.sentence,
        **figure.drawn(chart),
        data=benefit.curve if benefit.kind == "continuous" else benefit.regions,
        method=f"n = {benefit.n:,} with a value, {benefit.missing:,} without. {benefit.method}",
        code=benefit_code(
            analysed.source,
            analysed.trial.roles,
            analysed.effects.spec,
            {"by": choice.by, "arm": analysed.arm, **({"prespecified": True} if choice.prespecified else {})},
            shown="benefit.curve" if benefit.kind == "continuous" else "benefit.regions",
        ),
        how_to_read=_CURVE if benefit.kind == "continuous" else _LEVELS,
        provenance=analysed.provenance(),
        exploratory=not choice.prespecified,
    )
    figure.show(block, "along")
    _regions(benefit)


def _regions(benefit: BiomarkerBenefit) -> None:
    """Show n, events and effect of each part of a continuous biomarker."""
    if benefit.kind != "continuous":
        return
    with st.expander(f"n, events and effect by part of {plain(benefit.by)}"):
        st.dataframe(benefit.regions, hide_index=True, alt=plain(f"Effect by part of {benefit.by}"))
