"""What the tables of targeting bands and forests say."""

import pandas as pd

from benchmarks.forest_tests import SIZES, SUBGROUPS
from benchmarks.rates import judged, markdown_table, read_results, unmet

_LEVEL = 0.05
_TESTS = {
    **{f"p_{name}": f"shown scale, {name}" for name in SUBGROUPS},
    "p_holm": "any, Holm",
    "ratio_x8": "likelihood ratio, x8",
    "ratio_x30": "likelihood ratio, x30",
    "wald_x8": "Wald, x8",
    "wald_x30": "Wald, x30",
}

_FEW = (
    "Cochran's Q takes each level's standard error as known; the smallest level of x30 has it from 3 to 8 patients an "
    "arm. Levels that small are better joined to others before the outcome is seen."
)
_RATIO = (
    "A likelihood-ratio test leans on every level; with a few events in the smallest level of x30 it rejects too "
    "often, where the Wald test beside it does not."
)
_REASONS = {("shown scale, x30",): _FEW, ("any, Holm",): _FEW, ("likelihood ratio, x30",): _RATIO}


def targeting_bands() -> str:
    """How often the band around the targeting curve misses the truth somewhere."""
    table = read_results("targeting_band")
    if table is None:
        return ""
    rows = [
        [
            str(cell),
            str(len(part)),
            *[_missed(part[name].dropna()) for name in ("own_covered", "population_covered")],
            f"{part['half_width'].mean():.2f}",
        ]
        for cell, part in table.groupby("cell", sort=False)
    ]
    columns = [
        "trials",
        "number",
        "misses the curve of its own patients",
        "misses the curve of the population",
        "mean half-width at one fifth",
    ]
    text = (
        "## Band around the targeting curve\n\nThe band claims to hold the whole curve at once with 95 %: how often it "
        "misses somewhere. The fast learner ranks on sequential folds; trials in which it predicts one common effect "
        "have no curve and are not counted. The effect of one modifier has SD 0.5. A fixed ranking has a known curve "
        "in the population."
    )
    return "\n\n".join(part for part in (text, markdown_table(columns, rows), unmet(columns, rows, {})) if part)


def _missed(covered: pd.Series) -> str:
    return judged(int((covered == 0).sum()), len(covered), _LEVEL, at_most=True) if len(covered) else "-"


def forest_tests() -> str:
    """Type-I error of the interaction tests, one row per outcome and size."""
    found = {outcome: read_results(f"forest_tests_{outcome}") for outcome in SIZES}
    rows = [
        [f"{outcome.replace('_', ' ')}, n = {n}", str(len(part)), *[_rejected(part[name]) for name in _TESTS]]
        for outcome, table in found.items()
        if table is not None
        for n, part in table.groupby("n", sort=False)
    ]
    if not rows:
        return ""
    text = (
        "## Interaction tests of the forest\n\nTrials with a constant effect, rejections at 5 %. x1 has two levels and "
        "goes along with the prognosis, x8 two levels that do not, x30 three of which the smallest holds 2 % of the "
        "patients. Likelihood ratio and Wald: logistic and Cox models."
    )
    columns = ["outcome", "trials", *_TESTS.values()]
    return "\n\n".join(part for part in (text, markdown_table(columns, rows), unmet(columns, rows, _REASONS)) if part)


def _rejected(p_values: pd.Series) -> str:
    known = p_values.dropna()
    return judged(int((known <= _LEVEL).sum()), len(known), _LEVEL, at_most=True) if len(known) else "-"
