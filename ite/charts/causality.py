"""Concepts of causality, tabled and drawn as bars: whose effect an instrument shows, what a mix of patients hides."""

import pandas as pd

from ite.charts.design_bars import compared_bars
from ite.charts.number_words import percent_words
from ite.charts.scale import same_decimals
from ite.charts.signed_bars import signed_bars
from ite.charts.theme import Drawing, Theme, arm_colours, ink
from ite.value.complier_effect import PrincipalStrata, complier_effect
from ite.value.standardisation import StratifiedCounts, standardise

_STRATA = ("Always treated", "Treated if assigned", "Never treated")
AVERAGE, ASSIGNED, INSTRUMENT = "Everybody", "Being assigned", "The instrument shows"
CRUDE, STANDARDISED = "All together", "Same mix for both"


def strata_table(spec: PrincipalStrata) -> pd.DataFrame:
    """Return the effect in each kind of patients, and the effects that analyses aim at.

    Columns of (words), share (of the patients; NaN for an effect that is not that of patients), effect (NaN where
    there are no compliers).
    """
    found = complier_effect(spec)
    rows = [
        (_STRATA[0], spec.share_always, spec.effect_always),
        (_STRATA[1], spec.share_complier, spec.effect_complier),
        (_STRATA[2], spec.share_never, spec.effect_never),
        (AVERAGE, 1.0, found.average),
        (ASSIGNED, None, found.assignment),
        (INSTRUMENT, None, found.complier),
    ]
    return pd.DataFrame(rows, columns=["of", "share", "effect"]).astype({"share": float, "effect": float})


def strata_chart(spec: PrincipalStrata, theme: Theme = "light") -> Drawing:
    """Draw the effect in each kind of patients in grey, and below the effects that analyses aim at."""
    table = strata_table(spec).dropna(subset="effect")
    shares = [f" · {percent_words(share)} of patients" if share < 1 else "" for share in table["share"]]
    numbers = same_decimals(table["effect"].to_numpy(float))
    frame = pd.DataFrame(
        {
            "name": table["of"],
            "value": table["effect"],
            "words": [f"{number}{share}" for number, share in zip(numbers, shares, strict=True)],
        }
    )
    colours = {**dict.fromkeys(_STRATA, ink(theme).quiet), **arm_colours(("", AVERAGE, INSTRUMENT, ASSIGNED), theme)}
    return signed_bars(frame, colours, title="Effect of treatment", theme=theme)


def mix_table(spec: StratifiedCounts, strata: tuple[str, ...] = ()) -> pd.DataFrame:
    """Return the rates of both treatments: all together, in each stratum, and in the same mix of strata.

    Columns of, treatment ("A" or "B"), rate, lower, upper (NaN: intervals are of differences), weight (of the stratum).

    Parameters
    ----------
    strata
        Names; without them they are numbered.
    """
    found = standardise(spec)
    names = strata or tuple(f"Stratum {place + 1}" for place in range(len(found.strata)))
    rows = [(CRUDE, *found.comparison.loc["crude", ["rate_a", "rate_b"]], None)]
    rows += [
        (name, *row) for name, row in zip(names, found.strata[["rate_a", "rate_b", "weight"]].to_numpy(), strict=True)
    ]
    rows.append((STANDARDISED, *found.comparison.loc["standardised", ["rate_a", "rate_b"]], None))
    return pd.DataFrame(
        [
            (of, treatment, rate, weight)
            for of, *rates, weight in rows
            for treatment, rate in zip("AB", rates, strict=True)
        ],
        columns=["of", "treatment", "rate", "weight"],
    ).astype({"weight": float})


def mix_chart(spec: StratifiedCounts, strata: tuple[str, ...], theme: Theme = "light") -> Drawing:
    """Draw the rates of both treatments side by side, all together, by stratum, and in the same mix."""
    table = mix_table(spec, strata)
    frame = pd.DataFrame(
        {
            "row": table["of"],
            "design": table["treatment"],
            "value": table["rate"],
            "lower": float("nan"),
            "upper": float("nan"),
            "words": [
                f"{treatment} {percent_words(rate)}" for treatment, rate in table[["treatment", "rate"]].to_numpy()
            ],
        }
    )
    pairs = "; ".join(f"{of}, {words}" for of, words in frame[["row", "words"]].to_numpy())
    return compared_bars(frame, title="Rate", alt_text=f"Rates by treatment: {pairs}.", theme=theme)
