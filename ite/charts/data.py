"""Charts of the Data page: outcome by arm and missing values; a trial in, a chart out."""

import altair as alt
import numpy as np
import pandas as pd

from ite.charts.scale import three_digits
from ite.charts.theme import (
    Drawing,
    Theme,
    arm_colour_scale,
    arm_dash_scale,
    arm_shape_scale,
    dress,
    ink,
    layered,
)
from ite.trial.data import FloatArray, TrialData
from ite.trial.differences import wilson_interval
from ite.trial.survival import at_risk_table, kaplan_meier

_STEPS_PER_ARM = 700
_BINS = 24
_LINES = alt.Legend(symbolType="stroke", symbolSize=600, symbolFillColor="transparent", symbolOpacity=1)
_SURVIVAL = "Share without the event"
_ARM_SHARE = "Share of the arm's patients"


def survival_chart(trial: TrialData, theme: Theme = "light") -> Drawing:
    """Draw Kaplan-Meier curves by arm with 95 % bands and the numbers at risk under them.

    Bands are pointwise, on the complementary log-log scale.
    """
    steps = survival_steps(trial)
    at_risk = numbers_at_risk(trial)
    scale, dash = arm_colour_scale(trial.arms, theme), arm_dash_scale(trial.arms)
    colour = alt.Color("arm:N", scale=scale, title=None, legend=_LINES)
    time = alt.X(
        "time:Q",
        title=f"Time ({trial.spoken(trial.roles.time)})",
        scale=alt.Scale(nice=False, padding=20),
        axis=alt.Axis(tickCount=8),
    )
    rows = {arm: -0.15 - 0.09 * index for index, arm in enumerate(trial.arms)}
    share = alt.Y(
        "survival:Q",
        title=_SURVIVAL,
        scale=alt.Scale(domain=[min(rows.values()) - 0.04, 1.0], nice=False),
        axis=alt.Axis(values=[0, 0.25, 0.5, 0.75, 1], format=".0%", titleAnchor="end"),
    )
    heading = pd.DataFrame({"survival": [-0.06], "words": ["Number at risk"]})
    at_risk = at_risk.assign(survival=at_risk["arm"].map(rows))
    band = alt.Chart(steps).mark_area(interpolate="step-after", opacity=0.18)
    line = alt.Chart(steps).mark_line(interpolate="step-after", strokeWidth=2.5)
    words = alt.Chart(heading).mark_text(align="left", color=ink(theme).quiet)
    names = alt.Chart(at_risk.drop_duplicates("arm")).mark_text(align="right", limit=78)
    layers = layered(
        band.encode(time, alt.Y("lower:Q", title=_SURVIVAL), alt.Y2("upper:Q"), colour),
        line.encode(
            time,
            share,
            colour,
            alt.StrokeDash("arm:N", scale=dash, title=None, legend=_LINES),
        ),
        words.encode(share, x=alt.value(4), text="words:N"),
        alt.Chart(at_risk).mark_text().encode(time, share, colour, text="at_risk:Q"),
        names.encode(share, colour, x=alt.value(-8), text="arm:N"),
    )
    return dress(layers, theme, alt_text=_survival_words(steps), height=340 + 32 * len(trial.arms))


def survival_steps(trial: TrialData) -> pd.DataFrame:
    """Return the Kaplan-Meier steps of each arm: arm, time, survival, lower, upper; at most 700 steps an arm."""
    return pd.concat([_arm_steps(trial, index) for index in range(len(trial.arms))], ignore_index=True)


def _arm_steps(trial: TrialData, index: int) -> pd.DataFrame:
    known = (trial.arm_index == index) & ~trial.outcome_missing
    curve = kaplan_meier(trial.time[known], trial.event[known])
    if len(curve) > _STEPS_PER_ARM:
        curve = curve.iloc[np.unique(np.linspace(0, len(curve) - 1, _STEPS_PER_ARM).astype(int))]
    return curve[["time", "survival", "lower", "upper"]].assign(arm=trial.arms[index])


def numbers_at_risk(trial: TrialData, marks: int = 6) -> pd.DataFrame:
    """Return how many patients of each arm are still followed at round times: time, arm, at_risk."""
    known = ~trial.outcome_missing
    labels = np.asarray(trial.arms)[trial.arm_index[known]]
    table = at_risk_table(trial.time[known], labels, _round_times(float(np.nanmax(trial.time)), marks))
    return table.melt("time", var_name="arm", value_name="at_risk")


def _round_times(last: float, marks: int) -> FloatArray:
    unit = 10.0 ** np.floor(np.log10(last / marks))
    step = unit * min(multiple for multiple in (1, 2, 2.5, 5, 10) if multiple * unit >= last / marks)
    return np.arange(0.0, last, step)


def _survival_words(steps: pd.DataFrame) -> str:
    last = steps.groupby("arm", sort=False)["survival"].last()
    ends = "; ".join(f"{arm} ends at {value:.0%}" for arm, value in last.items())
    return f"Kaplan-Meier curves by arm with 95 % bands and numbers at risk: {ends}."


