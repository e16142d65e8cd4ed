"""Whom a rule enrols among the source patients, and what is honestly known of their effect."""

from dataclasses import dataclass

import numpy as np

from ite.design.fitted.believed import BelievedEffects, believed_effects
from ite.design.fitted.best_fraction import BestFraction, best_fraction
from ite.design.fitted.spec import NextTrialSpec
from ite.design.fitted.targeting import FRACTIONS, Targeting, targeting
from ite.errors import DesignError
from ite.estimation.result import EffectEstimate
from ite.evaluation.contrast import influence_covariance
from ite.subgroup.axis import arms_of
from ite.subgroup.slice import compare_slice
from ite.subgroup.windows import MINIMUM_PER_ARM
from ite.trial.data import BoolArray, FloatArray, TrialData
from ite.trial.normal import NORMAL_975

#: Patients with evidence about the gain that must lie above the cut for an effect to be given at all.
MINIMUM_EVIDENCE = 20


@dataclass(frozen=True, kw_only=True, eq=False)
class Enrolment:
    """A rule put to the source patients.

    Attributes
    ----------
    words : str
        Who is enrolled.
    share : float
        Share of patients enrolled.
    weight : array, shape (patients,)
        1 for a source patient who would be enrolled, 0 for one who would not; in between where patients with the same
        prediction share the last places.
    fraction : float or None
        The enrolled fraction of the frozen model; None for rules on covariates.
    believed : BelievedEffects
    best : BestFraction or None
        How the fraction was found, where it was asked for.
    evidence : int
        Patients behind the difference between enrolled and others.
    """

    words: str
    share: float
    weight: FloatArray
    fraction: float | None
    believed: BelievedEffects
    best: BestFraction | None
    evidence: int


def find_enrolment(trial: TrialData, effects: EffectEstimate, spec: NextTrialSpec) -> Enrolment:
    """Put the rule of a spec to the source patients.

    Raises
    ------
    IteError
        Where nobody or hardly anybody is enrolled, or the slice is not defined on this trial.
    """
    if spec.slices:
        return _by_covariates(trial, effects, spec)
    if spec.enrol == "best":
        return _by_best_fraction(effects, spec)
    if spec.min_benefit is not None:
        return _by_fraction(effects, spec.arm, _fraction_above(effects, spec.arm, spec.min_benefit))
    return _by_fraction(effects, spec.arm, float(spec.enrol or 0.0))


def top_weights(ranking: FloatArray, fraction: float) -> FloatArray:
    """Return who is in the top fraction, shape (patients,); tied patients share the places that are left."""
    places = fraction * len(ranking)
    _, block, size = np.unique(-ranking, return_inverse=True, return_counts=True)
    before = np.cumsum(size) - size
    return np.asarray(np.clip((places - before) / size, 0.0, 1.0)[block])


def _fraction_above(effects: EffectEstimate, arm: str, least: float) -> float:
    """Return the share of patients whose predicted benefit reaches the least one."""
    benefit = effects.benefit[arm].to_numpy(float)
    fraction = float(np.mean(benefit >= least))
    if fraction == 0.0:
        raise DesignError(
            f"Nobody is predicted to benefit from {arm} by {least:g} ({effects.scale}); the largest predicted benefit "
            f"is {benefit.max():.4g}. Ask for at most {np.quantile(benefit, 0.9):.4g}, which one in ten reaches."
        )
    return fraction


def _by_fraction(effects: EffectEstimate, arm: str, fraction: float) -> Enrolment:
    found = targeting(effects, arm, (fraction, 1.0))
    _require_evidence(found, fraction)
    return _enrolment(effects, arm, fraction, found, None)


def _by_best_fraction(effects: EffectEstimate, spec: NextTrialSpec) -> Enrolment:
    found = targeting(effects, spec.arm, FRACTIONS)
    best = best_fraction(found, goal=spec.goal, resources=spec.resources, seed=effects.spec.seed)
    return _enrolment(effects, spec.arm, 1.0 if best.all_comers_retained else best.fraction, found, best)


