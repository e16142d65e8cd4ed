"""From a trial and settings to effects: scores that judge, predictions that order and describe."""

import numpy as np
import pandas as pd

from ite.compute import Progress, silent, stage
from ite.errors import EstimateError
from ite.estimation.average_effect import average_effects
from ite.estimation.clusters import clusters_of
from ite.estimation.cross_fit import CrossFitPlan, CrossFitted, LearnerData, cross_fit, n_chunks
from ite.estimation.default_learner import default_learner, require_enough
from ite.estimation.features import Features, encode
from ite.estimation.nuisance import SCORE_REPEATS, ScorePlan, score_trial
from ite.estimation.outcome import effect_scale, resolve_horizon, truncation_note
from ite.estimation.overlap import OverlapPopulation, least_probability, overlap_note, overlap_population
from ite.estimation.result import AMONG, EffectEstimate
from ite.estimation.scored import ScoredTrial
from ite.estimation.shrinkage import shrinkage_factor
from ite.estimation.spec import EffectSpec, Learner
from ite.trial.checks_arms import SMALLEST_ARM
from ite.trial.data import TrialData
from ite.trial.survival import competing_count

_REPEATS: dict[str, int] = {"forest_and_lasso": 2, "bayesian_causal_forest": 2}


def estimate(
    trial: TrialData, spec: EffectSpec | None = None, *, workers: int = 1, progress: Progress = silent
) -> EffectEstimate:
    """Estimate the conditional average effect of each treated arm against control; positive means benefit.

    Scores are cross-fitted doubly robust (AIPW; for time-to-event outcomes on the censoring-unbiased restricted time);
    predictions are out of fold; their spread is shrunk by what held-out patients support.

    Parameters
    ----------
    trial : TrialData
    spec : EffectSpec, optional
    workers : int
        Processes to use; the numbers do not depend on it.
    progress : Progress, optional
        Told after each model fit; may raise `Cancelled`.

    Raises
    ------
    EstimateError
        Where an arm is too small, clusters or patients who could have had any arm are too few, no outcome is observed
        or varies, or the horizon lies beyond follow-up.
    """
    spec = EffectSpec() if spec is None else spec
    population = overlap_population(trial, spec)
    trial = population.trial
    _require_data(trial)
    resolved = _resolve(trial, spec)
    require_enough(trial, resolved.learner)
    features = encode(trial.covariates)
    if features.matrix.shape[1] == 0:
        raise EstimateError(
            f"Estimating effects needs a covariate that differs between patients; {', '.join(features.unused)} "
            f"{'does' if len(features.unused) == 1 else 'do'} not, or only in single patients. Choose other covariates."
        )
    cluster = clusters_of(trial)
    repeats = _known(resolved.repeats)
    score_chunks = SCORE_REPEATS * resolved.folds
    total = score_chunks + n_chunks(resolved.folds, repeats, len(trial.treated_arms))
    scored = score_trial(
        trial,
        features,
        ScorePlan(
            horizon=resolved.horizon,
            folds=resolved.folds,
            seed=resolved.seed,
            cluster=cluster,
            workers=workers,
            progress=progress,
            total_chunks=total,
            outcome_model=resolved.outcome_model,
        ),
    )
    fitted = cross_fit(
        LearnerData(
            features=features.matrix,
            outcome=scored.outcome,
            arm=trial.arm_index,
            probabilities=scored.probabilities,
            cluster=cluster,
        ),
        CrossFitPlan(
            learner=resolved.learner,
            folds=resolved.folds,
            repeats=repeats,
            seed=resolved.seed,
            workers=workers,
            progress=stage(progress, score_chunks, total),
        ),
    )
    return _assemble(population, resolved, features, scored, fitted)


def _known(value: int | None) -> int:
    if value is None:
        raise ValueError("a resolved setting is never None")
    return value


