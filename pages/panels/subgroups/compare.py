"""How the patients set apart fare against everybody else, and keeping them under a name."""

import streamlit as st

from ite.charts.scale import cell
from ite.charts.subgroups import slice_chart
from ite.charts.theme import Drawing, Theme, arm_colour
from ite.errors import IteError
from ite.report.block import ResultBlock
from ite.report.code import slice_code
from ite.study import with_slices
from ite.subgroup.slice import Slice, SliceComparison, compare_slice
from pages.ui import figure, state
from pages.ui.analysed import Analysed
from pages.ui.text import plain

LONGEST_NAME = 60
_HOW_TO_READ = """\
The first two rows are the average effects of the patients in the slice and of all others, the third is their \
difference. To say that the slice benefits more, look at the difference: its interval must lie above zero. It is not \
enough that the slice's interval excludes zero and the other one does not.

The intervals allow for every slice that could have been chosen on this axis, so they are wider than usual. Without \
this, a "difference" could be found somewhere in nine of ten trials in which everybody has the same effect.

Positive is benefit. The number needed to treat is given only where the effect is a difference in probability."""


def compare(analysed: Analysed, chosen: Slice) -> None:
    """Draw the slice against its complement, and offer to keep it; too few patients give a sentence, not a number."""
    comparison = contrast(analysed, chosen)
    if comparison is not None:
        figure.show(block(analysed, chosen, comparison), "slice")
        _keep(chosen)


def contrast(analysed: Analysed, chosen: Slice) -> SliceComparison | None:
    """Return the comparison, or draw why there is none."""
    try:
        return compare_slice(analysed.trial, analysed.effects, chosen, seed=analysed.effects.spec.seed)
    except IteError as error:
        st.info(plain(error), icon=":material/info:")
        return None


def block(analysed: Analysed, chosen: Slice, comparison: SliceComparison) -> ResultBlock:
    """Return the result of one slice."""
    trial, average = analysed.trial, cell(analysed.effects.ate, chosen.arm, "estimate")

    def chart(theme: Theme) -> Drawing:
        colour = arm_colour(chosen.arm, trial.arms, theme)
        return slice_chart(comparison, analysed.effects.scale, colour, average=average, theme=theme)

    return ResultBlock(
        key=f"slice-{chosen.name}",
        title=f"{chosen.predicate}: how do these patients fare?",
        sentence=f"{comparison.sentence} {_needed(comparison)}",
        **figure.drawn(chart),
        data=comparison.frame.rename_axis("group").reset_index(),
        method=f"n = {trial.n:,}. {comparison.method}",
        code=slice_code(analysed.source, trial.roles, analysed.effects.spec, chosen),
        how_to_read=_HOW_TO_READ,
        provenance=analysed.provenance(chosen),
        exploratory=not chosen.prespecified,
    )


def _keep(chosen: Slice) -> None:
    study = state.load()
    with st.form(f"keep-{chosen.name}", border=False):
        left, right = st.columns([3, 1], vertical_alignment="bottom")
        name = left.text_input("Name of this slice", value=chosen.name, max_chars=LONGEST_NAME)
        if not right.form_submit_button("Keep this slice", icon=":material/bookmark_add:", width="stretch"):
            return
    name = name.strip() or chosen.name
    if name in {kept.name for kept in study.slices}:
        st.warning(plain(f"A slice named {name} is kept already; give this one another name."))
        return
    state.save(with_slices(study, (*study.slices, chosen.model_copy(update={"name": name}))))
    st.toast(plain(f"Kept: {name}"), icon=":material/bookmark_added:")


def _needed(comparison: SliceComparison) -> str:
    """Say how many patients of the slice must be treated for one more to benefit, where that is defined."""
    if comparison.nnt is None:
        return "Number needed to treat: not defined on this scale."
    return f"Number needed to treat in the slice: {comparison.nnt.text}."
