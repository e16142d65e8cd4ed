"""The average effect on one chosen scale, drawn: differences on a straight axis, ratios on a logarithmic one.

Patients to treat are drawn where their risk difference lies, so that no difference is infinity in the middle.
"""

import math

import altair as alt
import numpy as np
import pandas as pd

from ite.charts.axes import label, vertical_rule
from ite.charts.scale import EffectUnit, same_decimals
from ite.charts.theme import Drawing, Theme, arm_colour_scale, arm_shape_scale, dress, layered

PATIENTS = "number needed to treat"
_PATIENTS_LABELS = (
    "datum.value == 0 ? '∞' : (datum.value > 0 ? 'benefit ' : 'harm ') + format(ceil(1 / abs(datum.value)), ',d')"
)
_ROW = 60


def drawable(table: pd.DataFrame, scale: str) -> bool:
    """Whether any arm has an estimate on this scale."""
    return bool(table.loc[table["scale"] == scale, "estimate"].notna().any())


def scale_chart(
    table: pd.DataFrame, scale: str, unit: EffectUnit, arms: tuple[str, ...], theme: Theme = "light"
) -> Drawing:
    """Draw each arm's average effect on one scale with its 95 % interval.

    Parameters
    ----------
    table
        Of `ite.estimation.average_scales.average_on_scales`.
    unit
        Of the difference that the page uses.
    """
    frame = _placed(table, scale, unit)
    base = alt.Chart(frame).encode(alt.Y("arm:N", sort=list(arms), title=None))
    colour = alt.Color("arm:N", scale=arm_colour_scale(arms, theme), legend=None)
    ratio = bool((frame["null"] == 1.0).all())
    point = base.encode(_x("estimate", scale, unit, frame))
    layers = layered(
        vertical_rule(_x("value", scale, unit, frame), 1.0 if ratio else 0.0, theme),
        base.mark_rule(strokeWidth=4).encode(_x("lower", scale, unit, frame), alt.X2("upper:Q"), colour),
        point.mark_point(filled=True, size=220, opacity=1).encode(
            colour, alt.Shape("arm:N", scale=arm_shape_scale(arms), legend=None)
        ),
        label(point, "words", theme, dy=-22),
    )
    named = "; ".join(f"{arm} {words}" for arm, words in zip(frame["arm"], frame["words"], strict=True))
    text = f"Average effect as {scale}, with 95 % interval: {named}."
    return dress(layers, theme, alt_text=text, height=20 + _ROW * len(frame))


def on_scale(row: pd.Series, unit: EffectUnit) -> str:
    """Write the estimate of one row of the table with its interval; an undefined one by its reason."""
    values = row[["estimate", "lower", "upper"]].to_numpy(dtype=float)
    if row["scale"] == PATIENTS:
        return str(row["note"]).split(". ")[0].removesuffix(".")
    if not math.isfinite(values[0]):
        return "undefined"
    if row["null"] == 0:
        return unit.label(*values)
    first, second, third = same_decimals(values)
    return f"{first} ({second} to {third})"


def _placed(table: pd.DataFrame, scale: str, unit: EffectUnit) -> pd.DataFrame:
    """Return the rows of a scale with where they are drawn; patients to treat at their risk difference."""
    own = table[table["scale"] == scale]
    words = [on_scale(row, unit) for _, row in own.iterrows()]
    if scale == PATIENTS:
        own = table[table["scale"] == "risk difference"]
    return own.assign(words=words).dropna(subset=["estimate"])


def _x(field: str, scale: str, unit: EffectUnit, frame: pd.DataFrame) -> alt.X:
    if scale == PATIENTS:
        axis = alt.Axis(labelExpr=_PATIENTS_LABELS, tickCount=7)
        return alt.X(f"{field}:Q", title="Patients to treat for one more", axis=axis, scale=alt.Scale(zero=True))
    if bool((frame["null"] == 1.0).all()):
        title = f"{scale[:1].upper()}{scale[1:]}, treated over control"
        ends = np.log(frame[["lower", "upper"]].to_numpy(dtype=float))
        far = 1.15 * max(float(np.abs(ends).max()), math.log(1.1))
        around = alt.Scale(type="log", domain=[math.exp(-far), math.exp(far)], nice=False)
        return alt.X(f"{field}:Q", title=title, axis=alt.Axis(tickCount=7, format=".3~g"), scale=around)
    axis = alt.Axis(labelExpr=unit.axis_labels, tickCount=7)
    return alt.X(f"{field}:Q", title=unit.axis_title, axis=axis, scale=alt.Scale(zero=True, padding=14))
