"""How a choice hangs on the weights: where options are worth the same, and what each weight can turn."""

from itertools import combinations

import altair as alt
import numpy as np
import pandas as pd

from ite.charts.axes import label
from ite.charts.number_words import UNKNOWN, measured
from ite.charts.scale import three_digits
from ite.charts.theme import Drawing, Theme, arm_colours, dress, ink, layered
from ite.trial.columns import FloatArray
from ite.value.decision_desk import OptionDraws
from ite.value.utility_weights import CRITERIA, Criterion, UtilityWeights
from ite.value.weight_sensitivity import WeightTornado, indifference_table, indifference_weight, weight_tornado

#: What a weight is multiplied by at the two ends of its bar; one that is 0 has none.
_FACTORS = (0.5, 2.0)
_STEP, _AXES = 46, 20
_COLUMNS = ("Option", "Other", "Weight of", "Now", "Equal at", "In words")


def weights_table(draws: OptionDraws, weights: UtilityWeights, expected: FloatArray | None = None) -> pd.DataFrame:
    """Return, for each pair of options and each weight of what they differ in, where they are worth the same.

    Parameters
    ----------
    draws, weights, expected
        As in `ite.charts.value_desk.options_table`.
    """
    means = draws.criteria.mean(axis=0) if expected is None else expected
    errors = indifference_table(draws, weights).set_index(["option", "other", "criterion"])["weight_error"].to_dict()
    rows = []
    for one, other in combinations(range(len(draws.options)), 2):
        pair, difference = (draws.options[one], draws.options[other]), means[one] - means[other]
        for position, criterion in enumerate(CRITERIA):
            weight = indifference_weight(difference, weights, criterion)
            if weight is None:
                continue
            error = errors[(*pair, criterion)] if expected is None else None
            # A larger weight helps the option with more of what is wanted, and with less of what is not.
            gains = difference[position] > 0 if criterion == "benefit" else difference[position] < 0
            above, below = pair if gains else pair[::-1]
            rows.append(
                {
                    "Option": pair[0],
                    "Other": pair[1],
                    "Weight of": criterion,
                    "Now": three_digits(float(abs(weights.signed[position]))),
                    "Equal at": _equal_at(weight, error, criterion),
                    "In words": _words(weight, criterion, (above, below)),
                }
            )
    return pd.DataFrame(rows, columns=list(_COLUMNS))


def _equal_at(weight: float, error: float | None, criterion: Criterion) -> str:
    if _is_out(weight, criterion):
        return UNKNOWN
    return f"{weight:,.4g}" if error is None else measured(weight, error)


def _is_out(weight: float, criterion: Criterion) -> bool:
    return weight < 0 or (criterion == "benefit" and weight == 0)


def _words(weight: float, criterion: Criterion, pair: tuple[str, str]) -> str:
    above, below = pair
    if _is_out(weight, criterion):
        return f"always {above}"
    return f"{above} above, {below} below"


def tornado(draws: OptionDraws, weights: UtilityWeights) -> WeightTornado:
    """Return what halving and doubling each weight does; a weight of 0, or of what no option has, is left out."""
    ranges: dict[Criterion, tuple[float, float]] = {}
    for criterion in CRITERIA:
        value = float(getattr(weights, criterion))
        spread = np.ptp(draws.criteria[:, :, CRITERIA.index(criterion)])
        if value > 0 and spread > 0:
            ranges[criterion] = (_FACTORS[0] * value, _FACTORS[1] * value)
    return weight_tornado(draws, weights, ranges)


def tornado_chart(found: WeightTornado, options: tuple[str, ...], theme: Theme = "light") -> Drawing:
    """Draw the margin of the best option over the second as each weight is halved and doubled."""
    bars = found.bars
    ends = pd.concat(
        [
            pd.DataFrame(
                {
                    "weight": bars["weight"].map("weight of {}".format),
                    "margin": bars[f"margin_{end}"],
                    "size": bars[end].map(three_digits),
                    "best": bars[f"best_{end}"],
                }
            )
            for end in ("low", "high")
        ]
    )
    # Only an end at which another option is best needs a name.
    turned = ends["best"] != found.chosen
    ends["words"] = ends["size"].where(~turned, ends["size"] + ": " + ends["best"])
    rows = alt.Y("weight:N", sort=list(dict.fromkeys(ends["weight"])), title=None)
    title = f"Utility of {found.chosen} over {found.rival}"
    axis = alt.X("margin:Q", title=title, axis=alt.Axis(tickCount=6), scale=alt.Scale(domain=_domain(ends["margin"])))
    colours = arm_colours(options, theme)
    scale = alt.Scale(domain=list(colours), range=list(colours.values()))
    base = alt.Chart(ends).encode(rows, axis)
    zero = alt.Chart(pd.DataFrame({"margin": [0.0]})).mark_rule(color=ink(theme).reference, strokeWidth=1.5)
    line = base.mark_line(strokeWidth=8, opacity=0.35, color=ink(theme).quiet).encode(detail="weight:N")
    points = base.mark_point(filled=True, size=150, opacity=1).encode(
        alt.Color("best:N", scale=scale, legend=None),
        alt.Shape("best:N", legend=None, scale=alt.Scale(domain=list(colours))),
    )
    pairs = "; ".join(f"{row.weight} at {row.size}: {row.best}" for row in ends.itertuples())
    words = f"{title} as each weight is halved and doubled; best option at each end: {pairs}."
    return dress(
        layered(zero.encode(axis), line, points, label(base, "words", theme, dy=-17, size=14)),
        theme,
        alt_text=words,
        height=_AXES + _STEP * len(bars),
    )


def _domain(margins: pd.Series) -> list[float]:
    """Return an axis that holds zero, with room for the words at both ends."""
    low, high = min(0.0, float(margins.min())), max(0.0, float(margins.max()))
    room = 0.15 * ((high - low) or 1.0)
    return [low - room, high + room]
