"""How a probability that was counted from draws is said."""

from ite.charts.number_words import percent_words

_SMALLEST = 0.001


def chance_words(probability: float, error: float | None = None) -> str:
    """Write the share of thousands of draws in percent; what none or all of them show is not written as certain."""
    if probability == 0:
        return f"< {percent_words(_SMALLEST)}"
    return f"> {percent_words(1 - _SMALLEST)}" if probability == 1 else percent_words(probability, error)
