"""What a companion diagnostic is worth, drawn and tabled: test and treat beside treating everybody and nobody."""

import pandas as pd

from ite.charts.number_words import UNKNOWN, amount, percent_words
from ite.charts.scale import three_digits
from ite.charts.signed_bars import signed_bars
from ite.charts.theme import Drawing, Theme, arm_colours
from ite.value.companion_diagnostic import DiagnosticValue, value_of_diagnostic
from ite.value.diagnostic_inputs import STRATEGIES, CompanionDiagnostic
from ite.value.increments import Quadrant

PERFECT = "perfect test, free"
#: Names of the strategies where they are read.
NAMES = dict(zip(STRATEGIES, ("Treat nobody", "Test and treat", "Treat everybody"), strict=True))
#: What stands in place of a ratio where its sign makes it meaningless.
QUADRANT_WORDS: dict[Quadrant, str] = {
    "NE": "",
    "SW": "cheaper and worse",
    "SE dominant": "dominates: better, no dearer",
    "NW dominated": "dominated: dearer, no better",
    "no difference": "no difference",
}


def strategy_table(spec: CompanionDiagnostic) -> pd.DataFrame:
    """Return what each strategy is worth per person against treating nobody, and what a perfect free test would be.

    Columns strategy, treated (share), cost, qaly, net_benefit; of the perfect test only the last is known.
    """
    found = value_of_diagnostic(spec)
    perfect = pd.DataFrame({"strategy": [PERFECT], "net_benefit": [found.perfect_marker.by_subgroup]})
    return pd.concat([found.strategies.reset_index(), perfect], ignore_index=True)


def strategies_chart(found: DiagnosticValue, currency: str, theme: Theme = "light") -> Drawing:
    """Draw the net benefit per person of each strategy, and of a perfect test at no cost."""
    frame = strategy_table(found.spec).rename(columns={"net_benefit": "value"})
    shown = {**NAMES, PERFECT: f"{PERFECT[:1].upper()}{PERFECT[1:]}"}
    frame["words"] = [
        f"{amount(value)}{' · best' if strategy == found.best else ''}"
        for strategy, value in frame[["strategy", "value"]].to_numpy()
    ]
    colours = {shown[strategy]: colour for strategy, colour in strategy_colours(theme).items()}
    title = f"Net benefit per person against treating nobody ({currency})"
    return signed_bars(frame.assign(name=frame["strategy"].map(shown)), colours, title=title, theme=theme)


def comparison_table(spec: CompanionDiagnostic) -> pd.DataFrame:
    """Return each pair of strategies as it is read: extra cost, QALYs and what they are worth, with ratio or word."""
    found = value_of_diagnostic(spec)
    rows = found.comparisons
    return pd.DataFrame(
        {
            "Strategy": rows["strategy"].map(NAMES),
            "Against": rows["against"].map(NAMES),
            "Extra cost": [amount(value) for value in rows["delta_cost"]],
            "Extra QALYs": [three_digits(value) for value in rows["delta_effect"]],
            "Cost per QALY": [
                _ratio_words(quadrant, ratio) for quadrant, ratio in rows[["quadrant", "icer"]].to_numpy()
            ],
            "Net benefit": [amount(value) for value in rows["net_monetary_benefit"]],
        }
    )


def limits_table(spec: CompanionDiagnostic) -> pd.DataFrame:
    """Return between which values of each input testing is best, all else unchanged, in the unit of its label."""
    windows = value_of_diagnostic(spec).windows
    rows = []
    for name, lower, upper in windows.itertuples():
        label = spec.label(str(name))
        words = percent_words if "(%)" in label else amount
        given = words(float(getattr(spec, str(name))))
        known = lower == lower  # noqa: PLR0124 - NaN where testing is best nowhere
        end = "no limit" if upper == float("inf") else words(float(upper))
        rows.append(
            (label.removesuffix(" (%)"), given, words(float(lower)) if known else "nowhere", end if known else UNKNOWN)
        )
    return pd.DataFrame(rows, columns=["Input", "Given", "Testing is best from", "to"])


def strategy_colours(theme: Theme) -> dict[str, str]:
    """Return the colour of each strategy; treating nobody is the control."""
    return arm_colours((*STRATEGIES, PERFECT), theme)


def _ratio_words(quadrant: Quadrant, ratio: float) -> str:
    if quadrant == "NE":
        return amount(ratio)
    return f"{QUADRANT_WORDS[quadrant]}, saves {amount(ratio)}" if quadrant == "SW" else QUADRANT_WORDS[quadrant]
