"""Server time of slicing 100,000 patients, beside a plain mean by group of the same data in the same run.

python -m benchmarks.slicing --trials 5 --seed 1
"""

import argparse
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd

from ite.estimation.result import EffectEstimate
from ite.estimation.spec import EffectSpec
from ite.subgroup.benefit_curve import slice_benefit
from ite.subgroup.slice import Slice, compare_slice
from ite.trial.data import TrialData
from ite.trial.roles import Roles

RESULTS = Path(__file__).parent / "results"
PATIENTS = 100_000
TARGET_SECONDS = 0.3


def large_trial(n: int, seed: int) -> tuple[TrialData, EffectEstimate]:
    """Return a binary trial with three covariates, and effects whose scores were drawn instead of fitted."""
    rng = np.random.default_rng(seed)
    treated = rng.random(n) < 0.5
    marker = rng.normal(size=n)
    frame = pd.DataFrame(
        {
            "arm": np.where(treated, "active", "control"),
            "response": (rng.random(n) < 0.4).astype(int),
            "marker": marker,
            "age": rng.integers(18, 90, n),
            "site": rng.choice(list("ABCDEF"), n),
        }
    )
    roles = Roles(treatment="arm", control="control", outcome="response", covariates=("marker", "age", "site"))
    trial = TrialData.from_frame(frame, roles, name="large")
    response = trial.outcome
    scores = pd.DataFrame({"active": 2 * np.where(treated, response, -response)})
    ranking = pd.DataFrame({"active": 0.05 * marker})
    fold = rng.permutation(n) % 5
    effects = EffectEstimate(
        spec=EffectSpec(learner="x_lasso", repeats=1),
        scale="difference in the probability of response",
        ate=pd.DataFrame({"estimate": [0.0], "se": [0.01], "lower": [-0.02], "upper": [0.02]}, index=["active"]),
        scores=scores,
        benefit=ranking,
        ranking=ranking,
        sequential=ranking.where(pd.Series(fold > 0), np.nan),
        fold=fold,
        factor=pd.Series({"active": 1.0}),
        baseline_risk=np.zeros(n),
    )
    return trial, effects


def run_row(seed: int, n: int = PATIENTS) -> dict[str, object]:
    """Time each kind of slice once, after one untimed call of everything."""
    trial, effects = large_trial(n, seed)
    table = pd.DataFrame({"site": trial.covariates["site"], "score": effects.scores["active"]})
    calls: dict[str, Callable[[], object]] = {
        "group_mean": lambda: table.groupby("site", observed=True)["score"].agg(["mean", "std", "size"]),
        "curve": lambda: slice_benefit(trial, effects, "marker"),
        "levels": lambda: slice_benefit(trial, effects, "site"),
        "range": lambda: compare_slice(trial, effects, Slice(name="high", axis="marker", arm="active", lower=0.5)),
        "set": lambda: compare_slice(trial, effects, Slice(name="a", axis="site", arm="active", levels=("A", "B"))),
        "predicted": lambda: compare_slice(
            trial, effects, Slice(name="top", axis="predicted benefit", arm="active", lower=0.02)
        ),
    }
    row: dict[str, object] = {"seed": seed, "patients": n}
    for name, call in calls.items():
        call()
        started, spent = time.perf_counter(), time.process_time()
        call()
        row[f"{name}_seconds"] = time.perf_counter() - started
        row[f"{name}_cpu_seconds"] = time.process_time() - spent
    return row


def main() -> None:
    """Run, print the medians with their ratio to the mean by group, and write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--trials", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    table = pd.DataFrame([run_row(arguments.seed + trial) for trial in range(arguments.trials)])
    RESULTS.mkdir(exist_ok=True)
    table.to_csv(RESULTS / "slicing.csv", index=False, float_format="%.4g")
    base = float(table["group_mean_cpu_seconds"].median())
    for name in ("curve", "levels", "range", "set", "predicted"):
        spent = float(table[f"{name}_cpu_seconds"].median())
        wall = float(table[f"{name}_seconds"].median())
        kept = "within" if spent < TARGET_SECONDS else "above"
        print(
            f"{name:10s} {spent:.3f} s of processor, {wall:.3f} s elapsed, {spent / base:5.1f} times a mean by group "
            f"({kept} {TARGET_SECONDS} s)"
        )


if __name__ == "__main__":
    main()
