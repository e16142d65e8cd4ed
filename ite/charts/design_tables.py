"""Tables of enrichment designs as they are read: a result in; words, units and Monte-Carlo errors out."""

from collections.abc import Hashable
from typing import Any

import pandas as pd

from ite.charts.design_enrichment import counted, in_words
from ite.charts.number_words import UNKNOWN, amount, measured, percent_words
from ite.design.comparison.error_map import ErrorMap
from ite.design.comparison.side_by_side import SideBySide
from ite.design.enrichment.operating import OperatingCharacteristics

_SHARES = {
    "any": "benefit shown in at least one population",
    "all": "benefit shown in all populations",
    "family_wise_error": "a population without benefit rejected (family-wise error)",
    "stop_success": "early stop for success",
    "stop_futility": "early stop for futility",
}
_METHODS = {
    "naive": "naive",
    "last stage only": "final stage",
    "shrunken": "shrunken",
}
#: The scale of the estimates of each kind of outcome, and what its figures are multiplied by.
SCALES = {
    "mean": ("difference of means", 1.0),
    "rate": ("percentage points", 100.0),
    "survival": ("minus log hazard ratio", 1.0),
}
#: Names of the columns of a result where it is read, in words.
_COLUMNS = {
    "standard_error": "Monte-Carlo error",
    "lower": "lower limit (95 %)",
    "upper": "upper limit (95 %)",
    "any": "probability to show a benefit",
    "gain": "difference to all-comers",
    "lost": "benefit lost against the best",
    "benefit": "mean benefit of all candidates",
    "subgroup": "probability to show a benefit in the subgroup",
    "planned": "size planned",
    "size": "size on average",
    "screened": "candidates screened",
    "complement": "effect outside as a share of that inside",
    "low_value": "lower value",
    "high_value": "higher value",
    "low": "power at the lower value",
    "high": "power at the higher value",
    "change": "largest change of power",
    "null": "populations without benefit",
}


