"""What the tables of learners on many generators, of intervals and of tests of effect modification say."""

import numpy as np
import pandas as pd

from benchmarks.rates import exact_interval, markdown_table, read_results

_SHOWN = {
    "ours, auto": "default",
    "ours, auto, order": "default, unshrunk",
    "peer, bayesian_causal_forest": "stochtree forest",
    "peer, x_lasso": "causalml X, lasso",
    "peer, lasso_interactions": "lasso, interactions",
    "peer, query_attention": "query attention",
    "peer, econml CausalForestDML": "econml CausalForestDML",
    "peer, econml DRLearner, lasso": "econml DRLearner",
}
_LEVEL = 0.05


def learner_ranking() -> str:
    """Error of each learner relative to one common effect, by generator."""
    table = read_results("learner_ranking")
    if table is None:
        return ""
    rows = []
    for name, part in table.groupby("generator", sort=False):
        common = part["common effect"].mean()
        rows.append([str(name), str(len(part)), *(f"{part[column].mean() / common:.2f}" for column in _SHOWN)])
    means = pd.DataFrame([row[2:] for row in rows], dtype=float)
    rows.append(["geometric mean", "", *(f"{value:.2f}" for value in np.exp(np.log(means).mean()))])
    head = (
        "## Learners on eleven generators\n\nRoot mean square error of the predicted effects, relative to that of one "
        "common effect: below 1 is closer to the truth. Trials of 500 and of 1,000 patients. The default is out of "
        "fold; the others are fitted on the whole trial and predict new patients, unshrunk. Setups A to D are those "
        'of Nie & Wager 2021; in C everybody has the same effect, as under "constant", so that only the error of '
        "the average is left to beat. Two or three trials a size: factors of 1.3 or more mean something."
    )
    return f"{head}\n\n{markdown_table(['generator', 'trials', *_SHOWN.values()], rows)}"


def intervals() -> str:
    """Share of patients, and of fifths, whose true effect an interval holds."""
    table = read_results("interval_coverage")
    if table is None:
        return ""
    kinds = [column for column in table.columns if column.endswith(", covered")]
    rows = [
        [f"{n:,}", str(name), str(len(part)), *(f"{100 * part[kind].mean():.0f} %" for kind in kinds)]
        for (n, name), part in table.groupby(["n", "generator"], sort=False)
    ]
    count = int(table["fifths, covered"].count())
    head = (
        "## Intervals of conditional effects\n\nShare of patients whose true conditional average effect lies in their "
        "nominal 95 % interval, by kind (benchmarks/interval_coverage.py), and share of fifths of predicted benefit "
        "whose true mean effect lies in the fifth's interval. No interval of single patients stays within 93 to 97 % "
        f"everywhere, so none is shown. Over all {count} trials the fifths' intervals hold "
        f"{100 * table['fifths, covered'].mean():.1f} %."
    )
    columns = ["n", "generator", "trials", *(kind.removesuffix(", covered") for kind in kinds)]
    return f"{head}\n\n{markdown_table(columns, rows)}"


def modifier_tests() -> str:
    """How often each test of effect modification rejects."""
    table = read_results("modifier_tests")
    if table is None:
        return ""
    tests = [column for column in table.columns if column.startswith("p_")]
    rows = []
    for cell, part in table.groupby("cell", sort=False):
        counts = [int((part[test] <= _LEVEL).sum()) for test in tests]
        rates = [_rate(count, len(part)) for count in counts]
        rows.append([str(cell), str(len(part)), *rates, f"{(part['sd_stacked'] / part['sd_best']).mean():.3f}"])
    columns = [
        "trials",
        "number",
        "primary test",
        "primary test, stacked scores",
        "permutation, largest",
        "permutation, all",
        "SD of stacked scores / best",
    ]
    head = (
        "## Tests of effect modification\n\nShare of trials with p of 0.05 or less, with the exact 99 % interval. "
        "With the same effect for all it should be 5 %. The permutation tests are those of the WATCH workflow "
        "(Sechidis et al. 2025); they need scores that could be exchanged between patients."
    )
    return f"{head}\n\n{markdown_table(columns, rows)}"


def _rate(count: int, trials: int) -> str:
    low, high = exact_interval(count, trials)
    return f"{100 * count / trials:.1f} % ({100 * low:.1f} to {100 * high:.1f})"
