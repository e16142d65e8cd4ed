"""Operating characteristics of a simulated design, each figure with its Monte-Carlo error."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from ite.design.enrichment.assumed import assumed_benefit, without_any_benefit, without_benefit
from ite.design.enrichment.candidates import screened
from ite.design.enrichment.estimation import estimates_after_selection
from ite.design.enrichment.spec import EnrichmentDesign
from ite.design.enrichment.trials import Trials
from ite.design.fixed.monte_carlo import mean, rate, with_error
from ite.trial.columns import BoolArray, FloatArray


@dataclass(frozen=True, kw_only=True, eq=False)
class OperatingCharacteristics:
    """How often a design reaches each of its ends; the Monte-Carlo error of a share p is sqrt(p (1 - p) / trials).

    Attributes
    ----------
    design
        What was simulated.
    trials, seed
        Size and seed of the simulation.
    populations : DataFrame, one row per population
        power, power_se: its hypothesis is rejected by the end; power_stage_1, power_stage_1_se, ...: newly rejected at
        that look; benefit: assumed effect, on the scale of the estimates (NaN where the average over its strata is not
        known: see summarise); true_null: no benefit is assumed in it.
    summary : DataFrame, one row per measure
        estimate, standard_error. "any": at least one population rejected; "all": every one; "family_wise_error": a
        population without assumed benefit rejected (None where there is none); "stop_success", "stop_futility" at an
        interim look; "expected_size" (patients; events for event times); "expected_candidates": tested for the marker
        until the stages are full (None for event times, whose patients are not known); "expected_stages".
    selection : DataFrame, one row per stage from the second and set of populations
        joint: the stage is run with exactly this set; conditional: the same among trials that reach the stage; each
        with its standard error.
    continues : DataFrame, one row per stage from the second and population
        joint and conditional probability to be under study, whatever else is.
    estimates : DataFrame
        After selection: see estimation.estimates_after_selection.
    """

    design: EnrichmentDesign
    trials: int
    seed: int
    populations: pd.DataFrame
    summary: pd.DataFrame
    selection: pd.DataFrame
    continues: pd.DataFrame
    estimates: pd.DataFrame


def summarise(
    design: EnrichmentDesign, runs: Trials, seed: int, *, averages_known: bool = True
) -> OperatingCharacteristics:
    """Count what happened.

    Parameters
    ----------
    design, runs, seed
        What was simulated, and what came out.
    averages_known
        Whether the design's own averages over strata are the truth of a population. Where hazards differ between strata
        or benefit sets in late they are not: the benefit of a population is then NaN, bias and coverage are None, and
        only a population in which no stratum benefits counts as a true null.
    """
    null = without_benefit(design) if averages_known else without_any_benefit(design)
    benefits = assumed_benefit(design) if averages_known else np.full(len(null), np.nan)
    return OperatingCharacteristics(
        design=design,
        trials=len(runs.ended),
        seed=seed,
        populations=_populations(design, runs, benefits, null),
        summary=_summary(design, runs, null),
        selection=_selection(design, runs),
        continues=_continues(design, runs),
        estimates=estimates_after_selection(design, runs, averages_known=averages_known),
    )


def _names(design: EnrichmentDesign) -> list[str]:
    return [population.name for population in design.scenario.populations]


def _populations(design: EnrichmentDesign, runs: Trials, benefits: FloatArray, null: BoolArray) -> pd.DataFrame:
    rows = []
    for position, benefit in enumerate(benefits):
        rejected = runs.rejected[position]
        row = with_error("power", rate(rejected > 0))
        for stage in range(1, design.stages + 1):
            row |= with_error(f"power_stage_{stage}", rate(rejected == stage))
        rows.append({**row, "benefit": benefit, "true_null": null[position]})
    return pd.DataFrame(rows, index=pd.Index(_names(design), name="population"))


def _summary(design: EnrichmentDesign, runs: Trials, null: BoolArray) -> pd.DataFrame:
    rejected = runs.rejected > 0
    early = runs.ended < design.stages
    size = runs.sizes.sum(axis=(0, 1))
    measures = {
        "any": rate(rejected.any(axis=0)),
        "all": rate(rejected.all(axis=0)),
        "family_wise_error": rate(rejected[null].any(axis=0)) if null.any() else (np.nan, np.nan),
        "stop_success": rate(early & ~runs.futile),
        "stop_futility": rate(runs.futile),
        "expected_size": mean(size),
        "expected_candidates": mean(screened(design.scenario, runs)),
        "expected_stages": mean(runs.ended.astype(float)),
    }
    return pd.DataFrame.from_dict(measures, orient="index", columns=["estimate", "standard_error"]).rename_axis(
        "measure"
    )


def _selection(design: EnrichmentDesign, runs: Trials) -> pd.DataFrame:
    names = np.array(_names(design))
    rows = []
    for stage in range(1, design.stages):
        studied = runs.studied[stage]
        codes = (studied * (1 << np.arange(len(names)))[:, None]).sum(axis=0)
        for code in np.unique(codes[codes > 0]):
            members = names[(int(code) >> np.arange(len(names))) & 1 == 1]
            rows.append({"stage": stage + 1, "populations": " + ".join(members), **_both(codes == code, codes > 0)})
    columns = ["stage", "populations", "joint", "joint_se", "conditional", "conditional_se"]
    return pd.DataFrame(rows, columns=columns)


def _continues(design: EnrichmentDesign, runs: Trials) -> pd.DataFrame:
    rows = [
        {
            "stage": stage + 1,
            "population": name,
            **_both(runs.studied[stage, position], runs.studied[stage].any(axis=0)),
        }
        for stage in range(1, design.stages)
        for position, name in enumerate(_names(design))
    ]
    columns = ["stage", "population", "joint", "joint_se", "conditional", "conditional_se"]
    return pd.DataFrame(rows, columns=columns)


def _both(happened: BoolArray, reached: BoolArray) -> dict[str, float]:
    joint, joint_se = rate(happened)
    conditional, conditional_se = rate(happened[reached])
    return {"joint": joint, "joint_se": joint_se, "conditional": conditional, "conditional_se": conditional_se}
