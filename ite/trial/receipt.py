"""Which treatment patients in fact had, and when they switched to it."""

import numpy as np
import pandas as pd

from ite.errors import RoleError
from ite.trial.columns import FloatArray, IntArray, as_numbers, as_text
from ite.trial.labels import shown, shown_list, shown_rows
from ite.trial.roles import Roles


def received_arm(frame: pd.DataFrame, roles: Roles, arms: tuple[str, ...]) -> IntArray | None:
    """Return the arm whose treatment each patient had, as an index into `arms`, shape (n,); None where no role says it.

    Raises
    ------
    RoleError
        Naming the first rows without one, or with a level that is no arm.
    """
    if roles.received is None:
        return None
    labels = as_text(frame[roles.received])
    missing = np.flatnonzero(labels.isna())
    if missing.size:
        raise RoleError(
            f"Column {shown(roles.received)} should say which treatment each patient received, but is empty in "
            f"{shown_rows(missing)}; fill it in."
        )
    found = pd.Index(arms).get_indexer(pd.Index(labels))
    unknown = np.flatnonzero(found < 0)
    if unknown.size:
        raise RoleError(
            f"Column {shown(roles.received)} should hold the arms {shown_list(arms, limit=8)}, but holds "
            f"{shown(labels.iloc[unknown[0]])} in {shown_rows(unknown)}; write the treatment received as an arm."
        )
    return found.astype(np.int64)


def switching_time(frame: pd.DataFrame, roles: Roles) -> FloatArray | None:
    """Return when each patient switched to treatment, NaN for never, shape (n,); None where no role says it.

    Raises
    ------
    RoleError
        Naming the first rows with a time below 0.
    """
    if roles.switch_time is None:
        return None
    time = as_numbers(frame[roles.switch_time], "switch_time")
    wrong = np.flatnonzero(time < 0)
    if wrong.size:
        raise RoleError(
            f"A time of switching should be 0 or more, but column {shown(roles.switch_time)} holds {time[wrong[0]]:g} "
            f"in {shown_rows(wrong)}; count it from randomisation."
        )
    return time
