"""Charts of inequality between groups: the equity-impact plane, and the Lorenz curve without and with a programme."""

import altair as alt
import numpy as np
import pandas as pd

from ite.allocation.distributional_gain import Aversion
from ite.allocation.equity_impact import lorenz_curves
from ite.allocation.fitted_health import WorthLimits
from ite.allocation.health_groups import HealthGroups
from ite.allocation.inequality import gini
from ite.charts.axes import label
from ite.charts.scale import three_digits
from ite.charts.theme import Drawing, Theme, arm_colour, arm_colour_scale, arm_dash_scale, dress, ink, layered

#: The ways to draw a Lorenz curve: itself, or how far it is below the line of equality.
LORENZ_VIEWS = ("Distance from equality", "Lorenz curve")
_WITHOUT, _WITH = "without the programme", "with the programme"
_CURVES = ("", _WITHOUT, _WITH)  # the first place of a palette is the control arm's
_LOW = 230
_MARGIN = 1.3
_TOP, _BESIDE = 0.97, 0.03
_QUADRANTS = (
    (1, 1, "more health, more equal"),
    (-1, 1, "more health, less equal"),
    (1, -1, "less health, more equal"),
    (-1, -1, "less health, less equal"),
)


def impact_chart(
    path: pd.DataFrame, aversion: Aversion, limits: WorthLimits | None = None, theme: Theme = "light"
) -> Drawing:
    """Draw the equity-impact plane: what a programme adds to the mean against what it adds to equality.

    The line is the programme over all aversions, the ring the chosen one; above the dashed diagonal it is worth having.

    Parameters
    ----------
    path
        From `equity_impact`, at this aversion among others.
    limits
        Drawn as bars through the ring; None for figures that are not estimated.
    """
    chosen = path[path["strength"] == aversion.strength]
    end = _MARGIN * _farthest(path, limits)
    x, y = (
        _axis(alt.X, "equity_gain", "What equality adds", end),
        _axis(alt.Y, "mean_gain", "Mean gain per person", end),
    )
    line = alt.Chart(path).encode(x, y)
    ring = alt.Chart(chosen).encode(x, y)
    layers = layered(
        *_ground(end, x, y, theme),
        line.mark_line(strokeWidth=4, color=arm_colour(_WITH, _CURVES, theme)),
        *_bars(chosen, limits, x, y, theme),
        ring.mark_point(size=200, strokeWidth=3, fill=ink(theme).ground, stroke=ink(theme).text, opacity=1),
        label(ring.transform_calculate(words=f"'aversion {aversion.strength:g}'"), "words", theme, dy=24, size=15),
    )
    mean, equity, worth = (
        three_digits(float(chosen[name].iloc[0])) for name in ("mean_gain", "equity_gain", "ede_gain")
    )
    text = (
        f"Equity-impact plane. At aversion {aversion.strength:g}: mean gain {mean}, equality adds {equity}, together "
        f"{worth}."
    )
    return dress(layers, theme, alt_text=text, height=_LOW)


def lorenz_chart(groups: HealthGroups, view: str, theme: Theme = "light") -> Drawing:
    """Draw the Lorenz curves without and with a programme, by one of `LORENZ_VIEWS`."""
    curves = lorenz_curves(groups)
    curves["curve"] = [f"{programme} the programme" for programme in curves["programme"]]
    distance = view == LORENZ_VIEWS[0]
    curves["shown"] = curves["people"] - curves["held"] if distance else curves["held"]
    title = "Share of people less share held" if distance else "Share of the total held"
    legend = alt.Legend(title=None, symbolType="stroke", symbolStrokeWidth=3, values=[_WITHOUT, _WITH])

    def placed(frame: pd.DataFrame) -> alt.Chart:
        chart: alt.Chart = alt.Chart(frame).encode(
            alt.X("people:Q", title="Share of the people, from the lowest level up", axis=alt.Axis(format=".0%")),
            alt.Y("shown:Q", title=title, axis=alt.Axis(format=".3~%", tickCount=6)),
        )
        return chart

    lines = placed(curves).encode(
        alt.Color("curve:N", scale=arm_colour_scale(_CURVES, theme), legend=legend),
        alt.StrokeDash("curve:N", scale=arm_dash_scale(_CURVES), legend=legend),
    )
    parts: list[Drawing] = [lines.mark_line(strokeWidth=3, point=alt.OverlayMarkDef(size=60))]
    if not distance:
        equal = placed(pd.DataFrame({"people": [0.0, 1.0], "shown": [0.0, 1.0]}))
        parts.insert(0, equal.mark_line(strokeWidth=1.5, color=ink(theme).quiet))
    before, after = (gini(levels, groups.people) for levels in (groups.before, groups.after))
    text = f"{view}. Gini index {three_digits(before)} without the programme, {three_digits(after)} with it."
    return dress(layered(*parts), theme, alt_text=text, height=_LOW)


def _farthest(path: pd.DataFrame, limits: WorthLimits | None) -> float:
    reach = [float(path[["mean_gain", "equity_gain"]].abs().to_numpy().max())]
    if limits is not None:
        reach += [abs(end) for each in (limits.mean, limits.equity) for end in (each.lower, each.upper)]
    return max(reach) or 1.0


def _axis(channel: type[alt.X] | type[alt.Y], field: str, title: str, end: float) -> alt.X | alt.Y:
    axis = alt.Axis(format=",.3~g", tickCount=5, grid=False)
    return channel(f"{field}:Q", title=title, axis=axis, scale=alt.Scale(domain=[-end, end], nice=False))


def _ground(end: float, x: alt.X | alt.Y, y: alt.X | alt.Y, theme: Theme) -> list[Drawing]:
    """Draw the axes through 0, the diagonal on which a programme is worth nothing, and the names of the quadrants."""

    def through(equity: list[float], mean: list[float]) -> alt.Chart:
        chart: alt.Chart = alt.Chart(pd.DataFrame({"equity_gain": equity, "mean_gain": mean})).encode(x, y)
        return chart

    colour = ink(theme).reference
    drawn: list[Drawing] = [
        through([-end, end], [0.0, 0.0]).mark_line(strokeWidth=1.5, color=colour),
        through([0.0, 0.0], [-end, end]).mark_line(strokeWidth=1.5, color=colour),
        through([-end, end], [end, -end]).mark_line(strokeWidth=2.5, color=colour, strokeDash=[6, 3]),
    ]
    for right, up, words in _QUADRANTS:
        corner = through([right * end * _BESIDE], [up * end * _TOP])
        drawn.append(
            corner.mark_text(
                text=words,
                align="left" if right > 0 else "right",
                baseline="top" if up > 0 else "bottom",
                fontSize=13,
                color=ink(theme).quiet,
            )
        )
    return drawn


def _bars(
    chosen: pd.DataFrame, limits: WorthLimits | None, x: alt.X | alt.Y, y: alt.X | alt.Y, theme: Theme
) -> list[Drawing]:
    """Draw the 95 % intervals through the chosen point; none where nothing is estimated."""
    if limits is None:
        return []
    colour = ink(theme).text
    equity, mean = (float(np.asarray(chosen[name])[0]) for name in ("equity_gain", "mean_gain"))
    across = pd.DataFrame({"equity_gain": [limits.equity.lower, limits.equity.upper], "mean_gain": [mean, mean]})
    along = pd.DataFrame({"equity_gain": [equity, equity], "mean_gain": [limits.mean.lower, limits.mean.upper]})
    return [alt.Chart(frame).encode(x, y).mark_line(strokeWidth=2, color=colour) for frame in (across, along)]
