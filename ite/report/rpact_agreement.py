"""How well our figures agree with rpact's: reference designs that both programs have simulated."""

from pathlib import Path

import pandas as pd

TABLE = Path(__file__).with_suffix(".csv")


def agreement_with_rpact() -> pd.DataFrame:
    """Return the committed comparison, one row per design and figure.

    Columns
    -------
    design, outcome, figure
        Name of the reference design, kind of outcome, and what was compared.
    ours, rpact
        Our figure from 200,000 trials; rpact's from 30,000 or 100,000.
    allowed
        How far they may differ by chance, stated with rpact's figure.
    agrees
        Whether they do.
    """
    return pd.read_csv(TABLE)
