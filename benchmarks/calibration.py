"""Type-I error, coverage and power of what the Effects page says, measured on simulated trials with known truth.

    python -m benchmarks.calibration null_800 --trials 2000 --seed 1 --workers 2

Each study draws its trials from `STUDIES`, runs the same public calls a page runs and writes one row per trial to
benchmarks/results/calibration_<study>.csv; `python -m benchmarks.judge` turns those tables into RESULTS.md. A row
depends on its own seed alone, so any row can be run again by itself.
"""

import argparse
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks.departures import (
    cluster_randomised,
    cluster_randomised_with_covariate,
    clustered,
    with_missing_outcomes,
)
from ite.compute import run_chunks, silent, spawn_seeds
from ite.estimation.average_effect import average_effects
from ite.estimation.estimate import estimate
from ite.estimation.features import Features, encode
from ite.estimation.nuisance import ScorePlan, score_trial
from ite.estimation.result import EffectEstimate
from ite.estimation.spec import EffectSpec, Learner
from ite.evaluation.basis import modifier_basis
from ite.evaluation.evaluate import evaluate
from ite.evaluation.global_test import max_association
from ite.evaluation.result import Evidence
from ite.trial.data import FloatArray, IntArray
from ite.trial.simulated import SimulatedSpec, SimulatedTrial, simulate_trial

RESULTS = Path(__file__).parent / "results"
_BATCH = 25


@dataclass(frozen=True, kw_only=True)
class Study:
    """What is drawn and how it is analysed.

    Without a learner only the scores, the average effect and the primary test are computed, by the same functions that
    `ite.estimate` and `ite.evaluate` are made of: no learner has a part in them. A departure changes the drawn trial.
    """

    drawn: SimulatedSpec
    learner: Learner | None = None
    repeats: int | None = None
    departure: Callable[[SimulatedTrial], SimulatedTrial] | None = None


def _null(**options: object) -> Study:
    return Study(drawn=SimulatedSpec(**{"n": 800, "effect": "constant"} | options))


def _clusters(departure: Callable[[SimulatedTrial], SimulatedTrial]) -> Study:
    return Study(drawn=SimulatedSpec(n=600, effect="constant"), departure=departure)


STUDIES: dict[str, Study] = {
    "null_800": _null(),
    "null_300": _null(n=300),
    "null_heteroscedastic": _null(noise="heteroscedastic"),
    "null_skewed": _null(noise="skewed"),
    "null_rare_category": _null(rare_category=True),
    "null_unequal_allocation": _null(allocation=0.2),
    "null_binary": _null(outcome="binary"),
    "null_survival": _null(outcome="time_to_event", censoring="covariate"),
    "null_fast": Study(drawn=SimulatedSpec(n=800, effect="constant"), learner="x_lasso"),
    # One repeat: further ones touch the predictions on screen, but neither the verdict nor a test.
    "null_default": Study(drawn=SimulatedSpec(n=800, effect="constant"), learner="auto", repeats=1),
    "one_modifier": Study(drawn=SimulatedSpec(n=800, effect="one_modifier", effect_sd=0.5)),
    "ate_continuous": Study(drawn=SimulatedSpec(n=500, effect="scenario_2")),
    "ate_binary": Study(drawn=SimulatedSpec(n=500, effect="scenario_2", outcome="binary")),
    "ate_survival": Study(
        drawn=SimulatedSpec(n=500, effect="one_modifier", outcome="time_to_event", censoring="covariate")
    ),
    "ate_missing_continuous": Study(drawn=SimulatedSpec(n=500, effect="scenario_2"), departure=with_missing_outcomes),
    "ate_missing_binary": Study(
        drawn=SimulatedSpec(n=500, effect="scenario_2", outcome="binary"), departure=with_missing_outcomes
    ),
    "null_clustered": _clusters(clustered),
    "null_cluster_randomised": _clusters(cluster_randomised),
    "null_cluster_covariate": _clusters(cluster_randomised_with_covariate),
}


