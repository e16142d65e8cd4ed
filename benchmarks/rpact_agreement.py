"""Simulate the reference designs that rpact has simulated, and write both programs' figures side by side.

python -m benchmarks.rpact_agreement
"""

import json
from typing import Any

import pandas as pd

from ite.report.rpact_agreement import TABLE
from tests.reference.cases import FOLDER
from tests.reference.families_enrichment import ANSWERS

OUTCOMES = {
    "adaptive_enrichment_means": "means",
    "adaptive_enrichment_means_reestimation": "means",
    "adaptive_enrichment_rates": "rates",
    "adaptive_enrichment_survival": "event times",
}
FIGURES = {
    "power_any": "power, at least one population",
    "power_S": "power, subgroup",
    "power_S_stage1": "power at the look, subgroup",
    "power_F": "power, full population",
    "power_F_stage1": "power at the look, full population",
    "continue_with_S_stage2": "subgroup continues (joint)",
    "continue_with_F_stage2": "full population continues (joint)",
    "stop_efficacy_interim": "early stop for success",
    "stop_futility_interim": "early stop for futility",
    "expected_n": "expected patients",
    "expected_events": "expected events",
}


def rows_of(case: dict[str, Any]) -> list[dict[str, object]]:
    """Return one row per figure of a reference case."""
    found = ANSWERS[case["family"]](**case["inputs"])
    return [
        {
            "design": case["id"].removeprefix("sim-"),
            "outcome": OUTCOMES[case["family"]],
            "figure": FIGURES[figure],
            "ours": round(float(found[figure]), 6),
            "rpact": theirs,
            "allowed": (allowed := case["tolerance"]["value"][figure]),
            "agrees": abs(float(found[figure]) - theirs) <= allowed,
        }
        for figure, theirs in case["expected"].items()
    ]


def main() -> None:
    """Write the table."""
    cases = json.loads((FOLDER / "trial_design.json").read_text("utf-8"))
    rows = [row for case in cases if case["family"] in OUTCOMES for row in rows_of(case)]
    pd.DataFrame(rows).to_csv(TABLE, index=False)


if __name__ == "__main__":
    main()
