"""The sentences that go with a trial that may be enlarged at its only look: a curve and levels in, words out."""

import math

import pandas as pd

from ite.charts.number_words import percent_words, share_words
from ite.charts.reading_looks import estimate_words, unit_words
from ite.design.fixed.design import Endpoint
from ite.design.sequential.promising_zone import PromisingZone, zone_limits

_NOT_PROMISING = (
    "No estimate at which the trial goes on is promising: it is stopped before, or large enough as planned."
)


def second_stage_title(curve: pd.DataFrame, endpoint: Endpoint) -> str:
    """Return the second stage as planned and at most, as a headline."""
    planned, most = (math.ceil(curve[name].max()) for name in ("planned_size", "weighted_size"))
    return f"A second stage of {planned:,} {unit_words(endpoint)}, or up to {most:,}"


def second_stage_sentence(curve: pd.DataFrame, endpoint: Endpoint, zone: PromisingZone) -> str:
    """Return which estimates are promising, and what happens on either side of them."""
    promising = curve.loc[curve["zone"] == "promising", "estimate"]
    if promising.empty:
        return _NOT_PROMISING
    first, last = (estimate_words(endpoint, end) for end in (promising.iloc[0], promising.iloc[-1]))
    return (
        f"From an estimate of {first} to one of {last} the result is promising: as planned, the trial would succeed "
        f"with {percent_words(zone_limits(zone).lower_conditional_power)} to "
        f"{share_words(zone.target_conditional_power)}, and more {unit_words(endpoint)} raise that. Beyond it the "
        "trial is large enough as it is; before it, only the weighted combination may be enlarged."
    )


def power_title(curve: pd.DataFrame) -> str:
    """Return what the conditional power becomes where enlarging gains most, as a headline."""
    most = _largest_gain(curve)
    return f"Conditional power from {percent_words(most['planned_power'])} to {percent_words(most['usual_power'])}"


def power_sentence(curve: pd.DataFrame, endpoint: Endpoint) -> str:
    """Return where enlarging in the promising zone gains most."""
    most = _largest_gain(curve)
    if most["zone"] != "promising":
        return _NOT_PROMISING
    return (
        "Inside the promising zone enlarging gains most at an estimate of "
        f"{estimate_words(endpoint, most['estimate'])}: the conditional power is "
        f"{percent_words(most['planned_power'])} as planned and {percent_words(most['usual_power'])} with the larger "
        "second stage."
    )


def levels_title(levels: pd.DataFrame) -> str:
    """Return the level of the rule that must not be used, as a headline."""
    return f"Enlarging at will with the usual test: a level of {_level(levels, 3)}"


def levels_sentence(levels: pd.DataFrame, zone: PromisingZone) -> str:
    """Return which test keeps the level, and why."""
    return (
        f"The weighted combination keeps the level of {_level(levels, 1)} always: both stages have the weights that "
        "were planned, however large the second one becomes. The usual statistic, in which every patient counts the "
        f"same, keeps it only inside the promising zone ({_level(levels, 2)}): from a conditional power of "
        f"{percent_words(zone_limits(zone).lower_conditional_power)} on, enlarging takes chance findings away. Where "
        f"poorer results are enlarged too, its level is {_level(levels, 3)}."
    )


def enlargement_method(zone: PromisingZone, alpha: float) -> str:
    """Return what the second stage is sized for, and how the figures were computed."""
    return (
        f"Second stage for a conditional power of {share_words(zone.target_conditional_power)} if the observed "
        f"effect is true, the whole trial at most {zone.largest_ratio:g} times as large as planned; one-sided level "
        f"{share_words(alpha)}, final critical value z = {zone.critical:.3f}. Inverse normal combination; promising "
        "zone by Mehta and Pocock (2011). Normal statistics, closed form and quadrature, no simulation."
    )


def _largest_gain(curve: pd.DataFrame) -> pd.Series:
    """Return the row where enlarging in the promising zone gains most; without such a zone the first one."""
    return curve.iloc[int((curve["usual_power"] - curve["planned_power"]).to_numpy(float).argmax())]


def _level(levels: pd.DataFrame, place: int) -> str:
    return f"{100.0 * float(levels['level'].iloc[place]):.2f} %"
