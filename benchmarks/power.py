"""Power of the primary test beside the two tests a statistician would run, on the same trials.

    python -m benchmarks.power --trials 500 --seed 1

The peers are the F test of all treatment-by-covariate interactions, and Holm's correction of the interactions taken one
at a time, both in linear models with every covariate as main effect. One row per trial and scenario.
"""

import argparse
from pathlib import Path

import numpy as np
import pandas as pd
from scipy import stats

from ite.compute import run_chunks, silent, spawn_seeds
from ite.estimation.features import encode
from ite.estimation.nuisance import ScorePlan, score_trial
from ite.evaluation.basis import modifier_basis
from ite.evaluation.global_test import max_association
from ite.trial.data import FloatArray
from ite.trial.simulated import SimulatedSpec, SimulatedTrial, simulate_trial

RESULTS = Path(__file__).parent / "results"
_SCENARIOS = ("scenario_1", "scenario_2", "scenario_3", "scenario_4")
CELLS = {
    f"{effect}, {outcome}, n = {n}": SimulatedSpec(n=n, effect=effect, outcome=outcome)
    for outcome, n in (("continuous", 500), ("continuous", 1_000), ("binary", 1_000))
    for effect in _SCENARIOS
}


def main() -> None:
    """Run every cell and write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--trials", type=int, required=True, help="trials per cell")
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--workers", type=int, default=1)
    arguments = parser.parse_args()
    chunks = [(cell, seed) for seed in spawn_seeds(arguments.seed, arguments.trials) for cell in CELLS]
    rows = run_chunks(run_row, chunks, doing="power", workers=arguments.workers)
    RESULTS.mkdir(exist_ok=True)
    pd.DataFrame(rows).to_csv(RESULTS / "power.csv", index=False, float_format="%.6g")


def run_row(chunk: tuple[str, int]) -> dict[str, object]:
    """Draw one trial and test it three ways."""
    cell, seed = chunk
    simulated = simulate_trial(CELLS[cell].model_copy(update={"seed": seed}))
    return {"cell": cell, "seed": seed, "p_primary": _primary(simulated, seed), **_interaction_tests(simulated)}


def _primary(simulated: SimulatedTrial, seed: int) -> float:
    """P-value of the primary test, by the pieces that `ite.evaluate` is made of (no learner is needed)."""
    trial = simulated.trial
    features = encode(trial.covariates)
    plan = ScorePlan(horizon=None, folds=5, seed=seed, cluster=None, workers=1, progress=silent, total_chunks=10)
    scores = score_trial(trial, features, plan).arm_scores
    return max_association(scores[:, 1] - scores[:, 0], modifier_basis(features, trial.arm_index).columns, seed).p_value


def _interaction_tests(simulated: SimulatedTrial) -> dict[str, float]:
    trial = simulated.trial
    x = encode(trial.covariates).matrix
    treated = trial.arm_index.astype(float)[:, None]
    main_effects = np.column_stack([np.ones(trial.n), treated, x])
    products = treated * x
    outcome = trial.outcome
    rest = _residual(main_effects, outcome)
    full = _residual(np.column_stack([main_effects, products]), outcome)
    df_full = trial.n - main_effects.shape[1] - products.shape[1]
    f_value = (rest @ rest - full @ full) / products.shape[1] / (full @ full / df_full)
    # One interaction at a time: partial regression on the product, given all main effects.
    partial = products - main_effects @ np.linalg.lstsq(main_effects, products, rcond=None)[0]
    slope = partial.T @ rest / np.sum(partial**2, axis=0)
    df_one = trial.n - main_effects.shape[1] - 1
    variance = (rest @ rest - slope**2 * np.sum(partial**2, axis=0)) / df_one
    t_value = slope * np.sqrt(np.sum(partial**2, axis=0) / variance)
    smallest = float(2 * stats.t.sf(np.abs(t_value), df_one).min())
    return {
        "p_all_interactions": float(stats.f.sf(f_value, products.shape[1], df_full)),
        # The smallest p-value that Holm's method adjusts is multiplied by the number of tests.
        "p_holm": min(1.0, smallest * products.shape[1]),
    }


def _residual(design: FloatArray, outcome: FloatArray) -> FloatArray:
    residual: FloatArray = outcome - design @ np.linalg.lstsq(design, outcome, rcond=None)[0]
    return residual


if __name__ == "__main__":
    main()
