"""The same enrichment design as an R script for rpact, where rpact can simulate it: two programs, one answer."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ite.design.enrichment.outcome import HazardsByStratum, MeansByStratum
from ite.design.enrichment.spec import EnrichmentDesign
from ite.design.sequential.boundary import Boundary
from ite.report.enrichment_file import EnrichmentFile

_FAMILIES = {
    "obrien_fleming": '"OF"',
    "pocock": '"P"',
    "wang_tsiatis": '"WT", deltaWT = {delta}',
    "haybittle_peto": '"HP", constantBoundsHP = {interim_z}',
    "lan_demets_obf": '"asOF"',
    "lan_demets_pocock": '"asP"',
    "hwang_shih_decani": '"asHSD", gammaA = {gamma}',
    "kim_demets": '"asKD", gammaA = {rho}',
    "user_spending": '"asUser", userAlphaSpending = {cumulative_alpha}',
}
_INTERSECTIONS = {
    "simes": "Simes",
    "bonferroni": "Bonferroni",
    "sidak": "Sidak",
    "spiessens_debois": "SpiessensDebois",
}
_SCALES = {"effect_estimate": "effectEstimate", "z_statistic": "testStatistic"}
_SIMULATORS = {"mean": "Means", "rate": "Rates", "survival": "Survival"}


@dataclass(frozen=True)
class RpactScript:
    """An R script, or the sentence that says why there is none; exactly one of the two."""

    text: str | None = None
    reason: str | None = None


def rpact_script(asked: EnrichmentFile) -> RpactScript:
    """Return the script that simulates the design as tested with rpact (checked with version 3.3.4).

    The figures agree within Monte-Carlo error, since the two programs draw different random numbers. With Bonferroni's
    test and no futility stop rpact 3.3.4 counts trials whose stage-wise p-values are all above one half as futile:
    power is the same, expected size a little smaller.
    """
    design = asked.tested
    if (reason := _obstacle(design)) is not None:
        return RpactScript(reason=reason)
    lines = [
        "# The same design in rpact; the figures agree within Monte-Carlo error.",
        "suppressMessages(library(rpact))",
        f"looks <- {_looks(design)}",
        f"strata <- list(subGroups = c('S', 'R'), prevalences = {_vector(_ordered(design, design.scenario.shares))},",
        f"    {_effects(design)})",
        f"result <- getSimulationEnrichment{_SIMULATORS[design.scenario.outcome.kind]}(looks,",
        *(f"    {argument}," for argument in _arguments(design)),
        f"    maxNumberOfIterations = {asked.trials}, seed = {asked.seed + 1})",
        *_printed(design),
    ]
    return RpactScript(text="\n".join(lines) + "\n")


def _obstacle(design: EnrichmentDesign) -> str | None:
    """Return why rpact cannot simulate this design, or None."""
    scenario, selection = design.scenario, design.selection
    resized = design.reestimation
    reasons = {
        "the script is written for one subgroup of the full population": len(scenario.strata) != 2
        or len(scenario.populations) != 2,
        "rpact holds the size of the subgroup fixed": scenario.random_sizes,
        "rpact knows no rule by margin, and no rule as an expression": selection.rule in {"margin", "expression"},
        "closeness to the best is measured differently for rates and event times": selection.rule == "epsilon"
        and scenario.outcome.kind != "mean",
        "rpact selects by estimated effect or test statistic only": selection.scale not in _SCALES,
        "its re-estimation follows other rules than ours, except for means with the estimated effect": resized
        is not None
        and (scenario.outcome.kind != "mean" or resized.assumed_effect is not None),
        "rpact has no look that serves futility alone in this simulation": bool(design.boundary.futility_only_looks),
        "rpact stops for futility on the adjusted test so far, ours on the p-values of the stage": design.futility_p
        is not None,
    }
    found = next((reason for reason, applies in reasons.items() if applies), None)
    return None if found is None else f"There is no script for rpact: {found}."


def _looks(design: EnrichmentDesign) -> str:
    boundary, stages = design.boundary, design.stages
    if design.combination != "inverse_normal":
        method = "equalAlpha" if design.combination == "fisher" else "fullAlpha"
        return f'getDesignFisher(kMax = {stages}, alpha = {_number(boundary.alpha)}, method = "{method}")'
    return (
        f"getDesignInverseNormal(kMax = {stages}, alpha = {_number(boundary.alpha)}, "
        f"informationRates = {_vector(boundary.information_fractions)},\n"
        f"    typeOfDesign = {_family(boundary)})"
    )


def _family(boundary: Boundary) -> str:
    settings = {
        name: _number(value)
        for name in ("delta", "interim_z", "gamma", "rho")
        if (value := getattr(boundary, name)) is not None
    }
    # rpact writes the spending parameter of Hwang, Shih and DeCani with the same sign.
    spent = {} if boundary.cumulative_alpha is None else {"cumulative_alpha": _vector(boundary.cumulative_alpha)}
    return _FAMILIES[boundary.family].format(**settings, **spent)


def _effects(design: EnrichmentDesign) -> str:
    outcome = design.scenario.outcome
    if isinstance(outcome, MeansByStratum):
        sds, effects = _vector(_ordered(design, outcome.sds)), _vector(_ordered(design, outcome.effects))
        return f"stDevs = {sds}, effects = matrix({effects}, 1)"
    if isinstance(outcome, HazardsByStratum):
        return f"hazardRatios = matrix({_vector(_ordered(design, outcome.hazard_ratios))}, 1)"
    control, treated = _vector(_ordered(design, outcome.control)), _vector(_ordered(design, outcome.treatment))
    return f"piControls = {control}, piTreatments = matrix({treated}, 1)"


def _arguments(design: EnrichmentDesign) -> list[str]:
    outcome, selection = design.scenario.outcome, design.selection
    planned = "plannedEvents" if outcome.kind == "survival" else "plannedSubjects"
    rule = {"best": '"best"', "all": '"all"', "r_best": f'"rBest", rValue = {selection.keep}'}
    epsilon = f'"epsilon", epsilonValue = {_number(selection.epsilon or 0.0)}'
    lines = [
        f"{planned} = {_vector(design.cumulative_sizes)}, effectList = strata",
        f'intersectionTest = "{_INTERSECTIONS[design.intersection]}"',
        f"typeOfSelection = {rule.get(selection.rule, epsilon)}",
        f'effectMeasure = "{_SCALES[selection.scale]}"',
        f'successCriterion = "{"all" if design.success == "all_populations" else "atLeastOne"}"',
        f"allocationRatioPlanned = {_number(design.scenario.allocation_ratio)}",
    ]
    if selection.threshold is not None:
        lines.append(f"threshold = {_number(selection.threshold)}")
    if outcome.kind == "survival" or not getattr(outcome, "higher_is_better", True):
        lines.append("directionUpper = FALSE")
    if (resized := design.reestimation) is not None:
        lines.append(
            f"conditionalPower = {_number(resized.target_conditional_power)}, "
            f"minNumberOfSubjectsPerStage = c(NA, {_number(resized.least)}), "
            f"maxNumberOfSubjectsPerStage = c(NA, {_number(resized.most)})"
        )
    return lines


def _printed(design: EnrichmentDesign) -> list[str]:
    size = "Events" if design.scenario.outcome.kind == "survival" else "Subjects"
    figures = {
        "at least one of them": "result$rejectAtLeastOne",
        "benefit in subgroup": "sum(result$rejectedPopulationsPerStage[, 1, 1])",
        "benefit in full population": "sum(result$rejectedPopulationsPerStage[, 1, 2])",
        "expected size": f"result$expectedNumberOf{size}",
    }
    return [f'cat("{name}", format({value}, digits = 6), "\\n", sep = "\\t")' for name, value in figures.items()]


def _ordered(design: EnrichmentDesign, values: Sequence[float]) -> list[float]:
    """Return values by stratum, the subgroup first."""
    inside = design.scenario.membership[-1]
    return [values[position] for position in np.argsort(~inside, kind="stable")]


def _vector(values: Sequence[float]) -> str:
    return f"c({', '.join(map(_number, values))})"


def _number(value: float) -> str:
    return f"{value:.15g}"
