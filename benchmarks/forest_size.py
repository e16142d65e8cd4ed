"""How large the Bayesian causal forest has to be: error and time by sweeps, draws and trees.

    python -m benchmarks.forest_size --trials 20 --seed 1

Each trial is fitted once with every size on all its patients; the error is measured on 2,000 fresh patients of the same
scenario. One row per trial and size.
"""

import argparse
import time
from pathlib import Path

import numpy as np
import pandas as pd

from ite.compute import run_chunks, spawn_seeds
from ite.estimation.features import encode
from ite.estimation.learners.bayesian_causal_forest import ForestSize, fit_forest
from ite.estimation.learners.protocol import TrainingFold
from ite.trial.simulated import SimulatedSpec, simulate_trial

RESULTS = Path(__file__).parent / "results"
SIZES = {
    "5 sweeps + 50 draws, 50 + 20 trees": ForestSize(sweeps=5, draws=50, prognostic_trees=50, effect_trees=20),
    "5 sweeps + 50 draws, 100 + 30 trees": ForestSize(sweeps=5, draws=50, prognostic_trees=100, effect_trees=30),
    "5 sweeps + 100 draws, 100 + 30 trees": ForestSize(sweeps=5, draws=100, prognostic_trees=100, effect_trees=30),
    "10 sweeps + 300 draws, 250 + 50 trees": ForestSize(sweeps=10, draws=300, prognostic_trees=250, effect_trees=50),
}
_SCENARIOS = ("scenario_1", "scenario_2", "scenario_3", "scenario_4")
CELLS = {
    f"{outcome}, n = {n}": SimulatedSpec(n=n, outcome=outcome, effect="scenario_1")
    for outcome in ("continuous", "binary")
    for n in (500, 1_000)
}


def main() -> None:
    """Run every cell and write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--trials", type=int, required=True, help="trials per cell")
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--workers", type=int, default=1)
    arguments = parser.parse_args()
    seeds = spawn_seeds(arguments.seed, arguments.trials)
    chunks = [(cell, position, seed) for position, seed in enumerate(seeds) for cell in CELLS]
    nested = run_chunks(run_trial, chunks, doing="forest size", workers=arguments.workers)
    RESULTS.mkdir(exist_ok=True)
    rows = [row for trial in nested for row in trial]
    pd.DataFrame(rows).to_csv(RESULTS / "forest_size.csv", index=False, float_format="%.6g")


def run_trial(chunk: tuple[str, int, int]) -> list[dict[str, object]]:
    """Draw one trial and its fresh patients, fit every size."""
    cell, position, seed = chunk
    spec = CELLS[cell].model_copy(update={"effect": _SCENARIOS[position % len(_SCENARIOS)], "seed": seed})
    trained = simulate_trial(spec)
    fresh = simulate_trial(spec.model_copy(update={"n": 2_000, "seed": seed + 1}))
    together = encode(pd.concat([trained.trial.covariates, fresh.trial.covariates], ignore_index=True)).matrix
    features, new = together[: spec.n], together[spec.n :]
    fold = TrainingFold(
        features=features,
        outcome=trained.trial.outcome,
        treated=trained.trial.arm_index == 1,
        propensity=np.full(spec.n, 0.5),
        seed=seed,
    )
    rows = []
    for name, size in SIZES.items():
        started = time.process_time()
        prediction = fit_forest(fold, new, size)
        error = float(np.sqrt(np.mean((prediction - fresh.true_effect) ** 2)))
        rows.append(
            {
                "cell": cell,
                "effect": spec.effect,
                "seed": seed,
                "size": name,
                "pehe": error,
                "sd_of_effect": float(fresh.true_effect.std()),
                "cpu_seconds": time.process_time() - started,
            }
        )
    return rows


if __name__ == "__main__":
    main()
