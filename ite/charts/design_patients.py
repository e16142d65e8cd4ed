"""Tables and a chart of a design whose patients were followed one by one: what they show, and when."""

import numpy as np
import pandas as pd

from ite.charts.design_bars import compared_bars
from ite.charts.design_enrichment import in_words
from ite.charts.number_words import amount, percent_words
from ite.charts.theme import Drawing, Theme
from ite.design.enrichment.operating import OperatingCharacteristics
from ite.design.enrichment.patient_comparison import FollowedDesign
from ite.trial.normal import NORMAL_975

PATIENT, STATISTIC, DIFFERENCE = "patient by patient", "by its statistics", "difference"
_ERROR = ", Monte-Carlo error"
_EVENTS = "events on average"
_FIGURES = {
    "any": "benefit in at least one population",
    "all": "benefit in all populations",
    "family_wise_error": "family-wise error",
    "stop_success": "early stop for success",
    "stop_futility": "early stop for futility",
    "expected_size": _EVENTS,
}


def levels_table(found: FollowedDesign) -> pd.DataFrame:
    """Return every figure at both levels and their difference, each with its Monte-Carlo error in the next column.

    The family-wise error has no row where every population has a benefit.
    """
    one, other = _figures(found.patients.operating), _figures(found.statistics)
    table = pd.DataFrame(
        {
            "figure": one.index,
            PATIENT: one["estimate"].to_numpy(),
            PATIENT + _ERROR: one["standard_error"].to_numpy(),
            STATISTIC: other["estimate"].to_numpy(),
            STATISTIC + _ERROR: other["standard_error"].to_numpy(),
            DIFFERENCE: (one["estimate"] - other["estimate"]).to_numpy(),
            DIFFERENCE + _ERROR: np.hypot(one["standard_error"].to_numpy(), other["standard_error"].to_numpy()),
        }
    )
    return table.dropna(subset=[PATIENT], ignore_index=True)


def levels_chart(found: FollowedDesign, theme: Theme = "light") -> Drawing:
    """Draw the shares of trials at both levels side by side, with 95 % Monte-Carlo intervals."""
    table = levels_table(found)
    shares = table[table["figure"] != _EVENTS]
    parts = []
    for level in (STATISTIC, PATIENT):
        value, error = shares[level], shares[level + _ERROR]
        reach = NORMAL_975 * error
        frame = pd.DataFrame({"row": shares["figure"], "design": level, "value": value})
        frame["lower"], frame["upper"] = np.clip(value - reach, 0, 1), np.clip(value + reach, 0, 1)
        frame["words"] = [percent_words(*pair) for pair in zip(value, error, strict=True)]
        parts.append(frame)
    bars = pd.concat(parts, ignore_index=True)
    told = "; ".join(f"{row}, {level}: {words}" for row, level, words in bars[["row", "design", "words"]].to_numpy())
    return compared_bars(bars, title="Share of simulated trials", alt_text=f"Bars at both levels. {told}.", theme=theme)


def calendar_table(found: FollowedDesign) -> pd.DataFrame:
    """Return the calendar in words, columns Figure and "On average"; looks are averaged over trials that hold them."""
    pairs = found.patients.calendar[["estimate", "standard_error"]].to_numpy(float).tolist()
    rows = [
        _calendar_row(str(measure), *pair) for measure, pair in zip(found.patients.calendar.index, pairs, strict=True)
    ]
    return pd.DataFrame(rows, columns=["Figure", "On average"])


def _figures(found: OperatingCharacteristics) -> pd.DataFrame:
    """Return power in each population and the overall figures: index in words, estimate and standard_error."""
    power = found.populations[["power", "power_se"]].set_axis(["estimate", "standard_error"], axis=1)
    overall = found.summary.loc[list(_FIGURES), ["estimate", "standard_error"]].rename(index=_FIGURES)
    return pd.concat([power.rename(index=lambda name: f"benefit in {in_words(name)}"), overall])


def _calendar_row(measure: str, value: float, error: float) -> tuple[str, str]:
    """Return what a measure of the calendar is called, and its value with unit and sensible digits."""
    if measure.startswith("reached_look_"):
        return f"planned events reached at look {measure.removeprefix('reached_look_')}", percent_words(value, error)
    if measure in ("randomised", "screened"):
        return f"patients {measure}", amount(value, error)
    figure = "end of the trial" if measure == "months" else f"look {measure.removeprefix('month_look_')}"
    return figure, "in no trial" if np.isnan(value) else f"month {amount(value, error, decimals=1)}"
