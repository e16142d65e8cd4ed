"""The arms of the fitted trial as options, among everybody, a kept slice, or those whom the allocation serves."""

from collections.abc import Callable

import pandas as pd
import streamlit as st

from ite.errors import ValuationError
from ite.report.value_desk_code import fitted_desk_code
from ite.value.decision_desk import OptionDraws
from ite.value.fitted_options import FittedOptions, draw_fitted_options
from pages.panels.value.desk_fields import weights
from pages.panels.value.desk_found import Desk
from pages.panels.value.desk_patients import Patients, chosen_by_data, inside, pick, words_of
from pages.panels.value.desk_unit import scale_of, unit_of
from pages.ui.analysed import Analysed
from pages.ui.once import once
from pages.ui.sourced import sourced, sources
from pages.ui.table import typed_table

_COLUMNS = ("Arm", "Harm (%)", "Cost", "Burden")


def ask(shown: Analysed) -> tuple[Callable[[], Desk], str]:
    """Draw the inputs; return what makes the desk, which raises `IteError`, and its place in the session."""
    who = pick(shown)
    table = _table(shown)
    st.caption("Until harm, cost or burden is typed, benefit alone counts.")
    unit = unit_of(shown)
    weigh = weights(f"vd-{shown.trial.digest[:8]}", unit, scale_of(shown))
    with st.expander("Sources"):
        numbers = {"harm, cost and burden": (1.0, "per person"), "weights": (scale_of(shown), unit)}
        texts = sources(numbers, "vd-trial")

    def make() -> Desk:
        asked, weighed, told = _options(shown, table), weigh(), sourced(numbers, texts)
        return Desk(
            draws=_drawn(shown, asked, who),
            expected=None,
            weights=weighed,
            unit=unit,
            method=f"{shown.method} {words_of(who)}. 10,000 draws of average effects; harm, cost and burden typed and "
            f"taken as known. Sources: {told.words}.",
            code=fitted_desk_code((shown.source, shown.trial.roles, shown.effects.spec), asked, weighed, who),
            provenance=shown.provenance(asked),
            exploratory=chosen_by_data(who),
        )

    return make, f"value-desk-{shown.trial.digest}"


def _table(shown: Analysed) -> pd.DataFrame:
    amount = st.column_config.NumberColumn
    columns = {
        "Arm": st.column_config.TextColumn(disabled=True),
        "Harm (%)": amount(required=True, min_value=0, format="%.6g", width=94, help="Patients who are harmed."),
        "Cost": amount(required=True, min_value=0, format="%.6g", width=66, help="In thousands per person."),
        "Burden": amount(required=True, min_value=0, format="%.6g", width=82, help="Per person, such as visits."),
    }
    start = pd.DataFrame({"Arm": list(shown.trial.arms), **dict.fromkeys(_COLUMNS[1:], 0.0)})
    alt = "Harm, cost and burden of each arm; type over it"
    return typed_table(f"vd-arms-{shown.trial.digest[:8]}", start, columns, alt=alt, rows=False)


def _options(shown: Analysed, table: pd.DataFrame) -> FittedOptions:
    if table[list(_COLUMNS)].isna().to_numpy().any():
        raise ValuationError("Each arm needs a value in every column, but a cell is empty. Fill it in.")
    harm, cost, burden = (tuple(map(float, table[name])) for name in _COLUMNS[1:])
    return FittedOptions(
        control=shown.trial.control,
        arms=shown.trial.treated_arms,
        harm=tuple(share / 100 for share in harm),
        cost=cost,
        burden=burden,
    )


def _drawn(shown: Analysed, asked: FittedOptions, who: Patients) -> OptionDraws:
    """Return draws of the options; a weight that moves needs no new ones."""
    asked_of = "" if who is None else who.model_dump_json()
    of = (shown.trial.digest, shown.effects.spec.model_dump_json(), asked.model_dump_json(), asked_of)
    return once("desk-draws", of, lambda: draw_fitted_options(shown.effects, asked, inside(shown, who)))
