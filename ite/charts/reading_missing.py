"""The sentence that goes with missing outcomes treated in three ways: a table in, words out."""

import numpy as np
import pandas as pd

from ite.charts.scale import EffectUnit


def missing_sentence(table: pd.DataFrame, unit: EffectUnit, arm: str) -> str:
    """Return the effect of one arm by each way to treat missing outcomes, and whether they agree about no effect."""
    own = table[table["arm"] == arm]
    words = zip(own["method"], unit.labels(own), strict=True)
    sentence = f"{arm}, by how missing outcomes are treated: {'; '.join(f'{name} {label}' for name, label in words)}."
    sides = np.sign(own["lower"].to_numpy(float)) + np.sign(own["upper"].to_numpy(float))
    if len(set(sides.tolist())) == 1:
        return f"{sentence} All three lead to the same reading."
    return f"{sentence} They do not lead to the same reading: the conclusion hangs on how missing outcomes are treated."
