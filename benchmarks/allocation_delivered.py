"""What an allocation promises and delivers on simulated trials: bias, coverage, and the winner's curse.

    python -m benchmarks.allocation_delivered --trials 200 --seed 1

Rules are learned with the fast learner on sequential folds. The truth is what the same rules bring the same patients by
their true effects. Two groups by a covariate; most benefit, the most equal offers, and the gain over a lot. One row per
trial and cell.
"""

import argparse
from dataclasses import replace

import numpy as np
import pandas as pd

from benchmarks.rates import RESULTS
from ite.allocation.allocation import Allocation
from ite.allocation.baselines import baselines
from ite.allocation.delivered import Delivered, delivered
from ite.allocation.fitted import HeldOut, held_out_folds
from ite.allocation.frontier import frontier
from ite.allocation.spec import AllocationSpec
from ite.compute import run_chunks, spawn_seeds
from ite.estimation.estimate import estimate
from ite.estimation.result import EffectEstimate
from ite.estimation.spec import EffectSpec
from ite.trial.simulated import SimulatedSpec, simulate_trial

CELLS = {
    "no effect modification, n = 500": SimulatedSpec(n=500),
    "no effect modification, n = 800": SimulatedSpec(n=800),
    "one modifier, n = 800": SimulatedSpec(n=800, effect="one_modifier", effect_sd=0.5),
    "one modifier, binary, n = 800": SimulatedSpec(n=800, outcome="binary", effect="one_modifier"),
    "one modifier, event times, n = 800": SimulatedSpec(n=800, outcome="time_to_event", effect="one_modifier"),
}
BUDGET = 0.4
#: Positions among the compared rules, and their names in the table.
RULES = {"most_benefit": 0, "equal_offers": 1, "by_lot": 2}
_BATCH = 10


def main() -> None:
    """Run every cell and write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--trials", type=int, required=True, help="trials per cell")
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--workers", type=int, default=1)
    arguments = parser.parse_args()
    seeds = spawn_seeds(arguments.seed, arguments.trials)
    RESULTS.mkdir(exist_ok=True)
    rows: list[dict[str, object]] = []
    for start in range(0, len(seeds), _BATCH):
        # Written as it goes: a run that is cut off keeps the trials it has finished.
        chunks = [(name, seed) for seed in seeds[start : start + _BATCH] for name in CELLS]
        rows += run_chunks(run_row, chunks, doing="allocation delivered", workers=arguments.workers)
        pd.DataFrame(rows).to_csv(RESULTS / "allocation_delivered.csv", index=False, float_format="%.6g")


def run_row(chunk: tuple[str, int]) -> dict[str, object]:
    """Draw one trial, allocate, and compare what is delivered with the truth."""
    name, seed = chunk
    simulated = simulate_trial(CELLS[name].model_copy(update={"seed": seed}))
    trial = simulated.trial
    effects = estimate(trial, EffectSpec(learner="x_lasso", seed=seed, horizon=_horizon(CELLS[name])))
    groups = next(column for column in trial.roles.covariates if trial.frame[column].nunique() == 2)
    spec = AllocationSpec(arms=(trial.treated_arms[0],), budget=BUDGET, equity=groups)
    folds = held_out_folds(trial, effects, spec)
    found = _delivered(folds, spec, effects)
    truly = tuple(replace(fold, scores=simulated.true_effect[fold.inside][:, None]) for fold in folds)
    true = _delivered(truly, spec, effects)
    row: dict[str, object] = {"cell": name, "seed": seed}
    for rule, position in RULES.items():
        row |= {
            f"{rule}_promised": found.promised[position] - true.estimate[position],
            f"{rule}_error": found.estimate[position] - true.estimate[position],
            f"{rule}_se": found.se[position],
        }
        for group in range(found.by_group.shape[1]):
            error = found.by_group[position, group] - true.by_group[position, group]
            row |= {f"{rule}_error_{group}": error, f"{rule}_se_{group}": found.group_se[position, group]}
    covariance = found.covariance
    gain = found.estimate[0] - found.estimate[2]
    row["gain_over_lot_error"] = gain - (true.estimate[0] - true.estimate[2])
    row["gain_over_lot_se"] = float(np.sqrt(max(covariance[0, 0] + covariance[2, 2] - 2 * covariance[0, 2], 0.0)))
    return row


def _delivered(folds: tuple[HeldOut, ...], spec: AllocationSpec, effects: EffectEstimate) -> Delivered:
    def rules(fold: HeldOut) -> tuple[Allocation, ...]:
        ends = frontier(fold.candidates, fold.budget, spec.guarantee, points=2).allocations
        lot = baselines(fold, effects.baseline_risk[fold.inside])[0]
        return (*ends, lot)

    return delivered(folds, rules, effects.cluster)


def _horizon(drawn: SimulatedSpec) -> float | None:
    return drawn.horizon if drawn.outcome == "time_to_event" else None


if __name__ == "__main__":
    main()
