"""Two markers that choose the patients of the next trial: a cut or levels of each, and how they are put together."""

import math
from collections.abc import Callable

import pandas as pd
import streamlit as st

from ite.design.fitted.spec import TwoMarkerRule
from ite.errors import DesignError
from ite.subgroup.axis import covariate, is_numeric, level_labels
from ite.subgroup.slice import Slice
from pages.ui.analysed import Analysed

_BOTH, _EITHER = "Both", "At least one"
_ABOVE, _UP_TO = "Above", "Up to"
#: Numbers of so few values are chosen one by one, as categories are.
_FEW_VALUES = 5


def two_markers(shown: Analysed) -> Callable[[], TwoMarkerRule]:
    """Draw both markers with their cuts; return what makes the rule, which raises `DesignError` where it cannot.

    The rule starts at the medians, or the commonest levels, of the first two covariates.
    """
    names = list(shown.trial.roles.covariates)
    declared = st.toggle(
        "Cuts set beforehand",
        key="ft-declared",
        bind="query-params",
        help="Declared before these data were seen: then no search along the markers is allowed for.",
    )
    first, one = _marker(shown, "First marker", names, declared=declared)
    combine = st.selectbox("Enrolled if within", [_BOTH, _EITHER], key="ft-combine", bind="query-params")
    _, other = _marker(shown, "Second marker", [name for name in names if name != first], declared=declared)
    return lambda: TwoMarkerRule(first=one(), second=other(), combine="and" if combine == _BOTH else "or")


def _marker(shown: Analysed, label: str, names: list[str], *, declared: bool) -> tuple[str, Callable[[], Slice]]:
    """Draw one marker; return its name and what makes its slice."""
    # Fields belong to one trial and one column: a cut means nothing on another.
    key = f"ft-{label.split(maxsplit=1)[0].lower()}-{shown.trial.digest[:8]}"
    name = str(st.selectbox(label, names, key=key, persist_state="session"))
    values, place = covariate(shown.trial, name), f"{key}-{name}"
    if is_numeric(values) and values.nunique() > _FEW_VALUES:
        bounds = _bound(values, place)
        return name, lambda: Slice(name=label, axis=name, arm=shown.arm, prespecified=declared, **bounds)
    levels = _levels(values, name, place)

    def make() -> Slice:
        if not levels:
            raise DesignError(f"At least one level of '{name}' is enrolled, but none is chosen. Choose one.")
        return Slice(name=label, axis=name, arm=shown.arm, prespecified=declared, levels=levels)

    return name, make


def _bound(values: pd.Series, key: str) -> dict[str, float]:
    """Draw on which side of a cut patients are enrolled."""
    numbers = values.astype(float)
    span = float(numbers.max() - numbers.min())
    side, number = st.columns(2, vertical_alignment="bottom")
    direction = side.selectbox("Enrolled", [_ABOVE, _UP_TO], key=f"{key}-side", persist_state="session")
    cut = number.number_input(
        "Cut",
        value=float(f"{numbers.median():.3g}"),
        step=10.0 ** math.floor(math.log10(span / 100)),
        format="%.6g",
        key=f"{key}-cut",
        persist_state="session",
    )
    return {"lower" if direction == _ABOVE else "upper": float(cut)}


def _levels(values: pd.Series, name: str, key: str) -> tuple[str, ...]:
    """Draw which levels are enrolled."""
    labels = level_labels(values, name).dropna()
    chosen = st.multiselect(
        "Levels enrolled",
        sorted(labels.unique()),
        default=[labels.mode().iloc[0]],
        key=f"{key}-levels",
        persist_state="session",
    )
    return tuple(str(level) for level in chosen)
