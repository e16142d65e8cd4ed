"""The null average drawn: how opposite effects cancel as the mix of patients changes, and what matching would gain."""

import altair as alt
import numpy as np
import pandas as pd

from ite.charts.axes import horizontal_rule, vertical_rule
from ite.charts.design_curves import lines
from ite.charts.number_words import share_words
from ite.charts.theme import Drawing, Theme, dress, layered
from ite.design.alternatives.null_average import OppositeEffects, cancellation

# The first place of a palette is the control arm's; these lines are no arms, so they take the others.
_LINES = ("", "average difference", "gain from matching")
_SHARES = np.round(np.linspace(0.01, 0.99, 99), 2)


def null_average_curve(spec: OppositeEffects) -> pd.DataFrame:
    """Return average difference and gain over the share of the first of two groups: share, what, points."""
    rows = []
    for share in _SHARES.tolist():
        found = cancellation(spec.model_copy(update={"shares": (share, round(1 - share, 12))}))
        rows.append((share, _LINES[1], 100 * found.average))
        rows.append((share, _LINES[2], 100 * found.gain_from_matching))
    return pd.DataFrame(rows, columns=["share", "what", "points"])


def null_average_chart(curve: pd.DataFrame, spec: OppositeEffects, theme: Theme = "light") -> Drawing:
    """Draw the average difference of two treatments and the gain from matching, with the mix of patients marked."""
    found, share = cancellation(spec), spec.shares[0]

    def x(field: str) -> alt.X:
        axis = alt.Axis(format=".0%", tickCount=5)
        return alt.X(f"{field}:Q", title="Share of marker-positives", axis=axis, scale=alt.Scale(domain=[0, 1]))

    def y(field: str) -> alt.Y:
        return alt.Y(f"{field}:Q", title="Percentage points", axis=alt.Axis(tickCount=6))

    layers = layered(
        horizontal_rule(y("value"), 0.0, theme),
        vertical_rule(x("value"), share, theme, words=f"here {share_words(share)}", dashed=True),
        lines(curve, list(_LINES[1:]), _LINES, theme).encode(x("share"), y("points")),
    )
    text = (
        f"Average difference of two treatments and gain from matching over the share of marker-positives. At "
        f"{share_words(share)} the average is {100 * found.average:.1f} points and matching gains "
        f"{100 * found.gain_from_matching:.1f}."
    )
    return dress(layers, theme, alt_text=text, height=280)
