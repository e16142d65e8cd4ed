"""Prognostic enrichment: enrol patients at high risk of the event, at the cut of least cost."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from ite.charts.design_curves import prognostic_chart
from ite.charts.design_other import amount_words, named
from ite.charts.number_words import share_words
from ite.design.alternatives.prognostic import PrognosticCurve, PrognosticEnrichment, prognostic_curve
from ite.report.block import ResultBlock
from ite.report.design_code import design_code
from pages.panels.design.other_fields import level, power, resources
from pages.panels.design.other_reading import reading
from pages.panels.design.size_fields import number, percent
from pages.ui import figure, origin

_HOW_TO_READ = """\
A trial of event times counts events. Where patients at low risk are left out each patient gives more events, so fewer \
are randomised; but more are screened, and the trial takes longer to fill. The curves show that against enrolling \
everybody (100 %).

Nothing here says that patients at high risk benefit more on the relative scale: the hazard ratio is the same above \
every cut. A label may well be for high-risk patients only."""


def ask() -> Callable[[], tuple[ResultBlock, ...]]:
    """Draw the inputs; return what makes the result."""
    auc = st.slider(
        "AUC of the marker",
        *(0.5, 0.95, 0.7, 0.01),
        format=":gray[%.2f]",  # in the dark theme Streamlit's own colour of the number is too faint to read
        key="pe-auc",
        bind="query-params",
        help="0.5 tells nothing of risk.",
    )
    events = percent("Patients with an event (%)", 20.0, "pe-events", "During the trial, both arms, all.", step=1.0)
    ratio = number("Hazard ratio", 0.7, "pe-hazard", "The same at every risk. Below 1 is benefit.", step=0.05)
    means = resources("pe", price_of_test=2_000.0)
    with st.expander("Power and level"):
        wanted, alpha = power("pe"), level("pe")

    def make() -> tuple[ResultBlock, ...]:
        spec = PrognosticEnrichment(
            auc=float(auc),
            event_probability=events,
            hazard_ratio=ratio,
            alpha=alpha,
            power=wanted,
            resources=means(),
        )
        return (_block(prognostic_curve(spec)),)

    return make


def _block(found: PrognosticCurve) -> ResultBlock:
    return ResultBlock(
        key="prognostic-enrichment",
        title=_title(found),
        sentence=_sentence(found),
        data=named(found.curve),
        method=f"{amount_words('events', found.events)} events are needed. {found.method}",
        code=design_code({"spec": found.spec}, [prognostic_curve, named], "named(prognostic_curve(spec).curve)"),
        how_to_read=reading(_HOW_TO_READ, found.assumptions),
        provenance=origin.typed(found.spec),
        **figure.drawn(partial(prognostic_chart, found)),
    )


def _title(found: PrognosticCurve) -> str:
    best = found.cheapest
    if best is None:
        return "Leaving out patients at low risk: fewer to randomise, and its cost unknown without prices"
    if best["excluded"] == 0.0:
        return "Enrolling everybody costs least"
    return f"Leaving out the {share_words(round(best['excluded'], 3))} at lowest risk costs least"


def _sentence(found: PrognosticCurve) -> str:
    everybody = found.curve.iloc[0]
    best = found.cheapest if found.cheapest is not None else found.fewest_screened
    parts = [
        f"{amount_words(what, best[what])} {words} instead of {amount_words(what, everybody[what])}"
        for what, words in (("randomised", "patients randomised"), ("screened", "screened"), ("months", "months"))
        if best[what] == best[what]
    ]
    where = "At that cut" if found.cheapest is not None else "Where the fewest are screened"
    events = f"{share_words(round(best['event_probability'], 3))} of those enrolled have an event."
    if best["excluded"] == 0.0:
        fewest = "" if found.cheapest is not None else " Enrolling everybody screens the fewest."
        return f"That takes {amount_words('randomised', best['randomised'])} patients; {events}{fewest}"
    return f"{where}: {', '.join(parts)}; {events}"
