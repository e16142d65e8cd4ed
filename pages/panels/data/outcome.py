"""How did the arms fare: the outcome by arm as observed, before any model."""

from collections.abc import Callable

import streamlit as st

from ite.analysis import cox_by_arm
from ite.charts.data import outcome_histogram, proportions_chart, survival_chart
from ite.charts.scale import same_decimals, three_digits
from ite.charts.theme import Drawing, Theme
from ite.errors import IteError
from ite.report.block import ResultBlock
from ite.report.code import trial_code
from ite.trial.data import OutcomeKind, TrialData
from ite.trial.outcome import OutcomeSummary
from pages.ui import cache, figure, fit, jobs, state
from pages.ui.origin import provenance, source
from pages.ui.text import plain

_CHARTS: dict[OutcomeKind, Callable[[TrialData, Theme], Drawing]] = {
    "time_to_event": survival_chart,
    "binary": proportions_chart,
    "continuous": outcome_histogram,
}
_METHODS: dict[OutcomeKind, str] = {
    "time_to_event": "Restricted means, Greenwood's standard error",
    "binary": "Difference in proportions, Newcombe's interval",
    "continuous": "Difference in means, Welch's interval",
}
_READING: dict[OutcomeKind, str] = {
    "time_to_event": "The curve falls with each event; a band is the 95 % interval at each time. The area between two "
    "curves up to the horizon is the difference in restricted mean time (RMST): time gained on average.",
    "binary": "Each point is the share of an arm with the outcome, with its 95 % interval.",
    "continuous": "Each outline is the distribution of the outcome in an arm. Look for a shift, and for a change of "
    "width: an effect that differs between patients often widens the treated arm.",
}


def outcome(trial: TrialData) -> None:
    """Draw the outcome by arm, its unadjusted differences and, for time to event, the Cox model beside them."""
    try:
        summary = cache.outcome(trial, fit.asked().horizon)
    except IteError as error:
        st.error(plain(error), icon=":material/error:")
        return
    figure.show(_by_arm(trial, summary), "outcome")
    figure.show(_differences(trial, summary), "differences")
    if trial.outcome_kind == "time_to_event":
        _cox(trial)


def _by_arm(trial: TrialData, summary: OutcomeSummary) -> ResultBlock:
    missing = int(summary.arms["missing"].sum())
    values = "; ".join(f"{arm} {three_digits(value)}" for arm, value in summary.arms.set_index("arm")["value"].items())
    return ResultBlock(
        key="outcome-by-arm",
        title="The outcome, arm by arm",
        sentence=f"{summary.scale[:1].upper()}{summary.scale[1:]}: {values}.",
        alt="The outcome by arm",
        data=summary.arms,
        method=f"n = {trial.n:,}, {missing:,} without an outcome; as observed, not adjusted for covariates.",
        code=_code(trial, summary, "arms"),
        how_to_read=_READING[trial.outcome_kind] + "\n\nThis is the whole trial. Whether some patients gain more than "
        "others is the question of the Effects page.",
        provenance=provenance(trial, fit.asked()),
        chart=lambda theme: _CHARTS[trial.outcome_kind](trial, theme),
    )


def _differences(trial: TrialData, summary: OutcomeSummary) -> ResultBlock:
    rows = summary.differences.set_index("arm")[["estimate", "lower", "upper"]]
    written = zip(rows.index, map(same_decimals, rows.to_numpy(float)), strict=True)
    against = "; ".join(f"{arm} {estimate} ({lower} to {upper})" for arm, (estimate, lower, upper) in written)
    return ResultBlock(
        key="differences",
        title=f"Against {trial.control}, before any adjustment",
        sentence=f"Difference with its 95 % interval, positive meaning benefit: {against}.",
        alt="Table of the unadjusted differences against control",
        data=summary.differences,
        method=f"{_METHODS[trial.outcome_kind]}; n = {trial.n:,}. Scale: {summary.scale}.",
        code=_code(trial, summary, "differences"),
        how_to_read="The column 'estimate' is turned so that positive means benefit; 'raw' is treated minus control as "
        "measured.\n\nThe Effects page estimates the same quantity adjusted for covariates: it should lie close by, "
        "usually with a narrower interval.",
        provenance=provenance(trial, fit.asked()),
    )


def _code(trial: TrialData, summary: OutcomeSummary, shown: str) -> str:
    argument = "" if summary.horizon is None else f", horizon={summary.horizon!r}"
    return trial_code(source(state.load()), trial.roles, shown=f"ite.describe_outcome(trial{argument}).{shown}")


def _cox(trial: TrialData) -> None:
    st.subheader("Beside it: the hazard ratio", anchor=False)
    st.caption(
        "Another estimator of another quantity: Cox regression on the arm alone, Efron's ties. Below 1 means "
        "fewer events per unit of time than control."
    )
    job = jobs.run(f"cox-{trial.digest[:16]}", cox_by_arm, trial)
    if job.result is not None:
        st.dataframe(
            job.result[["arm", "n", "events", "hazard_ratio", "lower", "upper"]],
            hide_index=True,
            column_config={
                "arm": "Arm",
                "n": "n, both arms",
                "events": "Events",
                "hazard_ratio": st.column_config.NumberColumn("Hazard ratio", format="%.3f"),
                "lower": st.column_config.NumberColumn("95 % from", format="%.3f"),
                "upper": st.column_config.NumberColumn("to", format="%.3f"),
            },
            alt="Cox hazard ratios of the treated arms against control",
        )
