"""Tables of a trial with looks as they are read: a result in; words, units and sensible digits out."""

import math
from collections.abc import Callable

import pandas as pd

from ite.charts.reading_looks import estimate_words, unit_words, whole_words
from ite.design.fixed.design import Endpoint

#: What stands where a look has no such bound.
_NONE = "none"
_RULES = {
    "planned": "never enlarged",
    "weighted": "enlarged wherever needed, weighted combination",
    "usual, promising zone only": "enlarged in the promising zone only, usual statistic",
    "usual, wherever enlarged": "enlarged wherever needed, usual statistic",
}


def looks_as_read(table: pd.DataFrame, endpoint: Endpoint) -> pd.DataFrame:
    """Return the looks in words; what no look has is left out, and what one look lacks is "none".

    Parameters
    ----------
    table
        As `look_table` returns it.
    """
    unit = unit_words(endpoint)
    columns: dict[str, tuple[str, Callable[[float], str]]] = {
        "look": ("look", "{:.0f}".format),
        "month": ("month", "{:.1f}".format),
        unit: (unit, lambda size: whole_words(endpoint, size)),
        "information_percent": ("information (%)", "{:.1f}".format),
        "z_benefit": ("z for benefit", "{:.3f}".format),
        "p_benefit": ("p", "{:.4f}".format),
        "estimate_benefit": ("estimate for benefit", lambda value: estimate_words(endpoint, value)),
        "z_futility": ("z for futility", "{:.3f}".format),
        "estimate_futility": ("estimate for futility", lambda value: estimate_words(endpoint, value)),
        "benefit_if_effect": ("benefit if effect (%)", "{:.1f}".format),
        "benefit_if_none": ("benefit if none (%)", "{:.2f}".format),
        "futility_if_effect": ("futility if effect (%)", "{:.1f}".format),
        "futility_if_none": ("futility if none (%)", "{:.1f}".format),
    }
    known = {name: column for name, column in columns.items() if table[name].notna().any()}
    return pd.DataFrame(
        {
            title: [_NONE if math.isnan(value) else write(value) for value in table[name].astype(float)]
            for name, (title, write) in known.items()
        }
    )


def levels_as_read(levels: pd.DataFrame) -> pd.DataFrame:
    """Return the levels by rule in words.

    Parameters
    ----------
    levels
        As `enlargement_levels` returns it.
    """
    written = [f"{100.0 * level:.2f} %" for level in levels["level"]]
    return pd.DataFrame({"rule": levels["rule"].map(_RULES), "level of the whole trial": written})
