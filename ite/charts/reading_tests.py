"""The sentence that goes with the other tests of whether the effect differs."""

import pandas as pd

from ite.charts.scale import p_value_words
from ite.evaluation.verdict import SUGGESTIVE_LEVEL


def other_tests_sentence(tests: pd.DataFrame) -> str:
    """Say what the primary test found and how many others agree with it.

    Parameters
    ----------
    tests
        Of `ite.evaluation.other_tests.other_tests`: the primary test first.
    """
    primary, others = float(tests["p_value"].iloc[0]), tests["p_value"].iloc[1:].dropna()
    small = int((others <= SUGGESTIVE_LEVEL).sum())
    agree = small if primary <= SUGGESTIVE_LEVEL else len(others) - small
    side = "below" if primary <= SUGGESTIVE_LEVEL else "above"
    return (
        f"The primary test gives {p_value_words(primary)}; {agree} of {len(others)} other tests lie {side} "
        f"{SUGGESTIVE_LEVEL:g} with it. The verdict rests on the primary test alone: it was chosen beforehand."
    )
