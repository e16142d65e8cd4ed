"""The forest of pre-specified subgroups, with the interaction test of each."""

import streamlit as st

from ite.charts.scale import cell, p_value_words
from ite.charts.subgroups import forest_chart
from ite.report.block import ResultBlock
from ite.report.code import forest_code
from ite.subgroup.forest import MOST_LEVELS, SubgroupForest, subgroup_forest
from pages.panels.subgroups.choice import Choice
from pages.ui import figure, jobs
from pages.ui.analysed import Analysed

_HOW_TO_READ = """\
Each row is the effect among the patients of one level, estimated on these patients alone and not adjusted. The bar is \
a plain 95 % interval. The dashed line is the overall effect, the solid line no effect.

Whether an effect differs between the levels is the question of the interaction test, not of whether one interval \
crosses zero and another does not. The p-values are adjusted for the number of covariates named.

A forest is honest only for subgroups named before the outcome was seen. Name all of them, not only some."""
_SHOWN = 'forest.levels.merge(forest.interactions[["covariate", "p_value", "p_holm"]], on="covariate")'


def forest(analysed: Analysed, choice: Choice) -> None:
    """Draw the forest of the covariates that the user states were pre-specified; nothing where none is stated."""
    if not choice.prespecified:
        return
    covariates = analysed.trial.covariates
    options = [str(name) for name in covariates if 2 <= covariates[name].nunique() <= MOST_LEVELS]
    st.header("Pre-specified subgroups", anchor=False)
    if not options:
        st.info(f"No covariate has between 2 and {MOST_LEVELS} levels, so there is no forest to draw.")
        return
    by = st.multiselect(
        "All subgroups named in the protocol",
        options,
        default=[choice.by] if choice.by in options else [],
        key=f"forest-{analysed.trial.digest[:8]}-{choice.by}",
    )
    if not by:
        st.info("Name the subgroups of the protocol to see the forest.", icon=":material/touch_app:")
        return
    horizon = analysed.effects.spec.horizon
    place = f"forest-{analysed.trial.digest[:16]}-{analysed.arm}-{horizon}-{'|'.join(by)}"
    job = jobs.run(place, subgroup_forest, analysed.trial, tuple(by), analysed.arm, horizon)
    if isinstance(job.result, SubgroupForest):
        figure.show(_block(analysed, job.result), "forest")


def _block(analysed: Analysed, found: SubgroupForest) -> ResultBlock:
    arms, average = analysed.trial.arms, cell(analysed.effects.ate, analysed.arm, "estimate")

    tests = "; ".join(
        f"{name} {p_value_words(p_value)}"
        for name, p_value in zip(found.interactions["covariate"], found.interactions["p_holm"], strict=True)
    )
    by = tuple(str(name) for name in found.interactions["covariate"])
    return ResultBlock(
        key="forest",
        title=f"The effect of {found.arm} by pre-specified subgroup",
        sentence=f"Interaction tests, adjusted for {len(by)} named: {tests}.",
        **figure.drawn(lambda theme: forest_chart(found, arms, average=average, theme=theme)),
        data=found.levels.merge(found.interactions[["covariate", "p_value", "p_holm"]], on="covariate"),
        method=f"n = {analysed.trial.n:,}. Unadjusted effect in each level, {found.scale}; Cochran's Q.",
        code=forest_code(analysed.source, analysed.trial.roles, by, found.arm, found.horizon, shown=_SHOWN),
        how_to_read=_HOW_TO_READ,
        provenance=analysed.provenance(),
    )