def _require_evidence(found: Targeting, fraction: float) -> None:
    if found.folds and fraction * found.patients < MINIMUM_EVIDENCE:
        raise DesignError(
            f"Enrolling {100 * fraction:.3g} % leaves fewer than {MINIMUM_EVIDENCE} patients from whom their effect "
            f"could be told. Enrol at least {np.ceil(100 * MINIMUM_EVIDENCE / found.patients):.0f} %."
        )


def _enrolment(
    effects: EffectEstimate, arm: str, fraction: float, found: Targeting, best: BestFraction | None
) -> Enrolment:
    words = "everybody"
    if fraction < 1.0:
        words = f"the {100 * fraction:.3g} % of patients with the greatest predicted benefit of {arm}"
    return Enrolment(
        words=words,
        share=fraction,
        weight=top_weights(effects.ranking[arm].to_numpy(float), fraction),
        fraction=fraction,
        believed=believed_at(effects, arm, found, fraction, best),
        best=best,
        evidence=found.patients,
    )


def believed_at(
    effects: EffectEstimate, arm: str, found: Targeting, fraction: float, best: BestFraction | None = None
) -> BelievedEffects:
    """Return what is believed of the effect in the top fraction.

    Parameters
    ----------
    effects, arm, found
        Where the estimates come from.
    fraction
        One of the fractions of `found`.
    best
        Where the fraction was chosen as the best one: its gain is then the one that choosing has not flattered.
    """
    position = int(np.argmin(np.abs(found.fractions - fraction)))
    gain, covariance = float(found.gain[position]), found.covariance[np.ix_([0, 1 + position], [0, 1 + position])]
    if best is not None and fraction < 1.0:
        gain, covariance = best.corrected_gain, best.gain_covariance
    # The difference between enrolled and others is the gain over everybody divided by the share of the others.
    scale = np.array([1.0, 1.0 / (1.0 - fraction) if fraction < 1.0 else 0.0])
    return believed_effects(
        fraction,
        found.average,
        gain * float(scale[1]),
        covariance * np.outer(scale, scale),
        supported=float(effects.factor[arm]) > 0.0,
    )


def _by_covariates(trial: TrialData, effects: EffectEstimate, spec: NextTrialSpec) -> Enrolment:
    """Mean scores inside and outside; the error of their difference allows for how the slices were found."""
    chosen = spec.slice if spec.slice is not None else spec.rule
    if chosen is None:
        raise ValueError("a rule on covariates has a slice or two")
    inside = chosen.mask(trial, effects)
    _require_patients(trial, spec.arm, inside, chosen.predicate)
    scores, n = effects.scores[spec.arm].to_numpy(float), trial.n
    means = scores[inside].mean(), scores[~inside].mean()
    influence = np.column_stack([scores - scores.mean(), np.zeros(n)]) / n
    influence[inside, 1] = (scores[inside] - means[0]) / inside.sum()
    influence[~inside, 1] = -(scores[~inside] - means[1]) / (~inside).sum()
    critical = max(compare_slice(trial, effects, each, effects.spec.seed).critical_value for each in spec.slices)
    scale = np.array([1.0, critical / NORMAL_975])
    believed = believed_effects(
        float(inside.mean()),
        float(scores.mean()),
        float(means[0] - means[1]),
        influence_covariance(influence, effects.cluster) * np.outer(scale, scale),
    )
    return Enrolment(
        words=f"patients with {chosen.predicate}",
        share=float(inside.mean()),
        weight=inside.astype(float),
        fraction=None,
        believed=believed,
        best=None,
        evidence=n,
    )


def _require_patients(trial: TrialData, arm: str, inside: BoolArray, predicate: str) -> None:
    arms = arms_of(trial, arm)
    for where, group in (("are", inside), ("are not", ~inside)):
        if arms.fewest(group) < MINIMUM_PER_ARM:
            raise DesignError(
                f"A rule needs at least {MINIMUM_PER_ARM} source patients of each arm on both sides of it, but of "
                f"those who {where} enrolled by {predicate} one arm has {arms.fewest(group)}. Move a cut."
            )
