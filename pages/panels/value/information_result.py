"""The value of knowing more as results: of everything, of each input, and of a new study."""

from dataclasses import dataclass
from functools import partial

import pandas as pd

from ite.charts.reading_value_information import inputs_sentence, perfect_information_sentence, study_sentence
from ite.charts.value_information import inputs_chart, perfect_information_chart, study_chart
from ite.report.block import ResultBlock
from ite.report.provenance import Provenance
from ite.value.sourced import Sourced
from ite.value.study_benefit import NewStudy
from pages.ui import figure

_PERFECT = """\
The expected value of perfect information (EVPI): what the choice would gain on average if everything were known \
before it is made. It is highest where the choice is a close call, and nothing where no draw changes it.

For all patients it is multiplied by those whom the decision touches. Research that costs more than that is not worth \
doing; research that costs less may be."""
_INPUTS = """\
The expected value of partial perfect information (EVPPI): what is gained by knowing one input for certain while the \
others stay as uncertain as they are. The bars do not add up to the value of everything: two inputs may matter only \
together.

From draws each is fitted by a smooth curve; the figure after ± is its Monte-Carlo error. Typed figures are exact."""
_STUDY = """\
The expected value of sample information (EVSI): a study of so many patients narrows what is known of the effect, but \
does not remove the doubt. Times the patients affected it is the first line; the cost of the study is the second; the \
third is what is left (expected net benefit of sampling), highest at the ring.

A study worth more than it costs is worth doing. Count only patients who are treated after it reports, and none twice: \
the time the study takes and the patients inside it are not deducted here."""


@dataclass(frozen=True, kw_only=True)
class Learnt:
    """What knowing more is worth, typed or from a trial.

    Attributes
    ----------
    best, perfect
        The choice now, and the value of perfect information with its Monte-Carlo error.
    curve, inputs, study
        Tables behind the three figures.
    codes
        Python for each of them, in this order.
    studied
        What a new study observes.
    """

    willingness_to_pay: Sourced
    plan: NewStudy
    best: str
    perfect: tuple[float, float]
    curve: pd.DataFrame
    inputs: pd.DataFrame
    study: pd.DataFrame
    studied: str
    method: str
    codes: tuple[str, str, str]
    provenance: Provenance


def show(learnt: Learnt) -> None:
    """Draw the three results."""
    threshold, plan = learnt.willingness_to_pay, learnt.plan
    people = plan.population.patients_per_year
    method = f"{learnt.method} Costs of a study: {plan.fixed_cost.source}; patients affected: {people.source}."
    drawn = (
        (
            "information-everything",
            "What is knowing everything worth?",
            perfect_information_sentence(learnt.perfect, threshold, plan, learnt.best),
            figure.drawn(partial(perfect_information_chart, learnt.curve, threshold)),
            learnt.curve,
            _PERFECT,
        ),
        (
            "information-inputs",
            "What is most worth knowing?",
            inputs_sentence(learnt.inputs, threshold),
            figure.drawn(partial(inputs_chart, learnt.inputs, threshold)),
            learnt.inputs,
            _INPUTS,
        ),
        (
            "information-study",
            "How large a study is worth its cost?",
            study_sentence(learnt.study, threshold, learnt.studied),
            figure.drawn(partial(study_chart, learnt.study, threshold)),
            learnt.study,
            _STUDY,
        ),
    )
    for (key, title, sentence, picture, data, how_to_read), code in zip(drawn, learnt.codes, strict=True):
        figure.show(
            ResultBlock(
                key=key,
                title=title,
                sentence=sentence,
                **picture,
                data=data,
                method=method,
                code=code,
                how_to_read=how_to_read,
                provenance=learnt.provenance,
            ),
            key,
        )
