"""Which records of an ADaM endpoint file go with its subjects: parameter, visit and population, and who matched."""

import streamlit as st

from ite.errors import IteError
from ite.report.adam_code import adam_code
from ite.trial import adam_choices
from ite.trial.adam import AdamJoin, match_adam
from pages.panels.data import adam_pair
from pages.panels.data.adam_pair import Pair
from pages.ui import state
from pages.ui.text import plain

_EVERYBODY = "Everybody in the file"


def adam() -> None:
    """Draw the three choices in one row, and how many subjects matched; draw nothing where no pair is held."""
    pair = adam_pair.held()
    if pair is None or pair.spec is None:
        _ask_for_subjects()
        return
    try:
        spec = _choices(pair, pair.spec)
        if spec != pair.spec:
            adam_pair.use(pair, spec)
            st.rerun()
        match = match_adam(pair.subjects.frame, pair.endpoint.frame, spec)
    except IteError as error:
        st.error(plain(f"{error} The earlier choice is still in use."), icon=":material/error:")
        return
    words, code = st.columns([5, 1], vertical_alignment="center")
    words.markdown(plain(" ".join(match.sentences)))
    with code.popover("Show code", icon=":material/code:", key=f"code-adam-{pair.key}"):
        st.caption("Joins the two files again, and writes the file that the code of every later result reads.")
        written = adam_pair.joined_name(pair, spec)
        st.code(adam_code(pair.subjects.name, pair.endpoint.name, spec, written), language=None)


def _ask_for_subjects() -> None:
    table = state.load().table
    if table is not None and adam_choices.is_endpoint(table.frame) and not table.frame[adam_choices.SUBJECT].is_unique:
        st.info(
            "This looks like an ADaM endpoint file with several records per subject. Drop the file of subjects (ADSL) "
            "too, and the two are joined.",
            icon=":material/info:",
        )


def _choices(pair: Pair, spec: AdamJoin) -> AdamJoin:
    places = st.columns(3)
    parameters = adam_choices.parameters(pair.endpoint.frame)
    codes = list(parameters)
    parameter = places[0].selectbox(
        "Endpoint",
        codes,
        index=codes.index(spec.parameter),
        format_func=lambda code: parameters[code],
        key=f"adam-parameter-{pair.key}",
    )
    visits = adam_choices.visits(pair.endpoint.frame, parameter)
    visit = places[1].selectbox(
        "Visit",
        visits,
        index=visits.index(spec.visit) if spec.visit in visits else max(len(visits) - 1, 0),
        key=f"adam-visit-{pair.key}-{parameter}",
        disabled=not visits,
        placeholder="One record per subject",
    )
    flags = [None, *adam_choices.populations(pair.subjects.frame)]
    population = places[2].selectbox(
        "Population",
        flags,
        index=flags.index(spec.population),
        format_func=lambda flag: _EVERYBODY if flag is None else pair.subjects.labels.get(flag, flag),
        key=f"adam-population-{pair.key}",
        help="Subjects marked Y in this column are analysed. All who were randomised (ITT) keep the arms comparable.",
    )
    return AdamJoin(parameter=parameter, visit=visit, population=population)
