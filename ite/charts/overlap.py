"""Charts of observational data: who could have had either arm, and how alike weighting makes the arms."""

import altair as alt
import pandas as pd

from ite.charts.theme import Drawing, Theme, arm_colour_scale, arm_dash_scale, dress, ink, layered
from ite.evaluation.covariate_balance import USUAL_LIMIT

_MOST_ROWS = 15
_BEFORE, _AFTER = "before weighting", "after weighting"


def overlap_chart(bins: pd.DataFrame, arm: str, arms: tuple[str, ...], theme: Theme = "light") -> Drawing:
    """Draw the probability of an arm among those who had it and among controls.

    Parameters
    ----------
    bins
        Of `ite.evaluation.covariate_balance.probability_bins`.
    """
    shown = tuple(name for name in arms if name in set(bins["arm"]))
    last = bins.groupby("arm", sort=False).tail(1)
    steps = pd.concat([bins, last.assign(lower=last["upper"])])  # a step ends where its bin does
    chart = (
        alt.Chart(steps)
        .mark_line(interpolate="step-after", strokeWidth=3)
        .encode(
            alt.X("lower:Q", title=f"Probability of {arm}", axis=alt.Axis(format="%"), scale=alt.Scale(domain=[0, 1])),
            alt.Y("share:Q", title="Patients of the arm", axis=alt.Axis(format="%", tickCount=5)),
            alt.Color("arm:N", scale=arm_colour_scale(arms, theme), title="Patients who had", sort=list(shown)),
            alt.StrokeDash("arm:N", scale=arm_dash_scale(arms), title="Patients who had", sort=list(shown)),
        )
    )
    words = "; ".join(
        f"{name}: half of the patients between {_edge(own, 0.25, 'lower'):.0%} and {_edge(own, 0.75, 'upper'):.0%}"
        for name, own in bins.groupby("arm", sort=False)
    )
    return dress(chart, theme, alt_text=f"Estimated probability of {arm} by the arm that patients had. {words}.")


def love_plot(balance: pd.DataFrame, arm: str, control: str, theme: Theme = "light") -> Drawing:
    """Draw the standardised difference of each covariate before and after weighting, most different first.

    Parameters
    ----------
    balance
        Of `ite.evaluation.covariate_balance.covariate_balance`.
    """
    known = balance[balance["before"].notna()].head(_MOST_ROWS)
    rows = [
        f"{name}: {level}" if level else name for name, level in zip(known["covariate"], known["level"], strict=True)
    ]
    long = pd.concat(
        [
            pd.DataFrame({"row": rows, "difference": known["before"], "when": _BEFORE}),
            pd.DataFrame({"row": rows, "difference": known["after"], "when": _AFTER}),
        ]
    )
    colours, whens = ink(theme), [_BEFORE, _AFTER]
    title = f"Standardised difference, {arm} minus {control}"
    x = alt.X("difference:Q", title=title, axis=alt.Axis(tickCount=7), scale=alt.Scale(zero=True, padding=14))
    limits = pd.DataFrame({"difference": [-USUAL_LIMIT, 0.0, USUAL_LIMIT], "dashed": [True, False, True]})
    base = alt.Chart(long).encode(alt.Y("row:N", sort=rows, title=None, axis=alt.Axis(labelLimit=280)))
    layers = layered(
        alt.Chart(limits).mark_rule(color=colours.reference).encode(x, alt.StrokeDash("dashed:N", legend=None)),
        base.mark_line(color=colours.quiet, strokeWidth=1.5).encode(x, detail="row:N"),
        base.mark_point(size=150, opacity=1, filled=True).encode(
            x,
            alt.Shape("when:N", scale=alt.Scale(domain=whens, range=["diamond", "circle"]), title=None),
            alt.Color("when:N", scale=alt.Scale(domain=whens, range=[colours.harm, colours.text]), title=None),
        ),
    ).resolve_scale(strokeDash="independent")
    named = zip(rows, known["before"], known["after"], strict=True)
    words = "; ".join(f"{row} {before:.2f} to {after:.2f}" for row, before, after in list(named)[:6])
    return dress(
        layers,
        theme,
        alt_text=f"Standardised differences between {arm} and {control} before and after weighting: {words}.",
        height=30 + 30 * len(known),
    )


def _edge(bins: pd.DataFrame, share: float, edge: str) -> float:
    """Return the lower or upper edge of the first bin up to which at least this share of patients lies."""
    reached = bins["share"].cumsum() >= share - 1e-12
    return float(bins.loc[reached, edge].iloc[0])
