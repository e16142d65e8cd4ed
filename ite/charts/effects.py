"""Charts of estimated effects: the average, the spread of predicted benefit, the covariates behind it."""

import altair as alt
import numpy as np
import pandas as pd

from ite.charts.axes import effect_x, histogram_bars, label, predicted_title, vertical_rule
from ite.charts.scale import cell, effect_unit, p_value_words
from ite.charts.theme import Drawing, Theme, arm_colour, arm_colour_scale, arm_shape_scale, dress, layered
from ite.estimation.result import EffectEstimate
from ite.evaluation.result import Evidence

_BINS = 30


def average_effect_chart(
    effects: EffectEstimate, arms: tuple[str, ...], theme: Theme = "light", *, only: str | None = None
) -> Drawing:
    """Draw the average effect of each treated arm, or `only` one, with its 95 % interval."""
    unit = effect_unit(effects.scale)
    ate = effects.ate if only is None else effects.ate.loc[[only]]
    frame = ate.rename_axis("arm").reset_index()
    frame["label"] = unit.labels(frame)
    base = alt.Chart(frame).encode(alt.Y("arm:N", sort=list(arms), title=None))
    colour = alt.Color("arm:N", scale=arm_colour_scale(arms, theme), legend=None)
    point = base.encode(effect_x("estimate", unit))
    layers = layered(
        vertical_rule(effect_x("value", unit), 0.0, theme),
        base.mark_rule(strokeWidth=4).encode(effect_x("lower", unit), alt.X2("upper:Q"), colour),
        point.mark_point(filled=True, size=220, opacity=1).encode(
            colour, alt.Shape("arm:N", scale=arm_shape_scale(arms), legend=None)
        ),
        label(point, "label", theme, dy=-22),
    )
    words = "; ".join(f"{arm} {label}" for arm, label in zip(frame["arm"], frame["label"], strict=True))
    return dress(layers, theme, alt_text=f"Average benefit with 95 % interval: {words}.", height=20 + 60 * len(frame))


def benefit_bins(effects: EffectEstimate, arm: str, bins: int = _BINS) -> pd.DataFrame:
    """Return the histogram of predicted benefit: value (left edge), upper, patients."""
    counts, edges = np.histogram(effects.benefit[arm].to_numpy(float), bins=bins)
    return pd.DataFrame({"value": edges[:-1], "upper": edges[1:], "patients": counts})


def benefit_histogram(
    effects: EffectEstimate, arm: str, arms: tuple[str, ...], theme: Theme = "light", *, brush: bool = False
) -> Drawing:
    """Draw how predicted benefit is distributed, with the overall effect marked.

    With `brush`, dragging over the bars selects a range of predicted benefit (interval parameter "brush").
    """
    unit = effect_unit(effects.scale)
    average = cell(effects.ate, arm, "estimate")
    x = effect_x("value", unit, predicted_title(unit))
    layers = layered(
        histogram_bars(benefit_bins(effects, arm), colour=arm_colour(arm, arms, theme), x=x, brush=brush),
        vertical_rule(x, 0.0, theme),
        vertical_rule(x, average, theme, words=f"overall effect {unit.number(average)}", dashed=True),
    )
    benefit = effects.benefit[arm]
    words = (
        f"Histogram of predicted benefit of {arm} in {len(benefit)} patients, from {unit.number(float(benefit.min()))} "
        f"to {unit.number(float(benefit.max()))}; the overall effect is {unit.number(average)}."
    )
    return dress(layers, theme, alt_text=words, canvas=brush)


def tested_modifiers(evidence: Evidence, arm: str) -> pd.DataFrame:
    """Return the covariates that could be tested for one arm, strongest first."""
    own = evidence.modifiers[evidence.modifiers["arm"] == arm]
    return own[own["strength"].notna()].sort_values("ranked")


def modifiers_chart(
    evidence: Evidence, arm: str, arms: tuple[str, ...], theme: Theme = "light", *, top: int = 12
) -> Drawing:
    """Draw the covariates by the strength of their association with the effect, with adjusted p-values."""
    frame = tested_modifiers(evidence, arm).head(top)
    frame = frame.assign(label=[p_value_words(p_value) for p_value in frame["p_value"]])
    # Room on the right for the words of the longest bar.
    room = alt.Scale(domain=[0, 1.15 * float(frame["strength"].max())], nice=False)
    base = alt.Chart(frame).encode(
        alt.Y("covariate:N", sort=list(frame["covariate"]), title=None),
        alt.X("strength:Q", title="Strength of association with the effect", scale=room, axis=alt.Axis(tickCount=6)),
    )
    layers = layered(
        base.mark_bar(color=arm_colour(arm, arms, theme), height={"band": 0.7}),
        base.mark_text(align="left", dx=6).encode(text="label:N"),
    )
    named = zip(frame["covariate"], frame["strength"], frame["label"], strict=True)
    words = "; ".join(f"{covariate} {strength:.2f} ({label})" for covariate, strength, label in list(named)[:5])
    words = f"Covariates ranked by association with the effect of {arm}: {words}."
    return dress(layers, theme, alt_text=words, height=10 + 30 * len(frame))
