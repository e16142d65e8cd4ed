"""The sentences that go with strategies side by side."""

from typing import Any

import pandas as pd

from ite.charts.design_enrichment import counted
from ite.charts.design_tables import SCALES
from ite.charts.number_words import amount, measured, percent_words, share_words
from ite.charts.scale import cell
from ite.design.comparison.regret import Regret
from ite.design.comparison.side_by_side import SideBySide
from ite.design.comparison.tornado import Tornado

_BEYOND_CHANCE = 3.0


def best_title(found: SideBySide) -> str:
    """Name the strategy that shows a benefit most often."""
    best = str(found.strategies["any"].idxmax())
    return f"{best.capitalize()} shows a benefit most often"


def best_sentence(found: SideBySide) -> str:
    """Set the best strategy beside enrolling everybody, with the error of the paired difference."""
    frame = found.strategies
    best, most = str(frame["any"].idxmax()), str(frame["benefit"].idxmax())
    gain, error = (100 * cell(frame, best, column) for column in ("gain", "gain_se"))
    against = "" if best == "all-comers" else f", {gain:+.1f} ± {error:.1f} points against all-comers"
    words = (
        f"{best.capitalize()} finds a benefit in {_share(frame, best, 'any')} of trials{against}, at equal "
        f"{found.equal}."
    )
    if frame["benefit"].max() == frame["benefit"].min():
        return words
    if most == best:
        return f"{words} It also leads to most benefit over all patients."
    return f"{words} Most benefit over all patients comes from the {most} trial."


def needs_sentence(found: SideBySide) -> str:
    """Compare what the strategies take, and say why a figure is a dash."""
    frame, unit = found.strategies, counted(found.design)
    words = f"{_planned(found)}; with early stops they take {_range(frame['size'])} {unit} on average."
    tested = frame["screened"][frame["screened"] > 0]
    if not tested.empty:
        words += f" Those that need the marker test {_range(tested)} candidates for it."
    if frame["cost"].notna().all():
        words += f" Cost: {_range(frame['cost'])}."
    return f"{words}{_dashes(frame)}"


def _planned(found: SideBySide) -> str:
    unit, planned = counted(found.design), found.strategies["planned"]
    if found.equal == "size":
        chosen = " (adaptive enrichment chooses its second stage at the look)" if found.design.reestimation else ""
        return f"Every strategy plans {amount(planned.max())} {unit}{chosen}"
    return f"At equal expected cost the strategies plan {_range(planned)} {unit}"


def _range(values: "pd.Series[float]") -> str:
    """Write the smallest and the largest value; one of them where they are the same to the reader."""
    low, high = amount(float(values.min())), amount(float(values.max()))
    return low if low == high else f"{low} to {high}"


def _dashes(frame: pd.DataFrame) -> str:
    """Say what has to be entered so that no dash is left."""
    if frame["patients"].isna().any():
        return " A dash: patients are not known from events; enter the patients with an event under Months and money."
    missing = [
        what
        for column, what in (
            ("months", "months need the candidates per month"),
            ("cost", "cost needs the prices of a patient and of a marker test"),
        )
        if frame[column].isna().any()
    ]
    return f" A dash: {', and '.join(missing)}; enter them under Months and money." if missing else ""


def regret_sentence(found: Regret) -> str:
    """Name the strategy whose worst case is mildest, with the error of what it loses there."""
    if (found.strategies["largest"] == 0).all():
        return "No strategy loses anything against another: all lead to the same benefit at each of these truths."
    safest = str(found.strategies["largest"].idxmin())
    largest, error, at = (cell(found.strategies, safest, column) for column in ("largest", "largest_se", "at"))
    if largest == 0:
        return f"{safest.capitalize()} is best at every one of these truths."
    unit, factor = SCALES[found.design.scenario.outcome.kind]
    return (
        f"{safest.capitalize()} has the smallest worst case: it loses at most "
        f"{measured(factor * largest, factor * error)} of mean benefit ({unit}), against the "
        f"{found.strategies['against'][safest]} trial where the effect outside is {share_words(at)} of that inside."
    )


def tornado_sentence(found: Tornado) -> str:
    """Name the costliest assumption."""
    frame = found.assumptions.dropna(subset=["change"])
    if frame.empty:
        return "No assumption can be changed by 20 % here: every change leads to rates that do not exist."
    top = frame.iloc[0]
    if top["change"] <= _BEYOND_CHANCE * top["change_se"]:
        return "No assumption changes the power by more than chance explains if it is 20 % off."
    (worst, error), now = _weakest(top), percent_words(found.power, found.power_se)
    falls = f"falls from {now} to {percent_words(worst, error)} if that is 20 % off on the wrong side"
    rises = f"is {now} as assumed, and changes by {100 * top['change']:.1f} points if that is 20 % off"
    return f"Power hangs most on the {top['assumption']}: it {falls if worst < found.power else rises}."


def _weakest(row: "pd.Series[Any]") -> tuple[float, float]:
    """Return the lower power of a row with its error."""
    sides = [(float(row[side]), float(row[f"{side}_se"])) for side in ("low", "high") if not pd.isna(row[side])]
    return min(sides)


def _share(frame: pd.DataFrame, strategy: str, what: str) -> str:
    return percent_words(cell(frame, strategy, what), cell(frame, strategy, f"{what}_se"))
