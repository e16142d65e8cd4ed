"""The sentences that go with a companion diagnostic: a result in, words out."""

import numpy as np

from ite.charts.number_words import amount, percent_words
from ite.charts.value_marker import NAMES
from ite.charts.value_marker_map import MarkerMap
from ite.value.companion_diagnostic import DiagnosticValue
from ite.value.diagnostic_inputs import STRATEGIES

_NONE, _TEST, _ALL = STRATEGIES


def marker_sentence(found: DiagnosticValue, currency: str) -> str:
    """Say which strategy is worth most, and how dear, how good and how common the marker may be for testing to pay."""
    worth = found.strategies["net_benefit"].to_dict()
    best = NAMES[found.best]
    value = f"{amount(worth[found.best])} {currency} per person"
    second = max(value for name, value in worth.items() if name != found.best)
    opening = f"{best} is worth most"
    opening += f": {value} against treating nobody." if found.best != _NONE else "."
    tie = " Another strategy is worth the same; of equals, the one that treats fewest is named." * bool(
        np.isclose(second, worth[found.best])
    )
    return f"{opening}{tie} {_limits(found, currency)}"


def _limits(found: DiagnosticValue, currency: str) -> str:
    prevalence = found.windows.loc["prevalence"].to_numpy(float)
    if found.price_ceiling is None:
        ending = "" if np.isnan(prevalence[0]) else f" It would be where {_between(*prevalence)} carry the marker."
        return f"Testing would not be best even if the test were free.{ending}"
    parts = [f"up to a price of {amount(found.price_ceiling)} {currency}"]
    if found.least_specificity is not None:
        parts.append(f"from a specificity of {percent_words(found.least_specificity)}")
    if found.least_sensitivity is not None:
        parts.append(f"from a sensitivity of {percent_words(found.least_sensitivity)}")
    if not np.isnan(prevalence[0]):
        parts.append(f"where {_between(*prevalence)} carry the marker")
    return f"Testing is best {', '.join(parts)}; each with all else unchanged."


def _between(lower: float, upper: float) -> str:
    return f"{percent_words(lower)} to {percent_words(upper)}"


def comparison_sentence(found: DiagnosticValue, currency: str) -> str:
    """Say what treating costs per QALY in everybody, and in those with the marker, and what a perfect test adds."""
    ratio = found.by_marker["icer"].to_dict()
    words = {name: "no ratio" if np.isnan(value) else f"{amount(value)} {currency}" for name, value in ratio.items()}
    turned = (
        " A bad buy on average is a good one for those it helps." if found.perfect_marker.bad_buy_turned_good else ""
    )
    return (
        f"A QALY costs {words['all']} if everybody is treated, {words['positive']} among those with the marker and "
        f"{words['negative']} among those without.{turned} To know the marker without error and at no cost would be "
        f"worth {amount(found.perfect_marker.gain)} {currency} per person."
    )


def map_sentence(found: MarkerMap) -> str:
    """Say what is best at the present point, and how much of the map each strategy takes."""
    shares = found.table["best"].value_counts(normalize=True).to_dict()
    parts = ", ".join(
        f"{NAMES[name].lower()} in {percent_words(shares[name])}" for name in STRATEGIES if name in shares
    )
    return f"At the present point {NAMES[found.best].lower()} is best. Over this map: {parts}."
