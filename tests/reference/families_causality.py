"""Answers to the reference cases of causality beyond a trial: instruments, crossover, confounding."""

from collections.abc import Callable
from typing import Any

from ite.value.complier_effect import PrincipalStrata, complier_effect
from ite.value.crossover import MixedArms, adjusted_effect, diluted_effect
from ite.value.mendelian_randomisation import Variants, variant_effect
from ite.value.one_sided_noncompliance import OneSidedTrial, one_sided_effect
from ite.value.standardisation import StratifiedCounts, standardise
from ite.value.unmeasured_confounding import ObservedRatio, e_value
from ite.value.wald_ratio import Instrument, wald_ratio

Answer = dict[str, Any]


def _wald(*, reduced_form: float, first_stage: float, reduced_form_se: float = 0, first_stage_se: float = 0) -> Answer:
    found = wald_ratio(
        Instrument(
            reduced_form=reduced_form,
            reduced_form_se=reduced_form_se,
            first_stage=first_stage,
            first_stage_se=first_stage_se,
        )
    )
    return {"late": found.effect, "se_first_order": found.se_first_order, "se_delta": found.se_delta}


def _one_sided(**counts: int) -> Answer:
    """Answer in the case's direction: treated minus control."""
    found = one_sided_effect(OneSidedTrial(**counts))
    return {
        "itt": -found.assignment,
        "compliance": found.compliance,
        "cace": None if found.complier is None else -found.complier,
        "as_treated": None if found.as_treated is None else -found.as_treated,
    }


def _strata(**strata: float) -> Answer:
    found = complier_effect(PrincipalStrata(**strata))
    return {
        "ate": found.average,
        "itt": found.assignment,
        "first_stage": found.first_stage,
        "late": found.complier,
    }


def _variants(*, exposure_beta: list[float], outcome_beta: list[float], outcome_se: list[float]) -> Answer:
    found = variant_effect(
        Variants(exposure=tuple(exposure_beta), outcome=tuple(outcome_beta), outcome_se=tuple(outcome_se))
    )
    return {
        "ratio": found.variants["ratio"].tolist(),
        "ivw": found.estimate,
        "se_fixed": found.se,
        "Q": found.heterogeneity,
    }


def _standardised(**counts: list[int]) -> Answer:
    found = standardise(StratifiedCounts.model_validate({name.lower(): values for name, values in counts.items()}))
    named = (("A", "rate_a"), ("B", "rate_b"), ("rd", "difference"))
    rows = (("crude", "crude"), ("standardized", "standardised"))
    return {f"{word}_{arm}": found.comparison.loc[row, column] for word, row in rows for arm, column in named}


def _e_value(*, risk_ratio: float, ci_limit_nearest_1: float) -> Answer:
    found = e_value(ObservedRatio(risk_ratio=risk_ratio, limit_nearest_1=ci_limit_nearest_1))
    return {"e_value": found.estimate, "e_value_ci": found.limit}


def _crossover(*, effect: float, crossover_from_control: float, noncompliance_treated: float) -> Answer:
    arms = MixedArms(crossover=crossover_from_control, noncompliance=noncompliance_treated)
    assignment = diluted_effect(effect, arms).assignment
    adjusted = adjusted_effect(assignment, arms)
    return {"itt": assignment, "contamination_adjusted": None if adjusted is None else adjusted.effect}


ANSWERS: dict[str, Callable[..., Answer]] = {
    "late Wald ratio": _wald,
    "late Wald ratio with standard error": _wald,
    "late one-sided non-compliance": _one_sided,
    "late principal strata": _strata,
    "late Mendelian randomisation IVW": _variants,
    "rwe direct standardisation": _standardised,
    "rwe E-value": _e_value,
    "rwe dilution by crossover": _crossover,
}
