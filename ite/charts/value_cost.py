"""The chart of typed strategies: cost over effect, with the efficiency frontier and the willingness to pay."""

import altair as alt
import pandas as pd

from ite.charts.theme import Drawing, Theme, arm_colours, dress, ink, layered
from ite.charts.value_cost_money import STATUS_WORDS, currency_of, threshold_words
from ite.value.sourced import Sourced

#: The main figure and its sentence are seen at once on a projector.
LOW = 215
_SHAPES = ("circle", "diamond", "cross")
#: Room beyond the outermost costs, as a share of their range.
_ROOM = 0.12
#: Names stand to the left of their points.
_ROOM_FOR_NAMES = 0.3


def strategies_chart(found: pd.DataFrame, willingness_to_pay: Sourced, theme: Theme = "light") -> Drawing:
    """Draw strategies by effect and cost, the frontier, and the line of the willingness to pay through the best one.

    Parameters
    ----------
    found
        Of `cost_effectiveness_table` at the willingness to pay.
    """
    currency = currency_of(willingness_to_pay)
    frame = found.assign(words=found["status"].map(STATUS_WORDS))
    low, high = frame["effect"].min(), frame["effect"].max()
    span = high - low or 1.0
    domain = [low - _ROOM_FOR_NAMES * span, high + _ROOM * span]
    scale = alt.Scale(domain=domain, nice=False, zero=False)
    x = alt.X("effect:Q", title="QALYs per person", scale=scale, axis=alt.Axis(grid=False, tickCount=6))
    y = alt.Y(
        "cost:Q",
        title=f"Cost per person ({currency})",
        scale=alt.Scale(zero=False, padding=14),
        axis=alt.Axis(format=",.6~g", tickCount=5),
    )
    colours = list(arm_colours(("", *STATUS_WORDS.values()), theme).values())[1:]
    legend = alt.Legend(title=None)
    points = alt.Chart(frame).encode(
        x,
        y,
        alt.Color("words:N", scale=alt.Scale(domain=list(STATUS_WORDS.values()), range=colours), legend=legend),
        alt.Shape("words:N", scale=alt.Scale(domain=list(STATUS_WORDS.values()), range=list(_SHAPES)), legend=legend),
    )
    layers = layered(
        alt.Chart(_line(frame, willingness_to_pay.value))
        .encode(x, y)
        .mark_line(strokeDash=[6, 3], strokeWidth=2, color=ink(theme).quiet),
        alt.Chart(frame[frame["status"] == "ND"]).encode(x, y).mark_line(strokeWidth=3, color=colours[0]),
        points.mark_point(size=130, filled=True, opacity=1),
        alt.Chart(frame[frame["best"]])
        .encode(x, y)
        .mark_point(size=330, strokeWidth=3, filled=False, opacity=1, color=ink(theme).text),
        _names(alt.Chart(frame).encode(x, y), theme),
    )
    rows = "; ".join(f"{row.strategy}: {row.words}" for row in frame[["strategy", "words"]].itertuples())
    best = frame.loc[frame["best"], "strategy"].iloc[0]
    text = (
        f"Cost over QALYs of {len(frame)} strategies. {rows}. The dashed line is the willingness to pay, "
        f"{threshold_words(willingness_to_pay)}, through the best one: {best}."
    )
    return dress(layers, theme, alt_text=text, height=LOW)


def _names(base: alt.Chart, theme: Theme) -> alt.LayerChart:
    """Write names above and to the left, where neither the frontier nor the next point is, on a halo."""
    words = base.encode(text="strategy:N")

    def written(colour: str, halo: float) -> alt.Chart:
        text: alt.Chart = words.mark_text(
            align="right", dx=-11, dy=-9, fontSize=14, color=colour, stroke=colour, strokeWidth=halo, strokeJoin="round"
        )
        return text

    return layered(written(ink(theme).ground, 5), written(ink(theme).text, 0))


def _line(frame: pd.DataFrame, threshold: float) -> pd.DataFrame:
    best = frame.loc[frame["best"], ["effect", "cost"]].iloc[0]
    room = _ROOM * (frame["cost"].max() - frame["cost"].min())
    return equal_benefit_line(
        (float(best["effect"]), float(best["cost"])),
        threshold,
        (float(frame["effect"].min()), float(frame["effect"].max())),
        (float(frame["cost"].min() - room), float(frame["cost"].max() + room)),
    )


def equal_benefit_line(
    through: tuple[float, float], threshold: float, effect: tuple[float, float], cost: tuple[float, float]
) -> pd.DataFrame:
    """Return the ends of the line of one net benefit through a point, within ranges of effect and cost."""
    ends = list(effect)
    at = [through[1] + threshold * (end - through[0]) for end in ends]
    if threshold > 0:
        at = [min(max(each, cost[0]), cost[1]) for each in at]
        ends = [through[0] + (each - through[1]) / threshold for each in at]
    return pd.DataFrame({"effect": ends, "cost": at})
