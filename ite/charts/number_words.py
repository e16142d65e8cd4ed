"""How figures are written for a reader: shares in percent, amounts with sensible digits, and Monte-Carlo errors."""

import math

from ite.charts.scale import three_digits

#: What stands for a figure that is not known; the reason stands beside the table.
UNKNOWN = "–"
_MOST_DECIMALS = 5
#: Errors of a share below this are nothing in percent with one digit.
_ROUNDED_AWAY = 0.0005


def percent_words(share: float | None, error: float | None = None) -> str:
    """Write a probability in percent with one digit, and its Monte-Carlo standard error: "54.3 % ± 0.5 %".

    An error that one digit would round away has two: "99.92 % ± 0.03 %". Where it is 0 every trial gives the same, and
    none is written.
    """
    if share is None or math.isnan(share):
        return UNKNOWN
    if error is None or math.isnan(error) or error == 0:
        return f"{100 * share:.1f} %"
    digits = 2 if 0 < error < _ROUNDED_AWAY else 1
    return f"{100 * share:.{digits}f} % ± {100 * error:.{digits}f} %"


def share_words(share: float) -> str:
    """Write a typed share in percent with the digits it needs, such as "2.5 %" or "75 %"."""
    return f"{100.0 * share:.4g} %"


def amount(value: float | None, error: float | None = None, decimals: int = 0) -> str:
    """Write an amount with so many decimals and its Monte-Carlo error: "1,251 ± 0.5", "14.2 ± 0.1".

    The error has at least one significant digit; where it is 0 every trial gives the same, and none is written.
    """
    if value is None or math.isnan(value):
        return UNKNOWN
    words = f"{value:,.{decimals}f}".replace("-", "−")
    if error is None or math.isnan(error) or error == 0:
        return words
    return f"{words} ± {error:,.{max(decimals, _first_digit(error))}f}"


def measured(value: float | None, error: float | None) -> str:
    """Write an estimate with the decimals that its Monte-Carlo error leaves: "0.013 ± 0.001", "−13 ± 2".

    Without an error it has three significant digits.
    """
    if value is None or math.isnan(value):
        return UNKNOWN
    if error is None or math.isnan(error) or error == 0:
        return three_digits(value)
    return amount(value, error, decimals=_first_digit(error))


def _first_digit(value: float) -> int:
    """Return the decimals at which a number shows its first significant digit."""
    return min(max(0, -math.floor(math.log10(abs(value)))), _MOST_DECIMALS)
