"""How credible is one effect modifier: question by question, from the data and from what is known beforehand."""

import pandas as pd
import streamlit as st

from ite.charts.effects import tested_modifiers
from ite.charts.reading_evidence import credibility_sentence
from ite.evaluation.credibility import NOT_STATED, Answer, Declared, credibility, directions
from ite.report.block import ResultBlock
from ite.report.code import evidence_code
from ite.report.literal import call, literal
from pages.ui import analysed, figure
from pages.ui.analysed import Analysed
from pages.ui.attempt import attempt
from pages.ui.fields import choice
from pages.ui.words_field import words_field

_HOW_TO_READ = """\
The questions follow two published instruments for judging differences in effect: ICEMAN (Schandelmaier et al. 2020) \
and PATH (Kent et al. 2020), in our own words. Where the data can answer, they do; what was expected and what other \
studies found must be typed above, because no data hold it.

"supports" and "against" say in which direction one answer points. They are not added up: the instruments ask for a \
judgement, in which a p-value weighs more than a tidy cut.

An expectation counts only if it was written down before the data were seen. Typing the direction that this page shows \
proves nothing."""
_ANSWERS: tuple[Answer, ...] = ("unknown", "yes", "no")


def draw() -> None:
    """Draw what is declared about one covariate, and the questions with their answers."""
    shown = analysed.require(picking=False)
    st.header("How credible is a difference in effect?", anchor=False)
    declared = _ask(shown)
    place = f"credibility-{shown.trial.digest}-{shown.effects.spec.model_dump_json()}-{shown.arm}"

    def answered() -> tuple[Declared, pd.DataFrame]:
        return declared, credibility(shown.trial, shown.effects, shown.evidence, shown.arm, declared)

    found = attempt(place, answered)
    if found is not None:
        figure.show(_block(shown, *found), "credibility")


def _ask(shown: Analysed) -> Declared:
    ranked = [str(name) for name in tested_modifiers(shown.evidence, shown.arm)["covariate"]]
    names = [*ranked, *(name for name in shown.trial.roles.covariates if name not in ranked)]
    place = f"credible-{shown.trial.digest[:8]}"
    first, second, third, fourth = st.columns(4)
    with first:
        covariate = choice("Effect modifier", names, f"{place}-covariate", "The strongest in this trial comes first.")
    of = f"{place}-{covariate}"
    expected = (NOT_STATED, *directions(shown.trial, covariate))
    with second:
        direction = choice("Expected to gain more", list(expected), f"{of}-direction", "Before these data.")
    with third:
        before = choice("Written down beforehand", list(_ANSWERS), f"{of}-before", "In a protocol or a registration.")
    with fourth:
        earlier = choice("Found by other studies", list(_ANSWERS), f"{of}-earlier", "Of this treatment or its class.")
    source = words_field("Where that can be read", "", f"{of}-source", longest=200)
    return Declared.model_validate(
        {
            "covariate": covariate,
            "direction": direction,
            "declared_before": before,
            "earlier_evidence": earlier,
            "source": source,
        }
    )


def _block(shown: Analysed, declared: Declared, table: pd.DataFrame) -> ResultBlock:
    said = call(f"{credibility.__module__}.{Declared.__name__}", **declared.model_dump(exclude_defaults=True))
    asked = f"{credibility.__module__}.{credibility.__name__}(trial, effects, evidence, {literal(shown.arm)}, {said})"
    return ResultBlock(
        key="credibility",
        title=f"Credibility of {declared.covariate} as an effect modifier of {shown.arm}",
        sentence=credibility_sentence(table, declared.covariate),
        alt=f"Table of {len(table)} questions about {declared.covariate} with what the data say and where it points.",
        data=table,
        method=f"{shown.method} Questions after ICEMAN and PATH; p-values adjusted for all covariates and arms.",
        code=evidence_code(shown.source, shown.trial.roles, shown.effects.spec, shown=asked),
        how_to_read=_HOW_TO_READ,
        provenance=shown.provenance(declared),
    )
