"""How often does it happen: the ratio of rates of a count over each patient's own follow-up."""

import streamlit as st

from ite.charts.scale import same_decimals, three_digits
from ite.estimation.rates import looks_like_counts, rate_ratios
from ite.evaluation.second_outcome import second_outcome_roles
from ite.report.block import ResultBlock
from ite.report.code import estimate_code
from ite.report.literal import literal
from ite.trial.columns import is_number
from ite.trial.data import TrialData
from pages.ui import figure
from pages.ui.analysed import Analysed
from pages.ui.attempt import attempt
from pages.ui.text import plain
from pages.ui.whole_file import whole_file

_TITLE = "The ratio of rates"
_SAME = "the same for everybody"
_HOW_TO_READ = """\
A rate is events over time: the mean count under an arm divided by the mean follow-up. A ratio of 0.8 says a fifth \
fewer events in the same time.

Where follow-up differs between patients, and above all where it ends early for those who fare badly, means of counts \
compare unequal things; rates take the time into account. They still assume that a month of one patient is worth as \
much as a month of another.

The interval takes the spread of the counts as it is: no Poisson distribution is assumed."""


def rates(analysed: Analysed) -> None:
    """Draw the ratio of rates once a column of follow-up is chosen; nothing where the outcome is no count."""
    trial = analysed.trial
    if not looks_like_counts(trial):
        return
    st.header(_TITLE, anchor=False)
    st.caption(f"{plain(trial.spoken(trial.roles.outcome))} looks like a count of events.")
    column = _follow_up(trial)
    if column is None:
        st.info(
            "With the same follow-up for everybody the ratio of means above is the ratio of rates.",
            icon=":material/info:",
        )
        return
    block = attempt("rate-ratio", lambda: _block(analysed, column))
    if block is not None:
        figure.show(block, "rates")


def _follow_up(trial: TrialData) -> str | None:
    """Ask for the column of follow-up times; None where it is the same for everybody, or the file is not at hand."""
    table = whole_file()
    if table is None:
        return None
    taken = set(trial.roles.columns)
    left = [str(name) for name in table.columns if str(name) not in taken and is_number(table[name])]
    chosen = st.selectbox(
        "Follow-up of each patient",
        [_SAME, *left],
        key=f"follow-up-{trial.digest[:8]}",
        persist_state="session",
        help="A column of times without another part, such as months in the study.",
    )
    return None if chosen == _SAME else chosen


def _block(analysed: Analysed, column: str) -> ResultBlock:
    trial, effects = analysed.trial, analysed.effects
    table = whole_file()
    if table is None:
        raise ValueError("a column was chosen from a file that is not held")
    roles = second_outcome_roles(trial.roles, column=column, higher_is_better=True)
    found = rate_ratios(trial, effects, TrialData.from_frame(table, roles).outcome)
    own = found[found["arm"] == analysed.arm]
    estimate, lower, upper = same_decimals(own[["estimate", "lower", "upper"]].to_numpy(dtype=float)[0])
    each = " against ".join(three_digits(rate) for rate in own[["rate", "rate_control"]].to_numpy(dtype=float)[0])
    again = (
        f"ite.evaluation.second_outcome.second_outcome_roles(roles, column={literal(column)}, higher_is_better=True)"
    )
    return ResultBlock(
        key="rate-ratio",
        title=_TITLE,
        sentence=f"Rate ratio of {analysed.arm} against {trial.control}: {estimate} ({lower} to {upper}), {each} per "
        f"unit of {trial.spoken(column)}. {own['note'].iloc[0]}",
        alt=f"Table of the ratio of rates of {len(found)} arms with 95 % intervals.",
        data=found,
        method=f"{analysed.method} Estimating equation of rates; robust interval of the logarithm.",
        code=estimate_code(
            analysed.source,
            trial.roles,
            effects.spec,
            shown="ite.estimation.rates.rate_ratios(trial, effects, "
            f"ite.read_trial({literal(analysed.source)}, {again}).outcome)",
        ),
        how_to_read=_HOW_TO_READ,
        provenance=analysed.provenance(),
    )