def _require_data(trial: TrialData) -> None:
    for position, arm in enumerate(trial.arms):
        observed = int(np.sum((trial.arm_index == position) & ~trial.outcome_missing))
        if observed < SMALLEST_ARM:
            raise EstimateError(
                f"Estimating effects needs at least {SMALLEST_ARM} patients with an outcome in each arm; arm {arm} has "
                f"{observed}. Leave that arm out or add patients."
            )
    observed_values = trial.event if trial.outcome_kind == "time_to_event" else trial.outcome
    values = np.unique(observed_values[~np.isnan(observed_values)])
    if trial.outcome_kind == "time_to_event" and not np.any(values == 1):
        raise EstimateError(
            "Estimating effects needs events; no patient has one. Check the event column and its coding."
        )
    if trial.outcome_kind != "time_to_event" and len(values) == 1:
        raise EstimateError(
            f"Estimating effects needs an outcome that differs between patients; {trial.roles.outcome} is "
            f"{values[0]:g} for everybody. Choose another outcome."
        )


def _resolve(trial: TrialData, spec: EffectSpec) -> EffectSpec:
    """Replace "auto" and None by what will be used."""
    learner: Learner = spec.learner
    if learner == "auto":
        learner = default_learner(trial)
    repeats = spec.repeats if spec.repeats is not None else _REPEATS.get(learner, 1)
    used = {"horizon": resolve_horizon(trial, spec), "overlap": least_probability(trial, spec)}
    return spec.model_copy(update={"learner": learner, "repeats": repeats, **used})


def _assemble(
    population: OverlapPopulation, spec: EffectSpec, features: Features, scored: ScoredTrial, fitted: CrossFitted
) -> EffectEstimate:
    trial = population.trial
    cluster = clusters_of(trial)
    arms = pd.Index(trial.treated_arms, name="arm")
    scores = pd.DataFrame(scored.arm_scores[:, 1:] - scored.arm_scores[:, [0]], columns=arms)
    ranking = pd.DataFrame(fitted.ranking, columns=arms)
    ate = average_effects(scores, cluster)
    factor = pd.Series(
        [shrinkage_factor(scores[arm].to_numpy(), ranking[arm].to_numpy(), cluster) for arm in arms],
        index=arms,
        name="factor",
    )
    return EffectEstimate(
        spec=spec,
        scale=effect_scale(trial, spec.horizon) + (f"{AMONG}{population.words}" if population.words else ""),
        ate=ate,
        scores=scores,
        benefit=ranking * factor + ate["estimate"],
        ranking=ranking,
        sequential=pd.DataFrame(fitted.sequential, columns=arms),
        fold=fitted.fold,
        factor=factor,
        baseline_risk=scored.expected[:, 0],
        scored=scored,
        choices=_named_arms(fitted.choices, arms),
        cluster=cluster,
        kept=population.kept,
        notes=_population_notes(population, spec) + _notes(trial, features, scored),
    )


def _named_arms(choices: pd.DataFrame | None, arms: pd.Index) -> pd.DataFrame | None:
    return None if choices is None else choices.assign(arm=arms[choices["arm"] - 1])


def _population_notes(population: OverlapPopulation, spec: EffectSpec) -> tuple[str, ...]:
    return (overlap_note(population, spec.overlap),) if population.words and spec.overlap else ()


def _notes(trial: TrialData, features: Features, scored: ScoredTrial) -> tuple[str, ...]:
    notes = [f"Outcome model of the scores: {model}." for model in dict.fromkeys(scored.models)]
    notes += [
        f"{name}: {_counted(count, 'missing value')} filled by the rule for missing covariates; no patient was dropped."
        for name, count in features.imputed.items()
    ]
    missing = int(trial.outcome_missing.sum())
    if missing:
        notes.append(
            f"{_counted(missing, 'patient')} without an outcome: those observed are weighted up by arm and covariates."
        )
    competing = competing_count(trial)
    if competing is not None and not trial.roles.competing_as_event and competing.sum():
        notes.append(
            f"{_counted(int(competing.sum()), 'patient')} left follow-up through the competing event "
            f"({trial.roles.competing}), which counts as censoring here."
        )
    truncated = truncation_note(scored.truncated)
    return (*notes, truncated) if truncated else tuple(notes)


def _counted(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"
