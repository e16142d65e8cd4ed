"""Tables of an allocation as they are read: a result in; words, units and intervals out."""

import numpy as np
import pandas as pd

from ite.allocation.allocate import AllocationFrontier
from ite.charts.scale import effect_unit
from ite.trial.normal import NORMAL_975

_RULES = {"by lot": "By lot", "by risk": "Worst outlook first", "everybody": "Everybody, no limit"}


def baselines_table(found: AllocationFrontier) -> pd.DataFrame:
    """Return what simpler rules deliver per candidate, and what most predicted benefit gains over each."""
    unit = effect_unit(found.scale)
    frame = found.baselines
    reach = NORMAL_975 * frame["gain_over_se"]
    gained = pd.DataFrame(
        {"estimate": frame["gain_over"], "lower": frame["gain_over"] - reach, "upper": frame["gain_over"] + reach}
    )
    delivered = frame.rename(columns={"delivered": "estimate"})
    unit_words = unit.words.replace("_", " ")
    return pd.DataFrame(
        {
            "Rule": frame["rule"].map(_RULES),
            f"Delivered per candidate ({unit_words})": unit.labels(delivered),
            "Prediction delivers more by": np.array(unit.labels(gained)),
        }
    )
