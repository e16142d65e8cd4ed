"""The curve over the enrolled fraction: what enrolling fewer patients gains, and what it costs."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from ite.design.fitted.best_fraction import BestFraction, best_fraction
from ite.design.fitted.enrolment import believed_at, top_weights
from ite.design.fitted.next_trial import boundary_of
from ite.design.fitted.patients import SourceOutcome, source_outcome
from ite.design.fitted.sizing import success_by_size
from ite.design.fitted.spec import NextTrialSpec
from ite.design.fitted.targeting import FRACTIONS, Targeting, targeting
from ite.design.fitted.wording import best_sentence
from ite.design.sequential.boundary import critical_values
from ite.estimation.result import EffectEstimate
from ite.evaluation.sequential import simultaneous_critical_value
from ite.subgroup.axis import arms_of, resolve_arm
from ite.trial.data import TrialData

METHOD = (
    "Each effect is a mean of doubly robust scores over the top fraction of patients whose predictions came from "
    "models of earlier folds only, so the curve estimates the average performance of rules learned this way, on fewer "
    "patients than the final rule. The band holds at all fractions together with 95 % confidence. Assurance, and the "
    "patients it needs, rest on the effect after shrinkage; the power beside it takes the estimate for the truth. "
    "Sizes count the last look alone, so earlier looks change the assurance a little."
)


@dataclass(frozen=True, kw_only=True, eq=False)
class EnrolmentCurve:
    """What a next trial would be at each enrolled fraction.

    Attributes
    ----------
    spec : NextTrialSpec
    scale : str
        What one unit of effect is, in words; positive means benefit.
    n : int
        Patients for which assurance and power are given.
    frame : DataFrame, one row per fraction
        fraction (of those screened: the prevalence of the enrolled), effect, se, lower, upper (simultaneous 95 % band),
        effect_believed (after shrinkage), assurance and power (with `n` patients randomised), randomised (patients that
        the target assurance needs; infinite where no size reaches it), screened, months, cost (of those; NaN where a
        rate or a price is not known), compared (enough patients on both sides to be a candidate), not_worse (in the
        confidence set of the best fraction).
    best : BestFraction
    sentence, method : str
    """

    spec: NextTrialSpec
    scale: str
    n: int
    frame: pd.DataFrame
    best: BestFraction
    sentence: str
    method: str = METHOD


def enrolment_curve(
    trial: TrialData, effects: EffectEstimate, spec: NextTrialSpec, source: SourceOutcome | None = None
) -> EnrolmentCurve:
    """Return the curve over the enrolled fraction for the trial that a spec plans.

    Parameters
    ----------
    trial, effects
        The source; `effects` are of the same trial.
    spec
        Its choice of patients is not used, the rest is. Without `n`, assurance and power are for as many patients as
        the source had in the two arms.
    source
        `source_outcome` of the same trial, effects and arm, for a caller who has it already.

    Raises
    ------
    DesignError
        For the goal "cost" without prices.
    """
    arm = resolve_arm(effects, spec.arm)
    found = targeting(effects, arm, FRACTIONS)
    best = best_fraction(found, goal=spec.goal, resources=spec.resources, seed=effects.spec.seed)
    arms = arms_of(trial, arm)
    n = spec.n if spec.n is not None else int((arms.treated | arms.control).sum())
    source = source_outcome(trial, effects, arm) if source is None else source
    frame = pd.concat([_effects(found, effects.spec.seed), _sizes(effects, spec, source, found, n)], axis=1)
    resources = spec.resources
    screens = np.where(frame["fraction"] < 1.0, frame["screened"], 0.0)
    frame = frame.assign(
        months=resources.months(frame["screened"]),
        cost=resources.cost(frame["randomised"], screens),
        compared=best.candidates,
        not_worse=best.not_worse,
    )
    return EnrolmentCurve(
        spec=spec,
        scale=effects.scale,
        n=n,
        frame=frame,
        best=best,
        sentence=best_sentence(best, found.fractions, effects.scale),
    )


def _effects(found: Targeting, seed: int) -> pd.DataFrame:
    covariance = found.effect_covariance
    se = np.sqrt(np.diag(covariance))
    half_width = simultaneous_critical_value(covariance, seed) * se
    return pd.DataFrame(
        {
            "fraction": found.fractions,
            "effect": found.effect,
            "se": se,
            "lower": found.effect - half_width,
            "upper": found.effect + half_width,
        }
    )


def _sizes(
    effects: EffectEstimate, spec: NextTrialSpec, source: SourceOutcome, found: Targeting, n: int
) -> pd.DataFrame:
    ranking = effects.ranking[spec.arm].to_numpy(float)
    critical = float(critical_values(boundary_of(spec))[-1])
    rows = []
    for fraction in found.fractions:
        weight = top_weights(ranking, float(fraction))
        believed = believed_at(effects, spec.arm, found, float(fraction))
        outcome = source.among(weight > 0)
        success = success_by_size(outcome, weight, believed, critical=critical, drop_out=spec.drop_out)
        randomised = success.randomised_for(spec.target)
        rows.append(
            {
                "effect_believed": believed.mean,
                "assurance": success.assurance(n),
                "power": success.power(n),
                "randomised": randomised,
                "screened": float(np.ceil(randomised / believed.share - 1e-9)),
            }
        )
    return pd.DataFrame(rows)
