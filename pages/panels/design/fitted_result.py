"""How likely the next trial is to succeed, beside as many patients without a rule."""

from dataclasses import dataclass
from functools import partial
from math import isnan

import streamlit as st

from ite.charts.design_fitted import assurance_chart
from ite.charts.design_other import amount_words
from ite.charts.number_words import percent_words
from ite.design.fitted.assurance import NextTrialResult, simulate_next_trial
from ite.design.fitted.next_trial import next_trial
from ite.design.fitted.patients import SourceOutcome
from ite.design.fitted.spec import NextTrialSpec
from ite.report.block import ResultBlock
from ite.report.next_trial_code import next_trial_code
from pages.ui import figure
from pages.ui.analysed import Analysed
from pages.ui.text import plain

_TRIALS = 10_000
_NEEDS = ("screened", "months", "cost")
_HOW_TO_READ = """\
Assurance is the probability that the next trial succeeds, averaged over what is believed of the effect: it is what to \
expect. The power if the estimate were the truth stands beside it to show how much of it is hope. After ± stands the \
Monte-Carlo standard error.

The grey bars are the same number of patients enrolled without any rule. Where they are as long, the rule gains \
nothing, and its patients must be found by screening.

How far to trust it: in 600 simulated source trials of 800 patients, each with effects drawn anew, assurance and the \
chance that the next trial then truly had agreed on average: 53 % predicted and 55 % achieved for the top 30 %, 51 % \
and 51 % for the best share. Where little was promised it was too cautious: in the third of the trials with the lowest \
assurance, 6 % was predicted and 11 % achieved for the top 30 %. There, mostly nothing was believed of the difference \
between enrolled and other patients, although a learned rule hardly ever picks patients worse than chance would; and \
the final rule learns from more patients than the rules that it is judged by."""


@dataclass(frozen=True, kw_only=True)
class Assured:
    """The next trial as asked, and what its simulation showed."""

    asked: NextTrialSpec
    found: NextTrialResult


def assured(shown: Analysed, asked: NextTrialSpec, source: SourceOutcome) -> Assured:
    """Design the next trial and simulate it.

    Raises
    ------
    IteError
        Where the trial is not possible as asked.
    """
    design = next_trial(shown.trial, shown.effects, asked, source)
    return Assured(asked=asked, found=simulate_next_trial(design, _TRIALS, shown.effects.spec.seed))


def result(shown: Analysed, success: Assured) -> None:
    """Draw the assurance, after saying how weak the basis of the rule is; the figures behind that come below."""
    found, seed = success.found, shown.effects.spec.seed
    verdict, _, figures = found.basis.partition(". ")
    st.info(plain(f"{verdict.removesuffix('.')}."), icon=":material/foundation:")
    for sentence in found.design.warnings:
        st.warning(plain(sentence), icon=":material/warning:")
    block = ResultBlock(
        key="next-trial",
        title=_title(found),
        sentence=f"{found.sentence} {_needs(found)}",
        data=found.summary.reset_index(),
        method=f"{figures} {found.method}".strip(),
        code=next_trial_code(
            shown.source,
            shown.trial.roles,
            shown.effects.spec,
            success.asked,
            f"ite.simulate(design, trials={_TRIALS}, seed={seed}).summary.reset_index()",
        ),
        how_to_read=f"{_HOW_TO_READ}\n\n{found.assumptions}\n\n{' '.join([found.basis, *found.design.warnings])}",
        provenance=shown.provenance(success.asked),
        exploratory=any(not chosen.prespecified for chosen in success.asked.slices),
        **figure.drawn(partial(assurance_chart, found)),
    )
    figure.show(block, block.key)


def _title(found: NextTrialResult) -> str:
    enrolled, everybody = found.summary["assurance"].loc[["enrolled", "everybody"]].to_numpy(float)
    if found.design.enrolment.share == 1.0:
        return f"Assurance {percent_words(enrolled)}, with everybody enrolled"
    return f"Assurance {percent_words(enrolled)}; without the rule {percent_words(everybody)}"


def _needs(found: NextTrialResult) -> str:
    """Say what the trial takes, as far as rates and prices are known."""
    row, design = found.summary.loc[["enrolled"]].iloc[0], found.design
    amount = {name: amount_words(name, float(row[name])) for name in _NEEDS if not isnan(row[name])}
    told = ["screens nobody" if design.enrolment.share == 1.0 else f"screens {amount['screened']} patients"]
    if "months" in amount:
        told.append(f"takes {amount['months']} months to enrol")
    if "cost" in amount:
        told.append(f"costs {amount['cost']} {design.spec.currency}")
    return f"On average it {', '.join(told[:-1])}{' and ' if len(told) > 1 else ''}{told[-1]}."
