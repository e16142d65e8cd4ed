"""Curves over the willingness to pay: acceptability with its frontier, and expected loss with what knowing is worth."""

from functools import partial

from ite.charts.reading_value_cost_trial import loss_sentence, probability_sentence
from ite.charts.value_cost_uncertain import curves_chart
from ite.report.block import ResultBlock
from ite.report.value_cost_code import valuation_code
from ite.value.population import AffectedPopulation
from ite.value.uncertain_choice import decision_curves
from pages.panels.value.cost_trial_found import THRESHOLDS_CODE, Valued
from pages.ui import figure
from pages.ui.analysed import Analysed

_PROBABILITY = """\
Each line is the share of the draws in which a strategy has the highest net benefit, at each willingness to pay (the \
acceptability curve, CEAC). The thick band marks the strategy with the highest average net benefit, which is the one \
to choose (the acceptability frontier, CEAF).

The two need not agree: a strategy may be best on average although another is best in more of the draws, when it \
loses little and gains much. The average decides; the probability says how likely that choice is to be right."""
_LOSS = """\
Each line is what choosing a strategy loses on average against the one that would be best if everything were known. \
The lowest line is that of the best choice now, marked by the thick band: what is lost even so is the expected value \
of perfect information (EVPI), the most that any further research can be worth.

Times the patients whom the decision touches, it is the ceiling for the cost of all further studies together."""


def curves(shown: Analysed, valued: Valued, people: AffectedPopulation) -> None:
    """Draw both curves."""
    asked, drawn = valued.asked, valued.curves
    code = valuation_code(
        (shown.source, shown.trial.roles, shown.effects.spec),
        asked,
        f"decision_curves(found.draws, {THRESHOLDS_CODE})",
        [decision_curves],
    )
    for name, title, sentence, how_to_read in (
        (
            "probability",
            "How sure is the choice?",
            probability_sentence(drawn, valued.at, asked.willingness_to_pay),
            _PROBABILITY,
        ),
        (
            "expected_loss",
            "What may the choice lose?",
            loss_sentence(valued.at, asked.willingness_to_pay, people),
            _LOSS,
        ),
    ):
        chart = partial(curves_chart, drawn, name, asked.willingness_to_pay, valued.found.draws.strategies)
        key = f"cost-{name.replace('_', '-')}"
        figure.show(
            ResultBlock(
                key=key,
                title=title,
                sentence=sentence,
                **figure.drawn(chart),
                data=drawn,
                method=f"{shown.method} {valued.method}",
                code=code,
                how_to_read=how_to_read,
                provenance=shown.provenance(asked),
            ),
            key,
        )
