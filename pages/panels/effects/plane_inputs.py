"""Which column of the file is the second outcome, and what is good about it."""

from dataclasses import dataclass

import pandas as pd
import streamlit as st

from ite.trial.columns import is_number
from ite.trial.labels import spoken
from pages.ui.analysed import Analysed
from pages.ui.fields import choice
from pages.ui.switch import switch

_NONE = "none yet"
_NO_TIME = "none: a value, or yes and no"
_YES_OR_NO = 2
_WORSE, _BETTER = "Larger is worse", "Larger is better"


@dataclass(frozen=True, kw_only=True)
class SecondOutcome:
    """What `second_outcome_roles` takes beside the roles."""

    column: str
    time: str | None
    positive: str | None
    higher_is_better: bool

    @property
    def arguments(self) -> dict[str, object]:
        """The arguments that differ from their defaults."""
        given: dict[str, object] = {"column": self.column, "time": self.time, "positive": self.positive}
        given["higher_is_better"] = self.higher_is_better or None
        return {name: value for name, value in given.items() if value is not None}

    @property
    def words(self) -> str:
        """What the outcome is called."""
        return spoken(self.column)


def ask(analysed: Analysed, table: pd.DataFrame) -> SecondOutcome | None:
    """Draw the choice of a second outcome; None, with a sentence, where none is chosen or no column is left for it."""
    roles = analysed.trial.roles
    taken = set(roles.columns) - {roles.competing}
    left = [str(name) for name in table.columns if str(name) not in taken]
    levels = table.nunique().to_dict()
    left.sort(key=lambda name: levels[name] > _YES_OR_NO)  # first such as whether an adverse event occurred
    if not left:
        st.info(
            "Every column of this file has a part already, so none is left for a second outcome. Add one to the file, "
            "such as whether a serious adverse event occurred.",
            icon=":material/info:",
        )
        return None
    place = f"second-{analysed.trial.digest[:8]}"
    first, second, third = st.columns(3, vertical_alignment="bottom")
    with first:
        column = choice(
            "Second outcome", [_NONE, *left], f"{place}-column", "A column that has no part in the analysis."
        )
    if column == _NONE:
        st.caption("Choose what the treatment may do beside the first outcome, such as a serious adverse event.")
        return None
    times = [name for name in left if name != column and is_number(table[name])]
    with second:
        about = "For an event: the time until it, or until follow-up ended."
        time = choice("Time to it", [_NO_TIME, *times], f"{place}-time-{column}", about)
    followed = None if time == _NO_TIME else time
    with third:
        positive = _level(table[column], f"{place}-level-{column}")
        better = followed is None and switch("Direction", (_WORSE, _BETTER), f"{place}-good-{column}") == _BETTER
    return SecondOutcome(column=column, time=followed, positive=positive, higher_is_better=better)


def _level(values: pd.Series, key: str) -> str | None:
    """Ask which of two texts counts as the event; None where the column holds numbers, or not two texts."""
    levels = sorted(str(level) for level in values.dropna().unique()) if not is_number(values) else []
    return (
        choice("Level that counts", levels, key, "The level whose frequency is compared.") if len(levels) == 2 else None
    )
