"""The map of errors: a design's family-wise error under every truth, drawn over the effects in both strata."""

from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from ite.charts.design_tables import SCALES
from ite.charts.theme import Drawing, Theme, dress, ink, layered
from ite.design.comparison.error_map import ErrorMap
from ite.errors import DesignError

#: Shades of an error from none to the largest: the first is close to the ground.
_SHADES: dict[Theme, list[str]] = {"light": ["#EAF2F8", "#0072B2"], "dark": ["#1D2A38", "#7CC7F2"]}
_ON_MAP, _BEYOND = "circle", "triangle-down"
_NO_ERROR = "every population benefits:\nno rejection is an error"


def error_map_chart(found: ErrorMap, theme: Theme = "light") -> Drawing:
    """Draw the family-wise error over the effects in both strata, with the worst points numbered.

    A truth below the map is drawn as a triangle on its lower edge.

    Raises
    ------
    DesignError
        For more than two strata, which no map can show.
    """
    strata = found.design.scenario.strata
    if len(strata) != 2:
        raise DesignError(f"A map has two axes; this design has {len(strata)} strata. Read the table of worst points.")
    names = dict(zip(strata, ("inside", "outside"), strict=True))
    cells, others = _cells(found.grid.rename(columns=names))
    low, high = float(cells[["inside", "outside"]].min().min()), float(cells[["right", "top"]].max().max())
    others = _held(others, low)
    worst = _held(found.worst.rename(columns=names), low)
    worst = worst.assign(rank=[str(place + 1) for place in range(len(worst))])
    # A little room to the right, where a circle on the edge would be cut.
    across = _effect(found, strata[0], "inside", [low, high + 0.03 * (high - low)])
    down = _effect(found, strata[1], "outside", [low, high])
    shade = _shade(found, theme)
    shape = alt.Shape("shape:N", scale=None, legend=None)
    points, colours = alt.Chart(worst).encode(across, down), ink(theme)
    free = alt.Chart(pd.DataFrame({"inside": [high / 2], "outside": [high / 2], "words": [_NO_ERROR]}))
    layers = layered(
        alt.Chart(cells).mark_rect().encode(across, alt.X2("right:Q"), down, alt.Y2("top:Q"), shade),
        free.mark_text(color=colours.quiet, lineBreak="\n", lineHeight=19).encode(across, down, text="words:N"),
        alt.Chart(others)
        .mark_point(filled=True, size=90, opacity=1, stroke=colours.quiet)
        .encode(across, down, shade, shape),
        points.mark_point(size=260, strokeWidth=2.5, color=colours.harm, filled=False),
        points.mark_text(dx=17, fontWeight="bold", stroke=colours.ground, strokeWidth=4).encode(text="rank:N"),
        points.mark_text(dx=17, fontWeight="bold", color=colours.text).encode(text="rank:N"),
    )
    top = found.worst.to_dict("records")[0]
    words = (
        f"Map of the family-wise error over effects in the {strata[0]} and the {strata[1]}; the worst point, "
        f"{top[strata[0]]:.3g} and {top[strata[1]]:.3g}, has {100 * top['error']:.2f} %."
    )
    return dress(layers, theme, alt_text=words, height=380)


def _effect(found: ErrorMap, stratum: str, field: str, domain: list[float]) -> Any:  # noqa: ANN401 - of either axis
    """Return an axis of effects in their unit."""
    unit, factor = SCALES[found.design.scenario.outcome.kind]
    channel = alt.X if field == "inside" else alt.Y
    axis = alt.Axis(tickCount=6, labelExpr=f"format({factor:g} * datum.value, '.2~f')")
    title = f"Effect in the {stratum} ({unit})"
    return channel(f"{field}:Q", title=title, axis=axis, scale=alt.Scale(domain=domain, nice=False, zero=False))


def _shade(found: ErrorMap, theme: Theme) -> alt.Color:
    """Return the colour of an error, from none to the level or the largest error."""
    most = max(float(found.grid["error"].max()), found.design.boundary.alpha)
    return alt.Color(
        "error:Q",
        title="Family-wise error",
        scale=alt.Scale(range=_SHADES[theme], domain=[0, most]),
        legend=alt.Legend(format=".1%", gradientLength=320, orient="top", tickCount=3),
    )


def _held(points: pd.DataFrame, low: float) -> pd.DataFrame:
    """Return points with those below the map held at its edge, and the shape that says so."""
    beyond = points["outside"] < low
    return points.assign(outside=points["outside"].clip(lower=low), shape=np.where(beyond, _BEYOND, _ON_MAP))


def _cells(frame: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the points of the regular grid as rectangles, and the others as they are.

    A rectangle reaches half a step to each side of its point.
    """
    # Where few truths leave a population without benefit a column of the grid may hold one point, or none.
    counts = pd.concat([frame["inside"], frame["outside"]]).round(9).value_counts()
    regular = np.sort(np.array([value for value, count in counts.items() if count > 1]))
    on_grid = frame["inside"].round(9).isin(regular) & frame["outside"].round(9).isin(regular)
    step = float(np.diff(regular).min()) if len(regular) > 1 else 1.0
    cells = frame[on_grid]
    cells = cells.assign(
        right=cells["inside"] + step / 2,
        top=cells["outside"] + step / 2,
        inside=cells["inside"] - step / 2,
        outside=cells["outside"] - step / 2,
    )
    return cells, frame[~on_grid]