def main() -> None:
    """Run one study and write its table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("study", choices=sorted(STUDIES))
    parser.add_argument("--trials", type=int, required=True)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--workers", type=int, default=1)
    arguments = parser.parse_args()
    chunks = [(arguments.study, seed) for seed in spawn_seeds(arguments.seed, arguments.trials)]
    RESULTS.mkdir(exist_ok=True)
    rows: list[dict[str, object]] = []
    for start in range(0, len(chunks), _BATCH):
        # Written as it goes: a run that is cut off keeps the trials it has finished.
        rows += run_chunks(run_row, chunks[start : start + _BATCH], doing=arguments.study, workers=arguments.workers)
        pd.DataFrame(rows).to_csv(RESULTS / f"calibration_{arguments.study}.csv", index=False, float_format="%.6g")


def run_row(chunk: tuple[str, int]) -> dict[str, object]:
    """Draw, analyse and measure the trial of one seed."""
    name, seed = chunk
    study = STUDIES[name]
    simulated = simulate_trial(study.drawn.model_copy(update={"seed": seed}))
    if study.departure is not None:
        simulated = study.departure(simulated)
    started = time.process_time()
    horizon = study.drawn.horizon if study.drawn.outcome == "time_to_event" else None
    row: dict[str, object] = {"seed": seed, "ate_truth": simulated.true_effect.mean()}
    if study.learner is None:
        return {**row, **_test(simulated, horizon, seed), "cpu_seconds": time.process_time() - started}
    spec = EffectSpec(learner=study.learner, horizon=horizon, seed=seed, repeats=study.repeats)
    effects = estimate(simulated.trial, spec)
    row |= _effect_columns(simulated, effects)
    row |= _evidence_columns(evaluate(simulated.trial, effects))
    return {**row, "cpu_seconds": time.process_time() - started}


@dataclass(frozen=True, kw_only=True, eq=False)
class Scored:
    """Scores of the treated arm, shape (patients,), with what the tests need beside them."""

    scores: FloatArray
    features: Features
    cluster: IntArray | None


def scored(simulated: SimulatedTrial, horizon: float | None, seed: int) -> Scored:
    """Compute the scores of a simulated trial as `ite.estimate` does, without a learner."""
    trial = simulated.trial
    features = encode(trial.covariates)
    cluster = None if trial.roles.cluster is None else trial.codes(trial.roles.cluster)
    plan = ScorePlan(horizon=horizon, folds=5, seed=seed, cluster=cluster, workers=1, progress=silent, total_chunks=10)
    by_arm = score_trial(trial, features, plan).arm_scores
    return Scored(scores=by_arm[:, 1] - by_arm[:, 0], features=features, cluster=cluster)


def _test(simulated: SimulatedTrial, horizon: float | None, seed: int) -> dict[str, object]:
    part = scored(simulated, horizon, seed)
    average = average_effects(pd.DataFrame({"treated": part.scores}), part.cluster).iloc[0]
    basis = modifier_basis(part.features, simulated.trial.arm_index)
    test = max_association(part.scores, basis.columns, seed, part.cluster)
    return {
        "ate": average["estimate"],
        "ate_se": average["se"],
        "p_value": test.p_value,
        "first_modifier": basis.covariate[int(np.nanargmax(test.column_statistic))],
    }


def _effect_columns(simulated: SimulatedTrial, effects: EffectEstimate) -> dict[str, object]:
    arm = effects.ate.index[0]
    truth = simulated.true_effect
    common = effects.ate.loc[arm, "estimate"]
    return {
        "ate": common,
        "ate_se": effects.ate.loc[arm, "se"],
        "factor": effects.factor[arm],
        "pehe_shrunk": _root_mean_square(effects.benefit[arm] - truth),
        "pehe_unshrunk": _root_mean_square(common + effects.ranking[arm] - truth),
        "pehe_common": _root_mean_square(common - truth),
    }


def _root_mean_square(values: pd.Series) -> float:
    return float(np.sqrt(np.mean(np.square(values))))


def _evidence_columns(evidence: Evidence) -> dict[str, object]:
    overall = evidence.heterogeneity.iloc[0]
    relative = evidence.relative
    return {
        "p_value": overall["p_value"],
        "verdict": overall["verdict"],
        "first_modifier": evidence.modifiers["covariate"].iloc[0],
        "autoc_z": evidence.autoc["z"].iloc[0],
        "qini_z": evidence.qini["z"].iloc[0],
        "slope_z": evidence.calibration_slope["z"].iloc[0],
        "gates_z": evidence.gates_contrast["z"].iloc[0],
        "relative_p": relative["p_value"].iloc[0] if len(relative) else np.nan,
    }


if __name__ == "__main__":
    main()
