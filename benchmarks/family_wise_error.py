"""Family-wise error of every combination that the enrichment designer offers, at its worst configuration of effects.

    python -m benchmarks.family_wise_error --seed 1

Each combination of selection rule, intersection test, combination of stages and boundary is swept over effects in the
subgroup and its complement (see ite.design.comparison.error_map); its five worst points are simulated again on fresh
seeds with a million trials each. One row per combination and worst point. The level is 0.025, one-sided.
"""

import argparse
from itertools import product
from pathlib import Path

import pandas as pd

from ite.design.comparison.error_map import error_map
from ite.design.enrichment.outcome import HazardsByStratum, MeansByStratum, RatesByStratum
from ite.design.enrichment.scenario import Scenario
from ite.design.enrichment.selection import Selection
from ite.design.enrichment.simulate import simulate_trials
from ite.design.enrichment.spec import EnrichmentDesign
from ite.design.sequential.boundary import Boundary

RESULTS = Path(__file__).parent / "results"
LEVEL, LOOKS = 0.025, (0.5, 1.0)
SELECTIONS = {
    "best effect": Selection(),
    "best z": Selection(scale="z_statistic"),
    "all": Selection(rule="all"),
    "within 0.1 of the best": Selection(rule="epsilon", epsilon=0.1),
    "subgroup if 0.1 better": Selection(rule="margin", margin=0.1),
    "all above 0": Selection(rule="all", threshold=0.0),
    "posterior above 0.6": Selection(rule="all", scale="posterior_probability", threshold=0.6),
    "predictive above 0.1": Selection(rule="all", scale="predictive_power", threshold=0.1),
    "own rule": Selection(rule="expression", expression="effect >= best_effect - 0.05 and z > -0.5"),
}
INTERSECTIONS = ("simes", "bonferroni", "sidak", "spiessens_debois")
BOUNDARIES = {
    "obrien_fleming": {},
    "pocock": {},
    "wang_tsiatis": {"delta": 0.25},
    "haybittle_peto": {"interim_z": 3.0},
    "lan_demets_obf": {},
    "lan_demets_pocock": {},
    "hwang_shih_decani": {"gamma": -4.0},
    "kim_demets": {"rho": 3.0},
    "user_spending": {"cumulative_alpha": (0.01, 0.025)},
}
OUTCOMES = {
    "means": (MeansByStratum(effects=(0.4, 0.1), sds=(1.0, 1.0)), (150.0, 300.0)),
    "rates": (RatesByStratum(control=(0.3, 0.3), treatment=(0.5, 0.4)), (400.0, 800.0)),
    "rates, controls differ": (RatesByStratum(control=(0.1, 0.5), treatment=(0.3, 0.6)), (400.0, 800.0)),
    "event times": (HazardsByStratum(hazard_ratios=(0.6, 0.9)), (100.0, 200.0)),
}


def main() -> None:
    """Run every combination and write the table, adding to it as it goes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--trials", type=int, default=10_000, help="at each point of the sweep")
    parser.add_argument("--again", type=int, default=1_000_000, help="at each of the five worst points")
    arguments = parser.parse_args()
    RESULTS.mkdir(exist_ok=True)
    rows: list[dict[str, object]] = []
    for cell in cells():
        found = error_map(design_of(cell), trials=arguments.trials, again=arguments.again, seed=arguments.seed)
        keys = dict(zip(("outcome", "selection", "intersection", "combination", "boundary"), cell, strict=True))
        rows += [{**keys, **row} for row in found.worst.to_dict("records")]
        pd.DataFrame(rows).to_csv(RESULTS / "family_wise_error.csv", index=False, float_format="%.8g")


def cells() -> list[tuple[str, str, str, str, str]]:
    """Return every combination for means, and for the other outcomes those with the common boundary."""
    inverse = [
        ("means", *cell, "inverse_normal", boundary)
        for cell in product(SELECTIONS, INTERSECTIONS)
        for boundary in BOUNDARIES
    ]
    fisher = [
        ("means", *cell, combination, "its own")
        for cell in product(SELECTIONS, INTERSECTIONS)
        for combination in ("fisher", "fisher_full_level")
    ]
    others = [
        (outcome, *cell, "inverse_normal", "obrien_fleming")
        for outcome in ("rates", "rates, controls differ", "event times")
        for cell in product(("best effect", "all", "all above 0"), INTERSECTIONS)
    ]
    return [*inverse, *fisher, *others]


def design_of(cell: tuple[str, str, str, str, str]) -> EnrichmentDesign:
    """Return the design of a combination."""
    outcome, selection, intersection, combination, boundary = cell
    effects, sizes = OUTCOMES[outcome]
    family = "obrien_fleming" if boundary == "its own" else boundary
    return EnrichmentDesign(
        scenario=Scenario.one_subgroup(0.4, effects),
        cumulative_sizes=sizes,
        boundary=Boundary.model_validate(
            {"family": family, "information_fractions": LOOKS, "alpha": LEVEL, **BOUNDARIES[family]}
        ),
        combination=combination,
        intersection=intersection,
        selection=_on_scale(SELECTIONS[selection], outcome),
    )


def run_row(row: pd.Series) -> int:
    """Return the rejections at one worst point again."""
    design = design_of(tuple(row[["outcome", "selection", "intersection", "combination", "boundary"]]))
    benefits = row[list(design.scenario.strata)].to_numpy(dtype=float)
    point = design.under(design.scenario.with_benefits(benefits))
    runs = simulate_trials(point, int(row["trials"]), int(row["seed"]))
    names = [population.name for population in point.scenario.populations]
    null = [name in row["null"].split(" + ") for name in names]
    return int((runs.rejected[null] > 0).any(axis=0).sum())


def _on_scale(selection: Selection, outcome: str) -> Selection:
    """Write the threshold of no effect as a hazard ratio where times are compared."""
    if outcome == "event times" and selection.threshold == 0.0:
        return selection.model_copy(update={"threshold": 1.0})
    return selection


if __name__ == "__main__":
    main()
