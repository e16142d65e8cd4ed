"""The sentences that go with strategies side by side."""

import numpy as np

from ite.charts.design_enrichment import percent
from ite.charts.scale import cell
from ite.design.comparison.regret import Regret
from ite.design.comparison.side_by_side import SideBySide
from ite.design.comparison.tornado import Tornado

STRATEGIES = """\
All-comers enrols everybody and makes one test. Stratified enrols everybody and tests the full population and the \
subgroup together. Enriched enrols only the subgroup. Adaptive enrichment starts with everybody and may narrow. The \
marker strategy randomises between treating by the marker and treating nobody.

All strategies meet the same simulated patients, so differences between them are surer than the figures themselves: \
their own error is in the data. Power alone is not the whole answer, since an enriched trial says nothing about the \
other patients: "benefit" in the data is what all candidates gain if those in rejected populations are treated then."""
NEEDS = """\
Averages over the simulated trials, early stops included. All-comers needs no marker test. An enriched trial, and a \
narrowed stage, screens candidates and sends those without the marker home.

A dash means that a rate or price was not entered: nothing is assumed for it."""
REGRET = """\
Nobody knows the effect outside the subgroup. Each point takes one truth: that effect as a share of the effect inside. \
Regret is the benefit lost against the strategy that would have been best under that truth. A strategy whose line \
stays low is a safe choice; one that is best somewhere and bad elsewhere is a bet."""
TORNADO = """\
Each bar changes one assumption, down and up by 20 % of itself, and leaves the others alone. The vertical line is the \
power as assumed. Long bars on top are the assumptions worth checking before the trial starts. A marker test is \
without error as assumed, so it can only get worse."""


def best_title(found: SideBySide) -> str:
    """Name the strategy that shows a benefit most often."""
    best = str(found.strategies["any"].idxmax())
    return f"{best.capitalize()} shows a benefit most often"


def best_sentence(found: SideBySide) -> str:
    """Set the best strategy beside enrolling everybody, with the error of the paired difference."""
    frame = found.strategies
    best, most = str(frame["any"].idxmax()), str(frame["benefit"].idxmax())
    gain, error = (100 * cell(frame, best, column) for column in ("gain", "gain_se"))
    words = (
        f"{best.capitalize()} finds a benefit in {percent(cell(frame, best, 'any'))} of trials, {gain:+.1f} ± "
        f"{error:.1f} points against all-comers, at equal {found.equal}."
    )
    if most == best:
        return f"{words} It also leads to most benefit over all patients."
    return f"{words} Most benefit over all patients comes from the {most} trial."


def needs_sentence(found: SideBySide) -> str:
    """Compare what the cheapest and the dearest strategy take."""
    frame = found.strategies
    unit = "events" if found.design.scenario.outcome.kind == "survival" else "patients"
    sizes = f"From {frame['size'].min():,.0f} to {frame['size'].max():,.0f} {unit} on average"
    if frame["cost"].isna().any():
        return f"{sizes}. Enter prices and a rate under Months and money to see cost and duration."
    return f"{sizes}; cost from {frame['cost'].min():,.0f} to {frame['cost'].max():,.0f}."


def regret_sentence(found: Regret) -> str:
    """Name the strategy whose worst case is mildest."""
    safest = str(found.strategies["largest"].idxmin())
    return (
        f"{safest.capitalize()} has the smallest worst case: over these truths it loses at most about "
        f"{cell(found.strategies, safest, 'largest'):.3g} of mean benefit against the best strategy."
    )


def tornado_sentence(found: Tornado) -> str:
    """Name the costliest assumption."""
    top = found.assumptions.iloc[0]
    lowest = min(float(value) for value in (top["low"], top["high"]) if not np.isnan(float(value)))
    return (
        f"Power hangs most on the {top['assumption']}: it falls from {percent(found.power, found.power_se)} to "
        f"{percent(lowest)} if that is 20 % off on the wrong side."
    )
