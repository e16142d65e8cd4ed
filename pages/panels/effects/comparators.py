"""The same average by other estimators: they answer slightly different questions and are named as such."""

import numpy as np
import pandas as pd

from ite.analysis import cox_by_arm
from ite.charts.scale import cell, same_decimals
from ite.errors import IteError
from ite.report.block import ResultBlock
from ite.report.code import estimate_code
from ite.report.literal import literal
from ite.trial.outcome import OutcomeSummary
from pages.ui import cache, figure, jobs
from pages.ui.analysed import Analysed

_HOW_TO_READ = """\
The first row is the estimate used on this page: doubly robust scores, which use the covariates to gain precision. The \
unadjusted row compares the arms as they are. In a randomised trial both aim at the same quantity, so they should \
differ by less than their intervals are wide.

A Cox hazard ratio is a different quantity: it compares event rates, not time gained, and it assumes that the ratio \
stays the same over time. Below 1 means fewer events under treatment. It cannot be converted into the other rows."""


def comparators(analysed: Analysed) -> None:
    """Draw the table of estimators of the average effect."""
    effects, trial, arm = analysed.effects, analysed.trial, analysed.arm
    rows = [_row("doubly robust scores", effects.scale, effects.ate.loc[[arm]])]
    summary = _unadjusted(analysed)
    if summary is not None:
        own = summary.differences[summary.differences["arm"] == arm]
        name = "unadjusted Kaplan-Meier" if trial.outcome_kind == "time_to_event" else "unadjusted"
        rows.append(_row(name, f"difference in {summary.scale}", own))
    if trial.outcome_kind == "time_to_event":
        rows += _cox(analysed)
    cox = " Cox: Efron ties, no covariates." if trial.outcome_kind == "time_to_event" else ""
    table = pd.DataFrame(rows)
    block = ResultBlock(
        key="average-by-estimator",
        title="The average by other estimators",
        sentence=_in_words(rows),
        alt=f"Table of {len(table)} estimators of the average effect of {arm} with 95 % intervals.",
        data=table,
        method=f"n = {trial.n:,}. Scores: cross-fitted. Unadjusted: observed arms.{cox}",
        code=estimate_code(analysed.source, trial.roles, effects.spec, shown=_shown(analysed)),
        how_to_read=_HOW_TO_READ,
        provenance=analysed.provenance(),
    )
    figure.show(block, "comparators")


def _in_words(rows: list[dict[str, object]]) -> str:
    """Put the estimates side by side, each with its interval."""
    values = [same_decimals(np.array([row["estimate"], row["lower"], row["upper"]], dtype=float)) for row in rows]
    pairs = zip(rows, values, strict=True)
    words = "; ".join(f"{row['estimator']} {each[0]} ({each[1]} to {each[2]})" for row, each in pairs)
    return f"Estimates with 95 % intervals: {words}."


def _shown(analysed: Analysed) -> str:
    """Return the expression that puts the estimators of each arm side by side."""
    horizon = analysed.effects.spec.horizon
    argument = "" if horizon is None else f", horizon={literal(horizon)}"
    observed = f'ite.describe_outcome(trial{argument}).differences.set_index("arm")'
    shown = f'effects.ate.join({observed}, rsuffix="_unadjusted")'
    if analysed.trial.outcome_kind != "time_to_event":
        return shown
    return f'{shown}.join(ite.analysis.cox_by_arm(trial), rsuffix="_cox")'


def _row(estimator: str, scale: str, frame: pd.DataFrame) -> dict[str, object]:
    values = {column: float(frame[column].to_numpy(float)[0]) for column in ("estimate", "lower", "upper")}
    return {"estimator": estimator, **values, "scale": scale}


def _unadjusted(analysed: Analysed) -> OutcomeSummary | None:
    """Return the observed arms, or None where they cannot be compared; the Data page says why."""
    try:
        return cache.outcome(analysed.trial, analysed.effects.spec.horizon)
    except IteError:
        return None


def _cox(analysed: Analysed) -> list[dict[str, object]]:
    """Return the hazard ratio once its worker has it."""
    job = jobs.run(f"cox-{analysed.trial.digest[:16]}", cox_by_arm, analysed.trial)
    if not isinstance(job.result, pd.DataFrame):
        return []
    by_arm = job.result
    return [
        {
            "estimator": "Cox hazard ratio",
            "estimate": cell(by_arm, analysed.arm, "hazard_ratio"),
            "lower": cell(by_arm, analysed.arm, "lower"),
            "upper": cell(by_arm, analysed.arm, "upper"),
            "scale": "hazard ratio, below 1 is benefit",
        }
    ]