def outcome_histogram(trial: TrialData, theme: Theme = "light") -> Drawing:
    """Draw the distribution of a continuous outcome by arm as the share of each arm's patients per bin."""
    values = trial.outcome
    edges = np.histogram_bin_edges(values[~np.isnan(values)], bins=_BINS)
    frames = []
    for index, arm in enumerate(trial.arms):
        known = values[(trial.arm_index == index) & ~trial.outcome_missing]
        counts, _ = np.histogram(known, bins=edges)
        share = np.append(counts, 0) / max(len(known), 1)
        frames.append(pd.DataFrame({"arm": arm, "value": edges, "share": share}))
    colour = alt.Color("arm:N", scale=arm_colour_scale(trial.arms, theme), title=None, legend=_LINES)
    base = alt.Chart(pd.concat(frames, ignore_index=True)).encode(
        alt.X("value:Q", title=trial.spoken(trial.roles.outcome), scale=alt.Scale(zero=False)),
        alt.Y("share:Q", title=_ARM_SHARE, axis=alt.Axis(format=".0%", tickCount=6)),
    )
    layers = layered(
        base.mark_area(interpolate="step-after", opacity=0.15).encode(
            alt.Y("share:Q", stack=None, title=_ARM_SHARE), colour
        ),
        base.mark_line(interpolate="step-after", strokeWidth=2.5).encode(
            colour,
            alt.StrokeDash("arm:N", scale=arm_dash_scale(trial.arms), title=None, legend=_LINES),
        ),
    )
    means = "; ".join(f"{arm} {three_digits(mean)}" for arm, mean in _arm_means(trial).items())
    return dress(layers, theme, alt_text=f"Histogram of {trial.roles.outcome} by arm; means: {means}.")


def _arm_means(trial: TrialData) -> dict[str, float]:
    return {
        arm: float(np.mean(trial.outcome[(trial.arm_index == index) & ~trial.outcome_missing]))
        for index, arm in enumerate(trial.arms)
    }


def proportions_chart(trial: TrialData, theme: Theme = "light") -> Drawing:
    """Draw the proportion with outcome 1 by arm with Wilson 95 % intervals."""
    frame = proportions(trial)
    base = alt.Chart(frame).encode(alt.Y("arm:N", sort=list(trial.arms), title=None))
    colour = alt.Color("arm:N", scale=arm_colour_scale(trial.arms, theme), legend=None)
    share = alt.X(
        "proportion:Q",
        title=f"Share with {_outcome_words(trial)}, 95 % interval",
        scale=alt.Scale(domainMin=0),
        axis=alt.Axis(format=".0%"),
    )
    layers = layered(
        base.mark_rule(strokeWidth=3).encode(alt.X("lower:Q"), alt.X2("upper:Q"), colour),
        base.mark_point(filled=True, size=180, opacity=1).encode(
            share, colour, alt.Shape("arm:N", scale=arm_shape_scale(trial.arms), legend=None)
        ),
        base.mark_text(align="left", dx=0, dy=-16).encode(share, text="label:N"),
    )
    pairs = "; ".join(f"{arm} {label}" for arm, label in zip(frame["arm"], frame["label"], strict=True))
    words = f"Proportion with {_outcome_words(trial)} by arm: {pairs}."
    return dress(layers, theme, alt_text=words, height=60 + 64 * len(frame))


def proportions(trial: TrialData) -> pd.DataFrame:
    """Return the proportion by arm: arm, n, count, proportion, lower, upper (Wilson 95 %), label."""
    rows = []
    for index, arm in enumerate(trial.arms):
        known = trial.outcome[(trial.arm_index == index) & ~trial.outcome_missing]
        n, count = len(known), int(known.sum())
        share = count / n if n else np.nan
        rows.append((arm, n, count, share, *wilson_interval(share, n), f"{share:.1%} ({count} of {n})"))
    return pd.DataFrame(rows, columns=["arm", "n", "count", "proportion", "lower", "upper", "label"])


def _outcome_words(trial: TrialData) -> str:
    level = trial.roles.positive or "1"
    return f"{trial.roles.outcome} = {level}"


def missingness_chart(trial: TrialData, theme: Theme = "light") -> Drawing:
    """Draw the share of missing values by column and arm, most missing first; columns with none are left out."""
    frame = missingness(trial)
    shown = frame.groupby("column", sort=False)["share"].max().sort_values(ascending=False)
    order = [str(column) for column, share in shown.items() if share > 0][:25]
    base = alt.Chart(frame[frame["column"].isin(order)]).encode(
        alt.Y("column:N", sort=order, title=None),
        alt.YOffset("arm:N", sort=list(trial.arms)),
        alt.X("share:Q", title="Share missing", axis=alt.Axis(format=".1%", tickCount=6), scale=alt.Scale(domainMin=0)),
    )
    colour = alt.Color("arm:N", scale=arm_colour_scale(trial.arms, theme), title=None)
    layers = layered(
        base.mark_bar().encode(colour), base.mark_text(align="left", dx=4).encode(text=alt.Text("missing:Q"))
    )
    words = f"Share of missing values by arm in {len(order)} columns" + (f", most in {order[0]}." if order else ".")
    return dress(layers, theme, alt_text=words, height=60 + 26 * len(trial.arms) * max(len(order), 1))


def missingness(trial: TrialData) -> pd.DataFrame:
    """Return missing values by column and arm: column, arm, missing, n, share; the outcome is the last column."""
    columns = trial.covariates.isna().assign(outcome=trial.outcome_missing)
    rows = []
    for index, arm in enumerate(trial.arms):
        members = columns[trial.arm_index == index]
        rows += [(str(column), arm, int(members[column].sum()), len(members)) for column in columns]
    frame = pd.DataFrame(rows, columns=["column", "arm", "missing", "n"])
    return frame.assign(share=frame["missing"] / frame["n"].clip(lower=1))
