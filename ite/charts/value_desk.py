"""Options of a decision, drawn and tabled: expected utility with its interval, regret, and how often each is best."""

import numpy as np
import pandas as pd

from ite.charts.reading_value_chance import chance_words
from ite.charts.scale import same_decimals
from ite.charts.signed_bars import signed_bars
from ite.charts.theme import Drawing, Theme, arm_colours
from ite.trial.columns import FloatArray
from ite.value.decision_desk import OptionDraws, rank_options
from ite.value.utility_weights import UtilityWeights

_LEVELS = (0.025, 0.975)


def options_table(draws: OptionDraws, weights: UtilityWeights, expected: FloatArray | None = None) -> pd.DataFrame:
    """Return the options from best to worst.

    Parameters
    ----------
    draws, weights
        What the options bring, and what it counts.
    expected : array, shape (options, criteria), or None
        Exact means of what they bring, where they are known; else those of the draws are taken.

    Returns
    -------
    DataFrame
        option, expected_utility with its Monte-Carlo error (0 where exact), lower, upper (2.5th and 97.5th percentile
        of the utility over the draws), regret and probability_best, each with its Monte-Carlo error.
    """
    ranking = rank_options(draws, weights).ranking.drop(columns=["behind", "behind_error"])
    limits = np.quantile(draws.utility(weights), _LEVELS, axis=0)
    table = ranking.join(pd.DataFrame(limits.T, index=list(draws.options), columns=["lower", "upper"]))
    if expected is not None:
        table["expected_utility"] = pd.Series(expected @ weights.signed, index=list(draws.options))
        table["expected_utility_error"] = 0.0
    order = ["expected_utility", "expected_utility_error", "lower", "upper"]
    table = table[[*order, *(name for name in table.columns if name not in order)]]
    return table.sort_values("expected_utility", ascending=False, kind="stable").reset_index()


def options_chart(table: pd.DataFrame, options: tuple[str, ...], unit: str, theme: Theme = "light") -> Drawing:
    """Draw the expected utility of each option with its interval, and how probably it is the best.

    Parameters
    ----------
    table
        Of `options_table`.
    options
        In the order in which they were given: it decides their colours.
    unit
        Of utility, in words.
    """
    frame = table.rename(columns={"option": "name", "expected_utility": "value"})
    best = frame["probability_best"]
    frame["words"] = [
        f"{words} · best {chance_words(share)}"
        for words, share in zip(same_decimals(frame["value"].to_numpy(float)), best, strict=True)
    ]
    title = f"Utility ({unit})"
    return signed_bars(frame, arm_colours(options, theme), title=title, theme=theme)
