"""Which learner do held-out patients prefer, if any."""

from functools import partial
from typing import cast

import streamlit as st

from ite.analysis import leaderboard as compared
from ite.charts.leaderboard import leaderboard_chart, leaderboard_sentence
from ite.estimation.spec import Learner
from ite.evaluation.result import Leaderboard
from ite.report.block import ResultBlock
from ite.report.code import estimate_code
from ite.report.literal import literal
from pages.ui import figure, jobs, learners
from pages.ui.analysed import Analysed

_FIRST: tuple[Learner, ...] = ("lasso_interactions", "x_lasso", "dr_lasso", "t_boosting", "causal_forest")
_CHOOSING = ("auto", "selected", "stacked", "constant")
_HOW_TO_READ = """\
Every learner is fitted on the same folds and judged by patients it had not seen. The true effects are never seen, but \
the doubly robust scores are right on average, so the squared distance from the scores orders learners as the distance \
from the true effects would. The axis is that error less the error of giving everybody the same effect.

The bars are one standard error to each side: a yardstick for choosing, not a test, because the folds share patients. \
Whoever tries many learners and reports the best one has chosen on these data; "Chosen by held-out loss" in the \
settings makes the choice inside each fold, so that the evidence stays honest.

The table adds the R-loss, the order's agreement with the learner in use, the gain from targeting with its error, and \
the weight in a combination of all."""


def leaderboard(analysed: Analysed) -> None:
    """Draw the choice of learners and, once asked for, their comparison."""
    with st.expander("Compare learners", icon=":material/leaderboard:"):
        asked = _ask(analysed)
        if not st.toggle("Compare them", key="effects-compare", persist_state="session"):
            st.caption("Each is fitted once per fold: seconds for a lasso, up to a minute for a forest.")
            return
        if not asked:
            st.info("Choose at least one learner above.", icon=":material/info:")
            return
        spec = analysed.effects.spec
        place = f"leaderboard-{hash((analysed.trial.digest, spec.model_dump_json(), asked))}"
        board = jobs.run(place, compared, analysed.trial, analysed.effects, asked).result
        if isinstance(board, Leaderboard):
            figure.show(_block(analysed, board, asked), "leaderboard")


def _ask(analysed: Analysed) -> tuple[Learner, ...]:
    offered = [name for name in learners.choices(analysed.trial) if name not in _CHOOSING]
    asked = st.multiselect(
        "Learners",
        offered,
        default=[name for name in _FIRST if name in offered],
        format_func=lambda name: learners.CHOICES[name],
        key="effects-compared",
        persist_state="session",
    )
    return cast("tuple[Learner, ...]", tuple(asked))


def _block(analysed: Analysed, board: Leaderboard, chosen: tuple[Learner, ...]) -> ResultBlock:
    effects, arm = analysed.effects, analysed.arm
    own = board.of_arm(arm)
    drawn = partial(leaderboard_chart, own, learners.CHOICES, arm, analysed.trial.arms, effects.scale)
    return ResultBlock(
        key="leaderboard",
        title="Which learner comes closest?",
        sentence=leaderboard_sentence(own, learners.CHOICES),
        **figure.drawn(drawn),
        data=own,
        method=f"{analysed.method} Each learner cross-fitted once; error of held-out scores less that of their mean.",
        code=estimate_code(
            analysed.source,
            analysed.trial.roles,
            effects.spec,
            shown=f"ite.compare_learners(trial, effects, {literal(chosen)}).of_arm({literal(arm)})",
        ),
        how_to_read=_HOW_TO_READ,
        provenance=analysed.provenance(),
    )
