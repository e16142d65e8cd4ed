"""The best strategy over any two inputs of a companion diagnostic, drawn as a map with the present point."""

from dataclasses import dataclass

import altair as alt
import numpy as np
import pandas as pd
from scipy.ndimage import distance_transform_edt

from ite.charts.theme import Drawing, Theme, dress, ink, layered
from ite.charts.value_marker import NAMES, strategy_colours
from ite.trial.columns import FloatArray
from ite.value.companion_diagnostic import value_of_diagnostic
from ite.value.diagnostic_inputs import STRATEGIES, CompanionDiagnostic, DiagnosticInput
from ite.value.diagnostic_table import two_way_table

_STEPS = 40
_HEIGHT = 250
#: Smallest part of the map that has room for the name of its strategy.
_ROOM = 3.0
_SHARES = ("prevalence", "sensitivity", "specificity", "lost_waiting")


@dataclass(frozen=True, kw_only=True, eq=False)
class MarkerMap:
    """A map of the best strategy.

    Attributes
    ----------
    across, down : str
        Names of the inputs.
    table : DataFrame, one row per cell
        across, down (values in the middle of the cell), best, net_benefit, gain_from_testing.
    best : str
        Strategy at the present point.
    """

    spec: CompanionDiagnostic
    across: DiagnosticInput
    down: DiagnosticInput
    table: pd.DataFrame
    best: str


def marker_map(spec: CompanionDiagnostic, across: DiagnosticInput, down: DiagnosticInput) -> MarkerMap:
    """Return the best strategy around the present point: shares from 0 to 100 %, amounts from 0 to twice theirs.

    Raises
    ------
    ValuationError
        If both inputs are the same.
    """
    found = two_way_table(spec, down, _middles(spec, down), across, _middles(spec, across))
    table = found.table.rename(columns={"first": "down", "second": "across"})
    return MarkerMap(spec=spec, across=across, down=down, table=table, best=value_of_diagnostic(spec).best)


def marker_map_chart(found: MarkerMap, theme: Theme = "light") -> Drawing:
    """Draw the map: a colour and a name for each strategy's part, and the present point."""
    colours = strategy_colours(theme)
    sides = {side: _edges(found.spec, name) for side, name in (("across", found.across), ("down", found.down))}
    cells = found.table.assign(
        right=found.table["across"] + _half(sides["across"]),
        left=found.table["across"] - _half(sides["across"]),
        top=found.table["down"] + _half(sides["down"]),
        bottom=found.table["down"] - _half(sides["down"]),
    )
    x = _axis(found, "left", found.across, sides["across"], alt.X)
    y = _axis(found, "bottom", found.down, sides["down"], alt.Y)
    scale = alt.Scale(domain=list(STRATEGIES), range=[colours[name] for name in STRATEGIES])
    point = pd.DataFrame({"left": [getattr(found.spec, found.across)], "bottom": [getattr(found.spec, found.down)]})
    named = alt.Chart(_names(cells)).encode(x, y, text="words:N")
    here = alt.Chart(point).encode(x, y)
    layers = layered(
        alt.Chart(cells)
        .mark_rect(opacity=0.45)
        .encode(x, alt.X2("right:Q"), y, alt.Y2("top:Q"), alt.Color("best:N", scale=scale, legend=None)),
        named.mark_text(fontWeight="bold", fontSize=16, stroke=ink(theme).ground, strokeWidth=5, strokeJoin="round"),
        named.mark_text(fontWeight="bold", fontSize=16, color=ink(theme).text),
        here.mark_point(size=220, filled=True, opacity=1, color=ink(theme).text, shape="diamond"),
        here.mark_text(dy=-18, fontSize=14, stroke=ink(theme).ground, strokeWidth=5).encode(text=alt.value("present")),
        here.mark_text(dy=-18, fontSize=14, color=ink(theme).text).encode(text=alt.value("present")),
    )
    text = (
        f"Map of the best strategy over {_label(found.spec, found.across)} across and "
        f"{_label(found.spec, found.down)} upwards; at the present point it is {NAMES[found.best].lower()}."
    )
    return dress(layers, theme, alt_text=text, height=_HEIGHT, canvas=True)


def _edges(spec: CompanionDiagnostic, name: DiagnosticInput) -> tuple[float, float]:
    """Return the least and the most of an axis: both sides of 0 and twice the present value are in view."""
    if name in _SHARES:
        return 0.0, 1.0
    value = float(getattr(spec, name))
    ceiling = float(value_of_diagnostic(spec).windows["upper"].to_dict().get(name, 0.0))
    reach = 1.5 * ceiling if np.isfinite(ceiling) else 0.0
    most = max(2 * abs(value), reach) or 1.0
    return (0.0, most) if value >= 0 else (-most, most)


def _half(edges: tuple[float, float]) -> float:
    return (edges[1] - edges[0]) / _STEPS / 2


def _middles(spec: CompanionDiagnostic, name: DiagnosticInput) -> FloatArray:
    edges = _edges(spec, name)
    return np.linspace(*edges, _STEPS, endpoint=False) + _half(edges)


def _names(cells: pd.DataFrame) -> pd.DataFrame:
    """Return each strategy's name and the cell of its part that is farthest from the part's border."""
    best = cells["best"].to_numpy().reshape(_STEPS, _STEPS)
    rows = []
    for strategy in np.unique(best):
        inside = np.pad(best == strategy, 1)
        depth = distance_transform_edt(inside)[1:-1, 1:-1]
        if depth.max() >= _ROOM:
            cell = cells.iloc[int(depth.argmax())]
            rows.append({"left": cell["across"], "bottom": cell["down"], "words": NAMES[strategy]})
    return pd.DataFrame(rows)


def _label(spec: CompanionDiagnostic, name: DiagnosticInput) -> str:
    return spec.label(name).removesuffix(" (%)")


def _axis(
    found: MarkerMap, field: str, name: DiagnosticInput, edges: tuple[float, float], channel: type[alt.X] | type[alt.Y]
) -> alt.X | alt.Y:
    shares = name in _SHARES
    axis = alt.Axis(format=".0%" if shares else ",.6~g", tickCount=6, grid=False)
    title = _label(found.spec, name)
    return channel(f"{field}:Q", title=title, axis=axis, scale=alt.Scale(domain=list(edges), nice=False, zero=False))
