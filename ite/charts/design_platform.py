"""Tables and charts of a platform or umbrella: power of its comparisons, screening, and arms that join later."""

import numpy as np
import pandas as pd

from ite.charts.design_bars import compared_bars
from ite.charts.number_words import share_words
from ite.charts.theme import Drawing, Theme
from ite.design.alternatives.screening_yield import ScreeningYield
from ite.design.alternatives.shared_control import SharedControlCharacteristics
from ite.design.alternatives.staggered_entry import StaggeredCharacteristics

_COLUMNS = ["claim", "design", "probability", "standard_error"]


def platform_table(found: SharedControlCharacteristics) -> pd.DataFrame:
    """Return the power of each comparison: claim, design, probability, standard_error (empty: it is exact)."""
    shared, separate = "shared control", "a two-arm trial each"
    rows: list[tuple[str, str, float, float]] = []
    for place, (effect, power, alone) in enumerate(
        found.arms[["effect", "power", "power_separate"]].to_numpy(float), start=1
    ):
        claim = f"treatment {place}, effect {effect:g}"
        rows += [(claim, separate, alone, np.nan), (claim, shared, power, np.nan)]
    # Separate trials are independent, so that their joint power is a product.
    alone = found.arms["power_separate"].to_numpy(float)
    rows += [
        ("at least one", separate, float(1 - np.prod(1 - alone)), np.nan),
        ("at least one", shared, found.power_any, np.nan),
        ("all of them", separate, float(np.prod(alone)), np.nan),
        ("all of them", shared, found.power_all, np.nan),
    ]
    return pd.DataFrame(rows, columns=_COLUMNS)


def staggered_table(found: StaggeredCharacteristics) -> pd.DataFrame:
    """Return the power with either choice of controls: claim, design, probability, standard_error (empty: exact)."""
    rows: list[tuple[str, str, float, float]] = []
    choices = {"concurrent controls": found.concurrent, "earlier controls as well": found.all_so_far}
    for place, month in enumerate(found.spec.joins):
        claim = f"treatment {place + 1}, from month {month:g}"
        rows += [(claim, name, float(chosen.power[place]), np.nan) for name, chosen in choices.items()]
    rows += [("at least one", name, chosen.power_any, np.nan) for name, chosen in choices.items()]
    rows += [("all of them", name, chosen.power_all, np.nan) for name, chosen in choices.items()]
    return pd.DataFrame(rows, columns=_COLUMNS)


def screening_table(found: ScreeningYield) -> pd.DataFrame:
    """Return a row per treatment: its marker's share, patients needed, and patients to screen for them."""
    names = {
        "prevalence": "share with the marker",
        "needed": "patients needed",
        "expected": "screened on average",
        "assured": f"screened to be {share_words(found.assurance)} sure",
    }
    table = found.arms.rename(columns=names)
    return table.set_axis([f"treatment {place + 1}" for place in range(len(table))]).rename_axis("arm").reset_index()


def screening_chart(found: ScreeningYield, theme: Theme = "light") -> Drawing:
    """Draw the patients to screen for each arm, on average and to be sure enough, relative to those for all arms."""
    arms = found.arms
    rows = [f"treatment {place}, {share_words(share)}" for place, share in enumerate(arms["prevalence"], start=1)]
    words = [
        f"{expected:,.0f} ({share_words(found.assurance)}: {assured:,})"
        for expected, assured in zip(arms["expected"], arms["assured"], strict=True)
    ]
    frame = pd.DataFrame(
        {
            "row": rows,
            "design": "screened",
            "value": arms["expected"] / found.assured,
            "lower": arms["expected"] / found.assured,
            "upper": arms["assured"] / found.assured,
            "words": words,
        }
    )
    text = (
        f"Patients to screen for each arm, on average (and with {share_words(found.assurance)} assurance): "
        + "; ".join(f"{row}: {number}" for row, number in zip(rows, words, strict=True))
    )
    return compared_bars(frame, title="Share of all who are screened", alt_text=f"{text}.", theme=theme)
