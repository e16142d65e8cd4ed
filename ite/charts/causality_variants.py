"""Genetic variants as instruments: one row for each way of combining them, and a point for each variant."""

import altair as alt
import numpy as np
import pandas as pd

from ite.charts.scale import p_value_words, same_decimals
from ite.charts.theme import Drawing, Theme, arm_colours, arm_dash_scale, dress, ink, layered
from ite.value.egger_regression import egger_effect
from ite.value.mendelian_randomisation import Variants, variant_effect
from ite.value.weighted_median import median_effect

WEIGHTED, EGGER, MEDIAN = "weighted mean", "Egger regression", "weighted median"
_SEED, _HEIGHT, _FEWEST = 1, 230, 3


def variants_table(spec: Variants) -> pd.DataFrame:
    """Return the effect per unit of exposure by each method.

    Returns
    -------
    DataFrame
        method, estimate, lower, upper, intercept, test (what its p-value asks) and p_value; NaN where a method has
        none. Egger's regression and the weighted median need three variants.

    Raises
    ------
    ValuationError
        If the variants cannot be used, or act equally strongly on the exposure.
    """
    mean = variant_effect(spec)
    unknown = float("nan")
    agreement = unknown if mean.heterogeneity_p is None else mean.heterogeneity_p
    rows = [(WEIGHTED, mean.estimate, mean.lower, mean.upper, 0.0, "do the variants agree?", agreement)]
    if len(spec.exposure) >= _FEWEST:
        middle, egger = median_effect(spec, seed=_SEED), egger_effect(spec)
        rows.append((MEDIAN, middle.estimate, middle.lower, middle.upper, 0.0, "", unknown))
        asked = "is there another way on average?"
        rows.append((EGGER, egger.estimate, egger.lower, egger.upper, egger.intercept, asked, egger.intercept_p))
    return pd.DataFrame(rows, columns=["method", "estimate", "lower", "upper", "intercept", "test", "p_value"])


def variants_chart(spec: Variants, theme: Theme = "light") -> Drawing:
    """Draw each variant's two associations, and the line of each method."""
    # Coded so that every variant raises the exposure, as Egger's regression takes them.
    sign = np.sign(spec.exposure)
    points = pd.DataFrame(
        {"exposure": sign * np.array(spec.exposure), "outcome": sign * np.array(spec.outcome), "se": spec.outcome_se}
    ).assign(low=lambda frame: frame["outcome"] - frame["se"], high=lambda frame: frame["outcome"] + frame["se"])
    table = variants_table(spec)
    ends = np.array([0.0, 1.05 * float(points["exposure"].max())])
    lines = pd.DataFrame(
        [
            {"method": row.method, "exposure": end, "outcome": row.intercept + row.estimate * end}
            for row in table.itertuples(index=False)
            for end in ends
        ]
    )
    methods = tuple(table["method"])
    x = alt.X("exposure:Q", title="Association with the exposure", scale=alt.Scale(domain=list(ends), nice=False))
    title = "Association with the outcome"
    colours = alt.Scale(domain=list(methods), range=list(arm_colours(("", *methods), theme).values())[1:])
    shown = points.assign(exposure=points["exposure"].clip(lower=0.0))
    base = alt.Chart(shown).encode(x)
    layers = layered(
        base.mark_rule(strokeWidth=2, color=ink(theme).reference).encode(alt.Y("low:Q", title=title), alt.Y2("high:Q")),
        base.mark_point(filled=True, size=90, opacity=1, color=ink(theme).text).encode(alt.Y("outcome:Q")),
        alt.Chart(lines)
        .mark_line(strokeWidth=3)
        .encode(
            x,
            alt.Y("outcome:Q"),
            alt.Color("method:N", scale=colours, legend=alt.Legend(title=None, labelLimit=220)),
            alt.StrokeDash("method:N", scale=arm_dash_scale(("", *methods)), legend=None),
        ),
    )
    said = "; ".join(f"{row.method} {words}" for row, words in zip(table.itertuples(), _intervals(table), strict=True))
    return dress(layers, theme, alt_text=f"Effect per unit of exposure: {said}.", height=_HEIGHT)


def variants_sentence(spec: Variants) -> str:
    """Say what the methods find, and whether the variants agree."""
    table = variants_table(spec)
    pairs = zip(table["method"], _intervals(table), strict=True)
    said = "; ".join(f"{method} {words}" for method, words in pairs)
    first = f"Effect of one unit of exposure, with 95 % intervals: {said}."
    if len(table) == 1:
        return f"{first} The other methods need three variants."
    agree, other = float(table["p_value"].iloc[0]), float(table["p_value"].iloc[2])
    return (
        f"{first} Variants agree: {p_value_words(agree)}; no other way on average: {p_value_words(other)}; small "
        "p-values speak against it."
    )


def _intervals(table: pd.DataFrame) -> list[str]:
    found = []
    for row in table[["estimate", "lower", "upper"]].to_numpy(dtype=float):
        words = same_decimals(row)
        found.append(f"{words[0]} ({words[1]} to {words[2]})")
    return found


def leave_one_out(spec: Variants) -> pd.DataFrame:
    """Return each variant's ratio and the weighted mean without it.

    Raises
    ------
    ValuationError
        If the variants cannot be used.
    """
    found = variant_effect(spec).variants
    return found.rename_axis("variant").reset_index().assign(variant=lambda table: table["variant"] + 1)
