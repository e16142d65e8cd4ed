"""The primary test beside the permutation test of the WATCH workflow, on the same scores of the same trials.

    python -m benchmarks.modifier_tests --nulls 500 --trials 60 --seed 1

Nulls: everybody has the same effect. Under "heteroscedastic" the noise differs with a covariate and with the arm,
so that the scores are not exchangeable. The scores come from the best and from the stacked outcome model; the
permutation test, by its largest and its quadratic statistic, is run on the latter, as its authors do.

One row per trial.
"""

import argparse
from pathlib import Path

import pandas as pd

from ite.compute import run_chunks, silent, spawn_seeds
from ite.estimation.features import encode
from ite.estimation.nuisance import ScorePlan, score_trial
from ite.evaluation.basis import modifier_basis
from ite.evaluation.global_test import max_association
from ite.evaluation.permutation_test import permutation_test
from ite.trial.simulated import SimulatedSpec, simulate_trial

RESULTS = Path(__file__).parent / "results"
NULLS = {
    "same effect": SimulatedSpec(n=500, effect="constant"),
    "same effect, heteroscedastic": SimulatedSpec(n=500, effect="constant", noise="heteroscedastic"),
    "same effect, binary": SimulatedSpec(n=500, effect="constant", outcome="binary"),
}
ALTERNATIVES = {
    f"{effect}, {outcome}": SimulatedSpec(n=n, effect=effect, outcome=outcome)
    for outcome, n in (("continuous", 500), ("binary", 1_000))
    for effect in ("one_modifier", "scenario_1", "scenario_2", "scenario_3", "scenario_4")
}
CELLS = NULLS | ALTERNATIVES


def main() -> None:
    """Run every cell and write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--nulls", type=int, required=True, help="trials per null")
    parser.add_argument("--trials", type=int, required=True, help="trials per other cell")
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--workers", type=int, default=1)
    arguments = parser.parse_args()
    chunks = [
        (cell, seed)
        for cells, trials in ((NULLS, arguments.nulls), (ALTERNATIVES, arguments.trials))
        for seed in spawn_seeds(arguments.seed, trials)
        for cell in cells
    ]
    rows = run_chunks(run_row, chunks, doing="modifier tests", workers=arguments.workers)
    RESULTS.mkdir(exist_ok=True)
    pd.DataFrame(rows).to_csv(RESULTS / "modifier_tests.csv", index=False, float_format="%.6g")


def run_row(chunk: tuple[str, int]) -> dict[str, object]:
    """Draw one trial, score it twice and test it four ways."""
    cell, seed = chunk
    trial = simulate_trial(CELLS[cell].model_copy(update={"seed": seed})).trial
    features = encode(trial.covariates)
    columns = modifier_basis(features, trial.arm_index).columns
    plan = {"horizon": None, "folds": 5, "seed": seed, "cluster": None, "workers": 1, "progress": silent}
    row: dict[str, object] = {"cell": cell, "seed": seed}
    for model in ("best", "stacked"):
        by_arm = score_trial(trial, features, ScorePlan(**plan, total_chunks=10, outcome_model=model)).arm_scores
        scores = by_arm[:, 1] - by_arm[:, 0]
        row |= {
            f"p_primary_{model}": max_association(scores, columns, seed).p_value,
            f"sd_{model}": float(scores.std(ddof=1)),
        }
    permuted = permutation_test(scores, columns, seed)
    return row | {"p_largest": permuted.p_largest, "p_quadratic": permuted.p_quadratic}


if __name__ == "__main__":
    main()