def worded(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a result's numbers under names in words: "any_se" becomes "probability ..., Monte-Carlo error"."""
    names = {}
    for name in map(str, frame.columns):
        stem = name.removesuffix("_se")
        words = _COLUMNS.get(stem, stem.replace("_", " "))
        names[name] = words if stem == name else f"{words}, Monte-Carlo error"
    return frame.rename(columns=names)


def figures_in_words(found: OperatingCharacteristics, pinned: OperatingCharacteristics | None = None) -> pd.DataFrame:
    """Return every overall figure in words with its Monte-Carlo error, beside a pinned design's.

    Columns: Figure, This design and, where one is pinned, Pinned design; a dash is a figure that the design lacks.
    """
    designs = {"This design": found} if pinned is None else {"This design": found, "Pinned design": pinned}
    columns = [pd.Series(_figures(design), name=name) for name, design in designs.items()]
    return pd.concat(columns, axis=1, sort=False).fillna(UNKNOWN).rename_axis("Figure").reset_index()


def _figures(found: OperatingCharacteristics) -> dict[str, str]:
    summary = found.summary[["estimate", "standard_error"]].to_numpy(float).tolist()
    pairs = {str(measure): tuple(pair) for measure, pair in zip(found.summary.index, summary, strict=True)}
    rows = {words: percent_words(*pairs[measure]) for measure, words in _SHARES.items()}
    for name, row in found.populations.iterrows():
        for stage in range(1, found.design.stages):
            claim = f"benefit shown in the {in_words(str(name))} at look {stage}"
            rows[claim] = percent_words(row[f"power_stage_{stage}"], row[f"power_stage_{stage}_se"])
    rows["size on average"] = f"{amount(*pairs['expected_size'])} {counted(found.design)}"
    rows["candidates tested for the marker on average"] = amount(*pairs["expected_candidates"])
    rows["stages on average"] = measured(*pairs["expected_stages"])
    return rows


def selection_in_words(found: OperatingCharacteristics) -> pd.DataFrame:
    """Return how often each population continues, among all trials and among those that reach the stage."""
    rows = [
        {
            "Stage": row["stage"],
            "Population": in_words(row["population"]),
            "Of all trials (joint)": percent_words(row["joint"], row["joint_se"]),
            "Of those that reach it (conditional)": percent_words(row["conditional"], row["conditional_se"]),
        }
        for row in found.continues.to_dict("records")
    ]
    return pd.DataFrame(rows)


def estimates_in_words(found: OperatingCharacteristics) -> pd.DataFrame:
    """Return truth, bias, root mean squared error and coverage of three estimates in each population.

    Effects are in the unit of `SCALES`.
    """
    _, factor = SCALES[found.design.scenario.outcome.kind]

    def pair(row: dict[Hashable, Any], name: str) -> str:
        return measured(_known(factor * row[name]), _known(factor * row[f"{name}_se"]))

    rows = [
        {
            "Estimate": f"{in_words(row['population'])}, {_METHODS[row['method']]}",
            "Truth": measured(_known(factor * row["truth"]), None),
            "Bias": pair(row, "bias"),
            "Error (RMSE)": pair(row, "rmse"),
            "Coverage": percent_words(row["coverage"], row["coverage_se"]),
            "Trials": f"{row['trials']:,}",
        }
        for row in found.estimates.to_dict("records")
    ]
    return pd.DataFrame(rows)


def needs_in_words(found: SideBySide) -> pd.DataFrame:
    """Return what each strategy takes on average, with Monte-Carlo errors: patients whole, months to one digit.

    "Tested" are the candidates tested for the marker. Planned sizes stand there where they differ.
    """
    unit, kind = counted(found.design), found.design.scenario.outcome.kind
    rows = []
    for row in found.strategies.reset_index().to_dict("records"):
        patients = {"Patients": _pair(row, "patients")} if kind == "survival" else {}
        rows.append(
            {
                "Strategy": row["strategy"],
                **({} if found.equal == "size" else {"Planned": amount(row["planned"])}),
                unit.capitalize(): _pair(row, "size"),
                **patients,
                "Tested": _pair(row, "screened"),
                "Months": _pair(row, "months", 1),
                "Cost": _pair(row, "cost"),
            }
        )
    return pd.DataFrame(rows)


def _pair(row: dict[Hashable, Any], what: str, decimals: int = 0) -> str:
    """Write an amount of a row with its error."""
    return amount(_known(row[what]), _known(row[f"{what}_se"]), decimals)


def _known(value: Any) -> float | None:  # noqa: ANN401 - a cell of any frame
    return None if pd.isna(value) else float(value)


def worst_errors_in_words(found: ErrorMap) -> pd.DataFrame:
    """Return the worst truths of a map, numbered as on it: effects, and the error measured again with its limits."""
    _, factor = SCALES[found.design.scenario.outcome.kind]
    rows = [
        {
            "Number": str(place),
            **{f"Effect in {name}": _plain(factor * row[name]) for name in found.design.scenario.strata},
            "Error": f"{100 * row['error']:.2f} %",
            "99 % limits": f"{100 * row['lower']:.2f} to {100 * row['upper']:.2f} %",
            "No benefit in": in_words(row["null"]),
            "Rejections": f"{row['rejections']:,}",
        }
        for place, row in enumerate(found.worst.to_dict("records"), start=1)
    ]
    return pd.DataFrame(rows)


def _plain(effect: float) -> str:
    return f"{effect + 0.0:.3g}".replace("-", "−")


def agreement_in_words(compared: pd.DataFrame) -> pd.DataFrame:
    """Return figures of two programs side by side, as `ite.report.rpact_agreement` holds them, in words."""
    rows = []
    for row in compared.to_dict("records"):
        counts = str(row["figure"]).startswith("expected")
        figures = [row[name] for name in ("ours", "rpact", "allowed")]
        ours, theirs, allowed = (amount(each, decimals=1) if counts else percent_words(each) for each in figures)
        rows.append(
            {
                "Reference design": row["design"],
                "Figure": row["figure"],
                "Ours": ours,
                "rpact": theirs,
                "Agrees": "yes" if row["agrees"] else "no",
                "Allowed": allowed,
            }
        )
    return pd.DataFrame(rows)
