"""From which probability of disease, and from which predicted benefit, treating is worth its harm: drawn and tabled."""

import altair as alt
import numpy as np
import pandas as pd

from ite.charts.axes import horizontal_rule, vertical_rule
from ite.charts.scale import three_digits
from ite.charts.signed_bars import signed_bars
from ite.charts.theme import Drawing, Theme, arm_colours, dress, ink, layered
from ite.value.treatment_threshold import BenefitThreshold, DiseaseStakes, disease_threshold

_HEIGHT = 190
_POINTS = 101
_TOGETHER = "together"


def stakes_table(spec: DiseaseStakes) -> pd.DataFrame:
    """Return what treating is worth over the probability of disease: probability, net_benefit, treat."""
    probability = np.linspace(0.0, 1.0, _POINTS)
    worth = probability * spec.benefit - (1 - probability) * spec.harm
    return pd.DataFrame(
        {"probability": probability, "net_benefit": worth, "treat": probability > disease_threshold(spec)}
    )


def stakes_chart(spec: DiseaseStakes, theme: Theme = "light") -> Drawing:
    """Draw what treating is worth over the probability of disease, with the threshold."""
    frame, threshold = stakes_table(spec), disease_threshold(spec)
    axis = alt.Axis(format=".0%", tickCount=6)

    def x(field: str) -> alt.X:
        return alt.X(f"{field}:Q", title="Probability of disease", axis=axis, scale=alt.Scale(domain=[0, 1]))

    y = alt.Y("net_benefit:Q", title="Worth of treating", axis=alt.Axis(tickCount=5))
    line = alt.Chart(frame).mark_line(strokeWidth=3, color=arm_colours(("", "treat"), theme)["treat"])
    zero = horizontal_rule(alt.Y("value:Q", title="Worth of treating"), 0.0, theme)
    words = f"treat above {100 * threshold:.3g} %"
    layers = layered(zero, line.encode(x("probability"), y), vertical_rule(x("value"), threshold, theme, words=words))
    text = f"Worth of treating over the probability of disease; it is 0 at {100 * threshold:.3g} %."
    return dress(layers, theme, alt_text=text, height=_HEIGHT)


def burden_table(found: BenefitThreshold) -> pd.DataFrame:
    """Return what harm, cost and burden ask of the benefit, and all of them together."""
    parts = found.parts.reset_index()
    return pd.concat([parts, pd.DataFrame({"part": [_TOGETHER], "benefit": [found.value]})], ignore_index=True)


def burden_chart(found: BenefitThreshold, theme: Theme = "light") -> Drawing:
    """Draw what harm, cost and burden ask of the benefit, and all of them together."""
    table = burden_table(found)
    frame = pd.DataFrame(
        {
            "name": table["part"].str.capitalize(),
            "value": table["benefit"],
            "words": [three_digits(value) for value in table["benefit"]],
        }
    )
    quiet, strong = ink(theme).quiet, arm_colours(("", "sum"), theme)["sum"]
    colours = {name: strong if name == _TOGETHER.capitalize() else quiet for name in frame["name"]}
    return signed_bars(frame, colours, title=f"Benefit that it takes ({found.unit})", theme=theme)
