"""The same question by other tests: shown beside the primary one, and never part of the verdict."""

import pandas as pd

from ite.charts.reading_tests import other_tests_sentence
from ite.evaluation.other_tests import other_tests as compared
from ite.report.block import ResultBlock
from ite.report.code import evidence_code
from ite.report.literal import literal
from pages.ui import figure, jobs
from pages.ui.analysed import Analysed

_HOW_TO_READ = """\
Each row asks whether the effect differs between patients, and each looks for another pattern. With several tests one \
of them is often small by chance, which is why one was chosen before looking at the data and decides alone.

The permutation tests shuffle the scores between patients. That is fair only where scores could be exchanged: where \
a small group is much noisier than the rest they find differences far too often. The primary test does not.

The last rows rest on the learner's ranking of patients it had not seen; they are unknown where it ranks nobody. The \
p-values are not adjusted for each other."""


def other_tests(analysed: Analysed) -> None:
    """Draw the table of tests once a worker has it."""
    trial, effects, arm = analysed.trial, analysed.effects, analysed.arm
    place = f"other-tests-{hash((trial.digest, effects.spec.model_dump_json(), arm))}"
    table = jobs.run(place, compared, trial, effects, analysed.evidence, arm).result
    if isinstance(table, pd.DataFrame):
        figure.show(_block(analysed, table), "other-tests")


def _block(analysed: Analysed, table: pd.DataFrame) -> ResultBlock:
    asked = f"ite.evaluation.other_tests.other_tests(trial, effects, evidence, {literal(analysed.arm)})"
    return ResultBlock(
        key="other-tests",
        title="The same question by other tests",
        sentence=other_tests_sentence(table),
        alt=f"Table of {len(table)} tests of whether the effect of {analysed.arm} differs, with p-values.",
        data=table,
        method=f"{analysed.method} Two-sided p-values, not adjusted; permutations by the seed.",
        code=evidence_code(analysed.source, analysed.trial.roles, analysed.effects.spec, shown=asked),
        how_to_read=_HOW_TO_READ,
        provenance=analysed.provenance(),
    )
