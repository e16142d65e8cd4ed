"""The best strategy over any two inputs of a marker test, with the present point."""

from functools import partial
from typing import get_args

import streamlit as st

from ite.charts.reading_value_marker import map_sentence
from ite.charts.value_marker_map import marker_map, marker_map_chart
from ite.errors import ValuationError
from ite.report.block import ResultBlock
from ite.report.design_code import design_code
from ite.report.literal import literal
from ite.value.companion_diagnostic import DiagnosticValue
from ite.value.diagnostic_inputs import CompanionDiagnostic, DiagnosticInput
from pages.panels.value.marker_inputs import Asked
from pages.ui import figure, origin
from pages.ui.text import plain

_HOW_TO_READ = """\
Every point of the map is a pair of values of two inputs; its colour and the name written on it are the strategy of \
largest net benefit there. The diamond is where the settings are now. The farther it lies from a border, the less an \
error in the two inputs could change the answer; an input that is not on the map stays as given."""
_INPUTS: dict[str, DiagnosticInput] = {
    CompanionDiagnostic.label(name).removesuffix(" (%)"): name for name in get_args(DiagnosticInput)
}


def two_inputs(asked: Asked, found: DiagnosticValue) -> None:
    """Draw the choice of two inputs and the map over them."""
    words = list(_INPUTS)
    first, second = st.columns(2)
    with first:
        across = _pick("Map across", words, "prevalence", "vm-across")
    with second:
        down = _pick("Map upwards", words, "price", "vm-down")
    try:
        drawn = marker_map(found.spec, across, down)
    except ValuationError as error:
        st.error(plain(error), icon=":material/error:")
        return
    call = f"marker_map(spec, {literal(across)}, {literal(down)}).table"
    figure.show(
        ResultBlock(
            key="marker-map",
            title="What is best where two figures vary?",
            sentence=map_sentence(drawn),
            **figure.drawn(partial(marker_map_chart, drawn)),
            data=drawn.table,
            method=f"Typed figures, money in {asked.currency}. {found.method} A grid of 40 by 40 values.",
            code=design_code({"spec": found.spec}, [marker_map], call),
            how_to_read=_HOW_TO_READ,
            provenance=origin.typed(found.spec, asked.sources),
        ),
        "marker-map",
    )


def _pick(label: str, words: list[str], default: DiagnosticInput, key: str) -> DiagnosticInput:
    index = list(_INPUTS.values()).index(default)
    return _INPUTS[str(st.selectbox(label, words, index=index, key=key, persist_state="session"))]
