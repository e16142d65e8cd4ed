"""What is decided at an interim look: stop for success or futility, choose populations, size the next stage."""

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr

from ite.design.enrichment.reestimation import second_stage_size
from ite.design.enrichment.selection import select
from ite.design.enrichment.spec import EnrichmentDesign
from ite.design.sequential.boundary import critical_values
from ite.design.sequential.conditional import predictive_power
from ite.trial.columns import BoolArray, FloatArray


@dataclass(frozen=True, kw_only=True, eq=False)
class Observed:
    """What is known at a look: see engine.Trials for the arrays; `stage` counts from 0, `z` is the stage's own."""

    stage: int
    z: FloatArray
    scores: FloatArray
    sizes: FloatArray
    variances: FloatArray
    studied: BoolArray


def decide(
    design: EnrichmentDesign, observed: Observed, rejected: BoolArray
) -> tuple[BoolArray, BoolArray, FloatArray]:
    """Return the populations of the next stage, which trials are futile, and the size of the next stage."""
    studied = observed.studied
    won = rejected & studied
    success = studied.any(axis=0) & (
        won.any(axis=0) if design.success == "at_least_one" else (won | ~studied).all(axis=0)
    )
    going = studied & ~success
    p = ndtr(-observed.z)
    if design.futility_p is not None:
        going &= ~((p >= design.futility_p) | ~studied).all(axis=0)
    facts = _facts(design, observed, p)
    chosen = going.copy()
    if going.shape[0] > 1 or design.selection.threshold is not None:
        chosen = select(design.selection, facts["value"], going, facts, threshold=_threshold(design))
    futile = np.asarray(~success & ~chosen.any(axis=0))
    return chosen, futile, _next_size(design, observed.stage, chosen, facts)


def _threshold(design: EnrichmentDesign) -> float | None:
    """Return the threshold on the scale of the values, where larger is better."""
    threshold = design.selection.threshold
    ratio = design.scenario.outcome.kind == "survival" and design.selection.scale == "effect_estimate"
    return -threshold if ratio and threshold is not None else threshold


def _next_size(design: EnrichmentDesign, stage: int, chosen: BoolArray, facts: dict[str, FloatArray]) -> FloatArray:
    planned = np.array([design.cumulative_sizes[stage + 1] - design.cumulative_sizes[stage]])
    if design.reestimation is None:
        return planned
    smallest = np.where(chosen, facts["estimate"], np.inf).argmin(axis=0)[None]
    final = (float(critical_values(design.boundary)[-1]), design.boundary.information_fractions[0])
    estimate = np.take_along_axis(facts["estimate"], smallest, axis=0)[0]
    variance = np.take_along_axis(facts["variance_per_unit"], smallest, axis=0)[0]
    return second_stage_size(design.reestimation, estimate, variance, facts["p"], final)


def _facts(design: EnrichmentDesign, observed: Observed, p: FloatArray) -> dict[str, FloatArray]:
    """Return what a selection rule may look at, each broadcastable to (populations, trials)."""
    within = design.scenario.membership.astype(float)
    so_far = slice(0, observed.stage + 1)
    score = within @ observed.scores[so_far].sum(axis=0)
    size = within @ observed.sizes[so_far].sum(axis=0)
    variance = within @ observed.variances[so_far].sum(axis=0)
    seen = (size > 0) & (variance > 0)
    estimate = np.divide(score, size, out=np.full_like(score, np.nan), where=seen)
    z = np.divide(score, np.sqrt(variance), out=np.full_like(score, np.nan), where=seen)
    facts = {"estimate": estimate, "z": z, "p": p}
    facts["standard_error"] = np.divide(np.sqrt(variance), size, out=np.full_like(score, np.nan), where=seen)
    facts["variance_per_unit"] = np.divide(variance, size, out=np.ones_like(score), where=seen)
    facts["value"] = _value(design, observed.stage, facts)
    if design.selection.rule == "expression":
        facts |= _expression_facts(design, observed, facts)
    return facts


def _value(design: EnrichmentDesign, stage: int, facts: dict[str, FloatArray]) -> FloatArray:
    """Return the selection value, larger is better; for event times minus the hazard ratio."""
    scale = design.selection.scale
    if scale == "z_statistic":
        return facts["z"]
    if scale == "posterior_probability":
        return _posterior(design, facts)
    if scale == "predictive_power":
        return _predictive(design, stage, facts["z"])
    return -np.exp(-facts["estimate"]) if design.scenario.outcome.kind == "survival" else facts["estimate"]


def _posterior(design: EnrichmentDesign, facts: dict[str, FloatArray]) -> FloatArray:
    """Return P(effect > minimal effect | data so far) under a flat prior."""
    minimal = design.selection.minimal_effect
    if design.scenario.outcome.kind == "survival":
        minimal = 0.0 if minimal is None else -np.log(minimal)
    return np.asarray(ndtr((facts["estimate"] - (minimal or 0.0)) / facts["standard_error"]))


def _predictive(design: EnrichmentDesign, stage: int, z: FloatArray) -> FloatArray:
    """Return the predictive power of the final test under a flat prior (Spiegelhalter et al. 1986)."""
    fraction = design.boundary.information_fractions[stage]
    critical = float(critical_values(design.boundary)[-1])
    return predictive_power(z, fraction, critical=critical)


def _expression_facts(
    design: EnrichmentDesign, observed: Observed, facts: dict[str, FloatArray]
) -> dict[str, FloatArray]:
    among = np.where(observed.studied, 1.0, np.nan)
    with np.errstate(invalid="ignore"):
        best_effect = np.fmax.reduce(facts["estimate"] * among, axis=0, keepdims=True)
        best_z = np.fmax.reduce(facts["z"] * among, axis=0, keepdims=True)
    return {
        "effect": facts["estimate"],
        "posterior": _posterior(design, facts),
        "predictive": _predictive(design, observed.stage, facts["z"]),
        "full_effect": facts["estimate"][:1],
        "full_z": facts["z"][:1],
        "best_effect": best_effect,
        "best_z": best_z,
        "share": (design.scenario.membership @ design.scenario.share_array)[:, None],
    }
