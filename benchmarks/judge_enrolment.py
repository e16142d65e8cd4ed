"""What the tables of the next trial say."""

import numpy as np
import pandas as pd

from benchmarks.rates import judged, markdown_table, read_results

_COLUMNS = ["next trial in", "assurance", "trials", "predicted", "achieved", "power at the estimate"]
_NAMES = {"fixed": "the top 30 %", "best": "the best fraction"}
_CAVEAT = (
    "Where little is predicted, more is achieved: the prediction is of rules learned on fewer patients, and of no "
    "difference at all where the predicted spread has no support."
)


def enrolment() -> str:
    """Choice of an enrolled fraction without and with a planted difference, and calibration of the assurance."""
    parts = [_choice(), _calibration()]
    if not any(parts):
        return ""
    text = (
        "## Whom the next trial enrols\n\nn = 800, 17 covariates, fast learner. Planted: the effect is greater by "
        "0.8 SD of the outcome in 30 % of patients. The corrected effect is that of a fraction chosen on earlier folds "
        "and valued on later ones."
    )
    return "\n\n".join(part for part in [text, *parts] if part)


def _choice() -> str:
    rows = []
    null, planted = read_results("enrolment_null"), read_results("enrolment_planted")
    if null is not None:
        rows.append(
            [
                "no difference",
                "all-comers given up",
                str(len(null)),
                judged(_given_up(null), len(null), 0.1, at_most=True),
            ]
        )
        bias = ((null["corrected"] - null["outside"]) / null["se"]).dropna()
        rows.append(["no difference", "bias of the corrected effect, in se", str(len(bias)), _mean(bias)])
        rows.append(
            ["no difference", "bias of the apparent effect, in se", str(len(null)), _mean(_apparent_bias(null))]
        )
    if planted is not None:
        kept = len(planted) - _given_up(planted)
        rows.append(["planted", "all-comers kept", str(len(planted)), judged(kept, len(planted), 0.2, at_most=True)])
    return markdown_table(["trials of", "measure", "trials", "measured"], rows) if rows else ""


def _given_up(table: pd.DataFrame) -> int:
    return int((~table["retained"].astype(bool)).sum())


def _apparent_bias(table: pd.DataFrame) -> pd.Series:
    return (table["apparent"] - table["outside"]) / table["se"]


def _mean(values: pd.Series) -> str:
    return f"{values.mean():.3f} ± {values.std() / np.sqrt(len(values)):.3f}"


def _calibration() -> str:
    table = read_results("enrolment_drawn")
    if table is None:
        return ""
    rows = []
    for name, words in _NAMES.items():
        thirds = pd.qcut(table[f"{name}_assurance"].rank(method="first"), 3, labels=["lowest", "middle", "highest"])
        groups = [("all", table), *((f"{third} third", part) for third, part in table.groupby(thirds, observed=True))]
        for group, part in groups:
            figures = [part[f"{name}_{what}"] for what in ("assurance", "achieved", "power_at_estimate")]
            rows.append([words, group, str(len(part)), *(_mean(figure) for figure in figures)])
    text = (
        "Assurance against the power that the next trial of 200 patients would have with the frozen rule in a "
        "population of the same kind; average effect and difference drawn anew for each source trial (normal, SD 0.25 "
        f"and 0.8 SD of the outcome). After ± the standard error over trials. {_CAVEAT}"
    )
    return f"{text}\n\n{markdown_table(_COLUMNS, rows)}"
