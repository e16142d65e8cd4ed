"""A treatment-by-marker interaction drawn: its power over the patients, its size, and what a usual trial can show."""

import altair as alt
import numpy as np
import pandas as pd

from ite.charts.axes import horizontal_rule
from ite.charts.design_bars import compared_bars
from ite.charts.design_curves import lines
from ite.charts.number_words import percent_words, share_words
from ite.charts.theme import Drawing, Theme, dress, ink, layered
from ite.design.alternatives.interaction import (
    InteractionSize,
    InteractionTest,
    interaction_power,
    interaction_size,
    interaction_table,
)
from ite.design.alternatives.subgroup_power import SubgroupPowerResult
from ite.design.fixed.means import Means

# The first place of a palette is the control arm's; these lines are no arms, so they take the others.
_QUESTIONS = ("", "overall effect", "interaction")


def interaction_curve(spec: InteractionSize) -> pd.DataFrame:
    """Return the power to show either effect over the number of patients: patients, question, power."""
    sizes = interaction_size(spec)
    smallest, largest = sorted((sizes.n_main, sizes.n_interaction))
    test = InteractionTest(
        prevalence=spec.prevalence,
        effect_subgroup=spec.interaction_effect,
        effect_complement=0.0,
        sd=spec.sd,
        alpha_two_sided=spec.alpha_two_sided,
    )
    main = Means(mean_difference=abs(spec.main_effect), sd=spec.sd)
    rows = []
    for patients in np.geomspace(max(4.0, smallest / 6), 1.6 * max(4.0, largest), 80).tolist():
        rows.append((patients, _QUESTIONS[1], main.power(patients, alpha=spec.alpha_two_sided / 2)))
        rows.append((patients, _QUESTIONS[2], interaction_power(test, patients).power))
    return pd.DataFrame(rows, columns=["patients", "question", "power"])


def interaction_chart(curve: pd.DataFrame, spec: InteractionSize, theme: Theme = "light") -> Drawing:
    """Draw the power of both questions over the patients, with the sizes that reach the power asked for."""
    sizes = interaction_size(spec)
    needed = pd.DataFrame(
        {
            "what": _QUESTIONS[1:],
            "patients": [sizes.n_main, sizes.n_interaction],
            "power": [spec.power, spec.power],
            "words": [f"{np.ceil(size):,.0f}" for size in (sizes.n_main, sizes.n_interaction)],
        }
    )
    axis = alt.Axis(format=",d", tickCount=6, grid=False)
    x = alt.X("patients:Q", title="Patients (log scale)", axis=axis, scale=alt.Scale(type="log", nice=False))
    y = _power("power")
    dots = alt.Chart(needed).encode(x, y)
    layers = layered(
        horizontal_rule(_power("value"), spec.power, theme, dashed=True),
        lines(curve.rename(columns={"question": "what"}), list(_QUESTIONS[1:]), _QUESTIONS, theme).encode(x, y),
        dots.mark_point(filled=True, size=200, opacity=1, color=ink(theme).text),
        dots.mark_text(align="right", dx=-12, dy=-14, fontWeight="bold").encode(text="words:N"),
    )
    text = (
        f"Power over the number of patients. A power of {percent_words(spec.power)} takes {sizes.n_main:,.0f} patients "
        f"for the overall effect and {sizes.n_interaction:,.0f} for the interaction."
    )
    return dress(layers, theme, alt_text=text, height=280)


def interaction_times() -> pd.DataFrame:
    """Return how many times the size an interaction takes, to one digit: a row per share of marker-positives."""
    table = interaction_table(relative_sizes=(1.0, 0.75, 0.5)).round(1)
    table.columns = pd.Index(["as large as the overall effect", "three quarters of it", "half of it"])
    table.index = pd.Index([share_words(share) for share in table.index], name="marker-positive")
    return table.reset_index()


def shown_by_usual_trial(
    test: InteractionTest, patients: int, positives: SubgroupPowerResult, negatives: SubgroupPowerResult
) -> pd.DataFrame:
    """Return what a trial of so many patients can show, and how probably: claim, design, probability."""
    share = test.prevalence
    average = share * test.effect_subgroup + (1 - share) * test.effect_complement
    overall = Means(mean_difference=abs(average), sd=test.sd).power(patients, alpha=test.alpha_two_sided / 2)
    rows = [
        ("overall effect", overall),
        ("effect with the marker", positives.power),
        ("effect without the marker", negatives.power),
        ("that the effects differ", interaction_power(test, patients).power),
    ]
    table = pd.DataFrame(rows, columns=["claim", "probability"])
    table.insert(1, "design", f"{patients:,} patients")
    return table


def usual_trial_chart(table: pd.DataFrame, theme: Theme = "light") -> Drawing:
    """Draw what a trial sized for the overall effect can show; `table` as `shown_by_usual_trial` returns it."""
    words = table["probability"].map(percent_words)
    frame = table.rename(columns={"claim": "row", "probability": "value"})
    text = "; ".join(f"{claim} {share}" for claim, share in zip(table["claim"], words, strict=True))
    return compared_bars(
        frame.assign(lower=np.nan, upper=np.nan, words=words), title="Power", alt_text=f"Power: {text}.", theme=theme
    )


def _power(field: str) -> alt.Y:
    axis = alt.Axis(format=".0%", tickCount=6)
    return alt.Y(f"{field}:Q", title="Power", axis=axis, scale=alt.Scale(domain=[0, 1]))
