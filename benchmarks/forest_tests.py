"""Type-I error of the interaction tests of the forest of pre-specified subgroups.

    python -m benchmarks.forest_tests binary --trials 500 --seed 1

Trials have a constant effect on the scale shown (difference, risk difference, RMST difference). `x1` goes along with
the prognosis; `x8` and the three levels of `x30`, one of which holds 2 % of the patients, do not, so that among them
the odds ratio or hazard ratio is the same too. One row per trial and size.
"""

import argparse
from pathlib import Path

import pandas as pd

from ite.compute import run_chunks, spawn_seeds
from ite.subgroup.forest import subgroup_forest
from ite.trial.data import OutcomeKind
from ite.trial.simulated import SimulatedSpec, simulate_trial

RESULTS = Path(__file__).parent / "results"
SUBGROUPS = ("x1", "x8", "x30")
PROGNOSTIC = "x1"
#: Numbers of patients by outcome; a Cox model takes so long that only small trials are drawn.
SIZES: dict[OutcomeKind, tuple[int, ...]] = {"continuous": (300, 800), "binary": (300, 800), "time_to_event": (300,)}
_BATCH = 25


def main() -> None:
    """Run one outcome and write its table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("outcome", choices=sorted(SIZES))
    parser.add_argument("--trials", type=int, required=True, help="trials per size")
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--workers", type=int, default=1)
    arguments = parser.parse_args()
    seeds = spawn_seeds(arguments.seed, arguments.trials)
    RESULTS.mkdir(exist_ok=True)
    table = RESULTS / f"forest_tests_{arguments.outcome}.csv"
    rows: list[dict[str, object]] = []
    for start in range(0, len(seeds), _BATCH):
        # Written as it goes: a run that is cut off keeps the trials it has finished.
        some = seeds[start : start + _BATCH]
        chunks = [(arguments.outcome, n, seed) for seed in some for n in SIZES[arguments.outcome]]
        rows += run_chunks(run_row, chunks, doing="forest tests", workers=arguments.workers)
        pd.DataFrame(rows).to_csv(table, index=False, float_format="%.6g")


def run_row(chunk: tuple[OutcomeKind, int, int]) -> dict[str, object]:
    """Draw one trial and test each subgroup; relative tests only where the ratio is the same in all levels."""
    outcome, n, seed = chunk
    spec = SimulatedSpec(n=n, outcome=outcome, rare_category=True, seed=seed)
    horizon = spec.horizon if outcome == "time_to_event" else None
    forest = subgroup_forest(simulate_trial(spec).trial, by=SUBGROUPS, horizon=horizon)
    tests = forest.interactions.set_index("covariate")
    row: dict[str, object] = {"n": n, "seed": seed, "p_holm": tests["p_holm"].min()}
    row |= {f"p_{name}": tests.loc[name, "p_value"] for name in SUBGROUPS}
    relative = [name for name in SUBGROUPS if name != PROGNOSTIC]
    row |= {f"ratio_{name}": tests.loc[name, "lrt_p_value"] for name in relative}
    return row | {f"wald_{name}": tests.loc[name, "wald_p_value"] for name in relative}


if __name__ == "__main__":
    main()
