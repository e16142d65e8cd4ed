"""The sentences and the table that go with inequality between groups."""

import numpy as np
import pandas as pd

from ite.allocation.distributional_gain import Aversion
from ite.allocation.equity_impact import inequality_measures, strongest_aversion, turning_aversions
from ite.allocation.fitted_health import FittedHealth, Limits
from ite.allocation.health_groups import HealthGroups
from ite.charts.number_words import UNKNOWN
from ite.charts.scale import same_decimals, three_digits

_MEASURES = {
    "mean": "Mean level",
    "gini": "Gini index",
    "concentration index": "Concentration index",
    "slope index": "Slope index",
    "relative index": "Relative index",
}
_ROUNDING = 1e-9
_POINTS = "percentage points"
_MOST_DECIMALS = 6


def impact_sentence(groups: HealthGroups, aversion: Aversion, health: FittedHealth | None = None) -> str:
    """Say what a programme is worth, who wins, whether inequality falls, and where the verdict would turn.

    `health` holds the intervals of groups that are estimated.
    """
    found, limits = groups.worth(aversion), None if health is None else health.limits(aversion)
    unit = "" if health is None else f" {_POINTS if health.unit == '%' else health.unit}"
    worth = f"Mean gain {_with_limits(found.mean_gain, limits.mean if limits else None)}{unit} per person"
    if aversion.strength > 0:
        equity = _with_limits(found.equity_gain, limits.equity if limits else None)
        total = _with_limits(found.ede_gain, limits.ede if limits else None)
        worth += f", equity adds {equity}: worth {total} at aversion {aversion.strength:g}"
    moved = _inequality(groups)
    if health is not None:
        moved = f"By these estimates {moved[:1].lower()}{moved[1:]}"
    return f"{worth}. {winners_sentence(groups, health)} {moved} {_turning(groups, aversion)}"


def winners_sentence(groups: HealthGroups, health: FittedHealth | None = None) -> str:
    """Say who gains most, and who gains least or loses; estimates with their 95 % intervals claim no loss."""
    most, least = int(groups.net.argmax()), int(groups.net.argmin())
    if groups.net[most] - groups.net[least] <= _ROUNDING:
        return f"Every group gains the same ({_short(float(groups.net[most]))})."
    if health is None:
        losers = int((groups.net < 0).sum())
        end = ("loses most" if losers > 1 else "loses") if losers else "gains least"
        first, last = (_short(float(groups.net[place])) for place in (most, least))
        return f"{groups.names[most]} gains most ({first}), {groups.names[least]} {end} ({last})."
    lower, upper = health.gain_limits()
    first, last = (
        _with_limits(float(groups.net[place]), Limits(lower=float(lower[place]), upper=float(upper[place])))
        for place in (most, least)
    )
    return f"Most is gained by {groups.names[most]}, {first}, and least by {groups.names[least]}, {last}."


def lorenz_sentence(groups: HealthGroups) -> str:
    """Say how the Lorenz curve moves."""
    before, after = _of(inequality_measures(groups), "gini")
    first, last = _precise(before, after)
    moved = "does not move" if first == last else "moves towards equality" if after < before else "moves from equality"
    return f"The curve {moved}: Gini index {first} without the programme, {last} with it."


def measures_sentence(groups: HealthGroups) -> str:
    """Say how far the best and the worst off are apart."""
    before, after = _of(inequality_measures(groups), "slope index")
    first, last = _precise(before, after)
    return f"From the worst to the best off, the level rises by {first} without the programme and by {last} with it."


def measures_table(groups: HealthGroups) -> pd.DataFrame:
    """Return the measures of inequality without and with the programme, in words that are read."""
    frame = inequality_measures(groups)
    pairs = frame[["before", "after"]].to_numpy(float).tolist()
    words = [_precise(before, after, after - before) for before, after in pairs]
    return pd.DataFrame(
        {
            "Measure": frame["measure"].map(_MEASURES),
            "Without": [first for first, _, _ in words],
            "With": [second for _, second, _ in words],
            "Change": [change for _, _, change in words],
        }
    )


def gains_table(groups: HealthGroups) -> pd.DataFrame:
    """Return each group's people, its level without and with the programme, and its net gain."""
    return pd.DataFrame(
        {
            "Group": list(groups.names),
            "People": groups.people,
            "Level without": groups.before,
            "Level with": groups.after,
            "Net gain": groups.net,
        }
    )


def fitted_gains_table(health: FittedHealth) -> pd.DataFrame:
    """Return the same of a fitted trial, with the 95 % limits of each gain, one at a time."""
    lower, upper = health.gain_limits()
    return gains_table(health.groups).assign(Lower=lower, Upper=upper)


def _inequality(groups: HealthGroups) -> str:
    frame = inequality_measures(groups)
    moves = {}
    for name, words in (("gini", "Gini index"), ("slope index", "slope index")):
        before, after = _of(frame, name)
        if not np.isnan([before, after]).any():
            change = abs(after) - abs(before)
            first, last = _precise(before, after)
            moves[words] = _moved(change), f"{words} {first} to {last}"
    ways = {how for how, _ in moves.values()}
    if len(ways) == 1:
        return f"Inequality {ways.pop()} ({moves['slope index'][1]})."
    return f"Measures disagree: {', '.join(f'{told} {how}' for how, told in moves.values())}."


def _moved(change: float) -> str:
    if abs(change) <= _ROUNDING:
        return "stays the same"
    return "falls" if change < 0 else "grows"


def _turning(groups: HealthGroups, aversion: Aversion) -> str:
    turns = turning_aversions(groups, aversion.kind)
    if turns:
        return f"The verdict turns at an aversion of {' and '.join(f'{turn:.3g}' for turn in turns)}."
    return f"No aversion up to {strongest_aversion(groups, aversion.kind):.3g} turns the verdict."


def _of(frame: pd.DataFrame, measure: str) -> tuple[float, float]:
    before, after = frame.loc[frame["measure"] == measure, ["before", "after"]].to_numpy(float)[0].tolist()
    return before, after


def _with_limits(value: float, limits: Limits | None) -> str:
    if limits is None:
        return _short(value)
    estimate, lower, upper = same_decimals(np.array([value, limits.lower, limits.upper]))
    return f"{estimate} ({lower} to {upper})"


def _short(value: float) -> str:
    """Write three significant digits without zeros at the end."""
    words = three_digits(value)
    return words.rstrip("0").rstrip(".") if "." in words else words


def _precise(before: float, after: float, *others: float) -> list[str]:
    """Write numbers with the decimals that show the difference of the first two with two digits."""
    if np.isnan([before, after]).any():
        return [UNKNOWN] * (2 + len(others))
    gap = abs(after - before)
    usual = 2 - int(np.floor(np.log10(max(abs(before), abs(after)) or 1.0)))
    needed = 1 - int(np.floor(np.log10(gap))) if gap > _ROUNDING else 0
    decimals = int(np.clip(max(usual, needed), 0, _MOST_DECIMALS))
    return [f"{round(value, decimals) + 0.0:,.{decimals}f}".replace("-", "−") for value in (before, after, *others)]
