"""What a different mix of patients hides: two treatments crudely, and as if both had been given to the same mix."""

from dataclasses import dataclass
from functools import partial
from typing import get_args

import pandas as pd
import streamlit as st

from ite.charts.causality import mix_chart, mix_table
from ite.charts.reading_causality import mix_sentence
from ite.errors import ValuationError
from ite.report.block import ResultBlock
from ite.report.design_code import design_code
from ite.report.literal import literal
from ite.value.standardisation import Mix, Standardised, StratifiedCounts, standardise
from pages.ui import figure, origin
from pages.ui.attempt import attempt
from pages.ui.counts import read_counts
from pages.ui.fields import choice
from pages.ui.table import typed_table

_COLUMNS = ("Stratum", "A", "B")
_EXAMPLE = (("Small stones", "81 of 87", "234 of 270"), ("Large stones", "192 of 263", "55 of 80"))
_MOST = 8
_HOW_TO_READ = """\
The example compares open surgery (A) with the keyhole way (B) for kidney stones. A was better for small stones and \
for large ones, and yet worse in total, because it was given to more patients with large stones, who do worse anyway. \
Giving both the same mix of patients (standardisation) undoes that.

It undoes only what the strata know. Where doctors chose by something that was not written down, the same trap stays \
open; a randomised trial closes it."""


@dataclass(frozen=True, kw_only=True)
class Mixed:
    """The comparison with the names of its strata."""

    found: Standardised
    strata: tuple[str, ...]


def draw() -> None:
    """Draw the counts and, beside them, the comparison."""
    left, right = st.columns([4, 8], gap="large")
    with left:
        table = _table()
        mix = choice("Both treatments given to", list(get_args(Mix)), "cm-mix", "Whose mix of strata both get.")
        st.caption("Good outcomes of patients, by stratum.")
    with right:
        mixed = attempt("causality-mix", lambda: _mixed(table, mix))
        if mixed is not None:
            _result(mixed)


def _table() -> pd.DataFrame:
    columns = {name: st.column_config.TextColumn(required=True, max_chars=40, width=110) for name in _COLUMNS}
    start = pd.DataFrame(_EXAMPLE, columns=list(_COLUMNS))
    return typed_table(
        "cm-table", start, columns, alt="Good outcomes of patients by stratum; type over it, or add rows"
    )


def _mixed(table: pd.DataFrame, mix: str) -> Mixed:
    rows = table.dropna()
    if not 1 <= len(rows) <= _MOST:
        raise ValuationError(f"The table holds 1 to {_MOST} whole rows, but it has {len(rows)}. Change that.")
    counts = {
        arm: [read_counts(words, f"{arm} in {name}") for name, words in rows[["Stratum", arm]].to_numpy()]
        for arm in ("A", "B")
    }
    spec = StratifiedCounts.model_validate(
        {
            "events_a": tuple(events for events, _ in counts["A"]),
            "n_a": tuple(people for _, people in counts["A"]),
            "events_b": tuple(events for events, _ in counts["B"]),
            "n_b": tuple(people for _, people in counts["B"]),
            "mix": mix,
        }
    )
    return Mixed(found=standardise(spec), strata=tuple(rows["Stratum"].astype(str)))


def _result(mixed: Mixed) -> None:
    found, strata = mixed.found, mixed.strata
    people = sum((*found.spec.n_a, *found.spec.n_b))
    figure.show(
        ResultBlock(
            key="causality-mix",
            title="Which treatment is better, in the same mix of patients?",
            sentence=mix_sentence(found),
            **figure.drawn(partial(mix_chart, found.spec, strata)),
            data=mix_table(found.spec, strata),
            method=f"n = {people:,}, typed counts. {found.method} Source: Charig et al. 1986, BMJ 292:879-882.",
            code=design_code({"spec": found.spec}, [mix_table], f"mix_table(spec, {literal(strata)})"),
            how_to_read=_HOW_TO_READ,
            provenance=origin.typed(found.spec),
        ),
        "causality-mix",
    )
