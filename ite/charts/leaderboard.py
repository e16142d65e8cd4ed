"""Learners side by side: how much closer to the effects than one common effect, by held-out patients."""

from collections.abc import Mapping

import altair as alt
import numpy as np
import pandas as pd

from ite.charts.axes import label, vertical_rule
from ite.charts.scale import same_decimals
from ite.charts.theme import Drawing, Theme, arm_colour, dress, layered
from ite.estimation.spec import Learner

_ROW = 36


def leaderboard_chart(
    learners: pd.DataFrame,
    names: Mapping[Learner, str],
    arm: str,
    arms: tuple[str, ...],
    scale: str,
    theme: Theme = "light",
) -> Drawing:
    """Draw the change in squared error of each learner with one standard error to each side.

    Parameters
    ----------
    learners
        Of `Leaderboard.of_arm`: the best first.
    names
        How each learner is called.
    """
    frame = pd.DataFrame(
        {
            "learner": [names[learner] for learner in learners["learner"]],
            "estimate": learners["dr_change"],
            "lower": learners["dr_change"] - learners["dr_se"],
            "upper": learners["dr_change"] + learners["dr_se"],
            "words": same_decimals(learners["dr_change"].to_numpy(dtype=float)),
        }
    )
    rows = alt.Y("learner:N", sort=list(frame["learner"]), title=None, axis=alt.Axis(labelLimit=260))
    base, colour = alt.Chart(frame).encode(rows), arm_colour(arm, arms, theme)

    def x(field: str) -> alt.X:
        title = "Squared error beside one common effect (left is closer)"
        return alt.X(f"{field}:Q", title=title, axis=alt.Axis(tickCount=6), scale=alt.Scale(zero=True, padding=14))

    point = base.encode(x("estimate"))
    layers = layered(
        vertical_rule(x("value"), 0.0, theme),
        base.mark_rule(strokeWidth=3, color=colour).encode(x("lower"), alt.X2("upper:Q")),
        point.mark_point(filled=True, size=140, opacity=1, color=colour),
        label(point, "words", theme, dy=-13, size=13),
    )
    pairs = "; ".join(f"{name} {words}" for name, words in zip(frame["learner"], frame["words"], strict=True))
    text = f"Change in squared error against one common effect, in squared units of {scale}: {pairs}."
    return dress(layers, theme, alt_text=text, height=20 + _ROW * len(frame))


def leaderboard_sentence(learners: pd.DataFrame, names: Mapping[Learner, str]) -> str:
    """Say which learner comes closest, and whether held-out patients prefer it to one common effect."""
    best = learners.iloc[0]
    name = names[best["learner"]]
    change, error = float(best["dr_change"]), float(best["dr_se"])
    if change >= 0:
        return (
            "No learner comes closer to the effects of held-out patients than one common effect does: these data do "
            "not support a ranking of patients."
        )
    size, se = same_decimals(np.array([-change, error]))
    sentence = (
        f"{name} comes closest: its squared error is lower than that of one common effect by {size} (standard error "
        f"{se})."
    )
    if -change <= error:
        return f"{sentence} That is within one standard error: these data hardly prefer any ranking of patients."
    return f"{sentence} Others within a standard error of it do as well, as far as these data can tell."
