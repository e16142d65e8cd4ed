"""Options typed as counts of response and harm, with the weights of the utility."""

from collections.abc import Callable

import pandas as pd
import streamlit as st

from ite.charts.reading_value_desk import probability_sentence
from ite.errors import ValuationError
from ite.report.value_desk_code import counted_desk_code
from ite.trial.beta_shares import probability_above
from ite.value.counted_options import CountedOption, CountedOptions
from pages.panels.value.desk_fields import weights
from pages.panels.value.desk_found import Desk
from pages.ui import origin
from pages.ui.counts import read_counts
from pages.ui.fields import choice
from pages.ui.sourced import sourced, sources
from pages.ui.table import typed_table

_TABLE = "vd-table"
_COLUMNS = ("Option", "Response", "Harm", "Cost", "Burden")
_EXAMPLE = (("A", "12 of 20", "2 of 100", 0.0, 0.0), ("B", "15 of 20", "10 of 100", 0.0, 0.0))
_PRIORS = {"None: the counts as they are": 0.0, "Uniform: one more with, one more without": 1.0}


def ask() -> tuple[Callable[[], Desk], str]:
    """Draw the inputs; return what makes the desk, which raises `ValuationError`, and its place in the session."""
    table = _table()
    weigh = weights("vd", "responses per person")
    with st.expander("Prior and sources"):
        words = "What is believed of an option before its patients are counted."
        prior = _PRIORS[choice("Prior", list(_PRIORS), "vd-prior", words)]
        numbers = {
            "counts": (float(len(table)), "options"),
            "cost and burden": (1000.0, "money per unit of cost"),
            "weights": (1.0, "responses"),
        }
        texts = sources(numbers, "vd")

    def make() -> Desk:
        asked = CountedOptions(options=_options(table), prior=prior)
        weighed, told = weigh(), sourced(numbers, texts)
        return Desk(
            draws=asked.draws(seed=0),
            expected=asked.expected,
            weights=weighed,
            unit="responses per person",
            method=f"Typed counts, {_prior_words(prior)}. 10,000 draws. Sources: {told.words}.",
            code=counted_desk_code(asked, weighed),
            provenance=origin.typed(asked, weighed, told, seed=0),
            more=_more(asked),
        )

    return make, "value-desk-counts"


def _table() -> pd.DataFrame:
    text, amount = st.column_config.TextColumn, st.column_config.NumberColumn
    columns = {
        "Option": text(max_chars=40, required=True, width=70),
        "Response": text(required=True, width=88, help="Patients with the good outcome, such as 12 of 20."),
        "Harm": text(required=True, width=76, help="Patients with the harm, such as 2 of 100."),
        "Cost": amount(default=0.0, min_value=0, format="%.6g", width=62, help="In thousands per person."),
        "Burden": amount(default=0.0, min_value=0, format="%.6g", width=80, help="Per person, such as visits."),
    }
    start = pd.DataFrame(_EXAMPLE, columns=list(_COLUMNS))
    return typed_table(_TABLE, start, columns, alt="Options with counts, cost and burden; type over it, or add rows")


def _options(table: pd.DataFrame) -> tuple[CountedOption, ...]:
    rows = table.dropna(how="all")
    holes = [column for column in _COLUMNS if rows[column].isna().any()]
    if holes:
        raise ValuationError(f"Each option needs a value in every column; '{holes[0]}' has an empty cell. Fill it in.")
    return tuple(_option(*row) for row in rows[list(_COLUMNS)].to_numpy().tolist())


def _option(name: str, response: str, harm: str, cost: float, burden: float) -> CountedOption:
    (responded, patients), (harmed, followed) = read_counts(response, name), read_counts(harm, name)
    return CountedOption(
        name=name,
        responded=responded,
        patients=patients,
        harmed=harmed,
        followed=followed,
        cost=cost,
        burden=burden,
    )


def _prior_words(prior: float) -> str:
    return "with a uniform prior" if prior else "without a prior"


def _more(asked: CountedOptions) -> str:
    """Say of two options how probably one responds more often: it is not the same as being the better one."""
    if len(asked.options) != 2:
        return ""
    first, second = asked.posteriors
    return probability_sentence((first.name, second.name), probability_above(second.response, first.response))
