"""Number needed to treat by baseline risk: drawn by the risk reduction, on which an interval may pass infinity."""

import altair as alt
import numpy as np
import pandas as pd

from ite.charts.axes import horizontal_rule, label, vertical_rule
from ite.charts.number_words import share_words
from ite.charts.theme import Drawing, Theme, arm_colour, dress, ink, layered
from ite.value.baseline_risk import RelativeEffect, nnt_by_baseline_risk

_LOW = 230
_NUMBERS = (2, 3, 4, 5, 7, 10, 15, 20, 30, 50, 100, 200, 500, 1000)
# Labels closer than this share of the axis would run into each other.
_APART = 0.09
_STEPS, _MOST = 60, 0.9
_TITLE = ["Patients treated for", "one spared (NNTB)", "or harmed (NNTH)"]


def baseline_grid(effect: RelativeEffect) -> list[float]:
    """Return the baseline risks that are drawn: up to 90 %, or to where a risk ratio would carry them above 100 %."""
    most = _MOST
    if effect.measure == "risk ratio" and effect.estimate > 1:
        most = min(most, 1 / effect.estimate)
    return [most * step / _STEPS for step in range(1, _STEPS + 1)]


def baseline_chart(
    effect: RelativeEffect, risk: float, own: float | None, words: str, theme: Theme = "light"
) -> Drawing:
    """Draw the number needed to treat over baseline risk, with the interval of the relative effect.

    Parameters
    ----------
    risk
        Baseline risk of the patients asked about; marked with its number, `words`.
    own
        Risk in the control arm; None where there is none.
    """
    frame = nnt_by_baseline_risk(effect, baseline_grid(effect))
    at = nnt_by_baseline_risk(effect, [risk]).assign(words=words)
    drawn = pd.concat([frame, at])
    span = np.nanmin([0, *drawn[["reduction", "lower"]].min()]), np.nanmax([0, *drawn[["reduction", "upper"]].max()])
    x = _risk_axis("baseline_risk")
    axis = alt.Axis(values=_ticks(*span), labelExpr=_label_expression(), grid=True)

    def y(field: str) -> alt.Y:
        return alt.Y(f"{field}:Q", title=_TITLE, axis=axis, scale=alt.Scale(domain=list(span), nice=False))

    colour = arm_colour("treated", ("control", "treated"), theme)
    base, point = alt.Chart(frame).encode(x), alt.Chart(at).encode(x, y("reduction"))
    layers = [
        base.mark_line(strokeWidth=3, color=colour).encode(y("reduction")),
        horizontal_rule(y("value"), 0.0, theme),
        point.mark_point(size=160, filled=True, opacity=1, color=ink(theme).text),
        label(point, "words", theme, dy=-18),
    ]
    if effect.lower is not None:
        layers.insert(0, base.mark_area(opacity=0.18, color=colour).encode(y("lower"), alt.Y2("upper:Q")))
    if own is not None:
        layers.append(vertical_rule(_risk_axis("value"), own, theme, words="risk in the control arm", dashed=True))
    text = f"Number needed to treat over the risk without treatment. At a risk of {share_words(risk)}: {words}."
    return dress(layered(*layers), theme, alt_text=text, height=_LOW)


def _risk_axis(field: str) -> alt.X:
    axis = alt.Axis(format=".0%", tickCount=7, grid=False, labelFlush=False)
    return alt.X(f"{field}:Q", title="Risk without treatment", axis=axis, scale=alt.Scale(nice=False, zero=True))


def _label_expression() -> str:
    """Return the Vega expression that writes a risk reduction as the number needed to treat."""
    number = "format(round(1 / abs(datum.value)), ',d')"
    return f"datum.value == 0 ? '∞' : (datum.value > 0 ? 'NNTB ' : 'NNTH ') + {number}"


def _ticks(lowest: float, highest: float) -> list[float]:
    """Return risk reductions with round numbers needed to treat, wide enough apart to be read."""
    room = _APART * (highest - lowest)
    kept = [0.0]
    for number in _NUMBERS:
        for tick in (1 / number, -1 / number):
            if lowest <= tick <= highest and min(abs(tick - other) for other in kept) >= room:
                kept.append(tick)
    return sorted(kept)
