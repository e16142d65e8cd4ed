"""The next trial over the enrolled fraction: what enrolling fewer patients gains, and what it costs."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import streamlit as st

from ite.charts.design_fitted import enrolment_effect_chart
from ite.charts.design_fitted_views import VIEWS, view_chart, view_sentence, view_title
from ite.charts.theme import Drawing, Theme
from ite.design.fitted.curve import EnrolmentCurve, enrolment_curve
from ite.design.fitted.patients import SourceOutcome
from ite.design.fitted.spec import NextTrialSpec
from ite.report.block import ResultBlock
from ite.report.next_trial_code import enrolment_code
from pages.panels.design.fitted_result import Assured
from pages.ui import figure
from pages.ui.analysed import Analysed

_HOW_TO_READ = """\
From right to left fewer patients are enrolled, those with the greatest predicted benefit last. The band holds at all \
fractions together with 95 % confidence. The dotted line is what is believed of the effect after shrinkage; sizes, \
months, cost and assurance rest on it.

Filled dots are the fractions that no other one is shown to beat; they need not lie side by side. If 100 % is among \
them, all-comers are not beaten, however high the curve rises elsewhere: the highest of many uncertain points is \
flattered by having been chosen. A triangle is a fraction that leaves too few patients out to be compared. Fractions \
with very few patients behind them are in the data but not drawn.

Patients, months and cost are those that the assurance asked for needs. Each fraction has its own estimate, so they go \
up and down by chance: compare the two ends, not neighbours."""

_BY_BENEFIT = "Patients are ranked by predicted benefit here, not chosen by the rule above; only its share is marked. "


@dataclass(frozen=True, kw_only=True)
class Followed:
    """A next trial as asked, over the enrolled fraction."""

    asked: NextTrialSpec
    curve: EnrolmentCurve


def followed(shown: Analysed, asked: NextTrialSpec, success: Assured | None, source: SourceOutcome) -> Followed:
    """Follow the next trial over the enrolled fraction; chances are for as many patients as the design found has.

    Raises
    ------
    IteError
        Where the goal needs prices that are unknown.
    """
    if asked.n is None and success is not None:
        asked = asked.model_copy(update={"n": success.found.design.randomised})
    return Followed(asked=asked, curve=enrolment_curve(shown.trial, shown.effects, asked, source))


def curve(shown: Analysed, path: Followed, success: Assured | None) -> None:
    """Draw one figure of the next trial over the enrolled fraction, with the share of the present design marked."""
    view = str(
        st.radio(
            "Over the enrolled fraction",
            ["Effect", *VIEWS],
            horizontal=True,
            key="ft-view",
            bind="query-params",
        )
    )
    share = 1.0 if success is None else success.found.design.enrolment.share
    by_markers = success is not None and success.found.design.enrolment.fraction is None
    title, sentence = _words(path.curve, view, share)
    block = ResultBlock(
        key="enrolled-fraction",
        title=title,
        sentence=sentence,
        data=path.curve.frame,
        method=f"{_BY_BENEFIT if by_markers else ''}Assurance and power are for {path.curve.n:,} randomised patients. "
        f"{path.curve.method}",
        code=enrolment_code(shown.source, shown.trial.roles, shown.effects.spec, path.asked, enrolment_curve),
        how_to_read=_HOW_TO_READ,
        provenance=shown.provenance(path.asked),
        **figure.drawn(_chart(shown, path.curve, view, share)),
    )
    figure.show(block, block.key)


def _words(found: EnrolmentCurve, view: str, share: float) -> tuple[str, str]:
    """Return headline and sentence of a view."""
    if view != "Effect":
        return view_title(found, view), view_sentence(found, view, share)
    title = "All-comers not beaten" if found.best.all_comers_retained else "Enrolling everybody is beaten"
    return title, found.sentence.removeprefix(f"{title}. ")


def _chart(shown: Analysed, found: EnrolmentCurve, view: str, share: float) -> Callable[[Theme], Drawing]:
    if view == "Effect":
        return partial(enrolment_effect_chart, found, shown.unit, share)
    return partial(view_chart, found, view, share)
