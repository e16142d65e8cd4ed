"""Tables and charts of other designs, beside the usual one: a design's figures in, bars and words out."""

import math

import numpy as np
import pandas as pd

from ite.charts.design_bars import compared_bars
from ite.charts.number_words import percent_words
from ite.charts.theme import Drawing, Theme
from ite.design.alternatives.adaptive_threshold import AdaptiveThresholdCharacteristics
from ite.design.alternatives.efficiency import EnrichmentEfficiency
from ite.design.alternatives.response_adaptive import ResponseAdaptiveComparison
from ite.design.alternatives.uncertain_prevalence import UncertainEfficiency
from ite.trial.normal import NORMAL_975

_RESOURCES = ("randomised", "screened", "months", "cost")
_OUTCOMES = {
    "rejected": "power",
    "on_better": "on the better arm",
    "mostly_on_worse": "mostly on the worse",
    "responders": "responders",
}
#: Names of the columns of a result where it is read, in words.
_COLUMNS = {
    "standard_error": "Monte-Carlo error",
    "lower": "5th percentile",
    "upper": "95th percentile",
    "relative_number": "number, relative",
    "relative_lower": "5th percentile, relative",
    "relative_upper": "95th percentile, relative",
    "excluded": "share left out",
    "event_probability": "share with an event",
    "cutpoint": "cut at percentile",
    "effect": "mean effect above the cut",
    "se": "standard error",
    "followed": "patients who follow it to the end",
    "points": "percentage points",
}


def named(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table of this step with its columns in words, as a reader downloads it."""
    return table.rename(columns=_COLUMNS)


def amount_words(what: str, number: float) -> str:
    """Write patients as whole ones, months with one digit, and money in millions where it is that much."""
    if math.isinf(number):
        return "no size is enough"
    if what == "months":
        return f"{number:,.1f}"
    if what == "cost" and number >= 1e6:
        return f"{number / 1e6:,.1f} million"
    return f"{math.ceil(round(number, 6)):,}"


def resource_words(months: float, cost: float) -> str:
    """Return a sentence, after a space, on the months and the money that are known; nothing where neither is."""
    takes = [] if math.isnan(months) else [f"takes {amount_words('months', months)} months"]
    costs = [] if math.isnan(cost) else [f"costs {amount_words('cost', cost)}"]
    return f" The trial {' and '.join(takes + costs)}." if takes or costs else ""


def efficiency_table(found: EnrichmentEfficiency, uncertain: UncertainEfficiency) -> pd.DataFrame:
    """Return what each design needs: figure, design, number, lower, upper, and the three relative to all comers.

    From lower to upper are 90 % of what is believed of the prevalence; unknown for a perfect assay. Where all comers
    need a trial without end, the first design that does not is the reference.
    """
    ranges = uncertain.designs.set_index(["design", "figure"])[["lower", "upper"]]
    assay = found.spec.assay
    perfect = assay.sensitivity == 1.0 and assay.specificity == 1.0
    designs = found.designs.iloc[:2] if perfect else found.designs
    rows = [
        {"figure": figure, "design": str(design), "number": number}
        for figure in _RESOURCES
        for design, number in designs[figure].items()
    ]
    table = pd.DataFrame(rows).join(ranges, on=["design", "figure"])
    base = table["figure"].map(designs.where(np.isfinite(designs)).bfill().iloc[0])
    return table.assign(**{f"relative_{name}": table[name] / base for name in ("number", "lower", "upper")})


def efficiency_chart(table: pd.DataFrame, theme: Theme = "light") -> Drawing:
    """Draw what each design needs, relative to all comers, with its range over the uncertain prevalence."""
    known = table[table["number"].notna()]
    relative = known[[f"relative_{name}" for name in ("number", "lower", "upper")]].to_numpy(float)
    possible = np.where(np.isfinite(relative), relative, np.nan)
    frame = pd.DataFrame(
        {
            "row": known["figure"],
            "design": known["design"],
            "value": np.nan_to_num(possible[:, 0]),
            "lower": possible[:, 1],
            "upper": possible[:, 2],
            "words": [_range_words(*row) for row in known[["figure", "number", "lower", "upper"]].to_numpy()],
        }
    )
    text = f"What each design needs: {_pairs(frame)}."
    base = known.loc[np.isfinite(known["number"]), "design"].iloc[0]
    return compared_bars(frame, title=f"Relative to {base}", alt_text=text, theme=theme)


def threshold_table(found: AdaptiveThresholdCharacteristics) -> pd.DataFrame:
    """Return how often each population is claimed: claim, design, probability, standard_error (empty where exact)."""
    claims = found.claims
    rows = [
        ("one test in everybody", "one test", claims["one test in everybody"], np.nan),
        ("any claim", "cut-point adaptive", claims["any"], np.nan),
        ("claim for everybody", "cut-point adaptive", claims["whole population"], np.nan),
        *(
            (f"for the top {100 * share:.4g} %", "cut-point adaptive", claimed, error)
            for share, claimed, error in found.cuts.iloc[1:][["share", "claimed", "claimed_se"]].to_numpy(float)
        ),
    ]
    return pd.DataFrame(rows, columns=["claim", "design", "probability", "standard_error"])


def allocation_table(found: ResponseAdaptiveComparison) -> pd.DataFrame:
    """Return what adapting gains and costs: claim, design, probability, standard_error."""
    rows = []
    for name, words in _OUTCOMES.items():
        for truth in found.figures.index.unique("truth"):
            null = str(truth).startswith("no effect")
            # Without an effect there is an error and no power.
            if name == "rejected" and not (null or found.spec.has_effect):
                continue
            if null and name != "rejected":
                continue
            trend = " (trend)" if "trend" in str(truth) else ""
            claim = f"{'type-I error' if null else words}{trend}"
            figures = found.figures.xs(truth, level="truth")
            rows += [
                (claim, str(design), value, error)
                for design, value, error in figures[[name, f"{name}_se"]].itertuples()
            ]
    return pd.DataFrame(rows, columns=["claim", "design", "probability", "standard_error"])


def probability_chart(table: pd.DataFrame, title: str, theme: Theme = "light") -> Drawing:
    """Draw probabilities by claim and design, simulated ones with their 95 % Monte-Carlo interval.

    Parameters
    ----------
    table
        As `threshold_table`, `platform_table` and `allocation_table` return it.
    title
        Of the axis.
    """
    value, error = table["probability"], table["standard_error"]
    frame = pd.DataFrame(
        {
            "row": table["claim"],
            "design": table["design"],
            "value": value,
            "lower": (value - NORMAL_975 * error).clip(lower=0.0),
            "upper": (value + NORMAL_975 * error).clip(upper=1.0),
            "words": [percent_words(*pair) for pair in zip(value, error, strict=True)],
        }
    )
    return compared_bars(frame, title=title, alt_text=f"{title}: {_pairs(frame)}.", theme=theme)


def _range_words(what: str, number: float, lower: float, upper: float) -> str:
    words = amount_words(what, number)
    if math.isnan(lower) or lower == upper:
        return words
    if math.isinf(upper):
        return f"{words} ({amount_words(what, lower)} or more)"
    low, high = (amount_words(what, end).removesuffix(" million") for end in (lower, upper))
    return f"{words} ({low} to {high})"


def _pairs(frame: pd.DataFrame) -> str:
    return "; ".join(
        f"{row} {words} ({design})"
        for row, words, design in zip(frame["row"], frame["words"], frame["design"], strict=True)
    )
