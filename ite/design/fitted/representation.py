"""Who is enrolled and who fails the screen, by protected group."""

import numpy as np
import pandas as pd

from ite.design.fitted.next_trial import NextTrial
from ite.trial.data import TrialData

COLUMNS = (
    "column",
    "group",
    "source",
    "source_share",
    "enrolled_share",
    "ratio",
    "enrolled_of_group",
    "screened",
    "screen_failures",
)


def representation(trial: TrialData, design: NextTrial) -> pd.DataFrame:
    """Compare the patients that a design would enrol with those of the source trial, by protected group.

    Parameters
    ----------
    trial : TrialData
        The source, whose roles name the protected columns; without any the table is empty.
    design : NextTrial

    Returns
    -------
    DataFrame, one row per column and group
        source (patients), source_share, enrolled_share, ratio (of the two shares), enrolled_of_group (share of the
        group that is enrolled), screened and screen_failures (expected patients of the group in the next trial).
        Missing values are a group of their own.
    """
    weight, rows = design.enrolment.weight, []
    for column in trial.roles.protected:
        labels = trial.frame[column].astype(object).where(trial.frame[column].notna(), "missing").astype(str)
        for group in sorted(labels.unique()):
            member = (labels == group).to_numpy()
            enrolled = float(weight[member].sum())
            share, among = float(member.mean()), enrolled / float(weight.sum())
            rows.append(
                {
                    "column": column,
                    "group": group,
                    "source": int(member.sum()),
                    "source_share": share,
                    "enrolled_share": among,
                    "ratio": among / share,
                    "enrolled_of_group": enrolled / float(member.sum()),
                    "screened": design.screened * share,
                    "screen_failures": design.screened * float(np.mean(member * (1.0 - weight))),
                }
            )
    return pd.DataFrame(rows, columns=list(COLUMNS))
